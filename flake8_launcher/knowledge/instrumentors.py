"""What instrumentors, agents and shims miss of what was there before them.

What they replace by name is in :mod:`.instrumentation`, which real calls have written. The rest,
people have found out; ``tests/test_order.py`` holds what it can of it to real processes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from flake8_launcher.knowledge.instrumentation import REPLACED
from flake8_launcher.knowledge.order import AGENTS, OBJECTS

DDTRACE = "ddtrace.patch"
DDTRACE_ALL = frozenset({"ddtrace.auto", "ddtrace.patch_all"})

SHIMS: Mapping[str, frozenset[str]] = {
    "pymysql.install_as_MySQLdb": frozenset(
        {"MySQLdb", "django.db.backends.mysql", "flask_mysqldb"}
    ),
}
"""Calls that put a module in the place of another, and what has taken the other by then."""

MODULE_SHIMS: Mapping[str, frozenset[str]] = {
    "MySQLdb": SHIMS["pymysql.install_as_MySQLdb"],
    "sqlite3": frozenset({"chromadb", "django.db.backends.sqlite3", "langchain_chroma"}),
}
"""The same for an item of ``sys.modules``, by its key."""

BUNDLES: Mapping[str, tuple[str, ...]] = {
    "azure.monitor.opentelemetry.configure_azure_monitor": (
        "opentelemetry.instrumentation.fastapi.FastAPIInstrumentor().instrument",
        "opentelemetry.instrumentation.flask.FlaskInstrumentor().instrument",
        "opentelemetry.instrumentation.psycopg2.Psycopg2Instrumentor().instrument",
    ),
    # those that are installed: who calls it has that of the application
    "opentelemetry.instrumentation.auto_instrumentation.initialize": (
        "opentelemetry.instrumentation.fastapi.FastAPIInstrumentor().instrument",
        "opentelemetry.instrumentation.flask.FlaskInstrumentor().instrument",
    ),
}
"""Calls that make several others."""

INSTANCES = ("app", "engine", "engines", "instrumentation_options")
"""Keywords by which an instrumentor is given what was made before, or told what to leave."""


class Effect(NamedTuple):
    """What a call changes for those that come after it.

    :ivar replaces: the names that stand for something else.
    :ivar misses: calls that give what has no part in it, if they come before.
    :ivar agent_misses: the same of an agent, which is told where the agent begins.
    :ivar shims: modules that have taken another, if they are imported before.
    """

    replaces: frozenset[str]
    misses: frozenset[str]
    agent_misses: frozenset[str]
    shims: frozenset[str]


def effect_of(name: str, keywords: Mapping[str, object], key: str = "") -> Effect:
    """Return what a call changes.

    :param keywords: those that it is called with.
    :param key: the key, where an item is assigned.
    """
    cases: Iterable[str] = (name,)
    if name in DDTRACE_ALL:
        cases = [case for case in (*REPLACED, *OBJECTS) if case.startswith(f"{DDTRACE}(")]
    elif name == DDTRACE:
        cases = [f"{DDTRACE}({one})" for one, value in keywords.items() if value is True]
    elif name in BUNDLES:
        cases = BUNDLES[name]
    nothing: frozenset[str] = frozenset()
    replaces = nothing.union(*(REPLACED.get(case, nothing) for case in cases))
    misses = replaces.union(*(OBJECTS.get(case, nothing) for case in cases))
    shims = MODULE_SHIMS.get(key, nothing) if key else SHIMS.get(name, nothing)
    return Effect(replaces, misses, AGENTS.get(name, nothing), shims)

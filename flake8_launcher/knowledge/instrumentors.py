"""What instrumentors, agents and shims miss of what was there before them.

What they replace by name is in :mod:`.instrumentation`, which real calls have written. The rest,
people have found out; ``tests/test_order.py`` holds what it can of it to real processes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from flake8_launcher.knowledge.instrumentation import REPLACED

DDTRACE = "ddtrace.patch"
DDTRACE_ALL = frozenset({"ddtrace.auto", "ddtrace.patch_all"})

OBJECTS: Mapping[str, frozenset[str]] = {
    # listeners and handlers of a client or engine are taken when it is made
    "ddtrace.patch(pymongo)": frozenset({"pymongo.MongoClient"}),
    "ddtrace.patch(starlette)": frozenset({"starlette.applications.Starlette"}),
    "opentelemetry.instrumentation.pymongo.PymongoInstrumentor().instrument": frozenset(
        {"pymongo.MongoClient"}
    ),
    "opentelemetry.instrumentation.aiohttp_client.AioHttpClientInstrumentor().instrument": (
        frozenset({"aiohttp.ClientSession"})
    ),
    "psycogreen.eventlet.patch_psycopg": frozenset({"psycopg2.connect"}),
    "psycogreen.gevent.patch_psycopg": frozenset({"psycopg2.connect"}),
}
"""What has to be made after a call, beside what :data:`.REPLACED` has of classes and functions."""

AGENTS: Mapping[str, frozenset[str]] = {
    # a plugin of pydantic is asked when a class is made
    "logfire.instrument_pydantic": frozenset({"pydantic.BaseModel"}),
    # newrelic wraps Flask.add_url_rule and what makes handlers of FastAPI and Starlette
    "newrelic.agent.initialize": frozenset({"fastapi.FastAPI", "flask.Flask"}),
    # sentry wraps what the constructors of these do; of Flask, FastAPI and Starlette what is
    # called later
    "sentry_sdk.init": frozenset(
        {
            "falcon.App",
            "fastmcp.FastMCP",
            "fastmcp.server.FastMCP",
            "litestar.Litestar",
            "mcp.server.MCPServer",
            "mcp.server.fastmcp.FastMCP",
            "mcp.server.mcpserver.MCPServer",
            "strawberry.Schema",
        }
    ),
}
"""Agents, and what they miss when it was made before: told where the agent begins."""

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

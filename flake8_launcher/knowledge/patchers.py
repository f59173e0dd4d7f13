"""Calls that replace objects of other modules, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flake8_launcher.knowledge.frameworks import known_of
from flake8_launcher.knowledge.model import Patcher
from flake8_launcher.knowledge.table import root_of

if TYPE_CHECKING:
    from flake8_launcher.knowledge.patching import Effect

MANNERS = frozenset(
    {"Event", "_first_time", "_threading_local", "aggressive", "existing_locks", "logging"}
)
"""Keywords that say how something is replaced, and not what."""

RELOADERS = frozenset({"imp.reload", "importlib.reload", "reload", "six.moves.reload_module"})
"""Calls that run a module again, which then takes what is patched."""


_THREADS = "thread"
"""The keyword of a patcher that replaces threads."""


def patcher_of(name: str) -> Patcher | None:
    """Return what is known of a patcher, or none where a call is not known as one.

    :param name: its qualified name.
    """
    return known_of(root_of(name)).patches.get(name)


def patches_at_import(module: str) -> bool:
    """Tell whether the import of a module patches."""
    return known_of(root_of(module)).patches_at_import


def effect_of(name: str, keywords: Mapping[str, object]) -> Effect | None:
    """Return what a call of a patcher does that matters, or none when that is not known.

    The locks that each call of eventlet replaces serve threads: who keeps the old ones loses
    nothing where threads are left alone.

    :param name: the patcher's qualified name.
    :param keywords: its keywords, with their values where they are literal.
    """
    patcher = patcher_of(name)
    table = patcher.table if patcher else None
    if table is None:
        return None
    from flake8_launcher.knowledge.patching import Effect

    given = {
        keyword: value if isinstance(value, bool) else None for keyword, value in keywords.items()
    }
    on = table.switched_on(given)
    replaced, instances = table.replaced_names(on), table.stale_instances(on)
    if table.only_named and _THREADS not in on:
        always: frozenset[str] = frozenset()
        replaced -= table.replaced_names(always)
        instances -= table.stale_instances(always)
    return Effect(on, replaced, table.deleted_names(on), instances)

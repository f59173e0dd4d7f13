"""What a module may keep that is worth noting: whatever some call of some patcher replaces.

Which call replaces which is told by :mod:`.patch_tables`.
"""

from __future__ import annotations

from collections.abc import Mapping

from flake8_launcher.knowledge.patch_tables import PATCHES


def _by_module() -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for table in PATCHES.values():
        for effect in table.effects:
            for name in effect.replaced | effect.deleted:
                module, _, attribute = name.rpartition(".")
                names.setdefault(module, set()).add(attribute)
    return {module: frozenset(attributes) for module, attributes in names.items()}


REPLACED: Mapping[str, frozenset[str]] = _by_module()
"""The names that some call of some patcher replaces or deletes, by module."""

MAKERS: frozenset[str] = frozenset().union(
    *(effect.instances for table in PATCHES.values() for effect in table.effects)
)
"""Calls that give an object made of what is replaced: one made before stays as it was."""

QUERIES = frozenset(
    {
        "callable",
        "getattr",
        "hasattr",
        "id",
        "inspect.getdoc",
        "inspect.getfullargspec",
        "inspect.signature",
        "isinstance",
        "issubclass",
        "len",
        "repr",
        "str",
        "super",
        "type",
        "typing.NewType",
        "typing.TypeVar",
        "typing.cast",
    }
)
"""Calls that keep nothing of their arguments."""

PATCHING_PACKAGES = frozenset({"eventlet", "gevent", "greenlet", "gevent_openssl", "psycogreen"})
"""Packages that keep the originals on purpose."""

COMPUTED_IMPORTS: Mapping[str, tuple[str, ...]] = {
    "oslo_service.loopingcall": ("oslo_service.backend._eventlet",),
    "oslo_service.service": ("oslo_service.backend._eventlet",),
    "oslo_service.threadgroup": ("oslo_service.backend._eventlet",),
    "oslo_service.wsgi": ("oslo_service.backend._eventlet",),
}
"""What modules import by a name that they compute, as far as it is known."""

ENVIRONMENT = ("EVENTLET_", "GEVENT", "LOCUST_")
"""How environment variables begin that patchers, and what calls them, read when imported."""

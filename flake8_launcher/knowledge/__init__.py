"""What qualified names do, as data; this module looks them up.

To support another framework, add its entry to :mod:`.frameworks`.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from typing import TypeAlias

from flake8_launcher.knowledge import configuration, patchers
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.frameworks import FRAMEWORKS, SERVING_COMMANDS
from flake8_launcher.knowledge.libraries import LIBRARIES
from flake8_launcher.knowledge.model import Framework, Role
from flake8_launcher.knowledge.shapes import DISTINCT, PREPARES, SHAPES, STARTS
from flake8_launcher.knowledge.table import Table, root_of

__all__ = [
    "Framework",
    "Role",
    "Roles",
    "canonical",
    "is_project",
    "known_roles_of",
    "may_start",
    "prepares",
    "root_of",
    "roles_of",
    "serve_calls",
    "with_packages",
]

Roles: TypeAlias = tuple[Role, ...]

_RENAMED = (
    # the namespace packages of 2013-2015, and the copies that projects kept before them
    (deferred(r"^oslo\.(config|log|service|messaging|utils|reports)\b"), r"oslo_\1"),
    (deferred(r"^(?:\w+\.)*openstack\.common\.(service)\b"), r"oslo_service.\1"),
    (deferred(r"^(?:\w+\.)*openstack\.common\.(log)\b"), r"oslo_log.\1"),
    (deferred(r"^(?:\w+\.)*openstack\.common\.cfg\b"), "oslo_config.cfg"),
)
_CONFIG_OBJECT = deferred(r"^\??(?:[\w.]+\.)?CONF$")


def with_packages(name: str) -> Iterator[str]:
    """Yield the packages that hold what a qualified name names, outermost first, and the name."""
    end = name.find(".")
    while end != -1:
        yield name[:end]
        end = name.find(".", end + 1)
    yield name


def _by_role(framework: Framework) -> Iterator[tuple[Role, tuple[str, ...]]]:
    yield Role.LOAD, framework.load
    yield Role.LOG, framework.log
    yield Role.CREATE, framework.create
    yield Role.START, framework.start
    yield Role.SERVE, framework.serve
    yield Role.WAIT, framework.wait


def _names_by_role() -> Iterator[tuple[Role, tuple[str, ...]]]:
    yield Role.PATCH, tuple(patchers.PATCHERS)
    yield Role.BACKEND, tuple(patchers.BACKENDS)
    yield Role.CHECK, tuple(configuration.CHECKERS)
    yield Role.LOAD, tuple(configuration.LOADERS)
    for framework in FRAMEWORKS:
        yield from _by_role(framework)


def _table() -> Table[Roles]:
    known: dict[str, Roles] = {}
    for role, names in _names_by_role():
        for name in names:
            if role not in known.get(name, ()):
                known[name] = (*known.get(name, ()), role)
    return Table(known)


_TABLE = _table()
_RETURNS = {call: given for framework in FRAMEWORKS for call, given in framework.returns.items()}
_LIBRARIES = frozenset(
    root_of(name)
    for framework in FRAMEWORKS
    if not framework.application
    for _, names in _by_role(framework)
    for name in names
) | frozenset(
    root_of(name)
    for name in (*patchers.PATCHERS, *configuration.LOADERS, *configuration.PARSERS, *LIBRARIES)
)


@functools.lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """Return the one name that the tables know something by.

    ``oslo.config.cfg.CONF`` is ``oslo_config.cfg.CONF``; a call that gives an instance of a known
    class has the name of that instance.
    """
    if name.startswith("oslo.") or "openstack.common." in name:
        for pattern, replacement in _RENAMED:
            name = pattern.sub(replacement, name)
    for _ in range(4):
        end = len(name)
        while (end := name.rfind("()", 0, end)) != -1:
            given = _RETURNS.get(name[: end + 2])
            if given is not None and given != name[: end + 2]:
                name = given + name[end + 2 :]
                break
        else:
            return name
    return name


@functools.lru_cache(maxsize=4096)
def known_roles_of(name: str) -> Roles:
    """Return the roles that the tables give to a qualified name."""
    return _TABLE.get(canonical(name)) or ()


@functools.lru_cache(maxsize=4096)
def roles_of(name: str) -> Roles:
    """Return what a call of something that is not read does for a launch, as far as is known.

    :param name: its qualified name; one that begins with ``?`` is judged by its shape.
    :returns: its roles, in the order in which it plays them.
    """
    known = known_roles_of(name)
    if known:
        return known
    name = canonical(name)
    method = name.rpartition(".")[2]
    if method in configuration.OPTION_IMPORTERS and configuration.OPTION_HOLDER.search(name):
        return (Role.IMPORT_OPTION,)
    if _CONFIG_OBJECT.match(name):
        return (Role.LOAD,)
    if name[0] == "?":
        return tuple(role for role, shape in DISTINCT if shape.search(name))
    if not is_project(name):
        return ()
    found = tuple(role for role, shape in SHAPES if shape.search(name))
    return found if len(found) == 1 or Role.LOAD in found else found[:1]


def is_project(name: str) -> bool:
    """Tell whether a name may be a project's own, not the standard library's or a framework's."""
    root = root_of(name)
    return name[0] != "?" and root not in sys.stdlib_module_names and root not in _LIBRARIES


def may_start(name: str) -> bool:
    """Tell whether a call may be what serves, in a process that is made ready to be a service."""
    return is_project(name) and STARTS.search(name) is not None


def prepares(name: str) -> bool:
    """Tell whether a call makes the process ready to be a service."""
    return PREPARES.search(name) is not None


def serve_calls() -> Iterator[tuple[str, str]]:
    """Yield, for each call that may serve, its framework's package and the name called."""
    for framework in FRAMEWORKS:
        for name in (*framework.start, *framework.serve):
            yield _in_parts(name)
    yield from map(_in_parts, SERVING_COMMANDS)


def _in_parts(name: str) -> tuple[str, str]:
    """Return the top-level package of a qualified name, and its last part."""
    return root_of(name), name.rpartition(".")[2].removesuffix("()")

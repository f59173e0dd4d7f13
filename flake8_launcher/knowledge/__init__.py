"""What qualified names do, as data; this module looks them up.

To support another framework, add its file to :mod:`.frameworks`.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterable
from typing import TypeAlias

from flake8_launcher.knowledge import configuration, frameworks
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.frameworks import known_of
from flake8_launcher.knowledge.libraries import LIBRARIES
from flake8_launcher.knowledge.model import Framework, Role
from flake8_launcher.knowledge.shapes import DISTINCT, PREPARES, SHAPES, STARTS
from flake8_launcher.knowledge.table import Table, root_of

__all__ = [
    "PACKAGES",
    "Framework",
    "Role",
    "Roles",
    "canonical",
    "is_project",
    "is_stream",
    "known_roles_of",
    "leads_to_known",
    "limits_of",
    "may_start",
    "prepares",
    "root_of",
    "roles_of",
    "runs_program",
    "serving_commands",
    "serving_words",
    "with_packages",
]

Roles: TypeAlias = tuple[Role, ...]

_RENAMED = (
    # the namespace packages of 2013-2015, and the copies that projects kept before them
    (
        deferred(
            r"^oslo\.(cache|concurrency|config|context|db|i18n|log|messaging|middleware|policy"
            r"|reports|rootwrap|serialization|service|utils|versionedobjects|vmware)\b"
        ),
        r"oslo_\1",
    ),
    (deferred(r"^(?:\w+\.)*openstack\.common\.(service)\b"), r"oslo_service.\1"),
    (deferred(r"^(?:\w+\.)*openstack\.common\.(log)\b"), r"oslo_log.\1"),
    (deferred(r"^(?:\w+\.)*openstack\.common\.cfg\b"), "oslo_config.cfg"),
    (deferred(r"^six\.moves\.(configparser|socketserver)\b"), r"\1"),
    (deferred(r"^six\.moves\.BaseHTTPServer\b"), "http.server"),
    (deferred(r"^six\.moves\.xmlrpc_server\b"), "xmlrpc.server"),
)
_RENAMED_PACKAGES = {
    "oslo": "oslo_service",
    "openstack": "oslo_service",
    "six": "socketserver",
}
_CONFIG_OBJECT = deferred(r"^\??(?:[\w.]+\.)?CONF$")


@functools.lru_cache(8_192)
def with_packages(name: str) -> tuple[str, ...]:
    """Return the packages that hold what a qualified name names, outermost first, and the name."""
    parts = name.split(".")
    return tuple(".".join(parts[:count]) for count in range(1, len(parts) + 1))


_LIBRARIES = LIBRARIES.union(
    map(root_of, (*configuration.LOADERS, *configuration.PARSERS))
)


def _by_role(framework: Framework) -> tuple[tuple[Role, Iterable[str]], ...]:
    return (
        (Role.PATCH, framework.patches),
        (Role.BACKEND, framework.backends),
        (Role.LOAD, framework.load),
        (Role.LOG, framework.log),
        (Role.CREATE, framework.create),
        (Role.START, framework.start),
        (Role.SERVE, framework.serve),
        (Role.WAIT, framework.wait),
    )


def _table(named: Iterable[tuple[Role, Iterable[str]]]) -> Table[Roles]:
    known: dict[str, Roles] = {}
    for role, names in named:
        for name in names:
            if role not in known.get(name, ()):
                known[name] = (*known.get(name, ()), role)
    return Table(known)


_COMMON = _table(
    (
        (Role.CHECK, configuration.CHECKERS),
        (Role.LOAD, configuration.LOADERS),
    )
)


@functools.lru_cache(maxsize=256)
def _roles_in(package: str) -> Table[Roles]:
    return _table(_by_role(known_of(package)))


@functools.lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """Return the one name that the tables know something by.

    ``oslo.config.cfg.CONF`` is ``oslo_config.cfg.CONF``; a call that gives an instance of a known
    class has the name of that instance, and so has an attribute that holds one.
    """
    if name.startswith(("oslo.", "six.moves.")) or "openstack.common." in name:
        for pattern, replacement in _RENAMED:
            name = pattern.sub(replacement, name)
    for _ in range(4):
        framework = known_of(root_of(name))
        returns = framework.returns
        end = len(name) if returns else 0
        while (end := name.rfind("()", 0, end)) != -1:
            given = returns.get(name[: end + 2])
            if given is not None and given != name[: end + 2]:
                name = given + name[end + 2 :]
                break
        else:
            holder = next((one for one in framework.holds if f"{name}.".startswith(f"{one}.")), "")
            if not holder:
                return name
            name = framework.holds[holder] + name[len(holder) :]
    return name


@functools.lru_cache(maxsize=4096)
def known_roles_of(name: str) -> Roles:
    """Return the roles that the tables give to a qualified name."""
    known = canonical(name)
    own = _roles_in(root_of(known)).get(known) or ()
    common = _COMMON.get(known) or ()
    return (*common, *(role for role in own if role not in common))


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
    if name[0] == "?" or root in sys.stdlib_module_names or root in _LIBRARIES:
        return False
    framework = known_of(root)
    return framework.application or not any(names for _, names in _by_role(framework))


@functools.lru_cache(maxsize=256)
def _streams_in(package: str) -> Table[bool]:
    return Table(dict.fromkeys(known_of(package).streams, True))


def is_stream(name: str) -> bool:
    """Tell whether a loop over something goes on for ever, as messages come from it."""
    known = canonical(name)
    return bool(_streams_in(root_of(known)).get(known))


@functools.lru_cache(maxsize=256)
def _limits_in(package: str) -> Table[tuple[str, ...]]:
    return Table(known_of(package).limits)


@functools.lru_cache(maxsize=4096)
def limits_of(name: str) -> tuple[str, ...]:
    """Return the keywords with which a call has what serves end by itself."""
    known = canonical(name)
    return _limits_in(root_of(known)).get(known) or ()


def leads_to_known(name: str) -> bool:
    """Tell whether something that is known to play a part in a launch is got by way of a name."""
    framework = known_of(root_of(name))
    known = (framework.returns, framework.streams, *(some for _, some in _by_role(framework)))
    ways = (f"{name}.", f"{name}(")
    return any(f"{one}.".startswith(ways) for names in known for one in names)


def may_start(name: str) -> bool:
    """Tell whether a call may be what serves, in a process that is made ready to be a service."""
    return is_project(name) and STARTS.search(name) is not None


def prepares(name: str) -> bool:
    """Tell whether a call makes the process ready to be a service."""
    return PREPARES.search(name) is not None


PACKAGES = frameworks.PACKAGES | _RENAMED_PACKAGES.keys()
"""The packages, by every name that code imports them by, of which something is known."""


@functools.lru_cache(maxsize=256)
def serving_words(package: str) -> frozenset[str]:
    """Return the last parts of the names of a package's calls that may serve."""
    framework = known_of(_RENAMED_PACKAGES.get(package, package))
    names = (*framework.start, *framework.serve, *framework.streams, *framework.commands)
    names += framework.programs + framework.spawns
    return frozenset(name.rstrip("()").rpartition(".")[2] for name in names)


def runs_program(name: str) -> bool:
    """Tell whether a call runs a program that it is given."""
    return name in known_of(root_of(name)).programs


def serving_commands(name: str) -> frozenset[str]:
    """Return the commands that serve of a call that runs a command by name."""
    return known_of(root_of(name)).commands.get(name, frozenset())

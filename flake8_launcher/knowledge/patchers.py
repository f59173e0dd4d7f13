"""Monkey patchers and backend choosers, and what they replace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from flake8_launcher.knowledge.patching import Effect, PatchTable


class Patcher(NamedTuple):
    """A function that replaces objects of other modules.

    :ivar replaces: what it replaces when called without keywords, for messages.
    :ivar measured: the name that the tables know it by, where what it does was measured.
    """

    replaces: str
    measured: str | None = None

    @property
    def table(self) -> PatchTable | None:
        """Its keywords and all that it replaces, where that is known."""
        # large, and needed only where something patches
        from flake8_launcher.knowledge.patch_tables import PATCHES

        return PATCHES[self.measured] if self.measured else None


_EVENTLET = Patcher(
    "os, select, socket, subprocess, thread and time of the standard library",
    "eventlet.monkey_patch",
)


def _gevent(function: str, replaces: str) -> tuple[str, Patcher]:
    name = f"gevent.monkey.{function}"
    return name, Patcher(replaces, name)


PATCHERS: Mapping[str, Patcher] = {
    "eventlet.monkey_patch": _EVENTLET,
    "eventlet.patcher.monkey_patch": _EVENTLET,
    **dict(
        (
            _gevent("patch_all", "the blocking parts of the standard library"),
            _gevent("patch_builtins", "builtins"),
            _gevent("patch_contextvars", "contextvars"),
            _gevent("patch_dns", "the name look-ups of socket"),
            _gevent("patch_os", "os"),
            _gevent("patch_queue", "queue"),
            _gevent("patch_select", "select"),
            _gevent("patch_selectors", "selectors"),
            _gevent("patch_signal", "signal"),
            _gevent("patch_socket", "socket"),
            _gevent("patch_ssl", "ssl"),
            _gevent("patch_subprocess", "subprocess"),
            _gevent("patch_sys", "sys.stdin, sys.stdout and sys.stderr"),
            _gevent("patch_thread", "threading and thread"),
            _gevent("patch_time", "time.sleep"),
        )
    ),
    "defusedxml.defuse_stdlib": Patcher("the parsers of xml"),
    "defusedxml.xmlrpc.monkey_patch": Patcher("the parsers of xmlrpc"),
    "gevent.monkey.patch_item": Patcher("one attribute of a module"),
    "gevent.monkey.patch_module": Patcher("a module"),
    "gevent_openssl.monkey_patch": Patcher("OpenSSL"),
    "grpc.experimental.gevent.init_gevent": Patcher("the input and output of grpc"),
    "nest_asyncio.apply": Patcher("the event loop of asyncio"),
    "os_ken.lib.hub.patch": _EVENTLET,
    "psycogreen.eventlet.patch_psycopg": Patcher("the wait callback of psycopg2"),
    "psycogreen.gevent.patch_psycopg": Patcher("the wait callback of psycopg2"),
    "pymysql.install_as_MySQLdb": Patcher("MySQLdb"),
    "ryu.lib.hub.patch": _EVENTLET,
    "truststore.inject_into_ssl": Patcher("ssl.SSLContext"),
}
"""Qualified name of each patcher."""

RELOADERS = frozenset({"imp.reload", "importlib.reload", "reload", "six.moves.reload_module"})
"""Calls that run a module again, which then takes what is patched."""

WHEN_IMPORTED = frozenset({"grequests", "locust"})
"""Packages that patch when they are imported."""


def effect_of(name: str, keywords: Mapping[str, object]) -> Effect | None:
    """Return all that a call of a patcher does, or none when that is not known.

    :param name: the patcher's qualified name.
    :param keywords: its keywords, with their values where they are literal.
    """
    patcher = PATCHERS.get(name)
    table = patcher.table if patcher else None
    if table is None:
        return None
    from flake8_launcher.knowledge.patching import Effect

    given = {
        keyword: value if isinstance(value, bool) else None for keyword, value in keywords.items()
    }
    on = table.switched_on(given)
    return Effect(on, table.replaced_names(on), table.deleted_names(on), table.stale_instances(on))


BACKENDS = frozenset(
    {
        "eventlet.hubs.use_hub",
        "gevent.config",
        "oslo_service.backend.init_backend",
        "oslo_service.backend.register_backend_default_hook",
        "twisted.internet.asyncioreactor.install",
        "twisted.internet.epollreactor.install",
        "twisted.internet.selectreactor.install",
        "asyncio.set_event_loop_policy",
        "uvloop.install",
    }
)
"""Calls that choose how the service runs things at once."""

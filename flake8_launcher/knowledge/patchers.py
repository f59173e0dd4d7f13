"""Monkey patchers and backend choosers, and what they replace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flake8_launcher.knowledge.patch_tables import PATCHES
from flake8_launcher.knowledge.patching import PatchTable


@dataclass(frozen=True, slots=True)
class Patcher:
    """A function that replaces objects of other modules.

    :ivar replaces: what it replaces when called without keywords, for messages.
    :ivar table: its keywords and all that it replaces, where that is known.
    """

    replaces: str
    table: PatchTable | None = None


_EVENTLET = Patcher(
    "os, select, socket, subprocess, thread and time of the standard library",
    PATCHES["eventlet.monkey_patch"],
)


def _gevent(function: str, replaces: str) -> tuple[str, Patcher]:
    name = f"gevent.monkey.{function}"
    return name, Patcher(replaces, PATCHES[name])


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

"""Monkey patchers and backend choosers, and what they replace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Patcher:
    """A function that replaces objects of other modules.

    :ivar replaces: what it replaces when called without keywords, for messages.
    :ivar keywords: what each keyword stands for, with whether it is on by default.
    :ivar only_named: whether one true keyword switches the others off (eventlet), or
        nothing but a false keyword changes the default (gevent).
    """

    replaces: str
    keywords: Mapping[str, bool] = field(default_factory=dict)
    only_named: bool = False


_EVENTLET = Patcher(
    "os, select, socket, subprocess, thread and time of the standard library",
    # eventlet/patcher.py, monkey_patch; psycopg is on by default where it is installed
    {
        "os": True,
        "select": True,
        "socket": True,
        "subprocess": True,
        "thread": True,
        "time": True,
        "psycopg": False,
        "MySQLdb": False,
        "builtins": False,
    },
    only_named=True,
)
_GEVENT = Patcher(
    "the blocking parts of the standard library",
    # gevent/monkey/api.py, patch_all
    {
        "socket": True,
        "dns": True,
        "time": True,
        "select": True,
        "thread": True,
        "os": True,
        "ssl": True,
        "subprocess": True,
        "sys": False,
        "aggressive": True,
        "Event": True,
        "builtins": True,
        "signal": True,
        "queue": True,
        "contextvars": True,
    },
)

PATCHERS: Mapping[str, Patcher] = {
    "eventlet.monkey_patch": _EVENTLET,
    "eventlet.patcher.monkey_patch": _EVENTLET,
    "gevent.monkey.patch_all": _GEVENT,
    "gevent.monkey.patch_builtins": Patcher("builtins"),
    "gevent.monkey.patch_dns": Patcher("the name look-ups of socket"),
    "gevent.monkey.patch_item": Patcher("one attribute of a module"),
    "gevent.monkey.patch_module": Patcher("a module"),
    "gevent.monkey.patch_os": Patcher("os"),
    "gevent.monkey.patch_queue": Patcher("queue"),
    "gevent.monkey.patch_select": Patcher("select and selectors"),
    "gevent.monkey.patch_signal": Patcher("signal"),
    "gevent.monkey.patch_socket": Patcher("socket"),
    "gevent.monkey.patch_ssl": Patcher("ssl"),
    "gevent.monkey.patch_subprocess": Patcher("subprocess"),
    "gevent.monkey.patch_sys": Patcher("sys.stdin, sys.stdout and sys.stderr"),
    "gevent.monkey.patch_thread": Patcher("threading and thread"),
    "gevent.monkey.patch_time": Patcher("time.sleep"),
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

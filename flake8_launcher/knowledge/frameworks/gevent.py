"""gevent, green threads."""

from __future__ import annotations

from flake8_launcher.knowledge.model import (
    BINDS,
    FUTURE,
    LISTENS,
    LOST,
    WAITS,
    Ending,
    Framework,
    Patcher,
    alike,
)

_GREENLETS = Ending(
    blocks=True,
    status="swallowed",
    tells="returns when greenlets have failed: their tracebacks are only printed",
    when=(("raise_error", Ending(blocks=True, status="raises")),),
)

FRAMEWORK = Framework(
    distributions=("gevent",),
    create=(
        "gevent.baseserver.BaseServer",
        "gevent.pywsgi.WSGIServer",
        "gevent.server.DatagramServer",
        "gevent.server.StreamServer",
        # gevent before 1.3.
        "gevent.wsgi.WSGIServer",
    ),
    serve=(
        "gevent.baseserver.BaseServer().serve_forever",
        "gevent.pywsgi.WSGIServer().serve_forever",
        "gevent.server.DatagramServer().serve_forever",
        "gevent.server.StreamServer().serve_forever",
        "gevent.wsgi.WSGIServer().serve_forever",
        # These do not block.
        "gevent.baseserver.BaseServer().start",
        "gevent.pywsgi.WSGIServer().start",
        "gevent.server.DatagramServer().start",
        "gevent.server.StreamServer().start",
        "gevent.wsgi.WSGIServer().start",
    ),
    wait=(
        "gevent.joinall",
        "gevent.wait",
        "gevent.Greenlet().join",
        "gevent.greenlet.Greenlet().join",
        "gevent.Greenlet.spawn().join",
        "gevent.greenlet.Greenlet.spawn().join",
        "gevent.spawn().join",
        "gevent.spawn_later().join",
        "gevent.event.Event().wait",
        "gevent.get_hub().join",
        "gevent.hub.get_hub().join",
        "gevent.pool.Group().join",
        "gevent.pool.Pool().join",
    ),
    endings={
        "gevent.*Server().serve_forever": BINDS,
        "gevent.*Server().start": LISTENS._replace(needs="gevent.wait"),
        **alike(
            FUTURE,
            "gevent.spawn",
            "gevent.spawn_later",
            "gevent.*Greenlet.spawn",
            "gevent.*Greenlet.spawn_later",
            "gevent.pool.Group().spawn",
            "gevent.pool.Pool().spawn",
        ),
        **alike(
            LOST._replace(tells="leaves what fails to a greenlet that only prints it"),
            "gevent.spawn_raw",
            "gevent.*Greenlet().start",
        ),
        **alike(
            _GREENLETS,
            "gevent.joinall",
            "gevent.pool.Group().join",
            "gevent.pool.Pool().join",
        ),
        **alike(
            _GREENLETS._replace(when=()),
            "gevent.wait",
            "gevent.*Greenlet().join",
            "gevent.*spawn().join",
            "gevent.*spawn_later().join",
            "gevent.get_hub().join",
            "gevent.hub.get_hub().join",
        ),
        **alike(
            Ending(blocks=True, status="raises"),
            "gevent.*Greenlet().get",
            "gevent.*spawn().get",
            "gevent.*spawn_later().get",
        ),
        "gevent.event.Event().wait": WAITS,
    },
    errors={
        "gevent.timeout.Timeout": ("BaseException",),
    },
    aliases={
        "gevent.GreenletExit": "greenlet.GreenletExit",
        "gevent.Timeout": "gevent.timeout.Timeout",
    },
    patches={
        "gevent.monkey.patch_all": Patcher(
            "the blocking parts of the standard library", "gevent.monkey.patch_all", "gevent"
        ),
        "gevent.monkey.patch_builtins": Patcher("builtins", "gevent.monkey.patch_builtins"),
        "gevent.monkey.patch_contextvars": Patcher(
            "contextvars", "gevent.monkey.patch_contextvars"
        ),
        "gevent.monkey.patch_dns": Patcher(
            "the name look-ups of socket", "gevent.monkey.patch_dns"
        ),
        "gevent.monkey.patch_os": Patcher("os", "gevent.monkey.patch_os"),
        "gevent.monkey.patch_queue": Patcher("queue", "gevent.monkey.patch_queue"),
        "gevent.monkey.patch_select": Patcher("select", "gevent.monkey.patch_select"),
        "gevent.monkey.patch_selectors": Patcher("selectors", "gevent.monkey.patch_selectors"),
        "gevent.monkey.patch_signal": Patcher("signal", "gevent.monkey.patch_signal"),
        "gevent.monkey.patch_socket": Patcher("socket", "gevent.monkey.patch_socket", "gevent"),
        "gevent.monkey.patch_ssl": Patcher("ssl", "gevent.monkey.patch_ssl"),
        "gevent.monkey.patch_subprocess": Patcher("subprocess", "gevent.monkey.patch_subprocess"),
        "gevent.monkey.patch_sys": Patcher(
            "sys.stdin, sys.stdout and sys.stderr", "gevent.monkey.patch_sys"
        ),
        "gevent.monkey.patch_thread": Patcher(
            "threading and thread", "gevent.monkey.patch_thread", "gevent"
        ),
        "gevent.monkey.patch_time": Patcher("time.sleep", "gevent.monkey.patch_time"),
        "gevent.monkey.patch_item": Patcher("one attribute of a module"),
        "gevent.monkey.patch_module": Patcher("a module"),
    },
    backends=("gevent.config",),
)

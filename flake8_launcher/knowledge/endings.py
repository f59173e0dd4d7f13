"""How calls that serve, start or wait end, as data: who is told when the start fails.

Most of it was seen in real processes, on CPython 3.12 and Linux: ``tests/oracle/endings.py`` runs
them again. What was only read in a framework's source is marked so.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from flake8_launcher.knowledge import canonical
from flake8_launcher.knowledge.table import Table

Status: TypeAlias = Literal["none", "returned", "raises", "exits", "swallowed"]


class Ending(NamedTuple):
    """How one call ends.

    :ivar blocks: whether it returns only when the service ends; none where that is not known.
    :ivar status: what its caller gets when the start fails. Nothing, for nothing can fail in the
        call, or it tries again for ever (``none``); a value, and no exception (``returned``); an
        exception (``raises``); the end of the process (``exits``); or the same as when all went
        well (``swallowed``). None where that is not known.
    :ivar binds: whether the port is bound in this call, so that a taken one ends it in that way.
    :ivar code: the exit status, where the call ends the process or returns one.
    :ivar tells: what the call does when the start fails: a verb and what follows, for messages.
    :ivar attribute: the attribute of its object that tells what the call does not.
    :ivar swallows: exceptions that do not come out of it while it serves: ``KeyboardInterrupt``,
        with which it ends as if asked to, and the ``SystemExit`` of a SIGTERM handler that was set
        before.
    :ivar lingers: whether its threads keep the process alive after such an exception.
    :ivar handles_termination: whether SIGTERM ends it in order, whatever handler was there before.
    :ivar detached: whether the work goes to a thread, a task or a process: its failure does not
        reach the caller.
    :ivar needs: a call that has to follow, or another one that blocks, lest the process ends.
    :ivar respawns: whether what fails is tried again for ever.
    :ivar version: what other versions do.
    :ivar when: how it ends instead where a keyword is true, or a number above one.
    """

    blocks: bool | None
    status: Status | None
    binds: bool = False
    code: int | None = None
    tells: str = ""
    attribute: str | None = None
    swallows: tuple[str, ...] = ()
    lingers: bool = False
    handles_termination: bool | None = False
    detached: bool = False
    needs: str | None = None
    respawns: bool = False
    version: str = ""
    when: tuple[tuple[str, Ending], ...] = ()

    @property
    def exit_status(self) -> int | None:
        """The status of a process that ends after this call when the start has failed."""
        if self.status == "exits":
            return self.code
        return {"raises": 1, "returned": 0, "swallowed": 0}.get(self.status or "")


INTERRUPT = ("KeyboardInterrupt",)
# most calls with signal handlers of their own do not let the others run
BOTH = ("KeyboardInterrupt", "SystemExit")

SERVES = Ending(blocks=True, status="none")
"""A loop on what was bound before: it hears of signals as any code does."""

_WAITS = Ending(blocks=True, status="none")
_BINDS = Ending(blocks=True, status="raises", binds=True)
_LISTENS = Ending(blocks=False, status="raises", binds=True)
_CONSUMES = Ending(blocks=True, status="raises")
_UNKNOWN = Ending(blocks=True, status=None, handles_termination=None)
_LOST = Ending(
    blocks=False,
    status="swallowed",
    detached=True,
    tells="leaves what fails to a thread that only prints it",
)
_FUTURE = Ending(
    blocks=False,
    status="returned",
    detached=True,
    tells="returns an object that keeps the failure until somebody asks it",
)

_FOREVER = "threading.Event().wait"
_ASYNC_FOREVER = "asyncio.Event().wait"
_RUN_FOREVER = "asyncio.AbstractEventLoop().run_forever"

_WERKZEUG = Ending(
    blocks=True,
    status="exits",
    binds=True,
    code=1,
    tells="prints a message and exits with status 1",
    swallows=INTERRUPT,
)
_UVICORN = Ending(
    blocks=True,
    status="exits",
    binds=True,
    code=3,
    tells="exits with status 3",
    handles_termination=True,
)
_TWISTED = Ending(
    blocks=True,
    status="none",
    swallows=BOTH,
    handles_termination=True,
    tells="logs what fails inside the reactor and goes on",
)
_CELERY = Ending(
    blocks=True,
    status="swallowed",
    tells="logs a critical message and returns",
    attribute="exitcode",
    swallows=BOTH,
    handles_termination=True,
)
_LAUNCH = Ending(
    blocks=False,
    status="none",
    needs="oslo_service.service.launch().wait",
    when=(
        # oslo.service 4.4.0 and later, and with the threading backend only
        (
            "no_fork",
            Ending(
                blocks=None,
                status=None,
                handles_termination=True,
                needs="oslo_service.service.launch().wait",
            ),
        ),
    ),
)
_LAUNCHER_WAIT = Ending(
    blocks=True,
    status="returned",
    code=1,
    tells="returns 1 and does not raise when start() of the service has failed",
    swallows=("SystemExit",),
    handles_termination=True,
    version=(
        "with more than one worker, and with the threading backend, the failed worker is started "
        "again for ever; what wait() of the service raises is swallowed, and None returned"
    ),
)
_HYPERCORN = Ending(
    blocks=True,
    status="raises",
    binds=True,
    swallows=BOTH,
    handles_termination=True,
)
_SANIC = Ending(
    blocks=True,
    status="raises",
    binds=True,
    swallows=BOTH,
    handles_termination=True,
    version="the workers of its manager are processes: what they raise is printed by them",
)
_PROCESS = Ending(
    blocks=False,
    status="swallowed",
    attribute="exitcode",
    detached=True,
    tells="leaves what fails to a process whose exit status has to be asked for",
)
_PROCESS_JOIN = Ending(
    blocks=True,
    status="swallowed",
    attribute="exitcode",
    tells="returns None, whatever exitcode says",
)
_GREENLETS = Ending(
    blocks=True,
    status="swallowed",
    tells="returns when greenlets have failed: their tracebacks are only printed",
    when=(("raise_error", Ending(blocks=True, status="raises")),),
)


def _all(ending: Ending, *names: str) -> dict[str, Ending]:
    return dict.fromkeys(names, ending)


ENDINGS: Mapping[str, Ending] = {
    # --- oslo.service and cotyledon
    **_all(
        _LAUNCH,
        "oslo_service.service.launch",
        "oslo_service.service.Launcher().launch_service",
        "oslo_service.service.ServiceLauncher().launch_service",
        "oslo_service.service.launch().launch_service",
    ),
    "oslo_service.service.ProcessLauncher().launch_service": _LAUNCH._replace(
        needs="oslo_service.service.ProcessLauncher().wait"
    ),
    **_all(
        _LAUNCHER_WAIT,
        "oslo_service.service.ServiceLauncher().wait",
        "oslo_service.service.launch().wait",
    ),
    "oslo_service.service.ProcessLauncher().wait": Ending(
        blocks=True,
        status="none",
        swallows=("SystemExit",),
        handles_termination=True,
        respawns=True,
        tells="starts the failed worker again for ever",
    ),
    # has no signal handlers: the SystemExit of a service's thread comes out
    "oslo_service.service.Launcher().wait": Ending(
        blocks=True, status="exits", code=1, tells="exits with status 1"
    ),
    "oslo_service.wsgi.Server": _LISTENS,
    "oslo_service.wsgi.Server().start": Ending(
        blocks=False,
        status="none",
        needs="oslo_service.wsgi.Server().wait",
        version="raises UnsupportedBackendError with the threading backend since 4.4.0",
    ),
    "oslo_service.wsgi.Server().wait": _WAITS,
    "oslo_service.threadgroup.ThreadGroup().add_thread": _LOST,
    "oslo_service.loopingcall.*LoopingCall().start": _FUTURE,
    "cotyledon.ServiceManager().run": Ending(
        blocks=True,
        status="none",
        swallows=("SystemExit",),
        handles_termination=True,
        respawns=True,
        tells="starts the failed worker again for ever",
    ),
    # --- eventlet
    "eventlet.wsgi.server": Ending(blocks=True, status="none", swallows=BOTH),
    "eventlet.*serve": SERVES,
    **_all(_LISTENS, "eventlet.listen", "eventlet.convenience.listen"),
    **_all(
        _FUTURE,
        "eventlet.spawn",
        "eventlet.spawn_after",
        "eventlet.greenthread.spawn",
        "eventlet.greenthread.spawn_after",
        "eventlet.*GreenPool().spawn",
    ),
    **_all(
        _LOST._replace(tells="leaves what fails to a green thread that only prints it"),
        "eventlet.spawn_n",
        "eventlet.greenthread.spawn_n",
        "eventlet.*GreenPool().spawn_n",
    ),
    **_all(
        Ending(blocks=True, status="raises"),
        "eventlet.*spawn().wait",
        "eventlet.*spawn_after().wait",
    ),
    "eventlet.*GreenPool().waitall": Ending(
        blocks=True,
        status="swallowed",
        tells="returns when green threads have failed: their tracebacks are only printed",
    ),
    "eventlet.*Event().wait": _WAITS,
    # --- gevent
    "gevent.*Server().serve_forever": _BINDS,
    "gevent.*Server().start": _LISTENS._replace(needs="gevent.wait"),
    **_all(
        _FUTURE,
        "gevent.spawn",
        "gevent.spawn_later",
        "gevent.*Greenlet.spawn",
        "gevent.*Greenlet.spawn_later",
        "gevent.pool.Group().spawn",
        "gevent.pool.Pool().spawn",
    ),
    **_all(
        _LOST._replace(tells="leaves what fails to a greenlet that only prints it"),
        "gevent.spawn_raw",
        "gevent.*Greenlet().start",
    ),
    **_all(_GREENLETS, "gevent.joinall", "gevent.pool.Group().join", "gevent.pool.Pool().join"),
    **_all(
        _GREENLETS._replace(when=()),
        "gevent.wait",
        "gevent.*Greenlet().join",
        "gevent.*spawn().join",
        "gevent.*spawn_later().join",
        "gevent.get_hub().join",
        "gevent.hub.get_hub().join",
    ),
    **_all(
        Ending(blocks=True, status="raises"),
        "gevent.*Greenlet().get",
        "gevent.*spawn().get",
        "gevent.*spawn_later().get",
    ),
    "gevent.event.Event().wait": _WAITS,
    # --- the standard library
    **_all(
        SERVES,
        "wsgiref.simple_server.*().serve_forever",
        "http.server.*Server().serve_forever",
        "socketserver.*Server().serve_forever",
        "xmlrpc.server.*Server().serve_forever",
        "six.moves.*Server().serve_forever",
    ),
    "multiprocessing.managers.*erver().serve_forever": Ending(
        blocks=True,
        status="exits",
        code=0,
        swallows=BOTH,
        tells="exits with status 0",
    ),
    "threading.Thread().start": _LOST,
    "threading.Timer().start": _LOST,
    "_thread.start_new_thread": _LOST._replace(needs=_FOREVER),
    "threading.Thread().join": Ending(
        blocks=True, status="swallowed", tells="returns None, also when the thread has failed"
    ),
    "threading.Event().wait": _WAITS,
    **_all(
        _PROCESS,
        "multiprocessing.Process().start",
        "multiprocessing.context.Process().start",
        "multiprocessing.get_context().Process().start",
        "multiprocessing.process.BaseProcess().start",
    ),
    **_all(
        _PROCESS_JOIN,
        "multiprocessing.Process().join",
        "multiprocessing.context.Process().join",
        "multiprocessing.get_context().Process().join",
        "multiprocessing.process.BaseProcess().join",
    ),
    "multiprocessing.*Event().wait": _WAITS,
    **_all(
        _FUTURE,
        "multiprocessing.Pool().apply_async",
        "multiprocessing.pool.Pool().apply_async",
        "multiprocessing.pool.ThreadPool().apply_async",
        "concurrent.futures.*Executor().submit",
        "futurist.*Executor().submit",
    ),
    "concurrent.futures.wait": Ending(
        blocks=True,
        status="returned",
        tells="returns the futures, which keep their failures until somebody asks them",
    ),
    **_all(_WAITS, "signal.pause", "signal.sigwait", "signal.sigwaitinfo"),
    # --- asyncio and its kin
    **_all(
        _LISTENS._replace(needs="asyncio.AbstractServer().serve_forever"),
        "asyncio.start_server",
        "asyncio.start_unix_server",
        "asyncio.AbstractEventLoop().create_server",
        "asyncio.AbstractEventLoop().create_unix_server",
    ),
    "asyncio.*().start_serving": Ending(
        blocks=False, status="none", needs="asyncio.AbstractServer().serve_forever"
    ),
    "asyncio.*().serve_forever": SERVES,
    "asyncio.*().wait_closed": _WAITS,
    "asyncio.Event().wait": _WAITS,
    "asyncio.AbstractEventLoop().run_forever": Ending(
        blocks=True,
        status="none",
        tells="goes on when a task has failed: nothing is said before the task is collected",
    ),
    **_all(
        _FUTURE._replace(
            tells="returns a task that keeps the failure until somebody awaits it",
        ),
        "asyncio.create_task",
        "asyncio.ensure_future",
        "asyncio.run_coroutine_threadsafe",
        "asyncio.AbstractEventLoop().create_task",
        "asyncio.AbstractEventLoop().run_in_executor",
        "asyncio.tasks.create_task",
        "asyncio.tasks.ensure_future",
    ),
    "asyncio.gather": Ending(
        blocks=True,
        status="raises",
        when=(
            (
                "return_exceptions",
                Ending(
                    blocks=True,
                    status="returned",
                    tells="returns exceptions among the results",
                ),
            ),
        ),
    ),
    "asyncio.wait": Ending(
        blocks=True,
        status="returned",
        tells="returns the tasks, which keep their failures until somebody asks them",
    ),
    # source only: anyio 4, trio 0.35
    **_all(_BINDS, "trio.serve_tcp", "trio.serve_ssl_over_tcp"),
    **_all(
        SERVES,
        "trio.serve_listeners",
        "anyio.create_tcp_listener().serve",
        "anyio.create_unix_listener().serve",
    ),
    "trio.lowlevel.spawn_system_task": _LOST._replace(status="raises"),
    # --- HTTP servers
    **_all(_WERKZEUG, "werkzeug.serving.run_simple", "werkzeug.run_simple"),
    "werkzeug.serving.*().serve_forever": SERVES._replace(swallows=INTERRUPT),
    **_all(
        Ending(
            blocks=False,
            status="exits",
            binds=True,
            code=1,
            tells="prints a message and exits with status 1",
        ),
        "werkzeug.serving.make_server",
        "werkzeug.serving.*WSGIServer",
    ),
    **_all(
        _WERKZEUG,
        "flask.Flask().run",
        "flask.app.Flask().run",
        "flask_socketio.SocketIO().run",
        "dash.*Dash().run",
        "dash.*Dash().run_server",
    ),
    **_all(
        _BINDS._replace(swallows=BOTH),
        "waitress.serve",
        "waitress.serve_paste",
        "waitress.runner.run",
    ),
    "waitress.*().run": SERVES._replace(swallows=BOTH),
    **_all(
        _BINDS._replace(lingers=True),
        "cheroot.server.HTTPServer().start",
        "cheroot.wsgi.*Server().start",
    ),
    # source only: stops the threads, then raises again
    **_all(
        _BINDS,
        "cheroot.server.HTTPServer().safe_start",
        "cheroot.wsgi.*Server().safe_start",
    ),
    **_all(
        SERVES._replace(lingers=True),
        "cheroot.server.HTTPServer().serve",
        "cheroot.wsgi.*Server().serve",
    ),
    "cherrypy.wsgiserver.CherryPyWSGIServer().start": _BINDS._replace(lingers=True),
    "cherrypy.quickstart": Ending(
        blocks=True,
        status="exits",
        binds=True,
        code=70,
        tells="exits with status 70",
        swallows=BOTH,
        handles_termination=True,
    ),
    "cherrypy.engine.start": Ending(
        blocks=False,
        status="exits",
        binds=True,
        code=70,
        tells="exits with status 70",
        needs="cherrypy.engine.block",
    ),
    "cherrypy.engine.block": Ending(blocks=True, status="none", swallows=INTERRUPT),
    **_all(
        _UVICORN._replace(
            swallows=INTERRUPT,
            version="1 in the place of 3 for a taken port, in 0.35",
            when=(
                (
                    "workers",
                    Ending(
                        blocks=True,
                        status="swallowed",
                        handles_termination=True,
                        swallows=BOTH,
                        tells="returns when its workers have failed to start",
                        version="starts them again for ever, in 0.35",
                    ),
                ),
            ),
        ),
        "uvicorn.run",
        "uvicorn.main.run",
    ),
    **_all(_UVICORN._replace(swallows=INTERRUPT), "uvicorn.main", "uvicorn.main.main"),
    **_all(
        _UVICORN._replace(
            attribute="started",
            version="returns None, and only started tells, where the lifespan fails in 0.35",
        ),
        "uvicorn.*Server().run",
        "uvicorn.*Server().serve",
    ),
    "uvicorn.supervisors.*().run": Ending(
        blocks=True,
        status="swallowed",
        swallows=BOTH,
        handles_termination=True,
        tells="returns when its workers have failed to start",
    ),
    **_all(_HYPERCORN, "hypercorn.asyncio.serve", "hypercorn.trio.serve"),
    # it loses the exit status of its last worker: 0.18.0, _join_exited
    "hypercorn.run.run": Ending(
        blocks=True,
        status="swallowed",
        tells="returns 0 when its worker has failed to start",
        swallows=BOTH,
        handles_termination=True,
        version="a taken port raises OSError: it is bound before the workers start",
    ),
    "daphne.server.Server().run": Ending(
        blocks=True,
        status="swallowed",
        binds=True,
        tells="logs that it cannot listen and returns",
        swallows=BOTH,
        handles_termination=True,
    ),
    **_all(
        Ending(
            blocks=True,
            status="exits",
            binds=True,
            code=1,
            tells="exits with status 1",
            swallows=BOTH,
            handles_termination=True,
            version="returns, as if all were well, before 4.2",
        ),
        "daphne.cli.CommandLineInterface().run",
        "daphne.cli.CommandLineInterface.entrypoint",
    ),
    **_all(
        Ending(
            blocks=True,
            status="exits",
            binds=True,
            code=1,
            tells="exits with status 1, or 3 when a worker fails to start",
            swallows=BOTH,
            handles_termination=True,
        ),
        "gunicorn.app.*().run",
        "gunicorn.app.pasterapp.serve",
        "gunicorn.app.wsgiapp.run",
        "gunicorn.arbiter.Arbiter().run",
    ),
    "granian.*().serve": Ending(
        blocks=True,
        status="exits",
        code=1,
        tells="exits with status 1",
        swallows=BOTH,
        handles_termination=True,
        version="a taken port raises RuntimeError: it is bound before the workers start",
    ),
    "aiohttp.web.run_app": Ending(
        blocks=True,
        status="raises",
        binds=True,
        swallows=BOTH,
        handles_termination=True,
    ),
    "aiohttp.web._run_app": _BINDS,
    "aiohttp.web*Site().start": _LISTENS._replace(needs=_ASYNC_FOREVER),
    **_all(
        _SANIC,
        "sanic.*Sanic().run",
        "sanic.*Sanic.serve",
        "sanic.*Sanic.serve_single",
    ),
    "sanic.*create_server().serve_forever": SERVES,
    **_all(
        _BINDS._replace(swallows=INTERRUPT),
        "bottle.run",
        "bottle.Bottle().run",
        "paste.httpserver.serve",
        "paste.httpserver.server_runner",
    ),
    "bottle.ServerAdapter().run": _BINDS,
    "paste.httpserver.*().serve_forever": SERVES,
    "quart.*Quart().run": Ending(
        blocks=True, status="raises", binds=True, swallows=BOTH, handles_termination=True
    ),
    "quart.*Quart().run_task": _BINDS,
    # source only
    "bjoern.*run": _BINDS,
    **_all(
        Ending(
            blocks=True,
            status="returned",
            code=1,
            tells="returns 1 or 2",
            handles_termination=None,
        ),
        "pyramid.scripts.pserve.PServeCommand().run",
        "pyramid.scripts.pserve.main",
    ),
    # source only: in a script it blocks, and a keyword says otherwise
    "gradio.*().launch": Ending(
        blocks=True,
        status="raises",
        binds=True,
        swallows=INTERRUPT,
        when=(
            (
                "prevent_thread_lock",
                _LISTENS._replace(needs="gradio.Blocks().block_thread"),
            ),
        ),
    ),
    "gradio.*().block_thread": _WAITS._replace(swallows=INTERRUPT),
    # --- twisted and tornado
    **_all(
        _TWISTED,
        "twisted.internet.reactor.run",
        "twisted.internet.*Reactor*().run",
        "twisted.application.app.run",
        "twisted.application.app.runReactorWithLogging",
        "twisted.scripts.twistd.run",
        "twisted.scripts.twistd.runApp",
    ),
    "twisted.internet.task.react": Ending(
        blocks=True,
        status="exits",
        code=1,
        tells="logs the failure and exits with status 1",
        swallows=BOTH,
        handles_termination=True,
    ),
    "twisted.internet.reactor.listen*": _LISTENS._replace(needs="twisted.internet.reactor.run"),
    "twisted.internet.endpoints.*().listen": Ending(
        blocks=False,
        status="returned",
        binds=True,
        detached=True,
        tells="returns a Deferred that keeps the failure: without an errback it is only logged",
        needs="twisted.internet.reactor.run",
    ),
    **_all(
        _FUTURE._replace(tells="returns a Deferred that keeps the failure"),
        "twisted.internet.threads.deferToThread",
        "twisted.internet.task.deferLater",
        "twisted.internet.task.LoopingCall().start",
    ),
    **_all(
        _LOST._replace(tells="logs what fails and goes on"),
        "twisted.internet.reactor.callFromThread",
        "twisted.internet.reactor.callInThread",
        "twisted.internet.reactor.callLater",
        "twisted.internet.reactor.callWhenRunning",
        "tornado.ioloop.IOLoop().add_callback",
        "tornado.ioloop.IOLoop().call_later",
        "tornado.ioloop.IOLoop().spawn_callback",
    ),
    "tornado.ioloop.IOLoop().start": Ending(
        blocks=True, status="none", tells="logs what fails inside the loop and goes on"
    ),
    "tornado.*().listen": _LISTENS._replace(needs="tornado.ioloop.IOLoop().start"),
    "tornado.*Server().start": Ending(
        blocks=False, status="raises", needs="tornado.ioloop.IOLoop().start"
    ),
    # --- remote procedures and messages
    **_all(
        Ending(
            blocks=False,
            status="none",
            needs="grpc.server().wait_for_termination",
        ),
        "grpc.*erver().start",
    ),
    "grpc.*erver().wait_for_termination": _WAITS,
    # two servers share a port without a word unless the option grpc.so_reuseport is 0
    "grpc.*erver().add_*secure_port": _LISTENS,
    **_all(
        Ending(
            blocks=False,
            status="raises",
            needs="oslo_messaging.get_rpc_server().wait",
            # source only
        ),
        "oslo_messaging.*().start",
    ),
    "oslo_messaging.*().wait": _WAITS,
    "kombu.mixins.Consumer*Mixin().run": Ending(
        blocks=True,
        status="none",
        respawns=True,
        tells="tries to reach the broker again for ever",
    ),
    "pika.*().start_consuming": _CONSUMES,
    "pika.*SelectConnection().ioloop.start": _CONSUMES,
    # source only
    "paho.mqtt.client.Client().loop_forever": Ending(
        blocks=True,
        status="none",
        respawns=True,
        tells="tries to reach the broker again for ever",
    ),
    "paho.mqtt.client.Client().loop_start": _LOST._replace(needs=_FOREVER),
    **_all(SERVES, "zmq.device", "zmq.proxy", "zmq.proxy_steerable"),
    "zmq.devices.monitored_queue": SERVES,
    **_all(
        _BINDS,
        "zmq.devices.Device().start",
        "zmq.devices.MonitoredQueue().start",
        "zmq.devices.Proxy().start",
    ),
    "zmq.devices.Thread*().start": _LOST._replace(needs="zmq.devices.ThreadDevice().join"),
    "zmq.devices.Process*().start": _LOST._replace(needs="zmq.devices.ProcessDevice().join"),
    "zmq.devices.*().join": Ending(
        blocks=True, status="swallowed", tells="returns None, also when the device has failed"
    ),
    "thrift.server.*().serve": _BINDS,
    "thriftpy2.*().serve": _BINDS,
    "rpyc.*Server().start": SERVES._replace(swallows=INTERRUPT),
    **_all(
        SERVES._replace(swallows=INTERRUPT),
        "Pyro4.*Daemon().requestLoop",
        "Pyro5.*Daemon().requestLoop",
    ),
    **_all(
        _BINDS._replace(swallows=INTERRUPT),
        "Pyro4.*Daemon.serveSimple",
        "Pyro5.*Daemon.serveSimple",
        "Pyro5.api.serve",
        "Pyro5.server.serve",
        # source only
        "Pyro4.naming.startNSloop",
        "Pyro5.api.start_ns_loop",
        "Pyro5.nameserver.start_ns_loop",
    ),
    # --- websockets, mail, files
    **_all(
        _LISTENS._replace(needs="websockets.serve().serve_forever"),
        "websockets.serve",
        "websockets.unix_serve",
        "websockets.asyncio.server.*serve",
        "websockets.legacy.server.*serve",
        "websockets.server.*serve",
    ),
    **_all(_LISTENS, "websockets.sync.server.serve", "websockets.sync.server.unix_serve"),
    "websockets.*().serve_forever": SERVES,
    "websockets.*().wait_closed": _WAITS,
    "aiosmtpd.controller.*Controller().start": _LISTENS._replace(needs=_FOREVER),
    "aiosmtpd.controller.*Controller().begin": _LISTENS._replace(needs=_RUN_FOREVER),
    "pyftpdlib.servers.*().serve_forever": SERVES._replace(swallows=BOTH),
    # --- tasks and schedules
    **_all(
        _CELERY,
        "celery.*.worker_main",
        "celery.Celery().Work*().start",
        "celery.apps.worker.Worker().start",
        "celery.worker.WorkController().start",
        "celery.bin.worker.worker().run",
    ),
    **_all(
        Ending(
            blocks=True,
            status="raises",
            swallows=BOTH,
            handles_termination=True,
            version="only logged by the command of Celery 3",
        ),
        "celery.*Beat().run",
    ),
    "celery.beat.Service().start": Ending(blocks=True, status="raises", swallows=BOTH),
    **_all(
        _CONSUMES._replace(handles_termination=True),
        "rq.*Worker().work",
        # source only
        "rq.worker_pool.WorkerPool().start",
    ),
    **_all(_UNKNOWN, "rq.cron.CronScheduler().start", "rq.scheduler.RQScheduler().work"),
    "huey.consumer.Consumer().run": Ending(
        blocks=True, status="raises", swallows=BOTH, handles_termination=True
    ),
    "huey.consumer.Consumer().start": Ending(
        blocks=False, status="raises", needs="huey.consumer.Consumer().run"
    ),
    **_all(
        Ending(blocks=False, status="none", needs=_FOREVER),
        # its threads are daemons
        "dramatiq.Worker().start",
        "dramatiq.worker.Worker().start",
    ),
    # it ends when the queues are empty
    **_all(
        Ending(blocks=False, status="none"),
        "dramatiq.Worker().join",
        "dramatiq.worker.Worker().join",
    ),
    # source only: 2 for an import, 3 for a connection, 4 for the PID file
    "dramatiq.cli.main": Ending(
        blocks=True,
        status="returned",
        code=2,
        tells="returns 2, 3 or 4",
        handles_termination=True,
    ),
    "apscheduler.schedulers.blocking.BlockingScheduler().start": SERVES,
    **_all(
        Ending(blocks=False, status="none", needs=_FOREVER),
        "apscheduler.schedulers.background.BackgroundScheduler().start",
        "apscheduler.schedulers.qt.QtScheduler().start",
    ),
    **_all(
        Ending(blocks=False, status="none", needs=_RUN_FOREVER),
        "apscheduler.schedulers.asyncio.AsyncIOScheduler().start",
    ),
    "apscheduler.schedulers.tornado.TornadoScheduler().start": Ending(
        blocks=False, status="none", needs="tornado.ioloop.IOLoop().start"
    ),
    "apscheduler.schedulers.twisted.TwistedScheduler().start": Ending(
        blocks=False, status="none", needs="twisted.internet.reactor.run"
    ),
    # returns the greenlet of its loop
    "apscheduler.schedulers.gevent.GeventScheduler().start": _FUTURE._replace(
        needs="gevent.joinall"
    ),
    # source only
    "apscheduler.*Scheduler().run_until_stopped": _CONSUMES,
    "apscheduler.*Scheduler().start_in_background": Ending(
        blocks=False, status="raises", needs="apscheduler.Scheduler().wait_until_stopped"
    ),
    "apscheduler.*Scheduler().wait_until_stopped": _WAITS,
    "temporalio.worker.Worker().run": _CONSUMES,
    # --- services that run services
    **_all(
        Ending(
            blocks=True,
            status="returned",
            binds=True,
            tells="logs the failure and returns it in a Future",
            swallows=BOTH,
            handles_termination=True,
        ),
        "circus.*rbiter().start",
        "circus.*Arbiter.load_from_config().start",
    ),
    **_all(
        # source only
        Ending(blocks=True, status="exits", code=1, handles_termination=True),
        "circus.circusd.main",
        "supervisor.supervisord.go",
        "supervisor.supervisord.main",
        "supervisor.supervisord.Supervisor().main",
        "supervisor.supervisord.Supervisor().run",
        "supervisor.supervisord.Supervisor().runforever",
    ),
    # source only
    "nameko.*().start": Ending(
        blocks=False,
        status="raises",
        respawns=True,
        tells="tries to reach the broker again for ever",
        needs="nameko.runners.ServiceRunner().wait",
    ),
    "nameko.*().wait": Ending(blocks=True, status="raises"),
    "nameko.cli.run.run": Ending(blocks=True, status="raises", swallows=INTERRUPT),
    **_all(
        # source only: hub.spawn catches what the application raises
        Ending(
            blocks=True,
            status="swallowed",
            tells="returns when applications have failed: their tracebacks are only logged",
        ),
        "os_ken.base.app_manager.AppManager*.run_apps",
        "os_ken.lib.hub.joinall",
        "ryu.base.app_manager.AppManager*.run_apps",
        "ryu.lib.hub.joinall",
    ),
    **_all(
        Ending(blocks=False, status="raises", needs="os_ken.lib.hub.joinall"),
        "os_ken.base.app_manager.AppManager().instantiate_apps",
    ),
    "ryu.base.app_manager.AppManager().instantiate_apps": Ending(
        blocks=False, status="raises", needs="ryu.lib.hub.joinall"
    ),
    **_all(
        SERVES, "os_ken.lib.hub.*Server().serve_forever", "ryu.lib.hub.*Server().serve_forever"
    ),
    "swift.common.wsgi.run_wsgi": Ending(
        # source only
        blocks=True,
        status="returned",
        binds=True,
        code=1,
        tells="prints the failure and returns 1",
        handles_termination=True,
    ),
    "swift.common.wsgi.run_server": _CONSUMES,
    "swift.common.daemon.run_daemon": Ending(
        # source only
        blocks=True,
        status="exits",
        code=1,
        tells="exits with status 1",
        swallows=BOTH,
        handles_termination=True,
    ),
    # --- chat
    "discord.*().run": Ending(blocks=True, status="raises", swallows=INTERRUPT),
    "discord.*().start": _CONSUMES,
    # source only
    **_all(
        Ending(blocks=True, status="raises", swallows=BOTH, handles_termination=True),
        "telegram.ext.Application*.run_*",
    ),
    "telegram.ext.Updater().start_*": Ending(
        blocks=False, status="raises", needs="telegram.ext.Updater().idle"
    ),
    "telegram.ext.Updater().idle": _WAITS._replace(handles_termination=True),
    **_all(
        # source only: the worker of mode ends the process
        Ending(blocks=True, status="exits", code=1, handles_termination=True),
        "faust.*.main",
        "faust.*Worker().execute_from_commandline",
        "mode.Worker().execute_from_commandline",
    ),
    # --- they block; how they end was not looked at
    **_all(
        _UNKNOWN,
        "fastmcp.*FastMCP().run*",
        "hendrix.deploy.*().run",
        "hendrix.ux.launch",
        "hendrix.ux.main",
        "ipykernel.kernelapp.*launch_*instance",
        "jupyter_server.serverapp.*launch_*instance",
        "locust.main.main",
        "mcp.server.*().run*",
        "meinheld.*run",
        "nicegui.*.run",
    ),
}
"""How calls end, by qualified name; ``*`` stands for any run of characters."""


_TABLE = Table(ENDINGS)


@functools.lru_cache(maxsize=4096)
def _found(name: str) -> Ending | None:
    return _TABLE.get(canonical(name))


def ending_of(name: str, keywords: Mapping[str, object] | None = None) -> Ending | None:
    """Return how a call ends, or none where nothing is known of it.

    :param name: its qualified name.
    :param keywords: its keywords, with their values where they are literal and None elsewhere; a
        keyword that decides and is not known leaves open what it decides.
    """
    ending = _found(name)
    for keyword, instead in ending.when if ending and keywords else ():
        if ending is None or keywords is None or keyword not in keywords:
            continue
        value = keywords[keyword]
        if value is None:
            ending = ending._replace(
                blocks=ending.blocks if ending.blocks == instead.blocks else None,
                status=ending.status if ending.status == instead.status else None,
                needs=ending.needs if ending.needs == instead.needs else None,
            )
        elif value is True or (isinstance(value, int) and value > 1):
            ending = instead
    return ending

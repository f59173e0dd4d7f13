"""Start services for real, let them fail or send them a signal, and say how they end.

    python endings.py [NAME [SCENARIO]]

prints one line for each observation. Each case is a small program for one serve, start or wait
call; it runs in a process of its own, on a port of the loopback interface, in these scenarios:

taken
    the port is taken;
failing
    the start fails otherwise;
interrupt
    SIGINT arrives while it serves;
exit
    SIGTERM arrives, and a handler that was set before the call raises ``SystemExit(7)``;
ignored
    SIGTERM arrives, and was ignored before the call;
unwaited
    nothing follows a call that does not block.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BOUND = 30.0
"""Seconds in which a process has to be up, or has to end."""
QUIET = 4.0
"""Seconds after which a process counts as one that goes on, where that is awaited."""


@dataclass(frozen=True)
class Case:
    """One call in a small program.

    :ivar name: the qualified name of the call.
    :ivar module: what must be installed.
    :ivar before: source that runs before; ``PORT`` is the number of the port.
    :ivar call: an expression: the call.
    :ivar fails: an expression: the same call, with a start that fails.
    :ivar listens: whether it accepts connections when it serves.
    :ivar pause: how long it takes to be up, in seconds, where nothing else tells.
    :ivar keywords: the keywords that decide how it ends.
    """

    name: str
    module: str
    before: str
    call: str
    fails: str = ""
    listens: bool = True
    pause: float = 0.5
    keywords: tuple[tuple[str, object], ...] = ()

    @property
    def installed(self) -> bool:
        """Whether it can run here."""
        return importlib.util.find_spec(self.module) is not None


@dataclass(frozen=True)
class Seen:
    """How a process ended.

    :ivar started: whether it was up.
    :ivar said: ``raised TYPE`` or ``returned VALUE`` of the call, or nothing.
    :ivar early: what it had said before the signal.
    :ivar status: its exit status; none where it went on and was killed.
    :ivar errors: its standard error, for messages.
    """

    started: bool
    said: str
    early: str
    status: int | None
    errors: str


APPLICATION = """
def wsgi(environ, start_response):
    start_response("200 OK", [])
    return [b""]

async def asgi(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return

async def broken(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "broken"})

def close(reader, writer):
    writer.close()

def fail(*args):
    raise RuntimeError("broken")

async def nothing(*args):
    pass

async def fail_later(*args):
    raise RuntimeError("broken")
"""

TEMPLATE = """
import os, signal, sys
sys.path.insert(0, os.getcwd())
PORT = int(os.environ["PORT"])
OWN = os.getpid()
from application import *

def tell(name, text):
    if os.getpid() == OWN:
        with open(name, "w") as file:
            file.write(text)

# a shell that runs this in the background has it ignored
signal.signal(signal.SIGINT, signal.default_int_handler)
{handler}
{before}
tell("started", "")
try:
    value = {call}
except BaseException as error:
    tell("said", "raised " + type(error).__module__ + "." + type(error).__name__)
    raise
tell("said", "returned " + repr(value))
"""

HANDLERS = {
    "exit": "signal.signal(signal.SIGTERM, lambda *args: sys.exit(7))",
    "ignored": "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
}
SIGNALS = {"interrupt": signal.SIGINT, "exit": signal.SIGTERM, "ignored": signal.SIGTERM}
SCENARIOS = ("taken", "failing", "unwaited", *SIGNALS)

_UVICORN = "import uvicorn"
_TWISTED = """
from twisted.internet import reactor, endpoints, protocol, task
factory = protocol.Factory.forProtocol(protocol.Protocol)
def fail_soon(reactor):
    return task.deferLater(reactor, 0, fail)
"""
_ASYNC = "import asyncio"
_OSLO = """
import warnings
warnings.simplefilter("ignore")
import eventlet
eventlet.monkey_patch()
import eventlet.wsgi
from oslo_config import cfg
from oslo_service import service
cfg.CONF([])

class Service(service.Service):
    def start(self):
        eventlet.spawn(eventlet.wsgi.server, eventlet.listen(("127.0.0.1", PORT)), wsgi)

class Broken(service.Service):
    def start(self):
        fail()

def launched(made):
    return service.launch(cfg.CONF, made)
"""
_COTYLEDON = """
import cotyledon, time

class Service(cotyledon.Service):
    def run(self):
        import wsgiref.simple_server as simple
        simple.make_server("127.0.0.1", PORT, wsgi).serve_forever()

class Broken(cotyledon.Service):
    def run(self):
        fail()

def managed(kind):
    manager = cotyledon.ServiceManager()
    manager.add(kind)
    return manager
"""
_THREAD = """
import threading
def serve():
    import wsgiref.simple_server as simple
    simple.make_server("127.0.0.1", PORT, wsgi).serve_forever()
def joined(target):
    thread = threading.Thread(target=target, daemon=target is serve)
    thread.start()
    return thread
"""
_PROCESS = """
import multiprocessing
def started(target):
    process = multiprocessing.get_context("fork").Process(target=target)
    process.start()
    return process
"""

_TELEGRAM = """
import json, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Telegram(BaseHTTPRequestHandler):
    def do_POST(self):
        me = {"id": 1, "is_bot": True, "first_name": "a", "username": "a"}
        result = me if self.path.endswith("getMe") else []
        time.sleep(0 if result else 0.3)
        answer = json.dumps({"ok": True, "result": result}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
    do_GET = do_POST

def url(port):
    if port == PORT:
        server = ThreadingHTTPServer(("127.0.0.1", PORT), Telegram)
        threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{port}"
"""
_AIOGRAM = """
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

def polled(port):
    api = TelegramAPIServer.from_base(url(port))
    return Dispatcher().run_polling(Bot("1:a", session=AiohttpSession(api=api)))
"""
_TELEBOT = """
import telebot
def bot(port):
    telebot.apihelper.API_URL = url(port) + "/bot{0}/{1}"
    return telebot.TeleBot("1:a")
"""
_SSH = """
import asyncio, asyncssh
async def listen():
    key = asyncssh.generate_private_key("ssh-ed25519")
    return await asyncssh.listen("127.0.0.1", PORT, server_host_keys=[key])
async def forever():
    await (await listen()).wait_closed()
"""
_MODBUS = """
from pymodbus.server import StartTcpServer
from pymodbus.datastore import ModbusDeviceContext, ModbusServerContext
context = ModbusServerContext(ModbusDeviceContext(), single=True)
"""
_ARQ = """
from arq import run_worker
from arq.connections import RedisSettings
class Settings:
    functions = [nothing]
    redis_settings = RedisSettings(port=1, conn_retries=0)
"""
_SLACK = """
from slack_bolt import App
app = App(token="xoxb-1", signing_secret="a", token_verification_enabled=False)
"""

CASES = (
    # --- the standard library
    Case(
        "wsgiref.simple_server.make_server().serve_forever",
        "wsgiref",
        "from wsgiref.simple_server import make_server",
        "make_server('127.0.0.1', PORT, wsgi).serve_forever()",
    ),
    Case(
        "http.server.ThreadingHTTPServer().serve_forever",
        "http",
        "from http.server import ThreadingHTTPServer, SimpleHTTPRequestHandler",
        "ThreadingHTTPServer(('127.0.0.1', PORT), SimpleHTTPRequestHandler).serve_forever()",
    ),
    Case(
        "socketserver.TCPServer().serve_forever",
        "socketserver",
        "import socketserver",
        "socketserver.TCPServer(('127.0.0.1', PORT), fail).serve_forever()",
    ),
    Case(
        "xmlrpc.server.SimpleXMLRPCServer().serve_forever",
        "xmlrpc",
        "from xmlrpc.server import SimpleXMLRPCServer",
        "SimpleXMLRPCServer(('127.0.0.1', PORT)).serve_forever()",
    ),
    Case(
        "multiprocessing.managers.BaseManager().get_server().serve_forever",
        "multiprocessing",
        "from multiprocessing.managers import BaseManager",
        "BaseManager(('127.0.0.1', PORT), b'k').get_server().serve_forever()",
    ),
    Case("threading.Thread().start", "threading", _THREAD, "", "joined(fail)"),
    Case(
        "threading.Thread().join",
        "threading",
        _THREAD,
        "joined(serve).join()",
        "joined(fail).join()",
    ),
    Case(
        "threading.Event().wait",
        "threading",
        "import threading",
        "threading.Event().wait()",
        listens=False,
    ),
    Case("signal.pause", "signal", "", "signal.pause()", listens=False),
    Case("multiprocessing.Process().start", "multiprocessing", _PROCESS, "", "started(fail)"),
    Case(
        "multiprocessing.Process().join",
        "multiprocessing",
        _PROCESS,
        "",
        "started(fail).join()",
        listens=False,
    ),
    Case(
        "concurrent.futures.ThreadPoolExecutor().submit",
        "concurrent",
        "from concurrent.futures import ThreadPoolExecutor",
        "",
        "ThreadPoolExecutor().submit(fail)",
    ),
    Case(
        "concurrent.futures.wait",
        "concurrent",
        "from concurrent.futures import ThreadPoolExecutor, wait",
        "",
        "wait([ThreadPoolExecutor().submit(fail)])",
    ),
    Case(
        "asyncio.start_server().serve_forever",
        "asyncio",
        """
import asyncio
async def main():
    server = await asyncio.start_server(close, "127.0.0.1", PORT)
    await server.serve_forever()
""",
        "asyncio.run(main())",
    ),
    Case(
        "asyncio.start_server",
        "asyncio",
        """
import asyncio
async def main():
    await asyncio.start_server(close, "127.0.0.1", PORT)
""",
        "asyncio.run(main())",
    ),
    Case(
        "asyncio.create_task",
        "asyncio",
        """
import asyncio
async def main():
    task = asyncio.create_task(fail_later())
    await asyncio.sleep(0.1)
    return task
""",
        "",
        "asyncio.run(main())",
    ),
    Case(
        "asyncio.AbstractEventLoop().run_forever",
        "asyncio",
        """
import asyncio
loop = asyncio.new_event_loop()
def forever():
    loop.create_task(asyncio.start_server(close, "127.0.0.1", PORT))
    loop.run_forever()
""",
        "forever()",
    ),
    Case(
        "asyncio.gather",
        "asyncio",
        "import asyncio\nasync def main(): return await asyncio.gather(fail_later())",
        "",
        "asyncio.run(main())",
    ),
    Case(
        "asyncio.gather",
        "asyncio",
        """
import asyncio
async def main(): return await asyncio.gather(fail_later(), return_exceptions=True)
""",
        "",
        "asyncio.run(main())",
        keywords=(("return_exceptions", True),),
    ),
    # --- oslo.service and cotyledon
    Case(
        "oslo_service.service.launch().wait",
        "oslo_service",
        _OSLO,
        "launched(Service()).wait()",
        "launched(Broken()).wait()",
    ),
    Case(
        "oslo_service.service.launch",
        "oslo_service",
        _OSLO,
        "launched(Service())",
    ),
    Case(
        "oslo_service.service.ProcessLauncher().wait",
        "oslo_service",
        _OSLO
        + """
def processes(made):
    launcher = service.ProcessLauncher(cfg.CONF)
    launcher.launch_service(made, workers=2)
    return launcher
""",
        "processes(Service()).wait()",
        "processes(Broken()).wait()",
    ),
    Case(
        "oslo_service.service.Launcher().wait",
        "oslo_service",
        _OSLO
        + """
def plain(made):
    launcher = service.Launcher(cfg.CONF)
    launcher.launch_service(made)
    return launcher
""",
        "",
        "plain(Broken()).wait()",
    ),
    Case(
        "oslo_service.wsgi.Server",
        "oslo_service",
        "from oslo_config import cfg; from oslo_service import wsgi",
        "wsgi.Server(cfg.CONF, 'a', print, host='127.0.0.1', port=PORT)",
    ),
    Case(
        "cotyledon.ServiceManager().run",
        "cotyledon",
        _COTYLEDON,
        "managed(Service).run()",
        "managed(Broken).run()",
    ),
    # --- eventlet and gevent
    Case(
        "eventlet.wsgi.server",
        "eventlet",
        "import eventlet, eventlet.wsgi",
        "eventlet.wsgi.server(eventlet.listen(('127.0.0.1', PORT)), wsgi)",
    ),
    Case(
        "eventlet.serve",
        "eventlet",
        "import eventlet",
        "eventlet.serve(eventlet.listen(('127.0.0.1', PORT)), print)",
    ),
    Case("eventlet.listen", "eventlet", "import eventlet", "eventlet.listen(('127.0.0.1', PORT))"),
    Case(
        "eventlet.spawn",
        "eventlet",
        "import eventlet",
        "",
        "(eventlet.spawn(fail), eventlet.sleep(0.1))[0]",
    ),
    Case(
        "eventlet.spawn().wait", "eventlet", "import eventlet", "", "eventlet.spawn(fail).wait()"
    ),
    Case(
        "eventlet.spawn_n",
        "eventlet",
        "import eventlet",
        "",
        "(eventlet.spawn_n(fail), eventlet.sleep(0.1))[1]",
    ),
    Case(
        "eventlet.GreenPool().waitall",
        "eventlet",
        "import eventlet\npool = eventlet.GreenPool()",
        "",
        "(pool.spawn(fail), pool.waitall())[1]",
    ),
    Case(
        "gevent.pywsgi.WSGIServer().serve_forever",
        "gevent",
        "from gevent.pywsgi import WSGIServer",
        "WSGIServer(('127.0.0.1', PORT), wsgi).serve_forever()",
    ),
    Case(
        "gevent.pywsgi.WSGIServer().start",
        "gevent",
        "from gevent.pywsgi import WSGIServer",
        "WSGIServer(('127.0.0.1', PORT), wsgi).start()",
    ),
    Case("gevent.joinall", "gevent", "import gevent", "", "gevent.joinall([gevent.spawn(fail)])"),
    Case(
        "gevent.joinall",
        "gevent",
        "import gevent",
        "",
        "gevent.joinall([gevent.spawn(fail)], raise_error=True)",
        keywords=(("raise_error", True),),
    ),
    Case("gevent.spawn().join", "gevent", "import gevent", "", "gevent.spawn(fail).join()"),
    Case("gevent.spawn().get", "gevent", "import gevent", "", "gevent.spawn(fail).get()"),
    Case("gevent.wait", "gevent", "import gevent", "", "(gevent.spawn(fail), gevent.wait())[1]"),
    # --- HTTP servers
    Case(
        "werkzeug.serving.run_simple",
        "werkzeug",
        "from werkzeug.serving import run_simple",
        "run_simple('127.0.0.1', PORT, wsgi)",
    ),
    Case(
        "werkzeug.serving.make_server",
        "werkzeug",
        "from werkzeug.serving import make_server",
        "make_server('127.0.0.1', PORT, wsgi)",
    ),
    Case(
        "werkzeug.serving.make_server().serve_forever",
        "werkzeug",
        "from werkzeug.serving import make_server",
        "make_server('127.0.0.1', PORT, wsgi).serve_forever()",
    ),
    Case(
        "flask.Flask().run",
        "flask",
        "import flask",
        "flask.Flask('service').run('127.0.0.1', PORT)",
    ),
    Case(
        "flask_socketio.SocketIO().run",
        "flask_socketio",
        """
import flask, flask_socketio
app = flask.Flask("service")
io = flask_socketio.SocketIO(app, async_mode="threading")
""",
        "io.run(app, '127.0.0.1', PORT, allow_unsafe_werkzeug=True)",
    ),
    Case(
        "waitress.serve",
        "waitress",
        "import waitress",
        "waitress.serve(wsgi, host='127.0.0.1', port=PORT)",
        "waitress.serve(None, host='127.0.0.1', port=PORT)",
    ),
    Case(
        "waitress.create_server().run",
        "waitress",
        "import waitress",
        "waitress.create_server(wsgi, host='127.0.0.1', port=PORT).run()",
    ),
    Case(
        "cheroot.wsgi.Server().start",
        "cheroot",
        "from cheroot.wsgi import Server",
        "Server(('127.0.0.1', PORT), wsgi).start()",
    ),
    Case(
        "cheroot.wsgi.Server().safe_start",
        "cheroot",
        "from cheroot.wsgi import Server",
        "Server(('127.0.0.1', PORT), wsgi).safe_start()",
    ),
    Case(
        "cherrypy.quickstart",
        "cherrypy",
        """
import cherrypy
cherrypy.config.update({"server.socket_host": "127.0.0.1", "server.socket_port": PORT})
""",
        "cherrypy.quickstart()",
    ),
    Case(
        "cherrypy.engine.block",
        "cherrypy",
        """
import cherrypy
cherrypy.config.update({"server.socket_host": "127.0.0.1", "server.socket_port": PORT})
""",
        "(cherrypy.engine.start(), cherrypy.engine.block())[1]",
    ),
    Case(
        "uvicorn.run",
        "uvicorn",
        _UVICORN,
        "uvicorn.run(asgi, host='127.0.0.1', port=PORT)",
        "uvicorn.run(broken, host='127.0.0.1', port=PORT)",
    ),
    Case(
        "uvicorn.run",
        "uvicorn",
        _UVICORN,
        "uvicorn.run('application:asgi', host='127.0.0.1', port=PORT, workers=2)",
        "uvicorn.run('application:broken', host='127.0.0.1', port=PORT, workers=2)",
        keywords=(("workers", 2),),
    ),
    Case(
        "uvicorn.Server().run",
        "uvicorn",
        _UVICORN,
        "uvicorn.Server(uvicorn.Config(asgi, port=PORT)).run()",
        "uvicorn.Server(uvicorn.Config(broken, port=PORT)).run()",
    ),
    Case(
        "uvicorn.Server().serve",
        "uvicorn",
        _UVICORN + ", asyncio",
        "asyncio.run(uvicorn.Server(uvicorn.Config(asgi, port=PORT)).serve())",
        "asyncio.run(uvicorn.Server(uvicorn.Config(broken, port=PORT)).serve())",
    ),
    Case(
        "hypercorn.asyncio.serve",
        "hypercorn",
        """
import asyncio, hypercorn, hypercorn.asyncio
config = hypercorn.Config()
config.bind = [f"127.0.0.1:{PORT}"]
""",
        "asyncio.run(hypercorn.asyncio.serve(asgi, config))",
        "asyncio.run(hypercorn.asyncio.serve(broken, config))",
    ),
    Case(
        "robyn.Robyn().start",
        "robyn",
        "from robyn import Robyn",
        "Robyn('app.py').start(host='127.0.0.1', port=PORT)",
    ),
    Case(
        "tftpy.TftpServer().listen",
        "tftpy",
        "import tftpy",
        "tftpy.TftpServer('/tmp').listen('127.0.0.1', PORT)",
        "tftpy.TftpServer('/tmp').listen('192.0.2.1', PORT)",
        listens=False,
    ),
    Case(
        "hypercorn.run.run",
        "hypercorn",
        """
import hypercorn, hypercorn.run
config = hypercorn.Config()
config.bind = [f"127.0.0.1:{PORT}"]
def run(path):
    config.application_path = path
    return hypercorn.run.run(config)
""",
        "run('application:asgi')",
        "run('application:broken')",
    ),
    Case(
        "daphne.server.Server().run",
        "daphne",
        """
import daphne.server
def serve(endpoint):
    daphne.server.Server(asgi, endpoints=[endpoint]).run()
""",
        "serve(f'tcp:port={PORT}:interface=127.0.0.1')",
        "serve('tcp:port=1:interface=192.0.2.1')",
    ),
    Case(
        "daphne.cli.CommandLineInterface().run",
        "daphne",
        "from daphne.cli import CommandLineInterface",
        "CommandLineInterface().run(['-p', str(PORT), 'application:asgi'])",
    ),
    Case(
        "gunicorn.app.base.BaseApplication().run",
        "gunicorn",
        """
from gunicorn.app.base import BaseApplication

class Application(BaseApplication):
    def load_config(self):
        self.cfg.set("bind", f"127.0.0.1:{PORT}")
        self.cfg.set("control_socket_disable", True)
    def load(self):
        return wsgi
""",
        "Application().run()",
    ),
    Case(
        "granian.Granian().serve",
        "granian",
        "import granian",
        "granian.Granian('application:asgi', port=PORT, interface='asgi').serve()",
        "granian.Granian('application:absent', port=PORT, interface='asgi').serve()",
    ),
    Case(
        "aiohttp.web.run_app",
        "aiohttp",
        """
from aiohttp import web
def application(*hooks):
    app = web.Application()
    app.on_startup.extend(hooks)
    return app
""",
        "web.run_app(application(), host='127.0.0.1', port=PORT)",
        "web.run_app(application(fail_later), host='127.0.0.1', port=PORT)",
    ),
    Case(
        "aiohttp.web.TCPSite().start",
        "aiohttp",
        """
import asyncio
from aiohttp import web
async def main():
    runner = web.AppRunner(web.Application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", PORT).start()
""",
        "asyncio.run(main())",
    ),
    Case(
        "sanic.Sanic().run",
        "sanic",
        """
import sanic
app = sanic.Sanic("service")
app.add_route(lambda request: sanic.text(""), "/")
def broken():
    app.before_server_start(fail_later)
    app.run("127.0.0.1", PORT, single_process=True)
""",
        "app.run('127.0.0.1', PORT, single_process=True)",
        "broken()",
    ),
    Case(
        "bottle.run",
        "bottle",
        "import bottle",
        "bottle.run(host='127.0.0.1', port=PORT)",
        "bottle.run(server='nothing')",
    ),
    Case(
        "paste.httpserver.serve",
        "paste",
        "import paste.httpserver",
        "paste.httpserver.serve(wsgi, '127.0.0.1', PORT)",
    ),
    Case(
        "quart.Quart().run",
        "quart",
        """
import quart
app = quart.Quart("service")
def broken():
    app.before_serving(fail)
    app.run("127.0.0.1", PORT)
""",
        "app.run('127.0.0.1', PORT)",
        "broken()",
    ),
    # --- twisted and tornado
    Case(
        "twisted.internet.reactor.run",
        "twisted",
        _TWISTED,
        "(reactor.listenTCP(PORT, factory), reactor.run())[1]",
    ),
    Case(
        "twisted.internet.reactor.listenTCP",
        "twisted",
        _TWISTED,
        "reactor.listenTCP(PORT, factory)",
    ),
    Case(
        "twisted.internet.endpoints.serverFromString().listen",
        "twisted",
        _TWISTED,
        "endpoints.serverFromString(reactor, f'tcp:{PORT}').listen(factory)",
    ),
    Case("twisted.internet.task.react", "twisted", _TWISTED, "", "task.react(fail_soon)"),
    Case(
        "tornado.ioloop.IOLoop().start",
        "tornado",
        """
import asyncio, tornado.web
from tornado.ioloop import IOLoop
asyncio.set_event_loop(asyncio.new_event_loop())
""",
        "(tornado.web.Application().listen(PORT), IOLoop.current().start())[1]",
    ),
    Case(
        "tornado.web.Application().listen",
        "tornado",
        """
import asyncio, tornado.web
asyncio.set_event_loop(asyncio.new_event_loop())
""",
        "tornado.web.Application().listen(PORT)",
    ),
    # --- remote procedures and messages
    Case(
        "grpc.server().wait_for_termination",
        "grpc",
        """
import grpc, concurrent.futures
server = grpc.server(concurrent.futures.ThreadPoolExecutor())
server.add_insecure_port(f"127.0.0.1:{PORT}")
server.start()
""",
        "server.wait_for_termination()",
    ),
    Case(
        "grpc.server().start",
        "grpc",
        """
import grpc, concurrent.futures
server = grpc.server(concurrent.futures.ThreadPoolExecutor())
server.add_insecure_port(f"127.0.0.1:{PORT}")
""",
        "server.start()",
    ),
    Case(
        "grpc.server().add_insecure_port",
        "grpc",
        """
import grpc, concurrent.futures
server = grpc.server(concurrent.futures.ThreadPoolExecutor())
""",
        "server.add_insecure_port(f'127.0.0.1:{PORT}')",
    ),
    Case(
        "thriftpy2.rpc.make_server().serve",
        "thriftpy2",
        """
from thriftpy2.server import TThreadedServer
from thriftpy2.transport import TServerSocket
def serve():
    TThreadedServer(fail, TServerSocket("127.0.0.1", PORT)).serve()
""",
        "serve()",
    ),
    Case(
        "rpyc.ThreadedServer().start",
        "rpyc",
        "import rpyc",
        "rpyc.ThreadedServer(rpyc.VoidService, hostname='127.0.0.1', port=PORT).start()",
    ),
    Case(
        "Pyro5.api.Daemon().requestLoop",
        "Pyro5",
        "import Pyro5.api",
        "Pyro5.api.Daemon('127.0.0.1', PORT).requestLoop()",
    ),
    Case(
        "Pyro5.api.serve",
        "Pyro5",
        "import Pyro5.api",
        "Pyro5.api.serve({}, '127.0.0.1', PORT, use_ns=False)",
    ),
    Case(
        "zmq.proxy",
        "zmq",
        """
import zmq
context = zmq.Context()
front, back = context.socket(zmq.ROUTER), context.socket(zmq.DEALER)
front.bind(f"tcp://127.0.0.1:{PORT}")
""",
        "zmq.proxy(front, back)",
    ),
    Case(
        "kombu.mixins.ConsumerMixin().run",
        "kombu",
        """
import kombu, kombu.mixins
class Consumer(kombu.mixins.ConsumerMixin):
    connection = kombu.Connection(f"amqp://127.0.0.1:{PORT}")
    def get_consumers(self, consumer, channel):
        return []
""",
        "",
        "Consumer().run()",
    ),
    # --- websockets, mail, files
    Case(
        "websockets.serve().serve_forever",
        "websockets",
        """
import asyncio, websockets
async def main():
    async with websockets.serve(nothing, "127.0.0.1", PORT) as server:
        await server.serve_forever()
""",
        "asyncio.run(main())",
    ),
    Case(
        "websockets.serve",
        "websockets",
        """
import asyncio, websockets
async def main():
    await websockets.serve(nothing, "127.0.0.1", PORT)
""",
        "asyncio.run(main())",
    ),
    Case(
        "aiosmtpd.controller.Controller().start",
        "aiosmtpd",
        "from aiosmtpd.controller import Controller",
        "Controller(object(), hostname='127.0.0.1', port=PORT).start()",
    ),
    Case(
        "pyftpdlib.servers.FTPServer().serve_forever",
        "pyftpdlib",
        """
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer
""",
        "FTPServer(('127.0.0.1', PORT), FTPHandler).serve_forever()",
    ),
    Case(
        "trio.serve_tcp",
        "trio",
        "import trio, functools",
        "trio.run(functools.partial(trio.serve_tcp, nothing, PORT, host='127.0.0.1'))",
    ),
    # --- tasks and schedules
    Case(
        "apscheduler.schedulers.blocking.BlockingScheduler().start",
        "apscheduler",
        "from apscheduler.schedulers.blocking import BlockingScheduler",
        "BlockingScheduler().start()",
        listens=False,
    ),
    Case(
        "apscheduler.schedulers.background.BackgroundScheduler().start",
        "apscheduler",
        "from apscheduler.schedulers.background import BackgroundScheduler",
        "BackgroundScheduler().start()",
    ),
    Case(
        "celery.Celery().Worker().start",
        "celery",
        """
import celery
app = celery.Celery(broker=f"amqp://127.0.0.1:{PORT}")
app.conf.update(broker_connection_retry_on_startup=False, worker_hijack_root_logger=False)
""",
        "",
        "app.Worker(pool='solo').start()",
    ),
    Case(
        "celery.Celery().worker_main",
        "celery",
        """
import celery
app = celery.Celery(broker=f"amqp://127.0.0.1:{PORT}")
app.conf.update(broker_connection_retry_on_startup=False)
""",
        "",
        "app.worker_main(['worker', '--pool=solo'])",
    ),
    Case(
        "celery.Celery().worker_main",
        "celery",
        """
import celery
app = celery.Celery(broker="memory://")
""",
        "app.worker_main(['worker', '--pool=solo'])",
        listens=False,
        pause=5,
    ),
    Case(
        "celery.Celery().Beat().run",
        "celery",
        """
import celery
app = celery.Celery(broker="memory://")
""",
        "app.Beat(schedule='schedule').run()",
        "app.Beat(schedule='/nonexistent/schedule').run()",
        listens=False,
        pause=2,
    ),
    Case(
        "huey.consumer.Consumer().run",
        "huey",
        "import huey\nmemory = huey.MemoryHuey()",
        "memory.create_consumer().run()",
        listens=False,
    ),
    Case(
        "huey.consumer.Consumer().start",
        "huey",
        "import huey\nmemory = huey.MemoryHuey()",
        "memory.create_consumer().start()",
    ),
    Case(
        "rq.Worker().work",
        "rq",
        "import redis, rq\nconnection = redis.Redis(port=PORT)",
        "",
        "rq.Worker(['default'], connection=connection).work()",
    ),
    Case(
        "dramatiq.Worker().start",
        "dramatiq",
        "import dramatiq\nfrom dramatiq.brokers.stub import StubBroker",
        "dramatiq.Worker(StubBroker()).start()",
    ),
    Case(
        "circus.get_arbiter().start",
        "circus",
        """
import circus
def arbiter():
    pubsub = f"ipc://{os.getcwd()}/pubsub"
    return circus.get_arbiter([], f"tcp://127.0.0.1:{PORT}", pubsub)
""",
        "arbiter().start()",
    ),
    # --- chat, devices, operators and metrics
    Case(
        "aiogram.Dispatcher().run_polling",
        "aiogram",
        _TELEGRAM + _AIOGRAM,
        "polled(PORT)",
        "polled(1)",
        pause=2.0,
    ),
    Case(
        "telebot.TeleBot().polling",
        "telebot",
        _TELEGRAM + _TELEBOT,
        "bot(PORT).polling()",
        "bot(1).polling()",
        pause=2.0,
    ),
    Case(
        "telebot.TeleBot().infinity_polling",
        "telebot",
        _TELEGRAM + _TELEBOT,
        "bot(PORT).infinity_polling()",
        "bot(1).infinity_polling()",
        pause=2.0,
    ),
    Case("slack_bolt.App().start", "slack_bolt", _SLACK, "app.start(PORT)"),
    Case("asyncssh.listen", "asyncssh", _SSH, "asyncio.run(listen())"),
    Case("asyncssh.listen().wait_closed", "asyncssh", _SSH, "asyncio.run(forever())"),
    Case("arq.run_worker", "arq", _ARQ, "", "run_worker(Settings)"),
    Case(
        "pymodbus.server.StartTcpServer",
        "pymodbus",
        _MODBUS,
        "StartTcpServer(context, address=('127.0.0.1', PORT))",
    ),
    Case(
        "websocket_server.WebsocketServer().run_forever",
        "websocket_server",
        "from websocket_server import WebsocketServer\n"
        'server = WebsocketServer(host="127.0.0.1", port=0)',
        "server.run_forever()",
        listens=False,
    ),
    Case(
        "SimpleWebSocketServer.SimpleWebSocketServer().serveforever",
        "SimpleWebSocketServer",
        "from SimpleWebSocketServer import SimpleWebSocketServer, WebSocket\n"
        "server = SimpleWebSocketServer('127.0.0.1', PORT, WebSocket)",
        "server.serveforever()",
        listens=False,
    ),
    Case(
        "jsonrpcserver.serve",
        "jsonrpcserver",
        "import jsonrpcserver",
        "jsonrpcserver.serve('127.0.0.1', PORT)",
    ),
    Case(
        "coapthon.server.coap.CoAP().listen",
        "coapthon",
        "from coapthon.server.coap import CoAP\nserver = CoAP(('127.0.0.1', PORT))",
        "server.listen(10)",
        listens=False,
        pause=2,
    ),
    Case(
        "caproto.server.run",
        "caproto",
        "import caproto.server",
        "caproto.server.run({}, interfaces=['127.0.0.1'])",
        listens=False,
        pause=2,
    ),
    Case("bacpypes.core.run", "bacpypes", "from bacpypes.core import run", "run()", listens=False),
    Case("kopf.run", "kopf", "import kopf", "", "kopf.run(standalone=True, clusterwide=True)"),
    Case(
        "prometheus_client.start_http_server",
        "prometheus_client",
        "import prometheus_client",
        "prometheus_client.start_http_server(PORT, '127.0.0.1')",
    ),
)


def main() -> int:
    """Print what is seen; return the exit status."""
    name, scenario = (*sys.argv[1:], "", "")[:2]
    for case in CASES:
        if not case.installed or name not in case.name:
            continue
        for one in SCENARIOS:
            if scenario in ("", one) and (case.fails if one == "failing" else case.call):
                seen = observe(case, one, BOUND / 3)
                print(case.name, dict(case.keywords) or "", one, seen.status, seen.said)
                if scenario:
                    print(seen.errors)
    return 0


def observe(case: Case, scenario: str, patience: float = QUIET) -> Seen:
    """Run a case in one scenario.

    :param patience: the seconds in which the process may end.
    """
    call = case.fails if scenario == "failing" else case.call
    with _port(taken=scenario == "taken") as port, tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "application.py").write_text(APPLICATION, encoding="utf-8")
        source = TEMPLATE.format(
            handler=HANDLERS.get(scenario, ""), before=textwrap.dedent(case.before), call=call
        )
        with (place / "errors").open("wb") as errors:
            process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-c", source],
                cwd=place,
                env={**os.environ, "PORT": str(port)},
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
                start_new_session=True,
            )
            try:
                started, early = _run(case, scenario, process, place, port, patience)
            finally:
                status = process.poll()
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        output = (place / "errors").read_text(encoding="utf-8", errors="replace")
        return Seen(started, _said(place), early, status, output)


def _run(
    case: Case,
    scenario: str,
    process: subprocess.Popen[bytes],
    place: Path,
    port: int,
    patience: float,
) -> tuple[bool, str]:
    """Wait until the process has ended, or for as long as the scenario is worth it."""
    if scenario not in SIGNALS:
        _wait(process, started=place / "started")
        _wait(process, seconds=patience)
        return True, ""
    started = _wait(process, started=place / "started") and (
        not case.listens or _wait(process, port=port)
    )
    # what has just begun to listen may not have set its signal handlers yet
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(case.pause)
    early = _said(place)
    if process.poll() is None:
        process.send_signal(SIGNALS[scenario])
        _wait(process, seconds=patience)
    return started, early


def _wait(
    process: subprocess.Popen[bytes],
    *,
    started: Path | None = None,
    port: int = 0,
    seconds: float = BOUND,
) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        if started and started.exists():
            return True
        if port:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return True
        time.sleep(0.05)
    return process.poll() is not None and not started and not port


def _said(place: Path) -> str:
    said = place / "said"
    return said.read_text(encoding="utf-8") if said.exists() else ""


@contextlib.contextmanager
def _port(*, taken: bool) -> Iterator[int]:
    """Give a port that is free, or one that another socket listens on."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        number: int = holder.getsockname()[1]
        if taken:
            holder.listen()
            yield number
            return
    yield number


if __name__ == "__main__":
    sys.exit(main())

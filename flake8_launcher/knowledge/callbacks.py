"""Calls that run a function which they are given, and what they call it with.

A call that is not here may keep the function, forget it or compare it: it says nothing of whether
the function runs. Those that keep it for an event that is no part of the launch (a request, a
connection, a signal, the end of the process) are left out.
"""

from __future__ import annotations

from typing import NamedTuple

from flake8_launcher.knowledge.table import root_of

REST = -1
"""What follows the function, and the keywords, are the arguments of the function."""

MAPPINGS = ("kwargs", "kwds", "fkwargs")
"""Keywords that take the keyword arguments of the function, beside a sequence."""


class Taker(NamedTuple):
    """A call that runs a function, at once or later in the process that it begins.

    :ivar position: where the function stands; none where only a keyword gives it.
    :ivar keyword: the name of the parameter that takes it, where it may be given by name.
    :ivar passes: where the sequence of the function's positional arguments stands; ``REST`` where
        they follow the function one by one, none where only a keyword gives them or it is not
        known what the function is called with.
    :ivar sequence: the name of the parameter that takes the sequence.
    """

    position: int | None = 0
    keyword: str = ""
    passes: int | None = None
    sequence: str = ""


_FIRST = Taker(passes=REST)
"""``submit(function, argument, key=argument)``"""
_SECOND = Taker(1, passes=REST)
"""``call_later(seconds, function, argument)``"""
_APPLIED = Taker(passes=1, sequence="args")
"""``apply(function, (argument,))``"""
_ITSELF = Taker()
"""``map(function, items)``: what the function is called with is not known."""
_KEY = Taker(None, "key")

_TAKERS = {
    "BackOffLoopingCall": _FIRST,
    "Context().run": _FIRST,
    "Daemonize": Taker(2, "action"),
    "DynamicLoopingCall": _FIRST,
    "FastAPI": Taker(None, "lifespan"),
    "FixedIntervalLoopingCall": _FIRST,
    "FixedIntervalWithTimeoutLoopingCall": _FIRST,
    "Greenlet": _FIRST,
    "Litestar": Taker(None, "on_app_init"),
    "LoopingCall": _FIRST,
    "PeriodicCallback": _ITSELF,
    "Pool": Taker(1, "initializer", 2, "initargs"),
    "Process": Taker(1, "target", 3, "args"),
    "Process().__init__": Taker(1, "target", 3, "args"),
    "ProcessPoolExecutor": Taker(2, "initializer", 3, "initargs"),
    "Profile().runcall": _FIRST,
    "Retrying()": _FIRST,
    "Retrying().call": _FIRST,
    "Starlette": Taker(None, "lifespan"),
    "Thread": Taker(1, "target", 3, "args"),
    "Thread().__init__": Taker(1, "target", 3, "args"),
    "ThreadPoolExecutor": Taker(2, "initializer", 3, "initargs"),
    "Timer": Taker(1, "function", 2, "args"),
    "addBoth": _ITSELF,  # Twisted; what has come of it comes first
    "addCallback": _ITSELF,
    "addCallbacks": _ITSELF,
    "add_callback": _FIRST,
    "add_dynamic_timer": _FIRST,
    "add_job": Taker(0, "func", 2, "args"),
    "add_thread": _FIRST,
    "add_timeout": _SECOND,
    "add_timer": Taker(1, "callback"),
    "all.sniff": Taker(None, "prn"),  # Scapy; the packet comes first
    "all.AsyncSniffer": Taker(None, "prn"),
    "anyio.run": _FIRST,
    "app.run": _ITSELF,  # absl, TensorFlow
    "apply": _APPLIED,
    "apply_async": _APPLIED,
    "argh.dispatch_command": _ITSELF,
    "arun_process": Taker(None, "target", None, "args"),
    "asyncio.to_thread": _FIRST,
    "callFromThread": _FIRST,
    "callInThread": _FIRST,
    "callLater": _SECOND,
    "callWhenRunning": _FIRST,
    "call_at": _SECOND,
    "call_later": _SECOND,
    "call_soon": _FIRST,
    "call_soon_threadsafe": _FIRST,
    "cleanup_ctx.append": _ITSELF,  # aiohttp
    "clize.run": _ITSELF,
    "copy_context().run": _FIRST,
    "create_task_group().start": _FIRST,
    "curio.run": _FIRST,
    "curses.wrapper": _ITSELF,  # the window comes first
    "daemonocle.Daemon": Taker(0, "worker"),
    "defer.maybeDeferred": _FIRST,
    "deferLater": Taker(2, passes=REST),
    "deferToThread": _FIRST,
    "defopt.run": _ITSELF,
    "do": _FIRST,  # schedule
    "filter": _ITSELF,
    "fire.Fire": _ITSELF,
    "forward": _ITSELF,  # click
    "from_thread.run": _FIRST,
    "from_thread.run_sync": _FIRST,
    "functools.reduce": _ITSELF,
    "jsonargparse.CLI": _ITSELF,
    "jsonargparse.auto_cli": _ITSELF,
    "imap": _ITSELF,
    "imap_unordered": _ITSELF,
    "invoke": _FIRST,  # click
    "map": _ITSELF,
    "map_async": _ITSELF,
    "max": _KEY,
    "min": _KEY,
    "multiprocessing.spawn": Taker(0, "fn"),  # torch: the number of the process comes first
    "on_startup.append": _ITSELF,  # aiohttp
    "open_nursery().start": _FIRST,
    "plac.call": _ITSELF,
    "react": _ITSELF,  # Twisted
    "retry_call": Taker(0, "f", 1, "fargs"),
    "run_in_executor": _SECOND,
    "run_process": Taker(None, "target", None, "args"),
    "run_sync": _ITSELF,
    "run_with_reloader": _ITSELF,
    "scheduler().enter": Taker(2, "action", 3, "argument"),
    "scheduler().enterabs": Taker(2, "action", 3, "argument"),
    "sorted": _KEY,
    "sendrecv.sniff": Taker(None, "prn"),
    "spawn": _FIRST,
    "spawn_after": _SECOND,
    "spawn_after_local": _SECOND,
    "spawn_callback": _FIRST,
    "spawn_later": _SECOND,
    "spawn_n": _FIRST,
    "spawn_raw": _FIRST,
    "spawn_system_task": _FIRST,
    "starmap": _ITSELF,
    "starmap_async": _ITSELF,
    "start_new": _APPLIED,
    "start_new_thread": _APPLIED,
    "start_soon": _FIRST,
    "submit": _FIRST,
    "timeout_add": _SECOND,  # GLib
    "timeout_add_seconds": _SECOND,
    "to_process.run_sync": _FIRST,
    "to_thread.run_sync": _FIRST,
    "tpool.execute": _FIRST,
    "trio.run": _FIRST,
    "typer.run": _ITSELF,
    "tyro.cli": _ITSELF,
}
"""By the last part of a qualified name, or by more of them where one is ambiguous."""


class Runner(NamedTuple):
    """A call that has methods of an object of the project run while the process starts.

    :ivar methods: their names, in order.
    :ivar position: where the object stands, or its class; none where the call is a method of it.
    :ivar keyword: the name of the parameter that takes it.
    """

    methods: tuple[str, ...]
    position: int | None = None
    keyword: str = ""


_LAUNCHES = Runner(("start",), 0, "service")
_RUNS_SETUP = Runner(("setup_hook",))
_RUNNERS = {
    "cotyledon.ServiceManager().add": Runner(("run",), 0, "service"),
    "discord.Client().run": _RUNS_SETUP,
    "discord.Client().start": _RUNS_SETUP,
    "discord.ext.commands.AutoShardedBot().run": _RUNS_SETUP,
    "discord.ext.commands.AutoShardedBot().start": _RUNS_SETUP,
    "discord.ext.commands.Bot().run": _RUNS_SETUP,
    "discord.ext.commands.Bot().start": _RUNS_SETUP,
    "gunicorn.app.base.Application().run": Runner(("load",)),
    "gunicorn.app.base.BaseApplication().__init__": Runner(("load_config",)),
    "gunicorn.app.base.BaseApplication().run": Runner(("load",)),
    "oslo_service.service.Launcher().launch_service": _LAUNCHES,
    "oslo_service.service.ProcessLauncher().launch_service": _LAUNCHES,
    "oslo_service.service.ServiceLauncher().launch_service": _LAUNCHES,
    "oslo_service.service.launch": Runner(("start",), 1, "service"),
    "oslo_service.service.launch().launch_service": _LAUNCHES,
}
"""By qualified name."""

COMMANDS = frozenset({"add_command", "command", "default"})
"""Methods that make a command of a function which they are given, of click, cyclopts and such."""
MAKES_COMMANDS = (".callback()", ".command()", ".default()")
"""How the names of what these methods return end, which may be given the function then."""
AT_ONCE = frozenset(
    {
        "Context().forward",  # click
        "Context().invoke",
        "Fire",
        "anyio.run",
        "app.run",
        "clize.run",
        "ctx.forward",
        "ctx.invoke",
        "curio.run",
        "curses.wrapper",
        "defopt.run",
        "dispatch_command",
        "jsonargparse.CLI",
        "jsonargparse.auto_cli",
        "plac.call",
        "runcall",
        "trio.run",
        "tyro.cli",
        "typer.run",
    }
)
"""Calls that run a function at once, and return when it does: it is what the process is for."""
_LATER = frozenset(
    {
        "Greenlet",
        "Process",
        "Thread",
        "Timer",
        "add_callback",
        "add_job",
        "apply_async",
        "callFromThread",
        "callInThread",
        "callLater",
        "callWhenRunning",
        "call_at",
        "call_later",
        "call_soon",
        "call_soon_threadsafe",
        "deferToThread",
        "do",
        "enter",
        "enterabs",
        "run_in_executor",
        "run_sync",
        "spawn",
        "spawn_after",
        "spawn_later",
        "spawn_n",
        "spawn_raw",
        "start_new_thread",
        "start_soon",
        "submit",
        "to_thread",
    }
)
_TAKE_FUNCTIONS = (
    "_thread",
    "anyio",
    "apscheduler",
    "asyncio",
    "concurrent",
    "eventlet",
    "futurist",
    "gevent",
    "multiprocessing",
    "sched",
    "schedule",
    "threading",
    "tornado",
    "trio",
    "twisted",
)
_ON_OCCASION = {
    "add_signal_handler": _SECOND,
    "atexit.register": _FIRST,
    "signal.signal": _SECOND,
}
"""Calls that take a function for an occasion that may never come: it is not followed."""
AT_START = {
    "APIRouter().on_event": "startup",
    "FastAPI().on_event": "startup",
    "Quart().before_serving": "",
    "Sanic().before_server_start": "",
    "Sanic().listener": "before_server_start",
    "Sanic().main_process_start": "",
    "Starlette().on_event": "startup",
}
"""Decorators that have an application run a function when it starts, with the name of the event
that each is given, where it is given one."""
_AT_START = {name.rpartition(".")[2] for name in AT_START}
_TAKE_AT_START = frozenset(
    {"FastAPI", "Starlette", "Litestar", "cleanup_ctx.append", "on_startup.append"}
)
"""Calls that have an application run what they are given when it starts."""
_MOST_PARTS = 2


def taker(name: str) -> Taker | None:
    """Return what is known of a call, if it runs a function which it is given.

    :param name: the qualified name of what is called.
    """
    parts = name.lstrip("?").rsplit(".", _MOST_PARTS)[-_MOST_PARTS:]
    return _TAKERS.get(".".join(parts)) or _TAKERS.get(parts[-1])


def runner(name: str) -> Runner | None:
    """Return what is known of a call, if it has methods of an object run.

    :param name: the qualified name of what is called.
    """
    return _RUNNERS.get(name)


def may_run_at_start(decorator: str) -> bool:
    """Tell whether a decorator of this last name may have an application run a function."""
    return decorator in _AT_START


def runs_at_start(name: str, event: str) -> bool:
    """Tell whether a decorator has an application run a function when it starts.

    :param name: the qualified name of the decorator.
    :param event: the text that it is given, if it is.
    """
    parts = name.removesuffix("()").rsplit(".", _MOST_PARTS)[-_MOST_PARTS:]
    return AT_START.get(".".join(parts)) == event


def waits_for_start(name: str) -> bool:
    """Tell whether a call, or a decorator, has an application run a function when it starts.

    :param name: the qualified name of what is called.
    """
    parts = name.rsplit(".", _MOST_PARTS)[-_MOST_PARTS:]
    last = ".".join(parts)
    return last in AT_START or not _TAKE_AT_START.isdisjoint((last, parts[-1]))


def runs_at_once(name: str) -> bool:
    """Tell whether a call runs a function which it is given, and nothing else beside it."""
    parts = name.rsplit(".", _MOST_PARTS)[-_MOST_PARTS:]
    return ".".join(parts) in AT_ONCE or parts[-1] in AT_ONCE


def runs_later(name: str) -> Taker | None:
    """Return what is known of a call that runs a function elsewhere or later.

    It takes a function, and neither a coroutine nor anything else.

    :param name: the qualified name of what is called.
    """
    last = name.rpartition(".")[2]
    if last in _LATER and root_of(name) in _TAKE_FUNCTIONS:
        return taker(name)
    return _ON_OCCASION.get(name) or _ON_OCCASION.get(last)

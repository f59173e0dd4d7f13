"""LS514."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import Role, canonical
from flake8_launcher.knowledge.signals import OF_MAIN_THREAD, sets_own
from flake8_launcher.launch import Call, Guard, Launcher, LaunchPath, Loop, Step
from flake8_launcher.launch.paths.endings import in_threads
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, at

_FAILS = OF_MAIN_THREAD | {"signal.set_wakeup_fd"}
_ASKS_WHERE = (
    "threading.main_thread",
    "threading.current_thread",
    "threading.currentThread",
    "threading.get_ident",
    "threading.get_native_id",
)
_OF_SIGNALS = frozenset({"ValueError", "RuntimeError"})
_CATCHES = _OF_SIGNALS | {"BaseException", "Exception"}


class SignalInThread(Rule):
    """A signal handler is set in a thread, where that fails.

    ## What it does

    Reports `signal.signal()`, `signal.set_wakeup_fd()` and the event loop's
    `add_signal_handler()` in what a thread, a timer or an executor with threads runs, at any
    depth; and calls that set handlers by themselves and are run there: `app.run(debug=True)` of
    Flask, whose reloader does, `reactor.run()`, `aiohttp.web.run_app`, `run_polling` of
    python-telegram-bot, workers of RQ, and others, unless a keyword such as
    `installSignalHandlers=False` tells them not to.

    Silent where the failure is caught, where the function asks which thread runs it, and where
    eventlet or gevent replace threads by green threads. A handler of every failure around all
    that the thread does catches this one, too, and the thread ends before it has done it.

    ## Why

    Python sets signal handlers in the main thread alone, and raises `ValueError` in any other
    (asyncio's loop `RuntimeError`).
    The thread ends there with a traceback, before it has done anything of its work, and the
    process has no handler: SIGTERM kills it in the middle of what it does.

    ## Example

    ```python
    import signal
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer


    def work():
        signal.signal(signal.SIGTERM, stop)
        consume()


    def main():
        threading.Thread(target=work).start()
        HTTPServer(("", 8080), BaseHTTPRequestHandler).serve_forever()
    ```

    ## Use instead

    ```python
    import signal
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer


    def work():
        consume()


    def main():
        signal.signal(signal.SIGTERM, stop)
        threading.Thread(target=work).start()
        HTTPServer(("", 8080), BaseHTTPRequestHandler).serve_forever()
    ```

    ## When to ignore it

    Where the thread is the main one in every process that gets here.

    ## References

    - [signal: signals and
      threads](https://docs.python.org/3/library/signal.html#signals-and-threads)
    """

    code = "LS514"
    name = "signal-in-thread"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = ()
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each handler that a thread sets."""
        yield from (
            at(
                step,
                f"{step.way} runs in a thread (l. {call.line}), where it fails: only the main "
                "thread can set a signal handler",
            )
            for path in launcher.own_launches
            if path.first(Role.PATCH) is None
            for call, step in in_threads(path.steps)
            if _fails(call, step) and not _is_prepared(path, step)
        )


def _fails(call: Call, step: Step) -> bool:
    """Tell whether a step sets a signal handler, by itself or by what it calls.

    :param call: what hands it to a thread: the same step where the function itself is handed on.
    """
    if canonical(step.name) in _FAILS:
        return True
    if not isinstance(step, Call) or not step.complete_arguments:
        return False
    found = (own for name in step.names if (own := sets_own(canonical(name))))
    own = next(found, None)
    if own is None:
        return False
    if step is call:
        # what it is called with is given to the thread
        return own.otherwise and step.keywords.keys() <= {"target", "daemon", "name"}
    first, *others = own.keywords or ("",)
    given = [step.argument(own.position, first) if own.position >= 0 else step.keyword(first)]
    given += map(step.keyword, others)
    told = next((one for one in given if one is not None), None)
    return own.otherwise if told is None else told.literal is True


def _is_for_all(path: LaunchPath, guard: Guard, step: Step) -> bool:
    """Tell whether something catches every failure of what a thread does, and not this one.

    The thread ends there all the same.
    """
    if _OF_SIGNALS.intersection(guard.catches):
        return False
    under = path.under(guard)
    return any(
        isinstance(one, Loop) or one.role in (Role.SERVE, Role.WAIT)
        for one in under[under.index(step) :]
    )


def _is_prepared(path: LaunchPath, step: Step) -> bool:
    """Tell whether somebody has thought of threads."""
    if not isinstance(step, Call) or step.is_imported:
        return True
    around = [guard for guard in step.guards if not _CATCHES.isdisjoint(guard.catches)]
    if around and not _is_for_all(path, around[-1], step):
        return True
    asking = (one for one in path.steps if one.name in _ASKS_WHERE)
    return any(one.chain == step.chain[: len(one.chain)] for one in asking)

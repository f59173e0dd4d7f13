"""LS506."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flake8_launcher.knowledge import Role, canonical
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.launch import Launcher, LaunchPath, Step
from flake8_launcher.launch.endings import (
    PROCESSES,
    THREADS,
    Detached,
    detached,
    ending,
    is_daemon,
    is_event_loop,
    may_wait,
)
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Violation, once_a_place

_LISTENS = deferred(r"^twisted\.internet\.endpoints\.\w+\(\)\.listen$")
_REACTORS = deferred(r"^twisted\.internet\.(?:reactor|\w+\.\w*Reactor\w*\(\))\.run$")
_KEPT = deferred(r"^gevent\.(?:\w+\.)*(?:spawn|spawn_later)$")
"""Calls whose result may be kept: nothing but asking it tells of a failure."""
_ASKS = deferred(
    r"(?:is_?alive|exit_?code|exception|result|results|successful|ready|dead|died"
    r"|failed|get|link\w*|addErrback|addCallbacks"
    r"|as_completed|gather|raise_\w+|check\w*|poll|health\w*|monitor\w*|watch\w*|supervis\w*"
    r"|kill|_exit|abort)$"
)
"""What may ask a thread or task how it does, or look after it, once it is there."""
_HEARS = deferred(r"(?:excepthook|add_done_callback|set_exception_handler|interrupt_main)$")
"""What may hear of the failure of any thread or task, whenever it is set."""
_MAX_CALLS = 16
_SAYS = deferred(r"(?:^|[._])(?:print|debug|info|warning|error|exception|log|msg|close)$")
_JOINS = deferred(r"(?:^|\.)(?:join\w*|waitall|shutdown|__exit__)$")
_SLEEPS = deferred(
    r"^(?:time\.sleep|eventlet\.sleep|eventlet\.greenthread\.sleep|gevent\.sleep|asyncio\.sleep"
    r"|asyncio\.run|threading\.(?:Event|Condition)\(\)\.\w+|threading\.\w+|signal\.\w+"
    r"|logging\..*|input)$"
)


class UnwatchedServe(Rule):
    """The serve call fails where nobody hears of it.

    ## What it does

    Reports the call that hands the only serve call of a launcher to a thread, an executor, a
    task or a green thread, where the failure stays: the main thread does nothing but wait, and
    nothing asks how the other ended. Also `listen()` of a Twisted endpoint whose `Deferred` is
    dropped.

    Silent where the function that is handed on catches its failures or tells somebody at its
    end, where the main thread serves too or does something that cannot be read, and where
    anything on the launch path looks at the thread or at what the call returned.

    ## Why

    An exception ends the thread or task that it is raised in, and no other: a traceback is
    printed, or kept in a future that nobody asks. The process goes on without serving, or ends
    with status 0 after the `join()`, and its supervisor does not start it again.

    ## Example

    ```python
    import threading

    import waitress


    def main():
        server = threading.Thread(target=waitress.serve, args=(application,))
        server.start()
        server.join()
    ```

    ## Use instead

    ```python
    import waitress


    def main():
        waitress.serve(application)
    ```

    ## References

    - [threading.excepthook](https://docs.python.org/3/library/threading.html#threading.excepthook)
    - [gevent.joinall](https://www.gevent.org/api/gevent.html#gevent.joinall)
    - [CWE-390: Detection of Error Condition Without
      Action](https://cwe.mitre.org/data/definitions/390.html)
    """

    code = "LS506"
    name = "unwatched-serve"
    since = "0.1.0"

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield at most one violation for each place that hands a serve call on."""
        yield from once_a_place(
            Violation(step.line, step.column, text)
            for path in launcher.launches
            if path.complete
            for step, text in (*_deferred(path), *_unwatched(path))
        )


def _deferred(path: LaunchPath) -> Iterator[tuple[Step, str]]:
    """Yield the endpoints that listen while nobody looks at the result."""
    if not any(_REACTORS.search(step.name) for step in path.steps):
        return
    for step in path.steps:
        dropped = step.use == "dropped" and not step.is_imported
        if dropped and _LISTENS.search(canonical(step.name)):
            yield (
                step,
                f"nothing looks at the Deferred of {step.way}: when it cannot listen, the "
                "reactor goes on without it",
            )


def _unwatched(path: LaunchPath) -> Iterator[tuple[Step, str]]:
    """Yield the calls that hand a serve call on and leave its failure there."""
    found = [one for one in detached(path.steps) if not is_event_loop(one.serve)]
    if not found or any(_HEARS.search(step.name) for step in path.steps if step.use != "import"):
        return
    first = min(path.steps.index(one.call) for one in found)
    if any(map(_asks, path.steps[first:])):
        return
    away = {id(step) for one in found for step in (one.call, *one.inside)}
    rest = [step for step in path.steps if id(step) not in away]
    if any(_serves(step) for step in rest):
        return
    for one in found[:_MAX_CALLS]:
        at = path.steps.index(one.call)
        after = [step for step in path.steps[at + 1 :] if id(step) not in away]
        if is_daemon(path.steps, one.call) and not any(map(may_wait, after)):
            continue  # it does not serve at all
        if all(map(_only_waits, after)) and not any(map(_fails, after)):
            if _is_lost(one, after) and not _is_watched_inside(one):
                text = f"{one.serve.way} is handed to {one.taker}, and nothing asks how it ends"
                yield one.call, f"{text}: when it fails, {_then(after)}"


def _asks(step: Step) -> bool:
    """Tell whether a step may ask how a thread or task does, not for something that it names."""
    named = any(argument.text is not None for argument in step.arguments)
    if step.arguments and step.name.endswith(".exception"):
        return False  # a logger's
    return step.use != "import" and not named and _ASKS.search(step.name) is not None


def _serves(step: Step) -> bool:
    """Tell whether a step is a serve call of the main thread, and no mere event loop."""
    return step.role is Role.SERVE and step.use != "loop" and not is_event_loop(step)


def _only_waits(step: Step) -> bool:
    """Tell whether a step surely does nothing but wait, if it takes time at all."""
    if not may_wait(step) or step.use == "loop" or is_event_loop(step):
        return True
    known = ending(step)
    if known is not None:
        return step.role is not Role.SERVE
    return _SLEEPS.search(canonical(step.name)) is not None


def _fails(step: Step) -> bool:
    """Tell whether a step ends the process with another status than 0."""
    if step.use == "raise":
        return True
    if step.name not in ("sys.exit", "os._exit", "exit", "quit"):
        return False
    return any(argument.literal not in (0, None) for argument in step.arguments)


def _is_lost(one: Detached, after: Sequence[Step]) -> bool:
    """Tell whether the failure stays in what takes the serve call."""
    by = canonical(one.taker)
    if by in PROCESSES or "multiprocessing" in by or one.call.is_imported:
        return False
    if by in THREADS or (by.endswith("Thread().start") and one.call.use == "dropped"):
        return True
    if _KEPT.search(by):
        joins = (ending(step) for step in after if _JOINS.search(step.name))
        return any(end is not None and end.status == "swallowed" for end in joins)
    return one.call.use == "dropped"


def _is_watched_inside(one: Detached) -> bool:
    """Tell whether what is handed on catches its failures, or tells somebody at its end."""
    outer = {id(guard) for guard in one.call.guards}
    guards = (guard for guard in one.serve.guards if id(guard) not in outer)
    if any(guard.catches_failures() for guard in guards):
        return True
    if one.serve is one.call:
        return False
    later = one.inside[one.inside.index(one.serve) + 1 :]
    return any(not _SAYS.search(step.name) for step in later)


def _then(after: Sequence[Step]) -> str:
    """Say what becomes of the process."""
    waits = [step for step in after if may_wait(step) or _JOINS.search(step.name)]
    if all(_JOINS.search(step.name) for step in waits):
        return "the process ends with status 0"
    return "the process goes on without it"

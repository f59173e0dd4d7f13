"""LS506."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from flake8_launcher.knowledge import Role, canonical, known_roles_of, language, may_start, root_of
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.shown import shows
from flake8_launcher.launch import (
    Await,
    Call,
    Catch,
    Guard,
    Launcher,
    LaunchPath,
    Loop,
    ModuleImport,
    Raise,
    Return,
    Step,
)
from flake8_launcher.launch.paths import endings
from flake8_launcher.launch.paths.endings import (
    PROCESSES,
    THREADS,
    Detached,
    detached,
    detached_loops,
    ending,
    ending_as,
    handed_on,
    is_daemon,
    is_event_loop,
    is_task,
    may_wait,
)
from flake8_launcher.launch.paths.status import dropped_with, fails
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, at, once_a_place
from flake8_launcher.semantic.running.loops import only_waits

_LISTENS = deferred(r"^twisted\.internet\.endpoints\.\w+\(\)\.listen$")
_REACTORS = deferred(r"^twisted\.internet\.(?:reactor|\w+\.\w*Reactor\w*\(\))\.run$")
_GREENLETS = deferred(r"^gevent\.(?:\w+\.)*(?:spawn|spawn_later)$")
_STARTED = deferred(r"(?:Thread|Timer)\(\)\.start$")
_ASKS = deferred(
    r"(?:is_?alive|exit_?code|exception|result|results|successful|ready|dead|died"
    r"|failed|get|link\w*|addErrback|addCallbacks"
    r"|as_completed|gather|raise_\w+|check\w*|poll|health\w*|monitor\w*|watch\w*|supervis\w*"
    r"|kill|_exit|abort)$"
)
"""What may ask a thread or task how it does, or look after it, once it is there."""
_ENDS_ALL = deferred(r"(?:kill|_exit|abort|raise_signal|interrupt_main)$")
"""What a thread may do to end the process."""
_HEARS = deferred(r"(?:excepthook|add_done_callback|set_exception_handler|interrupt_main)$")
"""What may hear of the failure of any thread or task, whenever it is set."""
_ASKED_OF = ("_thread", "asyncio", "concurrent", "multiprocessing", "os", "signal", "threading")
"""What of the standard library has to do with threads, tasks and the end of the process."""
_LAZY = ".map"
_FORGETS = (".discard", ".remove")
"""Methods that a collection of tasks is told by that one has ended, however it did."""
_MAX_CALLS = 16
_FUTURES = deferred(r"^asyncio\.(?:Future|Event|\w+\(\)\.create_future)$")
_SAYS = deferred(
    r"(?:^|[._])(?:print|print_exc\w*|format_exc|flush|debug|info|warn|warning|error|exception"
    r"|critical|log|msg|sleep|time|\w*close|\w*shutdown|stop|cleanup|disconnect|release|unlink"
    r"|remove|cancel|__exit__|is_\w+)$"
)
"""What a thread may do at its end of which nobody hears."""
_JOINS = deferred(r"(?:^|\.)(?:join\w*|waitall|shutdown|__exit__)$")
_HELD = deferred(r"^(?:dict|list|set)\(\)[^?]*\.(?:start|join)$")
"""What is done to threads in a collection."""
_SLEEPS = deferred(
    r"^(?:time\.sleep|eventlet\.sleep|eventlet\.greenthread\.sleep|gevent\.sleep|asyncio\.sleep"
    r"|asyncio\.run|threading\.(?:Event|Condition)\(\)\.\w+|threading\.\w+|signal\.\w+"
    r"|queue\.\w*Queue\(\)\.\w+|logging\..*|input)$"
)


class UnwatchedServe(Rule):
    """The serve call fails where nobody hears of it.

    ## What it does

    Reports the call that hands the only serve call of a launcher to a thread, an executor, a
    task or a green thread, where the failure stays: the main thread does nothing but wait, and
    nothing asks how the other ended. A task or future that is kept and never asked counts like
    one that is dropped. A loop of a thread that the process is for counts as a serve call, where
    something in it is outside of its handlers. Also
    `asyncio.gather(serve(), return_exceptions=True)` whose result is dropped, and `listen()` of a
    Twisted endpoint whose `Deferred` is dropped.

    Silent where the function that is handed on makes its failure known by `os._exit()`, an event
    or a queue (`sys.exit()` ends that thread alone, and a line in the log tells nobody), where
    the main thread serves too or does something that cannot be read, and where anything on the
    launch path looks at the thread or at what the call returned.

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

    ## When to ignore it

    Where a watchdog outside the process looks at the port or the health check, and restarts
    it.

    ## References

    - [threading.excepthook](https://docs.python.org/3/library/threading.html#threading.excepthook)
    - [gevent.joinall](https://www.gevent.org/api/gevent.html#gevent.joinall)
    """

    code = "LS506"
    name = "unwatched-serve"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = (390,)
    needs_whole_path = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield at most one violation for each place that hands a serve call on."""
        yield from once_a_place(
            at(step, text)
            for path in launcher.own_launches
            if path.complete
            for step, text in (*_deferred(path), *_unwatched(path), *_gathered(path))
        )


def _deferred(path: LaunchPath) -> Iterator[tuple[Step, str]]:
    """Yield the endpoints that listen while nobody looks at the result."""
    if not any(_REACTORS.search(step.name) for step in path.steps):
        return
    for step in path.calls:
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
    loops = list(detached_loops(path.steps)) if not found and _is_in_loop(path) else []
    found = found or [one for one in loops if _may_fail(one)][:1]
    if not found or any(map(_hears, path.steps)):
        return
    first = min(path.steps.index(one.call) for one in found)
    rounds = {id(step) for one in loops for step in one.inside}
    for step in path.steps[first:]:
        if _ENDS_ALL.search(step.name) if id(step) in rounds else _asks(step):
            return
    away = {id(step) for one in (*found, *loops) for step in (one.call, *one.inside)}
    rest = [step for step in path.steps if id(step) not in away]
    if any(_serves(step) for step in rest) or (loops and any(map(_may_serve, rest))):
        return
    main = [one for one in found if one.serve.role is Role.SERVE]
    for one in (main or found)[:_MAX_CALLS]:
        at = path.steps.index(one.call)
        after = [step for step in path.steps[at + 1 :] if id(step) not in away]
        alone = is_daemon(path.steps, one.call) or is_task(one.call)
        if alone and not any(map(may_wait, after)):
            continue  # it does not serve at all
        if loops and not all(map(_is_idle, after)):
            continue  # the main thread works as well
        if all(map(_only_waits, after)) and not any(map(_fails, after)):
            if _is_lost(path, one, after) and not _is_watched_inside(path, one):
                text = f"{one.serve.way} is handed to {one.taker}, and nothing asks how it ends"
                yield one.call, f"{text}: when it fails, {_then(one, after)}"


def _is_in_loop(path: LaunchPath) -> bool:
    """Tell whether the process serves in a loop that its main thread waits beside."""
    serves = list(path.having(Role.SERVE))
    loops = [one for one in serves if isinstance(one, Loop)]
    away = [one for one in loops if one.is_detached or only_waits(one.node)]
    return bool(away) and len(away) == len(serves)


def _may_fail(one: Detached) -> bool:
    """Tell whether what a loop does may end it: something in it is outside of its handlers."""
    return any(
        isinstance(step, Call)
        and not (step.seen or step.role is Role.WAIT or shows(step.name))
        and not (_SAYS.search(step.name) or _SLEEPS.search(canonical(step.name)))
        and not any(
            guard.catches_failures() for guard in step.guards if guard not in one.serve.guards
        )
        for step in one.inside
        if any(arm.node is one.serve.node for arm in step.arms)
    )


def _hears(step: Step) -> bool:
    """Tell whether a step makes something hear of the failure of any thread or task."""
    if isinstance(step, ModuleImport) or not _HEARS.search(step.name):
        return False
    if step.given and all(argument.idle for argument in step.given):
        return False  # it says so, and no more
    names = [name for argument in step.given for name in argument.names]
    return not names or not all(name.endswith(_FORGETS) for name in names)


def _gathered(path: LaunchPath) -> Iterator[tuple[Step, str]]:
    """Yield the calls that run a serve call beside others and make a result of its failure."""
    for index, step in enumerate(path.steps):
        if not isinstance(step, Call) or canonical(step.name) != "asyncio.gather":
            continue
        if step.is_imported:
            continue
        known = ending(step)
        if known is None or known.status != "returned" or not (call := dropped_with(path, step)):
            continue
        serves = (one for one in handed_on(path.steps, index) if one.role is Role.SERVE)
        serve = next((one for one in serves if Role.SERVE in known_roles_of(one.name)), None)
        if serve is not None and not any(map(_fails, path.steps[path.steps.index(call) :])):
            yield (
                step,
                f"{serve.way} is handed to {step.name} with return_exceptions=True, and nothing "
                "looks at what that returns: when it fails, the process ends with status 0 or "
                "goes on without it",
            )


def _asks(step: Step) -> bool:
    """Tell whether a step may ask how a thread or task does, not for something that it names."""
    if isinstance(step, ModuleImport | Await | Loop) or (isinstance(step, Call) and step.seen):
        return False  # what a function of the project does are steps of their own
    if not _ASKS.search(step.name):
        return False
    if any(argument.text is not None for argument in step.given):
        return False
    if step.given and step.name.endswith(".exception"):
        return False  # a logger's
    root = root_of(step.name)
    return root in _ASKED_OF or root not in sys.stdlib_module_names


def _serves(step: Step) -> bool:
    """Tell whether a step is a serve call of the main thread, and no mere event loop."""
    return step.role is Role.SERVE and isinstance(step, Call) and not is_event_loop(step)


def _may_serve(step: Step) -> bool:
    """Tell whether a step may start what the process is for, beside the loops of its threads."""
    if not isinstance(step, Call) or step.seen:
        return False
    known = ending(step)
    is_started = step.role is Role.START or (known is not None and bool(known.needs))
    return is_started or (step.role is None and may_start(step.name))


def _only_waits(step: Step) -> bool:
    """Tell whether a step surely does nothing but wait, if it takes time at all."""
    if not may_wait(step) or isinstance(step, Await | Loop) or is_event_loop(step):
        return True
    is_seen = isinstance(step, Call) and step.seen
    if is_seen or canonical(step.name) in language.RUNS_COROUTINES or _makes(step):
        return True  # what it runs are steps of their own, or it makes an object
    known = ending(step)
    if known is not None:
        return step.role is not Role.SERVE
    return _SLEEPS.search(canonical(step.name)) is not None or _HELD.search(step.name) is not None


def _is_idle(step: Step) -> bool:
    """Tell whether a step is no work: it waits, says something, or has to do with threads."""
    if isinstance(step, Loop):
        return only_waits(step.node) or not step.is_endless
    if not isinstance(step, Call) or step.seen or step.role is Role.WAIT or shows(step.name):
        return True
    roots = {root_of(canonical(name)) for name in step.names}
    if roots & {*_ASKED_OF, *language.BUILTINS, "gevent", "logging", "signal"}:
        return True
    return _SAYS.search(step.name) is not None


def _makes(step: Step) -> bool:
    """Tell whether a step makes an object of a class, as the name says."""
    last = step.name.rpartition(".")[2].lstrip("_")
    return last[:1].isupper() and not last.isupper()


def _fails(step: Step) -> bool:
    """Tell whether a step ends the process with another status than 0 when nobody asked for it."""
    handled = [arm.fork for arm in step.arms if arm.kind == "except"]
    if any(isinstance(guard, Guard) and not guard.catches_failures() for guard in handled):
        return False
    return fails(step)


def _is_lost(path: LaunchPath, one: Detached, after: Sequence[Step]) -> bool:
    """Tell whether the failure stays in what takes the serve call."""
    by = canonical(one.taker)
    known = ending_as(one.call, one.taker)
    if known is not None and known.status == "raises":
        return False
    if by in PROCESSES or "multiprocessing" in by or one.call.is_imported:
        return False
    if by in THREADS or (_STARTED.search(by) and one.call.use == "dropped"):
        return True
    if _GREENLETS.search(by):
        ends = (ending(step) for step in after)
        return any(end and end.blocks and end.status == "swallowed" for end in ends)
    if by.endswith(_LAZY) and one.call.use != "dropped":
        return False  # who goes through the results hears of it
    if _use(one.call) in ("returned", "tested"):
        return False
    return not any(_takes_up(step, one) for step in path.steps)


def _use(call: Call) -> str:
    """Return what becomes of a call's result, by the functions that return it."""
    uses = [*call.uses, call.use]
    while len(uses) > 1 and uses[-1] == "returned":
        uses.pop()
    return uses[-1]


def _takes_up(step: Step, one: Detached) -> bool:
    """Tell whether a step does something with what the taker of a serve call gave."""
    given = f"{one.taker}()"
    if isinstance(step, Await):
        return given in step.names
    if not isinstance(step, Call):
        return False
    if step.name.startswith(f"{given}."):
        return not step.name.endswith((".cancel", ".add_done_callback", ".set_name"))
    if step.name in language.BUILTINS or step.name.rpartition(".")[2] in language.GROWS:
        return False
    return given in endings.given(step)


def _is_watched_inside(path: LaunchPath, one: Detached) -> bool:
    """Tell whether what is handed on does something about its failure, or at its end."""
    if one.serve is one.call:
        return False
    for guard in one.serve.guards:
        if guard in one.call.guards or not guard.catches_failures():
            continue
        handler = path.handlers.get(guard)
        if handler is None or handler.handler.how == "loop":
            return True
    later = one.inside[one.inside.index(one.serve) + 1 :]
    if isinstance(one.serve, Loop):  # what it does in its rounds tells nobody of its end
        later = tuple(
            step
            for step in later
            if any(arm.kind == "except" for arm in step.arms)
            or not any(arm.node is one.serve.node for arm in step.arms)
        )
    return any(map(_tells, later))


def _tells(step: Step) -> bool:
    """Tell whether somebody may hear of a step at the end of a thread."""
    if isinstance(step, Await | Catch | Raise | Return) or (isinstance(step, Call) and step.seen):
        return False
    if ending(step) is not None or step.role is not None or _FUTURES.search(step.name):
        return False  # it serves or waits
    return step.name != "sys.exit" and not _SAYS.search(step.name)


def _then(one: Detached, after: Sequence[Step]) -> str:
    """Say what becomes of the process."""
    known = ending_as(one.call, one.taker)
    own = [step for step in after if not (isinstance(step, Call) and step.seen)]
    waits = [step for step in own if may_wait(step) or _JOINS.search(step.name)]
    goes_on = known is not None and known.blocks  # as the call itself waits
    if not goes_on and all(_JOINS.search(step.name) for step in waits):
        return "the process ends with status 0"
    return "the process goes on without it"

"""LS506."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_launcher.knowledge import Role, canonical, may_start
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.watching import ENDS_ALL, JOINS, WAITS_FOR_ALL
from flake8_launcher.launch import (
    Call,
    Guard,
    Launcher,
    LaunchPath,
    Loop,
    Raise,
    Step,
)
from flake8_launcher.launch.paths import threads
from flake8_launcher.launch.paths.endings import (
    Detached,
    detached,
    detached_loops,
    ending,
    ending_as,
    in_threads,
    is_daemon,
    is_event_loop,
    is_task,
    may_wait,
)
from flake8_launcher.launch.paths.status import exit_of, fails
from flake8_launcher.launch.questions import beside, periodic, watching
from flake8_launcher.launch.questions.beside import looks_after, lost_workers
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, at
from flake8_launcher.semantic.running.loops import idles

_LISTENS = deferred(r"^twisted\.internet\.endpoints\.\w+\(\)\.listen$")
_REACTORS = deferred(r"^twisted\.internet\.(?:reactor|\w+\.\w*Reactor\w*\(\))\.run$")
_MAX_CALLS = 16


class UnwatchedServe(Rule):
    """The serve call fails where nobody notices.

    ## What it does

    Reports the call that hands the only serve call of a launcher to a thread, an executor, a task
    or a green thread, where a failure goes unnoticed: the main thread does nothing but wait, and
    nothing asks how that thread or task ended. A task or future that is kept and never asked
    counts like one that is dropped. A thread's loop that is the purpose of the process counts as a
    serve call, unless handlers inside the loop cover all that it does. `listen()` of a Twisted
    endpoint whose `Deferred` is dropped is reported as well.

    Where the main thread serves too, or works in a loop of its own, a thread or task beside it is
    reported only if nothing in it handles a failure, and it

    - runs a bot or consumer that gets its work from another service, and does not connect again by
      itself,
    - has a loop that asks another service or a device (`requests`, `redis`, `serial` and their
      kin), runs the jobs of `schedule`, or raises an error of the project's own,
    - has a loop in which it exits with a failure: `sys.exit(1)` ends that thread alone, or
    - binds a port, while the main thread works in a loop of its own. Servers of metrics and health
      checks are left out.

    A function that is called again only as long as it does not fail is reported likewise: that of
    a Twisted `LoopingCall` whose `Deferred` is dropped, that of GLib's `timeout_add`, and one
    that has itself called by `threading.Timer` or `call_later` at its end. Only where it asks
    another service or a device, and handles no failure of that.

    Nothing is reported where the function that is handed on makes its failure known by
    `os._exit()`, an event or a queue (`sys.exit()` ends that thread alone, and a line in the log
    tells nobody), where the main thread does something that the plugin cannot follow, and where
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
    is_local = True
    needs_whole_path = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield at most one violation for each place that hands a serve call on."""
        yield from (
            at(step, text)
            for path in launcher.own_launches
            for step, text in _found(launcher, path)
        )


def _found(launcher: Launcher, path: LaunchPath) -> Iterator[tuple[Step, str]]:
    """Yield what the path tells surely enough where it is not followed to its end."""
    if path.complete or threads.are_all_cut(path):
        yield from _deferred(path)
        yield from _periodic(launcher, path)
        yield from _unwatched(launcher, path)
        yield from _beside(launcher, path)
    elif threads.are_rounds_cut(path):
        yield from _beside(launcher, path)


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


def _unwatched(launcher: Launcher, path: LaunchPath) -> Iterator[tuple[Step, str]]:
    """Yield the calls that hand a serve call on and leave its failure there."""
    found = [one for one in detached(path.steps) if not is_event_loop(one.serve)]
    every = list(detached_loops(path.steps)) if found or _is_in_loop(path) else []
    loops = every if not found else []
    # of several loops the first is what the process is for
    found = found or [one for one in loops[:1] if watching.may_end(one)]
    if not found or any(map(watching.hears, path.steps)):
        return
    first = min(path.steps.index(one.call) for one in found)
    rounds = {id(step) for one in loops for step in watching.run_with(one)}
    for place, step in enumerate(path.steps[first:], first):
        if id(step) in rounds:
            if ENDS_ALL.search(step.name):
                return
        elif watching.asks(step) and not watching.only_counts(path.steps[place:]):
            return
    away = {id(step) for one in (*found, *loops) for step in (one.call, *one.inside)}
    away |= {id(step) for _, step in in_threads(path.steps)}
    rest = [step for step in path.steps if id(step) not in away]
    if any(_serves(step) for step in rest) or (loops and any(map(_may_serve, rest))):
        return
    main = [one for one in found if one.serve.role is Role.SERVE] or found
    # of several, those that handle their own failures are left out
    main = [one for one in main if not _is_handled(one)] or main
    away |= _elsewhere(path, every)
    for one in main[:_MAX_CALLS]:
        at = path.steps.index(one.call)
        after = _from_wait([step for step in path.steps[at + 1 :] if id(step) not in away])
        alone = is_daemon(path.steps, one.call) or is_task(one.call)
        if alone and not any(map(may_wait, after)):
            continue  # it does not serve at all
        if loops and not all(map(watching.is_idle, after)):
            continue  # the main thread works as well
        if all(map(_only_waits, after)) and not any(map(_fails, after)):
            if watching.is_lost(path, one, after) and not watching.is_watched_inside(path, one):
                if not path.complete and looks_after(one, launcher.project, launcher.module):
                    continue  # what is cut off may do so
                text = f"{one.serve.way} is handed to {one.taker}, and nothing asks how it ends"
                yield one.call, f"{text}: when it fails, {_then(one, after)}"


def _from_wait(steps: list[Step]) -> list[Step]:
    """Return what the main thread does from its last wait on: what it did before is over then."""
    for index, step in reversed([*enumerate(steps)]):
        is_wait = idles(step.node) if isinstance(step, Loop) else _waits_for_others(step)
        if is_wait and not step.conditional:
            return steps[index:]
    return steps


def _is_handled(one: Detached) -> bool:
    """Tell whether what serves is inside handlers of its own."""
    own = (guard for guard in one.serve.guards if guard not in one.call.guards)
    return any(guard.catches_failures() for guard in own)


def _elsewhere(path: LaunchPath, loops: Sequence[Detached]) -> set[int]:
    """Return the steps, as ids, of loops that go on whatever the main thread does."""
    steps = path.steps
    lost = (
        one for one in loops if watching.is_lost(path, one, steps[steps.index(one.call) + 1 :])
    )
    return {id(step) for one in lost for step in (one.call, *one.inside)}


def _beside(launcher: Launcher, path: LaunchPath) -> Iterator[tuple[Step, str]]:
    """Yield the calls that hand the work on to a thread, and serve in the main thread."""
    for one, failing in lost_workers(path, launcher.project, launcher.module):
        text = f"{one.serve.way} is handed to {one.taker}, and nothing asks how it ends"
        where = failing.place or f"l. {failing.line}"
        fails_so = "is raised" if isinstance(failing, Raise) else "fails"
        what = "it fails" if failing is one.serve else f"{failing.name} ({where}) {fails_so}"
        if exit_of(failing) is not None:
            what = f"{failing.name} ({where}) ends it"
        yield one.call, f"{text}: when {what}, the process goes on without it"


def _periodic(launcher: Launcher, path: LaunchPath) -> Iterator[tuple[Step, str]]:
    """Yield what has a function called again, until that has failed once."""
    if any(map(watching.hears, path.steps)) or not any(map(beside.serves, path.steps)):
        return
    for call, function, failing in periodic.lost(path):
        where = failing.place or f"l. {failing.line}"
        text = f"{call.way} calls {function} again only as long as nothing fails in it"
        yield call, f"{text}: when {failing.name} ({where}) fails, it is called no more"


def _only_waits(step: Step) -> bool:
    """Tell whether the main thread does nothing but wait in a step, unless something ends that."""
    if any(arm.kind == "except" for arm in step.arms) or threads.PUTS_AWAY.search(step.name):
        return True
    return watching.only_waits(step)


def _is_in_loop(path: LaunchPath) -> bool:
    """Tell whether the process serves in a loop that its main thread waits beside."""
    serves = list(path.having(Role.SERVE))
    idle = [
        one
        for one in serves
        if (_waits_for_others(one) and not one.conditional)
        or (isinstance(one, Loop) and (one.is_detached or idles(one.node)))
    ]
    return bool(idle) and len(idle) == len(serves)


def _waits_for_others(step: Step) -> bool:
    """Tell whether the main thread does nothing in a step but let others serve."""
    return is_event_loop(step) or canonical(step.name) in WAITS_FOR_ALL


def _serves(step: Step) -> bool:
    """Tell whether a step is a serve call of the main thread, and no mere wait."""
    return step.role is Role.SERVE and isinstance(step, Call) and not _waits_for_others(step)


def _may_serve(step: Step) -> bool:
    """Tell whether a step may start what the process is for, beside the loops of its threads."""
    if not isinstance(step, Call) or step.seen:
        return False
    known = ending(step)
    is_started = step.role is Role.START or (known is not None and bool(known.needs))
    return is_started or (step.role is None and may_start(step.name))


def _fails(step: Step) -> bool:
    """Tell whether a step ends the process with another status than 0 when nobody asked for it."""
    handled = [arm.fork for arm in step.arms if arm.kind == "except"]
    if any(isinstance(guard, Guard) and not guard.catches_failures() for guard in handled):
        return False
    if isinstance(step.node, ast.Raise) and step.node.exc is None:
        return False  # what is raised again is a failure of the main thread's own
    return fails(step)


def _then(one: Detached, after: Sequence[Step]) -> str:
    """Say what becomes of the process."""
    known = ending_as(one.call, one.taker)
    own = [step for step in after if not (isinstance(step, Call) and step.seen)]
    waits = [step for step in own if may_wait(step) or JOINS.search(step.name)]
    goes_on = known is not None and known.blocks  # as the call itself waits
    if not goes_on and all(JOINS.search(step.name) for step in waits):
        return "the process ends with status 0"
    return "the process goes on without it"

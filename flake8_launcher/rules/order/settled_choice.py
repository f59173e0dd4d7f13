"""LS605."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import order as known
from flake8_launcher.launch import Call, Launcher, LaunchPath, Moment, Step
from flake8_launcher.launch.paths.endings import handed_on
from flake8_launcher.launch.questions import order
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation

_START_METHOD = "start method"


class SettledChoice(Rule):
    """Something that can be chosen only once is chosen after it has been settled.

    ## What it does

    Reports

    - `multiprocessing.set_start_method` after a queue, pool, lock, manager or process of
      multiprocessing was made, in the launcher or in a module that it imports, after another
      `set_start_method`, or in what a process of multiprocessing runs, without `force=True` and
      where nothing catches the `RuntimeError`;
    - `asyncio.set_event_loop_policy` and `uvloop.install` in a coroutine that `asyncio.run` or
      `run_until_complete` runs, or after the loop was made that the launch runs afterwards;
    - `nest_asyncio.apply` where the loop is one of uvloop's.

    ## Why

    The start method raises `RuntimeError: context has already been set`. A policy that comes too
    late is ignored, without a word: the loop that runs is another one. nest_asyncio cannot
    patch uvloop's loops, and raises `ValueError`.

    ## Example

    ```python
    import multiprocessing

    import uvicorn

    JOBS = multiprocessing.Queue()


    def main():
        multiprocessing.set_start_method("spawn")
        uvicorn.run("pulse.web:app")
    ```

    ## Use instead

    Choose first, or take what is made from a context of its own.

    ```python
    import multiprocessing

    import uvicorn

    JOBS = multiprocessing.get_context("spawn").Queue()


    def main():
        uvicorn.run("pulse.web:app")
    ```

    ## When to ignore it

    Where what was settled before is what the call asks for, and the call stands there for
    another way to start.

    ## References

    - [multiprocessing.set_start_method](
      https://docs.python.org/3/library/multiprocessing.html#multiprocessing.set_start_method)
    - [uvloop](https://uvloop.readthedocs.io/)
    - [nest_asyncio](https://pypi.org/project/nest-asyncio/)
    """

    code = "LS605"
    name = "settled-choice"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (696,)
    reads = frozenset({"python"})
    subjects = frozenset({Subject.LAUNCH, Subject.ORDER})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each choice that comes too late."""
        for path in launcher.set_up:
            yield from _late(launcher, path)
        yield from _nested(launcher)


def _late(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    if not path.names.isdisjoint(known.START_METHODS):
        yield from _start_method(launcher, path)
    if not path.names.isdisjoint(known.POLICIES):
        yield from _policy(launcher, path)


def _start_method(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    def settles(moment: Moment) -> tuple[str, ...]:
        name = order.called(moment)
        if name not in known.SETTLES_START_METHOD or "allow_none" in order.keywords(moment):
            return ()
        is_method_named = name in known.OF_CONTEXT and order.first_text(moment)
        return () if is_method_named else (_START_METHOD,)

    def chooses(moment: Moment) -> tuple[str, ...]:
        if order.called(moment) not in known.START_METHODS:
            return ()
        is_forced = order.keywords(moment).get("force", False) is not False
        step = moment.event
        is_expected = isinstance(step, Step) and order.expects(step, "RuntimeError")
        return () if is_forced or is_expected else (_START_METHOD,)

    # to put the whole path in order costs more than all the rest
    if not any(chooses(moment) and order.is_told_here(moment) for moment in _moments(path)):
        return
    for process, chosen in _in_processes(path):
        if chooses(order.moment_of(chosen)) and order.is_told_here(order.moment_of(chosen)):
            text = f"{chosen.way} raises RuntimeError: {process.located_way} runs it in a process"
            text += " that has its start method already"
            yield Violation(chosen.line, chosen.column, text)
    for _, early, late in order.too_late(launcher.ordered(path), settles, chooses, again=False):
        step = late.event
        assert isinstance(step, Step)
        by = order.located(early, order.called(early), launcher.module)
        text = f"{step.way} raises RuntimeError: {by} has settled the start method"
        yield Violation(late.line, late.column, text)


def _in_processes(path: LaunchPath) -> Iterator[tuple[Call, Step]]:
    """Yield each process that is made, with the steps of what it runs."""
    for index, call in enumerate(path.steps):
        if isinstance(call, Call) and call.name in known.PROCESSES:
            for step in handed_on(path.steps, index):
                inner = (arm for arm in step.arms if arm not in call.arms)
                if all(arm.kind != "branch" for arm in inner):  # it may ask for the method
                    yield call, step


def _moments(path: LaunchPath) -> Iterator[Moment]:
    return map(order.moment_of, path.steps)


def _policy(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    """Yield each policy that comes when the loop which runs is there already."""
    for step in path.steps:
        if order.called_by(step) not in known.POLICIES:
            continue
        if not order.is_told_here(order.moment_of(step)):
            continue
        runner = next(filter(_runs_coroutine, step.uses), None)
        if runner and not step.conditional:
            text = f"{step.way} has no effect in a coroutine: the loop of {runner} runs already"
            yield Violation(step.line, step.column, text)
    last = [step for step in path.steps if order.called_by(step) in known.POLICIES][-1]
    after = path.steps[path.steps.index(last) + 1 :]
    if any(order.called_by(step) in (known.MAKES_LOOP | known.RUNS_NEW_LOOP) for step in after):
        return
    if not any(step.name.endswith(known.RUNS_LOOP) for step in after):
        return

    def makes(moment: Moment) -> tuple[str, ...]:
        return ("loop",) if order.called(moment) in known.MAKES_LOOP else ()

    def chooses(moment: Moment) -> tuple[str, ...]:
        return ("loop",) if order.called(moment) in known.POLICIES else ()

    for _, early, late in order.too_late(launcher.ordered(path), makes, chooses):
        event = late.event
        assert isinstance(event, Step)
        by = order.located(early, order.called(early), launcher.module)
        text = f"{event.way} has no effect: {by} has made the loop that runs"
        yield Violation(late.line, late.column, text)


def _runs_coroutine(call: str) -> bool:
    """Tell whether a call runs the coroutine that it is given, and a loop for that."""
    return call in known.RUNS_COROUTINE or call.endswith(known.RUNS_UNTIL_COMPLETE)


def _nested(launcher: Launcher) -> Iterator[Violation]:
    """Yield where a function makes a loop of uvloop's nest, in a process that runs on one."""
    calls = [
        step
        for path in launcher.nesting
        for step in path.calls
        if step.name == known.NESTS and step.origin is None and not step.place
        if not step.arguments and not order.expects(step, "ValueError")
    ]
    if not calls:
        return
    loops = (
        (process, step)
        for process in launcher.processes()
        for path in process.launches
        for step in path.calls
        if order.runs_uvloop(step)
    )
    for process, chosen in loops:
        where = "" if process is launcher else f"{process.module}: "
        for step in calls:
            text = f"{step.name} raises ValueError: {where}{chosen.located_way} runs uvloop"
            yield Violation(step.line, step.column, text)
        return

"""What becomes of the threads that a launch makes, and of the loops in them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from flake8_launcher.knowledge import canonical, language
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.launch.model import Call, LaunchPath, Loop, Step, Store
from flake8_launcher.launch.paths.endings import after, makes_thread, may_wait, taker
from flake8_launcher.launch.paths.waits import STOP, MainThread, joins, makes_task
from flake8_launcher.semantic.reading import syntax

_STARTS = ".start"
_DAEMON = f".{language.DAEMON}"
_SEVERAL = 2
"""How many threads, one in the other, a helper is in."""
_SLEEP = "time.sleep"
PUTS_AWAY = deferred(
    rf"\.(?:_*(?:async_)?(?:a?close|clean_?up|disconnect|{STOP})(?:_all)?_*|__a?exit__|__del__)$"
)
"""Functions that end something: what they wait for is over soon."""


def endless_loops(steps: tuple[Step, ...]) -> list[Loop]:
    """Return the loops that go on until the service stops, in what surely runs.

    A thread that is made and never started runs nothing.
    """
    loops = [step for step in steps if isinstance(step, Loop) and step.is_endless]
    if not loops:
        return loops
    if all(loop.is_detached for loop in loops) and _is_tried_out(steps):
        return []
    idle = _never_started(steps)
    return [
        loop
        for loop in loops
        if not any(id(site.runner) in idle for site in loop.sites)
        if not any(map(PUTS_AWAY.search, loop.chain[1:]))
    ]


def _is_tried_out(steps: tuple[Step, ...]) -> bool:
    """Tell whether the main thread starts something, sleeps for some seconds, and closes it.

    A module tries itself out in this way.
    """
    own = [step for step in steps if isinstance(step, Call) and len(step.chain) == 1]
    slept = False
    for step in own:
        if step.conditional or step.is_detached:
            continue
        if step.name == _SLEEP:
            slept = True
        elif slept and step.seen and PUTS_AWAY.search(step.name):
            return True
    return False


def _never_started(steps: tuple[Step, ...]) -> set[int]:
    """Return what makes threads, as nodes, that an object keeps and nothing starts.

    What starts one after the other may start any of them.
    """
    made = [one for one in steps if isinstance(one, Call) and one.kept and makes_thread(one)]
    if not made:
        return set()
    started: set[str] = set()
    for step in steps:
        match step.node:
            case ast.Call(func=ast.Attribute(value=owner)) if step.name.endswith(_STARTS):
                started.add(name := syntax.last_name(owner))
                if any(name in _gone_through(arm.node) for arm in step.arms):
                    return set()
    return {id(one.node) for one in made if one.kept not in started}


def started_later(steps: tuple[Step, ...]) -> set[int]:
    """Return what makes threads, as nodes, that no constructor starts."""
    starts = (
        syntax.last_name(step.node.func.value)
        for step in steps
        if isinstance(step.node, ast.Call) and isinstance(step.node.func, ast.Attribute)
        if step.name.endswith(_STARTS) and not is_in_constructor(step)
    )
    names = set(starts)
    return {id(one.node) for one in steps if isinstance(one, Call) and one.kept in names}


def is_in_constructor(step: Step) -> bool:
    """Tell whether a step is taken while an object is made."""
    return any(function.endswith(".__init__") for function in step.chain[1:])


def _gone_through(node: ast.AST | None) -> list[str]:
    """Return the variables that a loop gives one item after the other."""
    target = getattr(node, "target", None) if isinstance(node, ast.For) else None
    return [] if target is None else [name for name, _ in syntax.targets(target)]


def threads_of(steps: tuple[Step, ...]) -> dict[int, Call]:
    """Return the calls of the main thread that make or start threads, by their nodes."""
    return {
        id(step.node): step
        for step in steps
        if isinstance(step, Call) and makes_thread(step) and not step.is_detached
    }


def are_all_cut(path: LaunchPath) -> bool:
    """Tell whether something is cut on a path, and nothing but what threads and tasks run."""
    away = {id(step.node) for step in path.calls if taker(step)}
    return _are_among(path, away)


def are_rounds_cut(path: LaunchPath) -> bool:
    """Tell the same, where what the rounds of endless loops call may be cut as well."""
    away = {id(step.node) for step in path.calls if taker(step)}
    rounds = [one.node for one in path.steps if isinstance(one, Loop) and one.is_endless]
    calls = (node for loop in rounds for node in ast.walk(loop) if isinstance(node, ast.Call))
    return _are_among(path, away.union(map(id, calls)))


def _are_among(path: LaunchPath, calls: set[int]) -> bool:
    """Tell whether all that is not followed to its end is run by one of some calls, as ids."""
    return bool(path.cuts) and all(any(id(one) in calls for one in cut) for cut in path.cuts)


def without_helpers(steps: tuple[Step, ...], loops: Iterable[Loop]) -> list[Loop]:
    """Return the loops but those in a thread that another thread, or process, has made."""
    made = {id(step.node) for step in steps if isinstance(step, Call) and makes_thread(step)}
    return [one for one in loops if sum(id(site.runner) in made for site in one.sites) < _SEVERAL]


def in_tasks(steps: tuple[Step, ...], loops: Iterable[Loop]) -> set[int]:
    """Return the loops, as ids, in tasks, which end with the event loop."""
    calls = (step for step in steps if isinstance(step, Call))
    tasks = {id(step.node) for step in calls if makes_task(step.name)}
    return {id(one) for one in loops if any(id(site.runner) in tasks for site in one.sites)}


def ending_with_main(steps: tuple[Step, ...], some: Iterable[Step]) -> set[int]:
    """Return those of some steps, as ids, in threads that surely end with the main thread."""
    threads = threads_of(steps)
    is_set = any(isinstance(step, Store) and step.name.endswith(_DAEMON) for step in steps)
    classes = {
        step.chain[-1].rpartition(".")[0]
        for step in steps
        if isinstance(step, Call) and step.name.endswith(".__init__")
        if language.DAEMON in step.keywords
    }

    def ends(step: Step) -> bool:
        runners = (id(site.runner) for site in step.sites)
        call = next((threads[one] for one in runners if one in threads), None)
        if call is None and isinstance(step, Call) and makes_thread(step):
            call = step  # the thread is handed what it calls
        if call is None:
            return False
        starts = {name.removesuffix("().run").removesuffix(".run") for name in call.names}
        is_told = call.keywords.get(language.DAEMON, False) is not False
        return is_told or (is_set and not call.seen) or not classes.isdisjoint(starts)

    return {id(step) for step in some if ends(step)}


def lasting_thread(steps: tuple[Step, ...], at_top: bool = False) -> Step | None:
    """Return the loop of a thread, or process, that the end of the program waits for.

    A timer that its own function sets again goes on as well.

    :param at_top: whether a top level makes them: what a script does that has started a helper is
        what it is for.
    """
    made, main = threads_of(steps), MainThread(steps)
    if not made or main.stops or any(map(_may_end_with_main, steps)):
        return None
    if at_top:
        last = [*made.values()][-1]
        if any(may_wait(one) and not joins(one) for one in after(steps, last)):
            return None
    loops = [
        loop
        for loop in without_helpers(steps, endless_loops(steps))
        if loop.is_detached
        if any(id(site.runner) in made for site in loop.sites)
        if not main.stops_later(loop)
    ]
    if loops:
        return min(loops, key=lambda loop: len(loop.chain))
    return next(_set_again(steps), None)


def _set_again(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Yield the calls that start a timer in the function that the timer runs."""
    again = {one.name: one.chain for one in steps if isinstance(one, Call)}
    starts: dict[tuple[str, ...], Step] = {}
    for step in steps:
        if step.name == "threading.Timer().start":
            starts.setdefault(step.chain, step)
    for step in steps:
        if isinstance(step, Call) and canonical(step.name) == "threading.Timer":
            function = step.argument(1, "function")
            around = {*step.chain, *again.get(step.chain[-1], ())}
            if function is not None and not around.isdisjoint(function.names):
                yield starts.get(step.chain, step)


def _may_end_with_main(step: Step) -> bool:
    """Tell whether a step may make a thread one that ends with the main thread, or ends all."""
    if step.is_detached:
        return False
    if isinstance(step, Store):
        return step.name.endswith(_DAEMON)
    if not isinstance(step, Call):
        return False
    if makes_thread(step) and step.keywords.get(language.DAEMON, False) is not False:
        return True
    return step.name.endswith((".setDaemon", "os._exit", "Thread().__init__"))

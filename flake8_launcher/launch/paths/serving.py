"""What keeps a process serving where no call is known to: loops, threads, tasks and waits."""

from __future__ import annotations

import ast
import bisect
import contextlib
import sys
from collections.abc import Callable

from flake8_launcher.knowledge import (
    Role,
    canonical,
    is_project,
    known_roles_of,
    language,
    root_of,
)
from flake8_launcher.knowledge.concurrency import GREEN
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.frameworks import known_of
from flake8_launcher.launch.model import Argument, Await, Call, Loop, Step, Store, exclude
from flake8_launcher.launch.paths.endings import (
    after,
    ending,
    given,
    is_gathered,
    is_task,
    may_wait,
    waits,
)
from flake8_launcher.launch.paths.programs import runs_server
from flake8_launcher.launch.paths.threads import (
    ending_with_main,
    endless_loops,
    in_tasks,
    is_stop,
    without_helpers,
)
from flake8_launcher.launch.paths.withdrawn import (
    is_repeated,
    waits_for_end,
    waits_for_event,
    without_roles,
)
from flake8_launcher.semantic.budget import BoundReachedError, Budget
from flake8_launcher.semantic.running.loops import asks_for_messages, only_waits, watches

_MAX_LOOKED = 4_000
_ALL_TASKS = "asyncio.all_tasks"
_TASK_WAITS = ("asyncio.gather", "asyncio.wait")
_TELLS_HOW_LONG = ("asyncio.sleep", "asyncio.wait_for", "time.sleep", "asyncio.wait")
_MAKES_TASK = (".create_task", ".ensure_future")
_LASTS = ("anyio.sleep_forever", "asyncio.sleep", "trio.sleep_forever")
"""Calls that wait for ever; the sleep of asyncio waits where it is told to last so long."""
_PROGRAM_WAITS = ("().communicate", "().wait")
_HANDLES_SIGNAL = (".add_signal_handler", "signal.signal")
_SETS_FUTURE = ("cancel", "set_exception", "set_result")
_LISTENS_ON = deferred(r"\.(?:(?:event|main)_?loop|listen(?:_forever)?|spin)$")
"""Calls that have no other end than the service's, if nothing comes after them."""
_HANDS_OVER = deferred(
    r"\.(?:\w+_)?(?:on|every)(?:_\w{1,40})?$|\.\w*(?:[cC]allback|[eE]vent|[hH]andler|[hH]ook"
    r"|[lL]isten(?:er)?|[sS]ubscribe)$"
    r"|\.register_(?:function|method|procedure|process|rpc|service|task)$"
)
"""Methods and attributes of an object that calls what they are given, when something happens."""
_RUNS = deferred(r"\.(?:\w+_)?(?:forever|listen|loop|main|run|serve|spin|start|wait|work)$")
_TASK = deferred(r"\.(?:create_task|ensure_future)\(\)$")
_JOINS = deferred(r"(?:Thread|Process)\(\)\.join$|\.joinall$")
_STOP = r"(?:cancel|kill|quit|shutdown|stop|terminate)"
_CLEANS_UP = deferred(rf"\.(?:a?close|disconnect|exit|{_STOP})$")
"""What an object is told when it has done its work."""


def lasting_loop(steps: tuple[Step, ...]) -> Step | None:
    """Return the first loop that waits and goes on until the service stops.

    What comes after the main thread has waited for that puts things in order.
    """
    loops = endless_loops(steps)
    if loops and (wait := lasting_wait(steps)) is not None and not _waits_for_start(wait):
        late = {id(step) for step in after(steps, wait) if wait.leads_to(step)}
        loops = [step for step in loops if id(step) not in late]
    endless = [step for step in loops if all(arm.kind != "callback" for arm in step.arms)]
    own = [step for step in endless if not step.is_detached]
    if own:
        return next((one for one in own[1:] if _goes_on_from(own[0], one)), own[0])
    here = [step for step in endless if not step.place]
    left = _left(steps, here) | _put_away(steps, here) if here else set()
    for step in here:
        if id(step) not in left:
            return step  # in a thread of the checked file's own
    joined = joined_loop(steps, [step for step in loops if step.is_detached])
    return joined or _gathered_loop(steps, loops)


def _left(steps: tuple[Step, ...], loops: list[Loop]) -> set[int]:
    """Return the loops, as ids, after which the main thread ends, and their thread or task."""
    tasks = in_tasks(steps, loops)
    threads = ending_with_main(steps, loops) - tasks
    if not tasks and not threads:
        return set()
    own = (one for one in steps if not one.is_detached)
    staying = [one for one in own if stays(one) or waits(one)]
    # a task has time while others wait
    lasting = [one for one in staying if not _is_short(one)] if tasks else []
    return (threads & _behind(steps, staying)) | (tasks & _behind(steps, lasting))


def _put_away(steps: tuple[Step, ...], loops: list[Loop]) -> set[int]:
    """Return the loops, as ids, of threads that the main one stops after some time.

    What stops one is a method of the class that has the loop.
    """
    ended: set[int] = set()
    stops = _stopped_at(steps, _class_of)
    if not stops:
        return ended
    stays_at = [
        at
        for at, step in enumerate(steps)
        if not step.is_detached and (stays(step) or waits(step)) and not _is_short(step)
    ]
    stays_at.append(len(steps))
    places = {id(step): at for at, step in enumerate(steps)}
    for loop in loops:
        start = places[id(loop)]
        end = stays_at[bisect.bisect_right(stays_at, start)]
        for owner in {function.rpartition(".")[0] for function in loop.chain[1:]}:
            own = stops.get(owner, [])
            first = bisect.bisect_right(own, start)
            if first < len(own) and own[first] <= end:
                ended.add(id(loop))
    return ended


def _stopped_at(
    steps: tuple[Step, ...], owner_of: Callable[[str], str]
) -> dict[str, list[int]]:
    """Return the places of the steps that surely stop something, by what is stopped.

    :param owner_of: gives that of the name of a method.
    """
    stops: dict[str, list[int]] = {}
    for at, step in enumerate(steps):
        if is_stop(step) and not step.conditional:
            for owner in set(map(owner_of, step.names)):
                stops.setdefault(owner, []).append(at)
    return stops


def _object_of(name: str) -> str:
    """Return the object that a method belongs to."""
    return name.rpartition(".")[0]


def _class_of(name: str) -> str:
    """Return the class that a method belongs to, whether it is called of that or of an object."""
    return _object_of(name).replace("()", "")


def _behind(steps: tuple[Step, ...], others: list[Step]) -> set[int]:
    """Return the steps, as ids, behind the last of some others."""
    return set(map(id, steps[steps.index(others[-1]) + 1 :] if others else steps))


def _is_short(step: Step) -> bool:
    """Tell whether a step waits no longer than for some time."""
    if isinstance(step, Await):  # the call itself tells how long it waits
        return canonical(step.name).removesuffix("()") in _TELLS_HOW_LONG
    if not isinstance(step, Call):
        return False
    is_timed = step.role is None and canonical(step.name) in _TELLS_HOW_LONG[:-1]
    return is_timed or not language.LIMITS.isdisjoint(step.keywords)


def _goes_on_from(loop: Step, later: Step) -> bool:
    """Tell whether the main thread comes to a loop also where it does not go through another."""
    if not later.leads_to(loop) or loop.leads_to(later):
        return False
    return all(arm.node is not later.node for arm in loop.arms)  # it does not stand in that


def _gathered_loop(steps: tuple[Step, ...], loops: list[Loop]) -> Loop | None:
    """Return the loop of a group's task, or of a thread in a pool: these wait for it."""
    gathered = {id(step.node) for step in steps if isinstance(step, Call) and is_gathered(step)}
    if not gathered or any(is_stop(step) and not step.conditional for step in steps):
        return None
    own = (one for one in loops if any(id(site.runner) in gathered for site in one.sites))
    return next(own, None)


def joined_loop(steps: tuple[Step, ...], endless: list[Loop]) -> Loop | None:
    """Return the loop of a thread or task that the main thread waits for, the nearest of several.

    What it stops before it waits has done its work then.

    :param endless: the loops of threads and tasks.
    """
    started: list[Loop] = []
    stops: list[Step] = []
    known = set(map(id, endless))
    own = set(map(id, without_helpers(steps, endless)))
    for step in steps:
        if isinstance(step, Loop) and id(step) in known:
            if id(step) in own:
                started.append(step)
        elif step.is_detached or not started:
            continue
        elif is_stop(step):
            stops.append(step)
        elif _joins(step):
            if any(stop.leads_to(step) for stop in stops):
                return None
            return min(reversed(started), key=lambda loop: len(loop.chain))
    return None


def lasting_program(steps: tuple[Step, ...]) -> Step | None:
    """Return the wait for a server that is started as a program of its own."""
    waits: set[str] = set()
    for step in steps:
        if not isinstance(step, Call) or step.is_detached:
            continue
        if step.name in known_of(root_of(step.name)).spawns and runs_server(step.arguments):
            waits.update(f"{step.name}{wait}" for wait in _PROGRAM_WAITS)
        elif waits and is_stop(step) and step.name.rpartition(".")[0] in {
            wait.rpartition(".")[0] for wait in waits
        }:
            return None  # it has done its work
        elif step.name in waits:
            if not step.arguments or any(arm.kind == "endless" for arm in step.arms):
                return step
    return None


def lasting_tasks(steps: tuple[Step, ...]) -> Step | None:
    """Return the call that waits for tasks of which one goes on until the service stops.

    Where it waits for the first to end, one that is told to stop is only there for others.
    """
    tasks = {id(step.node) for step in steps if isinstance(step, Call) and is_task(step)}
    has_handler = any(step.name.endswith(_HANDLES_SIGNAL) for step in steps)
    has_loop = is_lasting = has_all = False
    for step in steps:
        is_loop = isinstance(step, Loop) and step.is_endless
        if step.is_detached and (is_loop or (has_handler and waits_for_event(step))):
            in_task = any(id(site.runner) in tasks for site in step.sites)
            is_lasting = is_lasting or in_task
            has_loop = has_loop or (in_task and is_loop)
        elif isinstance(step, Call):
            if is_lasting and is_stop(step):
                return None
            has_all = has_all or step.name == _ALL_TASKS
            if is_lasting and step.name in _TASK_WAITS and not _is_short(step):
                known = [name.removesuffix("()") for name in given(step)]
                is_of_all = has_all and (_ALL_TASKS in known or not step.complete_arguments)
                made = sum(name.endswith(_MAKES_TASK) for name in known)
                if made > 1 and not has_loop and _waits_for_first(step):
                    continue
                if is_of_all or made:
                    return step
    return None


def _waits_for_first(step: Call) -> bool:
    """Tell whether a call waits no longer than until one of several tasks has ended."""
    first = step.keyword("return_when")
    return first is not None and any(name.endswith("FIRST_COMPLETED") for name in first.names)


def lasting_wait(steps: tuple[Step, ...]) -> Step | None:
    """Return the first wait that nothing ends but what ends the service."""
    has_handler = any(step.name.endswith(_HANDLES_SIGNAL) for step in steps)
    for step in steps:
        is_future = has_handler and waits_for_future(step) and not _is_answer(steps, step)
        if (step.role is not Role.WAIT and not is_future) or step.is_detached:
            continue
        if any(arm.kind == "callback" for arm in step.arms):
            continue
        if (is_future or waits_for_event(step)) and is_repeated(steps, step):
            continue  # it waits for one of several answers
        if not isinstance(step, Call) or canonical(step.name) in _LASTS:
            return step
        if not step.arguments and _is_of_service(root_of(step.name)):
            if known_roles_of(step.name) or not step.seen:
                return step  # a library that waits until the service ends
        if waits_for_event(step):
            if has_handler or step.is_alone:
                return step
    return None


def last_listening(steps: tuple[Step, ...]) -> Step | None:
    """Return the call of an unknown library that listens, where nothing waits after it."""
    for step in steps:
        if isinstance(step, Call) and not (step.seen or step.is_detached or step.is_imported):
            is_dropped = step.use == "dropped" and is_project(step.name)
            if is_dropped and _LISTENS_ON.search(step.name):
                return None if any(map(may_wait, after(steps, step))) else step
    return None


def calling_back(steps: tuple[Step, ...]) -> Step | None:
    """Return what calls the functions that the launch hands to a library, where all ends with it.

    They would never be called if the process ended there: it goes on in a call of that library
    which starts something, or, where none follows, in the object that has them, at the end of a
    ``with`` mostly.
    """
    own = [step for step in steps if not step.is_detached and not step.is_imported]
    last = next((one for one in reversed(own) if _hands_over(one)), None)
    if last is None:
        return None
    library, at = root_of(last.name), own.index(last)
    if any(may_wait(one) and root_of(one.name) != library for one in own[at + 1 :]):
        return None
    calls = [one for one in own[at + 1 :] if isinstance(one, Call) and not one.seen]
    later = [one for one in calls if root_of(one.name) == library]
    if later:
        runs = next((one for one in later if _RUNS.search(one.name)), None)
        rest = later[later.index(runs) + 1 :] if runs is not None else []
        return runs if all(_CLEANS_UP.search(one.name) for one in rest) else None
    made = last.name.rpartition("()")[0]
    return next((one for one in own[:at] if isinstance(one, Call) and one.name == made), None)


def _hands_over(step: Step) -> bool:
    """Tell whether a step hands a function of the project to an object of an unknown library."""
    if not isinstance(step, Call | Store) or not is_project(step.name):
        return False
    if not step.name.rpartition(".")[0].endswith(("()", "()[]")):
        return False
    if root_of(step.name) in language.BUILTINS or (isinstance(step, Call) and step.seen):
        return False
    is_told = _HANDS_OVER.search(step.name) is not None
    return is_told and any(one.is_callable for one in step.given)


def without_put_away(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps, of which none serves that the main thread stops without having waited.

    A client has an answer called back, say, and puts its server away when it has done its work.
    """
    beside = [
        step
        for step in steps
        if step.role is Role.START or (step.role is Role.SERVE and step.is_detached)
        if isinstance(step, Call) and "()." in step.name
    ]
    if not beside:
        return steps
    stops = _stopped_at(steps, _object_of)
    at = {id(step): index for index, step in enumerate(steps)}
    waiting: dict[tuple[str, ...], list[int]] = {}
    for index, step in enumerate(steps):
        if not step.is_detached and waits(step):
            waiting.setdefault(step.chain, []).append(index)

    def waits_between(start: Step, stop: int) -> bool:
        """Tell whether the function that stops something has waited since its start."""
        places = waiting.get(steps[stop].chain, [])
        first = bisect.bisect_right(places, at[id(start)])
        return first < len(places) and places[first] < stop

    ended = {
        id(start)
        for start in beside
        if any(not waits_between(start, stop) for stop in stops.get(_object_of(start.name), ()))
    }
    if not ended or lasting_loop(steps) is not None or lasting_wait(steps) is not None:
        return steps
    return without_roles(steps, ended)


def _is_of_service(library: str) -> bool:
    """Tell whether a library waits for a service, and not for whatever threads or tasks do."""
    return library not in sys.stdlib_module_names and library not in GREEN


def waits_for_future(step: Step) -> bool:
    """Tell whether a step waits for a future, which a handler may set."""
    return isinstance(step, Await) and canonical(step.name) in language.FUTURES


def _is_answer(steps: tuple[Step, ...], step: Step) -> bool:
    """Tell whether a launch uses what a future gives, and no handler of a signal sets that."""
    if not (isinstance(step, Await) and step.is_used):
        return False
    handed = (
        argument
        for one in steps
        if isinstance(one, Call) and one.name.endswith(_HANDLES_SIGNAL)
        for argument in one.arguments
    )
    return not any(map(_sets_future, handed))


def _sets_future(argument: Argument) -> bool:
    """Tell whether what is handed to a call gives a future its value."""
    if any(name.rpartition(".")[2] in _SETS_FUTURE for name in argument.names):
        return True
    parts = ast.walk(argument.code) if argument.code is not None else ()
    return any(isinstance(one, ast.Attribute) and one.attr in _SETS_FUTURE for one in parts)


def _waits_for_start(step: Step) -> bool:
    """Tell whether a step waits for something that may well come before the service ends.

    It may be that a thread is ready.
    """
    return isinstance(step, Call) and waits_for_event(step) and not waits_for_end(step)


def stays(step: Step) -> bool:
    """Tell whether the main thread may wait while others serve."""
    is_wait = isinstance(step, Loop) or step.role is Role.WAIT or _joins(step)
    return is_wait and not step.is_detached


def _joins(step: Step) -> bool:
    """Tell whether a step waits for a thread or a task."""
    if isinstance(step, Await):
        return _TASK.search(step.name) is not None
    if isinstance(step, Loop):
        return watches(step.node)
    if not isinstance(step, Call):
        return False
    if step.name in language.RUNS_COROUTINES:
        return any(map(_TASK.search, given(step)))
    return _JOINS.search(step.name) is not None


def loop_beside(steps: tuple[Step, ...], start: Step) -> Step | None:
    """Return the loop that the main thread is in while another module, or thread, serves too.

    A loop in the function that starts it mostly waits, but may well work beside a thread, as one
    does beside what only tells something: elsewhere in the file, or on messages.
    """
    tells = not start.place and known_of(root_of(start.name)).only_tells
    if not (start.place or start.is_detached or tells):
        return None
    loop = lasting_loop(steps)
    if loop is not None and loop.is_detached:
        loop = joined_loop(steps, [one for one in endless_loops(steps) if one.is_detached])
    if loop is None:
        return None
    if loop.chain == start.chain and not start.is_detached:
        return loop if tells and _takes_messages(loop) else None
    may_wait_only = (loop.chain == start.chain or tells) and _surely_starts(steps, loop)
    return None if may_wait_only and only_waits(loop.node) else loop


def _surely_starts(steps: tuple[Step, ...], loop: Step) -> bool:
    """Tell whether something has been started wherever the main thread comes to a loop.

    Of several ways each may start something.
    """
    starts = [one for one in steps if one.role is Role.START]
    return any(
        one.leads_to(loop) or any(exclude(one, other) for other in starts) for one in starts
    )


def _takes_messages(loop: Step) -> bool:
    """Tell whether a loop itself asks for what comes from elsewhere."""
    with contextlib.suppress(BoundReachedError):
        return asks_for_messages(loop.node, Budget(_MAX_LOOKED))
    return False


def work_after(steps: tuple[Step, ...], serves: list[Step]) -> Step | None:
    """Return what the main thread goes on with where only the names of calls say that they serve.

    ``watcher.run`` has returned then: it does not serve, or starts something else that does.
    """
    own = [step for step in serves if not step.is_detached]
    known = [step for step in own if any(map(known_roles_of, step.names))]
    if any((end := ending(step)) is None or end.blocks is not False for step in known):
        return None
    later = tuple(step for step in after(steps, own[-1]) if not exclude(own[-1], step))
    loop = lasting_loop(later)
    if loop is None or loop.is_detached or only_waits(loop.node):
        return None if known else lasting_tasks(later)
    return loop

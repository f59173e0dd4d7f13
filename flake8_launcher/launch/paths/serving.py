"""What keeps a process serving where no call is known to: loops, threads, tasks and waits."""

from __future__ import annotations

import contextlib
import itertools

from flake8_launcher.knowledge import (
    Role,
    is_project,
    known_roles_of,
    language,
    root_of,
)
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.frameworks import known_of
from flake8_launcher.launch.model import Call, Loop, Step, Store, exclude
from flake8_launcher.launch.paths.endings import (
    after,
    ending,
    given,
    is_gathered,
    is_task,
    may_wait,
)
from flake8_launcher.launch.paths.programs import runs_server
from flake8_launcher.launch.paths.threads import (
    ending_with_main,
    endless_loops,
    in_tasks,
    without_helpers,
)
from flake8_launcher.launch.paths.waits import (
    STOP,
    MainThread,
    handles_signal,
    is_short,
    joins,
    lasting_wait,
    makes_task,
    waits_for_event,
    waits_for_start,
)
from flake8_launcher.semantic.budget import BoundReachedError, Budget
from flake8_launcher.semantic.running.loops import asks_for_messages, only_waits

_MAX_LOOKED = 4_000
_ALL_TASKS = "asyncio.all_tasks"
_TASK_WAITS = ("asyncio.gather", "asyncio.wait")
_SCHEDULES = ("sched.scheduler().enter", "sched.scheduler().enterabs")
_RUNS_SCHEDULE = "sched.scheduler().run"
_PROGRAM_WAITS = ("().communicate", "().wait")
_LISTENS_ON = deferred(r"\.(?:(?:event|main)_?loop|listen(?:_forever)?|spin)$")
"""Calls that have no other end than the service's, if nothing comes after them."""
_HANDS_OVER = deferred(
    r"\.(?:\w+_)?(?:on|every)(?:_\w{1,40})?$|\.\w*(?:[cC]allback|[eE]vent|[hH]andler|[hH]ook"
    r"|[lL]isten(?:er)?|[sS]ubscribe)$"
    r"|\.register_(?:function|method|procedure|process|rpc|service|task)$"
)
"""Methods and attributes of an object that calls what they are given, when something happens."""
_TAKES_BACK = deferred(r"\.(?:clear|delete|deregister|detach|remove|un\w{1,20})(?:_\w{1,40})?$")
"""Methods that are told not to call it any more."""
_RUNS = deferred(r"\.(?:\w+_)?(?:forever|listen|loop|main|run|serve|spin|start|wait|work)$")
_CLEANS_UP = deferred(rf"\.(?:a?close|disconnect|exit|{STOP})$")
"""What an object is told when it has done its work."""


def lasting_loop(steps: tuple[Step, ...], complete: bool = True) -> Step | None:
    """Return the first loop that waits and goes on until the service stops.

    What comes after the main thread has waited for that puts things in order.

    :param complete: whether that was followed to its end: what ends with it is there for what it
        does, which may be to stop it.
    """
    loops = endless_loops(steps)
    if loops and (wait := lasting_wait(steps)) is not None and not waits_for_start(wait):
        late = {id(step) for step in after(steps, wait) if wait.leads_to(step)}
        loops = [step for step in loops if id(step) not in late]
    if not complete:  # what goes on in a round of something else is there for that
        loops = [step for step in loops if not (step.place and _is_of_rounds(step))]
    endless = [step for step in loops if all(arm.kind != "callback" for arm in step.arms)]
    own = [step for step in endless if not step.is_detached]
    if own:
        return next((one for one in own[1:] if _goes_on_from(own[0], one)), own[0])
    here = [step for step in endless if not step.place]
    if here:
        main = MainThread(steps)
        tasks, threads = in_tasks(steps, here), ending_with_main(steps, here)
        for step in here:
            is_task = id(step) in tasks
            ends = is_task or id(step) in threads
            if ends and not (is_task or complete):
                continue
            if not (ends and main.leaves(step, is_task)) and not main.puts_away(step):
                return step  # in a thread of the checked file's own
    joined = joined_loop(steps, [step for step in loops if step.is_detached])
    return joined or _gathered_loop(steps, loops)


def _is_of_rounds(step: Step) -> bool:
    """Tell whether a step is taken in the rounds of a loop that ends, in the same thread."""
    kinds = [arm.kind for arm in step.arms]
    if step.is_detached:
        own = [*itertools.takewhile(lambda kind: kind != "callback", reversed(kinds))]
        return len(own) < len(kinds) and "loop" in own
    return "loop" in kinds


def _goes_on_from(loop: Step, later: Step) -> bool:
    """Tell whether the main thread comes to a loop also where it does not go through another."""
    if not later.leads_to(loop) or loop.leads_to(later):
        return False
    return not loop.is_in_rounds_of(later)


def _gathered_loop(steps: tuple[Step, ...], loops: list[Loop]) -> Loop | None:
    """Return the loop of a group's task, or of a thread in a pool: these wait for it."""
    gathered = {id(step.node) for step in steps if isinstance(step, Call) and is_gathered(step)}
    if not gathered or MainThread(steps).stops:
        return None
    own = (one for one in loops if any(id(site.runner) in gathered for site in one.sites))
    return next(own, None)


def joined_loop(steps: tuple[Step, ...], endless: list[Loop]) -> Step | None:
    """Return the loop of a thread or task that the main thread waits for, the nearest of several.

    What it stops before it waits has done its work then.

    :param endless: the loops of threads and tasks.
    """
    own = set(map(id, without_helpers(steps, endless)))
    started: list[Step] = []
    for step in steps:
        if id(step) in own:
            started.append(step)
        elif started and not step.is_detached and joins(step):
            if MainThread(steps).stops_before(started[0], step):
                return None
            return min(reversed(started), key=lambda loop: len(loop.chain))
    return None


def lasting_program(steps: tuple[Step, ...]) -> Step | None:
    """Return the wait for a server that is started as a program of its own."""
    started: dict[str, Step] = {}
    for step in steps:
        if not isinstance(step, Call) or step.is_detached:
            continue
        if step.name in known_of(root_of(step.name)).spawns and runs_server(step.arguments):
            started.update((f"{step.name}{wait}", step) for wait in _PROGRAM_WAITS)
        elif (start := started.get(step.name)) is not None:
            if not step.arguments or any(arm.kind == "endless" for arm in step.arms):
                return None if MainThread(steps).stops_before(start, step) else step
    return None


def lasting_tasks(steps: tuple[Step, ...]) -> Step | None:
    """Return the call that waits for tasks of which one goes on until the service stops.

    Where it waits for the first to end, one that is told to stop is only there for others.
    """
    tasks = {id(step.node) for step in steps if isinstance(step, Call) and is_task(step)}
    has_handler = handles_signal(steps)
    has_loop = has_all = False
    lasting: Step | None = None
    for step in steps:
        is_loop = isinstance(step, Loop) and step.is_endless
        if step.is_detached and (is_loop or (has_handler and waits_for_event(step))):
            if any(id(site.runner) in tasks for site in step.sites):
                lasting = lasting or step
                has_loop = has_loop or is_loop
        elif isinstance(step, Call):
            has_all = has_all or step.name == _ALL_TASKS
            if lasting is not None and step.name in _TASK_WAITS and not is_short(step):
                known = [name.removesuffix("()") for name in given(step)]
                is_of_all = has_all and (_ALL_TASKS in known or not step.complete_arguments)
                made = sum(map(makes_task, known))
                if made > 1 and not has_loop and _waits_for_first(step):
                    continue
                if is_of_all or made:
                    return None if MainThread(steps).stops_before(lasting, step) else step
    return None


def _waits_for_first(step: Call) -> bool:
    """Tell whether a call waits no longer than until one of several tasks has ended."""
    first = step.keyword("return_when")
    return first is not None and any(name.endswith("FIRST_COMPLETED") for name in first.names)


def lasting_schedule(steps: tuple[Step, ...]) -> Step | None:
    """Return what runs a scheduler in which a function always has itself run again."""
    for step in steps:
        if isinstance(step, Call) and step.name in _SCHEDULES:
            action = step.argument(2, "action")
            if action is not None and not set(step.chain).isdisjoint(action.names):
                runs = (one for one in steps if one.name == _RUNS_SCHEDULE)
                return next((one for one in runs if not one.is_detached), None)
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
    is_told = _HANDS_OVER.search(step.name) is not None and not _TAKES_BACK.search(step.name)
    return is_told and any(one.is_callable for one in step.given)


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

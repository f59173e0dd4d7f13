"""Gives roles to steps whose own names do not tell them, from the path around them."""

from __future__ import annotations

import ast
import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from flake8_launcher.knowledge import (
    Role,
    canonical,
    is_project,
    known_roles_of,
    language,
    may_start,
    prepares,
    roles_of,
    root_of,
)
from flake8_launcher.knowledge.concurrency import GREEN
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.frameworks import known_of
from flake8_launcher.knowledge.screens import shows_screen
from flake8_launcher.knowledge.shown import shows
from flake8_launcher.launch.model import (
    DECIDES,
    Await,
    Call,
    Loop,
    Step,
    Store,
    exclude,
    inside,
)
from flake8_launcher.launch.paths.endings import (
    after,
    ending,
    given,
    is_gathered,
    is_task,
    makes_thread,
    marked,
    may_wait,
)
from flake8_launcher.launch.paths.programs import runs_server, serves_nobody
from flake8_launcher.semantic.budget import BoundReachedError, Budget
from flake8_launcher.semantic.reading import modules
from flake8_launcher.semantic.running.loops import asks_for_messages, only_waits, watches

_NEAR = 3
_MAX_LOOKED = 4_000
_RUNS_LOOP = (".run", ".run_forever", ".start")
_STOPS_LOOP = ("quit", "stop")
_TIMERS = ("callLater", "call_at", "call_later", "timeout_add", "timeout_add_seconds")
"""Last names of calls that run a function when some time has passed."""
_ALL_TASKS = "asyncio.all_tasks"
_TASK_WAITS = ("asyncio.gather", "asyncio.wait")
_MAKES_TASK = (".create_task", ".ensure_future")
_LASTS = ("anyio.sleep_forever", "asyncio.sleep", "trio.sleep_forever")
"""Calls that wait for ever; the sleep of asyncio waits where it is told to last so long."""
_PROGRAM_WAITS = ("().communicate", "().wait")
_EVENT_WAITS = ("asyncio.Event().wait", "threading.Event().wait")
_HANDLES_SIGNAL = (".add_signal_handler", "signal.signal")
_REACT = "twisted.internet.task.react"
_LISTENS = deferred(r"\.(?:listen\w{0,12}|startService|connect\w{0,12}|Deferred)$")
_LISTENS_ON = deferred(r"\.(?:(?:event|main)_?loop|listen(?:_forever)?|spin)$")
"""Calls that have no other end than the service's, if nothing comes after them."""
_HANDS_OVER = deferred(
    r"\.(?:\w+_)?(?:on|every)(?:_\w{1,40})?$|\.\w*(?:[cC]allback|[eE]vent|[hH]andler|[hH]ook"
    r"|[lL]isten(?:er)?|[sS]ubscribe)$"
)
"""Methods and attributes of an object that calls what they are given, when something happens."""
_RUNS = deferred(r"\.(?:\w+_)?(?:forever|listen|loop|main|run|serve|spin|start|wait|work)$")
_TALKS = deferred(
    r"REPLThread$|(?:^code|InteractiveConsole\(\))\.interact$|(?:IPython|bpython|repl)\.embed$"
)
"""Calls that talk to a person, in a thread of their own or beside one."""
_TASK = deferred(r"\.(?:create_task|ensure_future)\(\)$")
_JOINS = deferred(r"(?:Thread|Process)\(\)\.join$|\.joinall$")
_SERVERS = frozenset({Role.START, Role.SERVE})
_TRIES = deferred(r"_*(?:run_)?(?:self_?)?tests?(?:_|$)")
"""Names of functions that try something."""
_ASKS = deferred(
    r"\._*(?:(?:chat|input)_loop|cmdloop|interact(?:ive)?|prompt|readline|repl|run_repl)_*$"
)
"""Functions that talk to a person."""
_STOP = r"(?:cancel|kill|quit|shutdown|stop|terminate)"
_CLEANS_UP = deferred(rf"\.(?:a?close|disconnect|exit|{_STOP})$")
"""What an object is told when it has done its work."""
_STOPS = deferred(rf"(?:(?:^|\.)_*{_STOP}(?:_\w{{1,40}})?|_{_STOP}|Event\(\)\.set)$")


def completed(
    steps: Iterable[Step],
    is_own: Callable[[str], bool],
    certain: bool,
    complete: bool,
    at_top: bool = False,
) -> tuple[Step, ...]:
    """Return the steps of a path with the roles that the path tells.

    :param is_own: tells whether a qualified name is that of something of the checked module.
    :param certain: whether a process surely begins with this path.
    :param complete: whether the path has been followed to its end.
    :param at_top: whether it is a top level alone: whatever runs that does not get past its loop.
    """
    found = _completed(steps, is_own, certain, complete, at_top)
    return _without_screens(_without_tries(found))


def _completed(
    steps: Iterable[Step],
    is_own: Callable[[str], bool],
    certain: bool,
    complete: bool,
    at_top: bool,
) -> tuple[Step, ...]:
    named = marked(tuple(_by_name(tuple(steps))))
    shaped = _without_tools(_without_stopped(named), complete)
    serves = [step for step in shaped if step.role is Role.SERVE]
    if not serves and shaped is not named:
        return shaped
    if not certain and not (at_top and any(map(_surely_loops, shaped))):
        if complete and all(step.is_detached for step in serves) and not any(map(_stays, shaped)):
            return _without_roles(shaped, set(map(id, serves)))  # whoever called it goes on
        return shaped
    if any(not step.is_detached for step in serves):
        work = _work_after(shaped, serves)
        if work is not None:
            return _with_serve(_without_roles(shaped, set(map(id, serves))), work)
        known = [step for step in serves if any(map(known_roles_of, step.names))]
        if known and all(step.is_detached for step in known):
            return _without_roles(shaped, set(map(id, filter(_is_read, serves))))
        return shaped
    if serves:  # a help to something else, if something else is there
        own = tuple(step for step in shaped if not step.is_detached)
        serve = _start(own, complete=False) or _likely(own, is_own, complete)
        if serve is not None and _is_read(serve):
            serve = _lasting_loop(own)  # what it does are steps of their own
        if serve is None and not any(known_roles_of(name) for one in serves for name in one.names):
            loops = [one for one in shaped if isinstance(one, Loop) and one.is_endless]
            serve = _joined_loop(shaped, [one for one in loops if one.is_detached])
            if serve is not None:
                shaped = _without_roles(shaped, set(map(id, serves)))
    else:
        serve = (
            _start(shaped, complete)
            or _likely(shaped, is_own, complete)
            or _lasting_wait(shaped)
            or _lasting_tasks(shaped)
            or _lasting_thread(shaped)
            or _lasting_program(shaped)
            or (_last_listening(shaped) or _calling_back(shaped) if complete else None)
        )
    return _with_serve(shaped, serve)


def _surely_loops(step: Step) -> bool:
    """Tell whether a step is a loop that the main thread is surely in until the service stops."""
    is_lasting = isinstance(step, Loop) and step.is_endless
    return is_lasting and not (step.conditional or step.is_detached or step.is_imported)


def _is_read(step: Step) -> bool:
    """Tell whether a step calls what is read, and has but a name that tells that it serves."""
    return isinstance(step, Call) and step.seen and not any(map(known_roles_of, step.names))


def _with_serve(steps: tuple[Step, ...], serve: Step | None) -> tuple[Step, ...]:
    """Return the steps, of which one serves, if any does."""
    return tuple(replace(step, role=Role.SERVE) if step is serve else step for step in steps)


def _without_stopped(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps, without the role of loops that end as soon as something is done.

    A client runs its event loop until it has its answer, and stops it in a callback.
    """
    loops = {
        f"{step.name.rpartition('.')[0]}.{stop}": step
        for step in steps
        if step.role is Role.SERVE and step.name.endswith(_RUNS_LOOP)
        for stop in _STOPS_LOOP
    }
    if not loops or any(isinstance(step, Loop) and step.is_endless for step in steps):
        return steps
    ended = {
        id(loops[step.name])
        for step in steps
        if isinstance(step, Call) and step.name in loops
        if _is_sure(step, loops[step.name])
    }
    ended |= {
        id(loops[name])
        for step in steps
        if isinstance(step, Call) and step.name.rpartition(".")[2] in _TIMERS
        for argument in step.arguments
        for name in argument.names
        if name in loops and _leads_to(step, loops[name])
    }
    return _without_roles(steps, ended)


def _without_tools(steps: tuple[Step, ...], complete: bool) -> tuple[Step, ...]:
    """Return the steps, without the role of loops that a tool runs: to talk, or to do one thing.

    ``task.react`` ends with the function that it is given.
    """
    talks = [one for one in steps if isinstance(one, Call) and _TALKS.search(one.name)]
    tools = {
        id(step)
        for index, step in enumerate(steps)
        if step.role in (Role.SERVE, Role.START) and isinstance(step, Call)
        if (step.name.endswith(_RUNS_LOOP[1]) and any(_leads_to(one, step) for one in talks))
        or (complete and step.name == _REACT and _ends(steps, index))
    }
    return _without_roles(steps, tools)


def _without_tries(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps, of which none serves that a function runs to test something.

    Nor does the loop of a function that talks to a person.
    """
    tried = {
        id(step)
        for step in steps
        if step.role is Role.SERVE
        if any(_TRIES.match(function.rpartition(".")[2]) for function in step.chain[1:])
        or (isinstance(step, Loop) and any(map(_ASKS.search, step.chain[1:])))
    }
    return _without_roles(steps, tried)


def _without_screens(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps, of which none serves beside what shows a screen to a person.

    What goes on there is for that person, and ends when the window is closed; but where the main
    thread runs a server that is known, it has the window for another use.
    """
    likely = [
        step
        for step in steps
        if step.role is Role.SERVE
        if step.is_detached
        or not any(_SERVERS.intersection(known_roles_of(name)) for name in step.names)
    ]
    if not likely:
        return steps
    screens = [
        step
        for step in steps
        if isinstance(step, Call) and not step.is_detached and any(map(shows_screen, step.names))
    ]
    if not screens:
        return steps
    shown = {id(one) for one in likely if any(not exclude(one, screen) for screen in screens)}
    return _without_roles(steps, shown)


def _without_roles(steps: tuple[Step, ...], some: set[int]) -> tuple[Step, ...]:
    """Return the steps, of which some have no role; the same steps where there are none."""
    if not some:
        return steps
    return tuple(replace(step, role=None) if id(step) in some else step for step in steps)


def _ends(steps: tuple[Step, ...], index: int) -> bool:
    """Tell whether a function that a call is given surely ends: it neither serves nor waits."""
    call = steps[index].node
    within = [one for one in steps[index:] if any(arm.node is call for arm in one.arms)]
    return bool(within) and not any(
        isinstance(one, Loop)
        or one.role in DECIDES
        or _LISTENS.search(one.name)
        or (isinstance(one, Call) and not one.seen and _is_unknown(one.name))
        for one in within
    )


def _is_unknown(name: str) -> bool:
    """Tell whether nothing is known of a call that is not read."""
    return is_project(name) and root_of(name) not in language.BUILTINS


def _is_sure(stop: Step, serve: Step) -> bool:
    """Tell whether a loop is surely stopped, once what was handed to it has run."""
    arms = [arm for arm in stop.arms if arm not in serve.arms]
    kinds = {arm.kind for arm in arms}
    return "callback" in kinds and kinds <= {"callback", "try"}


def _start(steps: tuple[Step, ...], complete: bool) -> Step | None:
    """Return the step that starts to serve, where no other serves.

    A start far below, in a process that does not wait, is a help to something else, and so is one
    in a function of another module that has forked.
    """
    waits = any(step.role is Role.WAIT for step in steps)
    forked = {step.chain for step in steps if step.name == "os.fork" and step.place}
    starts = [
        step
        for step in steps
        if step.role is Role.START and not any(step.chain[: len(one)] == one for one in forked)
    ]
    near = [step for step in starts if waits or not step.place or _is_in_main(step)]
    if near:
        wait = _lasting_wait(steps)
        surely = [step for step in near if wait is not None and _leads_to(step, wait)] or near
        works = (one for one in surely if not known_of(root_of(one.name)).only_tells)
        start = next(works, surely[0])
        return _loop_beside(steps, start) or start
    for step in starts if complete else ():
        if not any(map(may_wait, after(steps, step))):
            return step  # nothing else is done, so that it is what the process is for
    return None


def _leads_to(step: Step, later: Step) -> bool:
    """Tell whether one step has come before another wherever that comes."""
    return all(arm.kind == "try" or arm in later.arms for arm in step.arms)


def _by_name(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Yield the steps, and once more those whose names tell a role that is not seen inside.

    The body of ``service.serve`` is read, and yet what serves there may not be found: then the
    name counts, as it does where the body cannot be read.
    """
    for index, step in enumerate(steps):
        yield step
        if not isinstance(step, Call) or not step.seen or step.role is not None:
            continue
        within = list(inside(steps, index))
        roles = {inner.role for inner in within}
        if Role.START in roles:
            roles.add(Role.SERVE)
        unresolved = _is_unresolved(within)
        known = _known(step)
        for role in (Role.PATCH,) if step.is_imported else Role:
            if role in roles:
                continue
            shaped = role in roles_of(step.name) and role is not Role.SERVE
            if role is Role.PATCH:
                told = shaped and any(map(_replaces, within))
            else:
                told = role in known or (shaped and unresolved)
            if told:
                yield replace(step, role=role)


def _known(step: Step) -> set[Role]:
    """Return the roles that the tables give to the names of a step.

    A class that only starts to serve may derive from one that serves.
    """
    known: set[Role] = set()
    for name in step.names:
        roles = known_roles_of(name)
        known.update(role for role in roles if role is not Role.SERVE or Role.START not in known)
    return known


def _replaces(step: Step) -> bool:
    """Tell whether a step rebinds an attribute of something outside."""
    if isinstance(step, Call) and step.name == "setattr":
        target = step.argument(0, "")
        return target is not None and any(name[0] != "?" for name in target.names)
    return isinstance(step, Store) and not step.name.endswith("[]")


def _likely(
    steps: tuple[Step, ...], is_own: Callable[[str], bool], complete: bool
) -> Step | None:
    """Return the step that likely serves, or what the main thread goes on with after it."""
    serve = _likely_serve(steps, is_own, complete)
    if not isinstance(serve, Call) or serve.is_detached:
        return serve
    return _work_after(steps, [serve]) or serve


def _likely_serve(
    steps: tuple[Step, ...], is_own: Callable[[str], bool], complete: bool
) -> Step | None:
    """Return the step that serves, if something tells which it is.

    A process that patches or prepares itself to be a service serves, and what it starts then is
    the serve call even where its name alone would not tell. What the checked file calls goes
    before what is found on the way.
    """
    ready = False
    elsewhere: Step | None = None
    lasting = _lasting_loop(steps)
    is_alone = lasting is None or lasting.is_detached
    is_open = is_alone and (not complete or any(step.role is Role.WAIT for step in steps))
    for index, step in enumerate(steps):
        ready = ready or step.role in (Role.PATCH, Role.BACKEND) or prepares(step.name)
        if not isinstance(step, Call | Loop) or step.role is not None:
            continue
        if is_own(step.name) or step.is_imported or (step.is_detached and not is_alone):
            continue
        seen = isinstance(step, Call) and step.seen
        names = [name for name in step.names[1:] if "()." in name] if seen else []
        if isinstance(step, Call) and serves_nobody(step.arguments):
            continue
        starts = any(map(may_start, names or [step.name]))
        serves = any(Role.SERVE in roles_of(name) for name in names or [step.name])
        if not (serves or starts):
            continue
        within = list(inside(steps, index)) if seen else []
        if seen and (step.name.endswith(".main") or _only_says(within)):
            continue  # what it does are steps of their own
        loop = next((one for one in within if isinstance(one, Loop)), None) if serves else None
        if seen and not (ready or is_open or loop or _is_unresolved(within)):
            serves = False
        if not step.place and (serves or (ready and starts)):
            is_near = loop and all(map(may_start, loop.chain[len(step.chain) :]))
            return loop if is_near else step
        likely = serves or (ready and starts)
        if likely and elsewhere is None and _is_in_main(step):
            elsewhere = step
    return elsewhere or lasting


def _is_in_main(step: Step) -> bool:
    """Tell whether a step stands in the main function of another module, or a few calls below."""
    return 0 < len(step.below) <= _NEAR and step.below[0].endswith(".main")


def _lasting_loop(steps: tuple[Step, ...]) -> Step | None:
    """Return the first loop that waits and goes on until the service stops.

    What comes after the main thread has waited for that puts things in order.
    """
    loops = [step for step in steps if isinstance(step, Loop) and step.is_endless]
    if loops and (wait := _lasting_wait(steps)) is not None and not _waits_for_start(wait):
        late = {id(step) for step in after(steps, wait) if _leads_to(wait, step)}
        loops = [step for step in loops if id(step) not in late]
    endless = [step for step in loops if all(arm.kind != "callback" for arm in step.arms)]
    own = [step for step in endless if not step.is_detached]
    if own:
        return next((one for one in own[1:] if _goes_on_from(own[0], one)), own[0])
    for step in endless:
        if not step.place:
            return step  # in a thread of the checked file's own
    joined = _joined_loop(steps, [step for step in loops if step.is_detached])
    return joined or _gathered_loop(steps, loops)


def _goes_on_from(loop: Step, later: Step) -> bool:
    """Tell whether the main thread comes to a loop also where it does not go through another."""
    if not _leads_to(later, loop) or _leads_to(loop, later):
        return False
    return all(arm.node is not later.node for arm in loop.arms)  # it does not stand in that


def _gathered_loop(steps: tuple[Step, ...], loops: list[Loop]) -> Loop | None:
    """Return the loop of a group's task, or of a thread in a pool: these wait for it."""
    gathered = {id(step.node) for step in steps if isinstance(step, Call) and is_gathered(step)}
    if not gathered or any(_is_stop(step) and not step.conditional for step in steps):
        return None
    own = (one for one in loops if any(id(site.runner) in gathered for site in one.sites))
    return next(own, None)


def _joined_loop(steps: tuple[Step, ...], endless: list[Loop]) -> Loop | None:
    """Return the loop of a thread or task that the main thread waits for, the nearest of several.

    What it stops before it waits has done its work then.

    :param endless: the loops of threads and tasks.
    """
    started: list[Loop] = []
    stops: list[Step] = []
    for step in steps:
        if step in endless:
            started.append(step)
        elif step.is_detached or not started:
            continue
        elif _is_stop(step):
            stops.append(step)
        elif _joins(step):
            if any(_leads_to(stop, step) for stop in stops):
                return None
            return min(reversed(started), key=lambda loop: len(loop.chain))
    return None


def _lasting_thread(steps: tuple[Step, ...]) -> Step | None:
    """Return the loop of a thread, or process, that the end of the program waits for.

    A timer that its own function sets again goes on as well.
    """
    made = {
        id(step.node)
        for step in steps
        if isinstance(step, Call) and makes_thread(step) and not step.is_detached
    }
    if not made or any(map(_may_end_with_main, steps)):
        return None
    loops = [
        step
        for step in steps
        if isinstance(step, Loop) and step.is_endless and step.is_detached
        if any(id(site.runner) in made for site in step.sites)
    ]
    if loops:
        return min(loops, key=lambda loop: len(loop.chain))
    return next(_set_again(steps), None)


def _lasting_program(steps: tuple[Step, ...]) -> Step | None:
    """Return the wait for a server that is started as a program of its own."""
    waits: set[str] = set()
    for step in steps:
        if not isinstance(step, Call) or step.is_detached:
            continue
        if step.name in known_of(root_of(step.name)).spawns and runs_server(step.arguments):
            waits.update(f"{step.name}{wait}" for wait in _PROGRAM_WAITS)
        elif step.name in waits:
            if not step.arguments or any(arm.kind == "endless" for arm in step.arms):
                return step
    return None


def _set_again(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Yield the calls that start a timer in the function that the timer runs."""
    for step in steps:
        if isinstance(step, Call) and canonical(step.name) == "threading.Timer":
            function = step.argument(1, "function")
            again = {one.name: one.chain for one in steps if isinstance(one, Call)}
            around = {*step.chain, *again.get(step.chain[-1], ())}
            if function is not None and not around.isdisjoint(function.names):
                starts = (one for one in steps if one.name == "threading.Timer().start")
                yield next((one for one in starts if one.chain == step.chain), step)


def _may_end_with_main(step: Step) -> bool:
    """Tell whether a step may make a thread one that ends with the main thread, or ends all."""
    if step.is_detached:
        return False
    if isinstance(step, Store):
        return step.name.endswith(".daemon")
    if not isinstance(step, Call):
        return False
    if makes_thread(step) and step.keywords.get("daemon", False) is not False:
        return True
    is_told = step.name.endswith((".setDaemon", "os._exit", "Thread().__init__"))
    return is_told or (_is_stop(step) and not step.conditional)


def _lasting_tasks(steps: tuple[Step, ...]) -> Step | None:
    """Return the call that waits for tasks of which one goes on until the service stops."""
    tasks = {id(step.node) for step in steps if isinstance(step, Call) and is_task(step)}
    has_handler = any(step.name.endswith(_HANDLES_SIGNAL) for step in steps)
    is_lasting = has_all = False
    for step in steps:
        is_loop = isinstance(step, Loop) and step.is_endless
        if step.is_detached and (is_loop or (has_handler and _waits_for_event(step))):
            is_lasting = is_lasting or any(id(site.runner) in tasks for site in step.sites)
        elif isinstance(step, Call):
            if is_lasting and _is_stop(step):
                return None
            has_all = has_all or step.name == _ALL_TASKS
            if is_lasting and step.name in _TASK_WAITS:
                known = [name.removesuffix("()") for name in given(step)]
                is_of_all = has_all and (_ALL_TASKS in known or not step.complete_arguments)
                if is_of_all or any(name.endswith(_MAKES_TASK) for name in known):
                    return step
    return None


def _lasting_wait(steps: tuple[Step, ...]) -> Step | None:
    """Return the first wait that nothing ends but what ends the service."""
    has_handler = any(step.name.endswith(_HANDLES_SIGNAL) for step in steps)
    for step in steps:
        is_future = has_handler and _waits_for_future(step)
        if (step.role is not Role.WAIT and not is_future) or step.is_detached:
            continue
        if any(arm.kind == "callback" for arm in step.arms):
            continue
        if not isinstance(step, Call) or canonical(step.name) in _LASTS:
            return step
        if not step.arguments and _is_of_service(root_of(step.name)):
            if known_roles_of(step.name) or not step.seen:
                return step  # a library that waits until the service ends
        if _waits_for_event(step):
            if has_handler or _is_made_there(step.node):
                return step
    return None


def _last_listening(steps: tuple[Step, ...]) -> Step | None:
    """Return the call of an unknown library that listens, where nothing waits after it."""
    for step in steps:
        if isinstance(step, Call) and not (step.seen or step.is_detached or step.is_imported):
            is_dropped = step.use == "dropped" and is_project(step.name)
            if is_dropped and _LISTENS_ON.search(step.name):
                return None if any(map(may_wait, after(steps, step))) else step
    return None


def _calling_back(steps: tuple[Step, ...]) -> Step | None:
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
    if not isinstance(step, Call | Store) or "()." not in step.name or not is_project(step.name):
        return False
    if root_of(step.name) in language.BUILTINS or (isinstance(step, Call) and step.seen):
        return False
    is_told = _HANDS_OVER.search(step.name) is not None
    return is_told and any(one.is_callable for one in step.given)


def _is_of_service(library: str) -> bool:
    """Tell whether a library waits for a service, and not for whatever threads or tasks do."""
    return library not in sys.stdlib_module_names and library not in GREEN


def _waits_for_future(step: Step) -> bool:
    """Tell whether a step waits for a future, which a handler may set."""
    return isinstance(step, Await) and canonical(step.name) in language.FUTURES


def _waits_for_event(step: Step) -> bool:
    """Tell whether a step waits for an event, for as long as it takes."""
    if not isinstance(step, Call) or step.arguments:
        return False
    return canonical(step.name) in _EVENT_WAITS


def _waits_for_start(step: Step) -> bool:
    """Tell whether a step waits for an event of which nothing says that it ends the service.

    It may be that a thread is ready.
    """
    if not _waits_for_event(step) or _is_made_there(step.node):
        return False
    event = getattr(getattr(step.node, "func", None), "value", step.node)
    return language.STOPPING.search(modules.last_name(event).lower()) is None


def _is_made_there(call: ast.AST) -> bool:
    """Tell whether the object of a method is made where the method is called: no other has it."""
    function = getattr(call, "func", None)
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Call)


def _is_stop(step: Step) -> bool:
    """Tell whether the main thread itself stops something."""
    is_later = step.is_detached or any(arm.kind == "callback" for arm in step.arms)
    return isinstance(step, Call) and not is_later and _STOPS.search(step.name) is not None


def _stays(step: Step) -> bool:
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


def _loop_beside(steps: tuple[Step, ...], start: Step) -> Step | None:
    """Return the loop that the main thread is in while another module, or thread, serves too.

    A loop in the function that starts it mostly waits, but may well work beside a thread, as one
    does beside what only tells something: elsewhere in the file, or on messages.
    """
    tells = not start.place and known_of(root_of(start.name)).only_tells
    if not (start.place or start.is_detached or tells):
        return None
    loop = _lasting_loop(steps)
    if loop is not None and loop.is_detached:
        loops = [one for one in steps if isinstance(one, Loop) and one.is_endless]
        loop = _joined_loop(steps, [one for one in loops if one.is_detached])
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
        _leads_to(one, loop) or any(exclude(one, other) for other in starts) for one in starts
    )


def _takes_messages(loop: Step) -> bool:
    """Tell whether a loop itself asks for what comes from elsewhere."""
    with contextlib.suppress(BoundReachedError):
        return asks_for_messages(loop.node, Budget(_MAX_LOOKED))
    return False


def _work_after(steps: tuple[Step, ...], serves: list[Step]) -> Step | None:
    """Return what the main thread goes on with where only the names of calls say that they serve.

    ``watcher.run`` has returned then: it does not serve, or starts something else that does.
    """
    own = [step for step in serves if not step.is_detached]
    known = [step for step in own if any(map(known_roles_of, step.names))]
    if any((end := ending(step)) is None or end.blocks is not False for step in known):
        return None
    later = tuple(step for step in after(steps, own[-1]) if not exclude(own[-1], step))
    loop = _lasting_loop(later)
    if loop is None or loop.is_detached or only_waits(loop.node):
        return None if known else _lasting_tasks(later)
    return loop


def _only_says(steps: list[Step]) -> bool:
    """Tell whether a function does no more than print or log."""
    return bool(steps) and all(shows(step.name) for step in steps if isinstance(step, Call | Loop))


def _is_unresolved(steps: Iterable[Step]) -> bool:
    """Tell whether what a function does is not all known."""
    return any(step.name[0] == "?" for step in steps)

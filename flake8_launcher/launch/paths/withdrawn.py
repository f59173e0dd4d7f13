"""Roles that the rest of a path takes from its steps: what serves nobody, or ends."""

from __future__ import annotations

import ast
import itertools
from dataclasses import replace

from flake8_launcher.knowledge import (
    Role,
    callbacks,
    known_roles_of,
    language,
    limits_of,
    may_start,
)
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.screens import shows_screen
from flake8_launcher.launch.model import DECIDES, Call, Loop, Step
from flake8_launcher.launch.paths.endings import may_wait
from flake8_launcher.launch.paths.threads import (
    PUTS_AWAY,
    ending_with_main,
    is_in_constructor,
    started_later,
)
from flake8_launcher.launch.paths.waits import MainThread, comes_again, joins, lasting_wait
from flake8_launcher.semantic.running.loops import only_waits

_RUNS_LOOP = (".run", ".run_forever", ".start")
_STOPS_LOOP = ("quit", "stop")
_BY_LOOP = frozenset(
    {"callLater", "call_at", "call_later", "timeout_add", "timeout_add_seconds"}
    | {"add_callback", "callFromThread", "call_soon", "call_soon_threadsafe", "idle_add"}
)
"""Last names of calls that have an event loop run a function, in its next round or later."""
_REACT = "twisted.internet.task.react"
_LISTENS = deferred(r"\.(?:listen\w{0,12}|startService|connect\w{0,12}|Deferred)$")
_TALKS = deferred(
    r"REPLThread$|(?:^code|InteractiveConsole\(\))\.interact$|(?:IPython|bpython|repl)\.embed$"
)
"""Calls that talk to a person, in a thread of their own or beside one."""
_SERVERS = frozenset({Role.START, Role.SERVE})
_TRIES = deferred(r"_*(?:run_)?(?:self_?)?tests?(?:_|$)")
"""Names of functions that try something."""
_DEMONSTRATES = deferred(r"_*(?:run_)?(?:demos?|examples?)(?:_|$)")
"""Names of functions that show how something is used."""
_LOGS_IN = frozenset(
    {"auth", "authenticate", "authorise", "authorize", "login", "oauth", "oauth2"}
)
"""What ends the names of functions that have a person log in."""
_LOCAL = deferred(r"^(?:http\.server|socketserver|wsgiref\.simple_server)\.")
"""Servers of the standard library, which may be there for one request."""
_ASKS = deferred(
    r"\._*(?:(?:chat|input)_loop|cmdloop|interact(?:ive)?|prompt|readline|repl|run_repl)_*$"
)
"""Functions that talk to a person."""


def without_put_away(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps, of which none serves that the main thread stops when it has its answer.

    A client has that called back, say, or a browser brings it.
    """
    beside = [
        step
        for step in steps
        if step.role is Role.START or _serves_beside(step)
        if isinstance(step, Call) and "()." in step.name
    ]
    main = MainThread(steps)
    ended = {id(one) for one in beside if main.puts_away(one)}
    return without_roles(steps, ended)


def without_loops_beside(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps, of which no event loop serves in a thread that ends with the main one.

    It is there for what that does, which hands it coroutines, unless that only waits.
    """
    turns = [
        step
        for step in steps
        if step.role in _SERVERS and step.is_detached
        if language.EVENT_LOOP.search(step.name)
    ]
    if not turns or any(map(_only_waits, steps)):
        return steps
    return without_roles(steps, ending_with_main(steps, turns))


def without_helpers_of(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps, of which none serves that making an object of another module starts.

    It is there for what the main thread does with the object, unless that stays.
    """
    made = {
        id(step)
        for step in steps
        if step.place and (step.role is Role.START or _serves_beside(step))
        if is_in_constructor(step)
    }
    if not made or any(map(_stays, steps)) or lasting_wait(steps) is not None:
        return steps
    later = started_later(steps)
    runs = ((step, (step.node, *(site.runner for site in step.sites))) for step in steps)
    kept = {id(step) for step, nodes in runs if not later.isdisjoint(map(id, nodes))}
    return without_roles(steps, made - kept)


def without_called_back(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps, of which none serves by its name alone that a known server calls back.

    An application is handed functions that prepare it, say. What a launcher has an object do which
    it is given serves by no name: the launcher does.
    """
    serves = [step for step in steps if step.role is Role.SERVE and not step.is_detached]
    named = [step for step in serves if not any(map(known_roles_of, step.names))]
    called = {id(step) for step in named if any(arm.kind == "callback" for arm in step.arms)}
    launchers = {id(step.node) for step in steps if callbacks.runner(step.name)}
    inner = {
        id(step)
        for step in steps
        if launchers and step.role in DECIDES
        if any(arm.kind == "callback" and id(arm.node) in launchers for arm in step.arms)
    }
    return without_roles(steps, inner | (called if len(named) < len(serves) else set()))


def _serves_beside(step: Step) -> bool:
    """Tell whether a step serves in a thread or task."""
    return step.role is Role.SERVE and step.is_detached


def _stays(step: Step) -> bool:
    """Tell whether the main thread is in an endless loop, or waits for a thread or a task.

    Who puts something away waits for its end alone.
    """
    if step.is_detached:
        return False
    if isinstance(step, Loop):
        return step.is_endless
    return joins(step) and not any(map(PUTS_AWAY.search, step.chain[1:]))


def _only_waits(step: Step) -> bool:
    """Tell whether the main thread does nothing in a step any more but wait."""
    if not isinstance(step, Loop) or step.is_detached:
        return False
    return step.is_endless and only_waits(step.node)


def without_stopped(steps: tuple[Step, ...]) -> tuple[Step, ...]:
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
        if isinstance(step, Call) and step.name.rpartition(".")[2] in _BY_LOOP
        for argument in step.arguments
        for name in argument.names
        if name in loops and _is_stopped_soon(steps, step, loops[name])
    }
    turns = [
        step
        for step in steps
        if step.role is Role.SERVE and not step.is_detached
        if language.EVENT_LOOP.search(step.name)
    ]
    again = {id(step.node) for step in turns if comes_again(steps, step)}
    ended |= {id(step) for step in turns if id(step.node) in again}
    return without_roles(steps, ended)


def without_limited(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps, of which none serves or is endless that is told when to end by itself.

    ``worker.work(burst=True)``; a loop over ``KafkaConsumer(consumer_timeout_ms=1000)``.
    """
    limited = [step for step in steps if isinstance(step, Call) and _is_limited(step)]
    if not limited:
        return steps
    return tuple(_limited(step, limited) for step in steps)


def _limited(step: Step, limited: list[Call]) -> Step:
    """Return a step, as one that ends where one of some calls tells it when."""
    if isinstance(step, Loop):
        is_for = isinstance(step.node, ast.For | ast.AsyncFor)
        if step.is_endless and is_for and any(one.leads_to(step) for one in limited):
            return replace(step, is_endless=False)
    elif step.role is Role.SERVE:
        if any(one is step or step.name.startswith(f"{one.name}().") for one in limited):
            return replace(step, role=None)
    return step


def _is_limited(call: Call) -> bool:
    """Tell whether a call is surely given a keyword with which what serves ends by itself."""
    given = [one for one in call.arguments if one.keyword is not None]
    if not given or call.is_imported:
        return False
    limits = {limit for name in call.names for limit in limits_of(name)}
    return any(
        one.keyword in limits and (one.is_callable or (one.literal is not ... and one.literal))
        for one in given
    )


def _is_stopped_soon(steps: tuple[Step, ...], stop: Call, serve: Step) -> bool:
    """Tell whether a loop is surely told to stop, before it runs or when a thread has worked.

    A thread that waits may do so for the end of the service.
    """
    before = [*itertools.takewhile(lambda one: one is not stop, steps)]
    if not stop.is_detached:
        return stop.leads_to(serve) and all(one is not serve for one in before)
    if not (stop.leads_to(serve) or _is_sure(stop, serve)):
        return False
    return not any(one.is_detached and may_wait(one, of_unknown=False) for one in before)


def without_tools(steps: tuple[Step, ...], complete: bool) -> tuple[Step, ...]:
    """Return the steps, without the role of loops that a tool runs: to talk, or to do one thing.

    ``task.react`` ends with the function that it is given.
    """
    talks = [one for one in steps if isinstance(one, Call) and _TALKS.search(one.name)]
    tools = {
        id(step)
        for index, step in enumerate(steps)
        if step.role in (Role.SERVE, Role.START) and isinstance(step, Call)
        if (step.name.endswith(_RUNS_LOOP[1]) and any(one.leads_to(step) for one in talks))
        or (complete and step.name == _REACT and _ends(steps, index))
    }
    return without_roles(steps, tools)


def without_tries(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps, of which none serves that a function runs to test something.

    Nor does the loop of a function that talks to a person or shows how something is used, or what
    waits there for an answer to a login.
    """
    return without_roles(steps, {id(step) for step in steps if _is_aside(step)})


def _is_aside(step: Step) -> bool:
    """Tell whether what serves stands in a function that does not say that it serves."""
    if step.role is not Role.SERVE:
        return False
    names = [function.rpartition(".")[2] for function in step.chain]
    if any(map(_TRIES.match, names[1:])):
        return True
    if isinstance(step, Loop):
        return any(map(_ASKS.search, step.chain[1:])) or any(map(_DEMONSTRATES.match, names[1:]))
    return any(map(_LOCAL.match, step.names)) and any(map(_logs_in, names))


def _logs_in(function: str) -> bool:
    """Tell whether a function has a person log in, as its name tells."""
    words = function.lower().removesuffix("_flow").removesuffix("_user")
    return words.rpartition("_")[2] in _LOGS_IN or words.endswith("log_in")


def without_screens(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps, of which none serves beside what shows a screen to a person.

    What goes on there is for that person, and ends when the window is closed; but where the main
    thread runs a server that is known, it has the window for another use.
    """
    serves = [step for step in steps if step.role is Role.SERVE]
    if not serves:
        return steps
    screens = [
        step
        for step in steps
        if isinstance(step, Call) and not step.is_detached and any(map(shows_screen, step.names))
    ]
    if not screens:
        return steps
    nodes = {id(screen.node) for screen in screens}
    likely = [
        step
        for step in serves
        if step.is_detached
        or any(id(arm.node) in nodes for arm in step.arms)  # what has the screen runs it
        or not any(_SERVERS.intersection(known_roles_of(name)) for name in step.names)
    ]
    # one that may be left out is no reason why the program runs
    shown = {id(one) for one in likely if any(_shows(screen, one) for screen in screens)}
    return without_roles(steps, shown)


def _shows(screen: Step, serve: Step) -> bool:
    """Tell whether a screen is surely shown before something serves, or in its rounds."""
    if screen.leads_to(serve):
        return True
    return not screen.conditional and screen.is_in_rounds_of(serve)


def without_roles(steps: tuple[Step, ...], some: set[int]) -> tuple[Step, ...]:
    """Return the steps, of which some have no role; the same steps where there are none."""
    if not some:
        return steps
    return tuple(replace(step, role=None) if id(step) in some else step for step in steps)


def _ends(steps: tuple[Step, ...], index: int) -> bool:
    """Tell whether a function that a call is given ends: it neither serves, listens nor loops."""
    call = steps[index].node
    within = [one for one in steps[index:] if any(arm.node is call for arm in one.arms)]
    return bool(within) and not any(
        isinstance(one, Loop)
        or one.role in DECIDES
        or _LISTENS.search(one.name)
        or (isinstance(one, Call) and not one.seen and may_start(one.name))
        for one in within
    )


def _is_sure(stop: Step, serve: Step) -> bool:
    """Tell whether a loop is surely stopped, once what was handed to it has run."""
    arms = [arm for arm in stop.arms if arm not in serve.arms]
    kinds = {arm.kind for arm in arms}
    return "callback" in kinds and kinds <= {"callback", "try"}

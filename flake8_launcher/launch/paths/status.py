"""With which status a process ends, after a handler or after a call whose result says it.

Nothing is said where the process may as well end otherwise, or goes on.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_launcher.knowledge import (
    Role,
    canonical,
    configuration,
    connections,
    exceptions,
    language,
    may_start,
    raises,
    root_of,
)
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.endings import ending_of
from flake8_launcher.knowledge.shown import shows
from flake8_launcher.launch.beginnings.entries import MAIN_BLOCK, MODULE_LEVEL
from flake8_launcher.launch.model import (
    DECIDES,
    ROUNDS,
    Argument,
    Await,
    Call,
    Catch,
    Handler,
    LaunchPath,
    Loop,
    Raise,
    Return,
    Step,
    Store,
    exclude,
)
from flake8_launcher.launch.paths import answers, handling, leaving
from flake8_launcher.launch.paths.endings import (
    detached,
    detached_loops,
    ending,
    handed_on,
    is_joined,
)
from flake8_launcher.launch.questions import origins
from flake8_launcher.semantic.running.events import Arm, CallSite
from flake8_launcher.semantic.values import are_texts

_STARTS = (Role.SERVE, Role.START, Role.CREATE, Role.WAIT)
_BINDS = (Role.SERVE, Role.START)
_WRITES = deferred(r"(?:^|[._])(?:copy\w*|create\w*|dump|generate\w*|make\w*|save\w*|write\w*)$")
"""Names of what writes a file, or is called like it."""
_MAIN = deferred(r"(?!\w*\W)(?:\w*_)?main(?:_\w+)?|cli")
"""Entry functions that nothing but the start of a process calls, even if nothing declares them."""
_ENDS_PROCESS = ("os.exec", "os.kill")
"""What ends the process by a signal, or has another program take its place."""

_NOTHING = Argument(None, None, None, ())


def status_of(value: Argument | None) -> int | None:
    """Return the status of a process that exits with a value, or none where it is not known."""
    literal = value.literal if value is not None else None
    if literal is None or isinstance(literal, int):
        return int(literal or 0) % 256
    is_object = literal is not ... or (value is not None and are_texts(value.values))
    return 1 if is_object else None  # which is printed


def exit_of(step: Step) -> Argument | None:
    """Return what a step exits with, or none where it is no exit."""
    if isinstance(step, Raise):
        return step.status if step.name == "SystemExit" else None
    if not isinstance(step, Call) or step.name not in language.ENDS_PROCESS:
        return None
    if step.name == "os.abort":
        return Argument(None, None, 134, ())
    return step.argument(0, "status") or _NOTHING


def fails(step: Step) -> bool:
    """Tell whether a step raises, or ends the process with another status than 0."""
    value = exit_of(step)
    return isinstance(step, Raise) if value is None else status_of(value) != 0


def handlers(path: LaunchPath) -> Iterator[Catch]:
    """Yield the handlers of a launch path, without those that run in an import."""
    return (step for _, step in handling.handlers(path) if not step.is_imported)


def reaching(
    path: LaunchPath, step: Catch, types: frozenset[str] = exceptions.BROAD
) -> Iterator[Step]:
    """Yield the steps whose failures reach a handler, if it catches them.

    :param step: the handler's.
    :param types: what a handler in between has to catch to keep them.
    """
    guard = step.handler.guard
    hears_exit = not exceptions.CATCHES_EXIT.isdisjoint(step.handler.foreign)
    hears_tasks = not any(map(_collects, path.under(guard)))
    for guarded in path.under(guard):
        if guarded.is_detached and not hears_tasks:
            continue
        inner = guarded.guards[guarded.guards.index(guard) + 1 :]
        between = (path.handlers.get(one) for one in inner if types.intersection(one.foreign))
        if all(one is not None and _passes_on(one, hears_exit) for one in between):
            yield guarded


def _collects(step: Step) -> bool:
    """Tell whether a call waits for tasks, and returns their failures among the results."""
    known = ending(step) if step.name == "asyncio.gather" else None
    return known is not None and known.status == "returned"


def is_first(path: LaunchPath, step: Catch, *types: str) -> bool:
    """Tell whether no handler before another, of the same ``try``, catches one of some types.

    :param step: the handler's.
    """
    for other in path.handling(step.handler.guard):
        if other is step:
            return True
        if any(name in types for name in other.handler.foreign):
            return False
    return True


def dropped_with(path: LaunchPath, step: Call) -> Call | None:
    """Return the call whose result is dropped, and a step's result with it.

    :returns: the step itself, or the call of a function that returns its result, or hands it up
        in turn; none where something uses it.
    """
    call: Call | None = step
    level = len(step.chain)
    while call is not None and call.use != "dropped":
        if call.use in language.RUNS_COROUTINES:
            call = _runner(path, call)
            continue
        if call.use != "returned" or level < 2 or _is_called_back(step, level):
            return None
        level -= 1
        call = _call_of(path, step, level)
    return call


def _call_of(path: LaunchPath, step: Step, level: int) -> Call | None:
    """Return the call of the function at a level of a step's chain."""
    found: Call | None = None
    for one in path.calls:
        if one is step:
            break
        if one.chain == step.chain[:level] and step.chain[level] in one.names:
            found = one
    return found


def _runner(path: LaunchPath, call: Call) -> Call | None:
    """Return the call that runs the coroutine which another call makes."""
    if call.taker is not None:
        return next((one for one in path.calls if one.node is call.taker), None)
    later = path.calls[path.calls.index(call) + 1 :]
    same = (one for one in later if one.chain == call.chain and one.name == call.use)
    return next(same, None)


def swallowed(path: LaunchPath, step: Catch) -> Step | None:
    """Return the step whose failed start a handler catches, if there is one.

    :param step: the handler's.
    """
    handler = step.handler
    if not is_first(path, step, *exceptions.BROAD):
        return None
    broad = not exceptions.BROAD.isdisjoint(handler.foreign)
    binds = not exceptions.FAILS_TO_SERVE.isdisjoint(handler.foreign)
    served = False
    found: dict[Role, Step] = {}
    exposed = set(map(id, reaching(path, step)))
    if not exposed:
        return None
    for one in path.before(step, Role.LOAD, *_STARTS):
        if id(one) not in exposed:
            served = served or (one.role is Role.SERVE and not found)
        elif one.role is Role.LOAD:
            is_for_it = broad or _is_made_for(handler, one) or _is_for_file(path, step, one)
            if is_for_it and _is_launched(path, one):
                found.setdefault(one.role, one)
        elif one.role in _STARTS and (
            broad or (binds and _may_bind(one)) or _fails_of(path, step, one, exposed)
        ):
            if _may_raise(one):
                found.setdefault(one.role, one)
    if broad and (joined := _joined(path, step, exposed)) is not None:
        found.setdefault(Role.SERVE, joined)
    if served and Role.SERVE not in found and Role.START not in found:
        return None  # it is there for what comes after serving
    return next((found[role] for role in (*_STARTS, Role.LOAD) if role in found), None)


def _joined(path: LaunchPath, step: Catch, exposed: set[int]) -> Step | None:
    """Return what serves in a task that is waited for where its failure reaches a handler.

    :param step: the handler's.
    :param exposed: the steps whose failures reach it.
    """
    waits = [one for one in path.under(step.handler.guard) if id(one) in exposed]
    waits = [one for one in waits if isinstance(one, Await) or _raises_again(one)]
    if not waits:
        return None
    tasks = (*detached(path.steps), *detached_loops(path.steps))
    own = (one for one in tasks if step.handler.guard not in one.serve.guards)
    return next(
        (one.serve for one in own if any(is_joined(path.steps, wait, one) for wait in waits)), None
    )


def _raises_again(step: Step) -> bool:
    """Tell whether a call waits for what it is given, and raises what that has raised."""
    known = ending(step)
    return known is not None and bool(known.blocks) and known.status == "raises"


def kept_from_serving(path: LaunchPath, step: Catch) -> Step | None:
    """Return the call whose failure a handler catches, in front of what serves, if there is one.

    Nothing is said of a way that does not always lead there.

    :param step: the handler's.
    """
    if not is_first(path, step, *exceptions.BROAD) or caught_exit(path, step) is not None:
        return None
    is_named = exceptions.BROAD.isdisjoint(step.handler.foreign)
    found = (first_call(path, step, is_named), _first_raise(path, step))
    places = [path.steps.index(one) for one in found if one is not None]
    if not places:
        return None
    work = path.steps[min(places)]
    arms = {arm for arm in step.arms[:-1] if arm.kind != "try"}
    guard = step.handler.guard
    exposed = set(map(id, reaching(path, step)))
    serves = False
    for one in path.steps[min(places) + 1 :]:
        if one.role is not Role.SERVE or not arms <= set(one.arms):
            continue
        if guard in one.guards and id(one) not in exposed:
            return None  # a handler inside decides
        after_all = not one.is_detached and any(arm.fork is guard for arm in one.arms)
        serves = serves or guard in one.guards or after_all or not exclude(step, one)
    return work if serves else None


def first_call(path: LaunchPath, step: Catch, is_named: bool = False) -> Call | None:
    """Return the first call of a handler's own function whose failure it is there for.

    :param step: the handler's.
    :param is_named: whether it has to name the failures of that call's library.
    """
    found: Call | None = None
    for one in reaching(path, step):
        if not isinstance(one, Call) or shows(one.name):
            continue
        if one.chain == step.chain:
            found = one
        if found is not None and not one.seen and _is_work(one):
            if not is_named or _is_failure_of(step.handler, one) or _is_refused(step, one):
                return found
    return None


def _is_refused(step: Catch, call: Call) -> bool:
    """Tell whether a handler is for a call that cannot connect, which it tells by ``OSError``."""
    is_caught = not exceptions.FAILS_TO_CONNECT.isdisjoint(step.handler.foreign)
    return is_caught and any(map(connections.raises_os_error, call.names))


def _first_raise(path: LaunchPath, step: Catch) -> Raise | None:
    """Return the first failure that the project itself raises, and that a handler is there for.

    What something else calls back, a parser of arguments for one, may well catch it.

    :param step: the handler's.
    """
    guard = step.handler.guard
    for one in path.under(guard):
        if not isinstance(one, Raise) or one.is_detached or not _is_told_by(one, step):
            continue
        inner = one.guards[one.guards.index(guard) + 1 :]
        arms = (arm for arm in one.arms if arm not in step.arms)
        if any(arm.kind in ("callback", "command") for arm in arms):
            continue
        if not any(_is_told_by(one, other) for each in inner for other in path.handling(each)):
            return one
    return None


def _is_told_by(step: Raise, handler: Catch) -> bool:
    """Tell whether a handler catches what is raised, which stands for a failure."""
    if not step.types or not exceptions.is_failure(step.types[0]):
        return False
    types = frozenset().union(*map(raises.ancestors, step.types)) | exceptions.BROAD
    return any((raises.type_of(name) or name) in types for name in handler.handler.named)


def _is_work(step: Call) -> bool:
    """Tell whether a call of something that is not read may well fail."""
    if step.name in language.ENDS_PROCESS | language.RUNS_COROUTINES:
        return False
    if step.name.startswith("os.path."):
        return False
    return _may_raise(step)


def caught_exit(path: LaunchPath, step: Catch) -> tuple[Step, int] | None:
    """Return a step that exits with a status other than 0, which a handler catches, and that.

    :param step: the handler's.
    """
    if exceptions.CATCHES_EXIT.isdisjoint(step.handler.foreign):
        return None
    if not is_first(path, step, *exceptions.CATCHES_EXIT):
        return None
    for one in reaching(path, step, exceptions.CATCHES_EXIT):
        usage = raises.USAGE_STATUS.get(one.name.rpartition(".")[2])
        if usage and raises.raised_by(one.name) == ("SystemExit",):
            return one, usage
        ending = ending_of(one.name)
        if ending is not None and ending.status == "exits" and ending.code:
            return one, ending.code
        value = exit_of(one)
        status = status_of(value) if value is not None else None
        if status:
            return one, status
    return None


def _may_bind(step: Step) -> bool:
    """Tell whether a step may be one that cannot have its port: it serves, or binds when made."""
    raised = map(raises.raised_by, step.names)
    return step.role in _BINDS or any("OSError" in types for types in raised)


def _is_launched(path: LaunchPath, load: Step) -> bool:
    """Tell whether what a step loads is for the service, and not for another command."""
    if isinstance(load, Call) and load.seen:
        return False
    return any(not exclude(load, one) for one in path.after(load, *DECIDES))


def _is_made_for(handler: Handler, load: Step) -> bool:
    """Tell whether a handler catches what a step raises that loads the configuration."""
    raised = raises.raised_by(load.name)
    roots = {root_of(canonical(load.name)), *map(root_of, raised)}
    own = frozenset().union(*(raises.ancestors(one) for one in raised if "." in one))
    if not (own - exceptions.BROAD).isdisjoint(handler.foreign):
        return True  # ``ValueError`` for what is no JSON
    return any(
        raises.type_of(name) and root_of(canonical(name)) in roots for name in handler.foreign
    )


def _is_for_file(path: LaunchPath, step: Catch, load: Step) -> bool:
    """Tell whether a handler is there for a configuration file that is missing, or no such file.

    One that writes that file for whoever started the program ends it in order.

    :param step: the handler's.
    """
    if exceptions.OF_FILES.isdisjoint(step.handler.foreign) or not isinstance(load, Call):
        return False
    if not (configuration.opens(load.name) or any(map(origins.is_opened, load.arguments[:1]))):
        return False
    taken = path.caught(step.handler.guard)
    return not any(isinstance(one, Call) and _WRITES.search(one.name) for one in taken)


def _is_failure_of(handler: Handler, step: Step) -> bool:
    """Tell whether a handler catches what the library of a step raises when something fails."""
    root = root_of(canonical(step.name))
    return any(
        root_of(canonical(name)) == root and exceptions.is_failure(name)
        for name in handler.foreign
        if "." in name
    )


def _fails_of(path: LaunchPath, step: Catch, serve: Step, exposed: set[int]) -> bool:
    """Tell whether a handler catches what the library of a step raises when something fails.

    For a loop or a function of the project, it is the libraries of what it calls.

    :param step: the handler's.
    :param exposed: the steps whose failures reach it.
    """
    if not any("." in name and exceptions.is_failure(name) for name in step.handler.foreign):
        return False
    if _is_failure_of(step.handler, serve):
        return True
    if not isinstance(serve, Loop) and not (isinstance(serve, Call) and serve.seen):
        return False
    calls = (one for one in path.under(step.handler.guard) if isinstance(one, Call))
    return any(
        _is_failure_of(step.handler, one)
        for one in calls
        if id(one) in exposed and not one.seen and one.use != "raised"
    )


def _may_raise(step: Step) -> bool:
    """Tell whether a step that fails tells its caller by an exception."""
    ending = ending_of(step.name)
    return ending is None or ending.status in ("raises", None)


def status_after(path: LaunchPath, step: Step) -> int | None:
    """Return the status with which the process ends after a step.

    :param step: a handler, which has caught something; or a call that has returned, and whose
        result is dropped.
    :returns: none where it may end in several ways, or goes on.
    """
    at = path.steps.index(step)
    if not isinstance(step, Catch):
        called = {id(one) for one in (*path.inside(step), *handed_on(path.steps, at))}
        while at + 1 < len(path.steps) and id(path.steps[at + 1]) in called:
            at += 1
        return _after(path, at, len(step.chain), step)
    if any(one.mishap.raises for one in step.handler.blunders):
        return None  # it fails itself
    own = [one for one in path.steps[:at] if step.arms and step.arms[-1] in one.arms]
    if any(one.role in DECIDES or _is_raise(one) or _keeps_status(one) for one in own):
        return None
    status = status_of(step.handler.status)
    exits = [exit_of(one) for one in own]
    if any(value is not None and status_of(value) != status for value in exits):
        return None
    match step.handler.how:
        case _ if _is_forked(path, at):
            return None
        case "exit":
            return _exited(step, status)
        case "return" if not step.handler.may_end and _is_only(own, step):
            return _returned(path, at, len(step.chain), step, step.handler.status)
        case "break" if not step.handler.may_end:
            return _after_loop(path, at, step)
        case "continue" | "loop" if not step.handler.may_end:
            if not any(isinstance(one, Return) and one.chain == step.chain for one in own):
                return _after(path, at, len(step.chain), step)
    return None


def _keeps_status(step: Step) -> bool:
    """Tell whether a step keeps the status of an exit, for what ends the process later."""
    return isinstance(step, Store) and any(one.endswith(".code") for one in step.value.names)


def _after_loop(path: LaunchPath, at: int, step: Catch) -> int | None:
    """Return the status after what comes behind the loop that a handler leaves."""
    loop = leaving.rounds(step)[-1]
    for place, one in enumerate(path.steps[at:], at):
        if loop in one.arms or one.node is loop.node:
            at = place
    return _after(path, at, len(step.chain), step, left=loop)


def _after(
    path: LaunchPath,
    at: int,
    level: int,
    origin: Step,
    way: Arm | None = None,
    left: Arm | None = None,
) -> int | None:
    """Return the status after what comes next in the function at a level of the chain.

    :param way: the way that is taken of a fork which asks what the step has led to.
    :param left: the rounds of a loop that has been left.
    """
    rounds = (arm for arm in origin.arms if arm.kind in ROUNDS and arm is not left)
    if not all(arm.depth != level - 1 or _is_bounded(arm) for arm in rounds):
        return None
    for step in path.steps[at + 1 :]:
        if level > 1 and step.chain[:level] != origin.chain[:level]:
            break  # at the top level, the entry function comes next
        forks = {arm.fork: arm.number for arm in step.arms}
        if exclude(origin, step) or (way and forks.get(way.fork, way.number) != way.number):
            continue
        arms = (arm for arm in step.arms if not (way and arm.fork is way.fork))
        certain = all(arm in origin.arms or arm.kind == "try" for arm in arms)
        if _may_go_on(step, origin) and not _fails_again(step, level):
            return None
        value = exit_of(step)
        if value is not None:
            if certain:
                return _exited(step, status_of(value))
            if status_of(value) != 0:
                return None
        elif isinstance(step, Return) and len(step.chain) == level:
            if certain:
                return _returned(path, at, level, origin, step.value)
            if status_of(step.value) != 0:
                return None
    return _returned(path, at, level, origin, _NOTHING)


def _is_bounded(arm: Arm) -> bool:
    """Tell whether a loop only tries something for some times, and goes on then."""
    match arm.node:
        case ast.For(iter=ast.Call(func=ast.Name(id="range")), orelse=[]):
            return True
    return False


def _is_forked(path: LaunchPath, at: int) -> bool:
    """Tell whether a handler may belong to a child: its function, or a caller, has forked."""
    chain = path.steps[at].chain
    forks = (one for one in path.steps[:at] if one.name == "os.fork")
    return any(one.chain == chain[: len(one.chain)] for one in forks)


def _fails_again(step: Step, level: int) -> bool:
    """Tell whether something is raised only where what puts things in order has failed, too."""
    is_inner = isinstance(step, Raise) and len(step.chain) > level
    return is_inner and any(arm.kind == "except" for arm in step.arms if arm.depth >= level)


def _may_go_on(step: Step, origin: Step) -> bool:
    """Tell whether a step that comes later serves, fails, or does what is not known."""
    if step.role in DECIDES or isinstance(step, Loop) or _is_raise(step):
        return True
    if any(arm.kind == "endless" and arm not in origin.arms for arm in step.arms):
        return True
    if not isinstance(step, Call) or step.seen:
        return False
    method = step.name.rpartition(".")[2]
    if step.name in language.ENDS_PROCESS:
        return False
    if may_start(step.name):
        return True
    return step.name.startswith(_ENDS_PROCESS) or language.ENDS.search(method) is not None


def _returned(
    path: LaunchPath, at: int, level: int, origin: Step, value: Argument | None
) -> int | None:
    """Return the status after the function at a level of the chain has returned a value."""
    status = status_of(value)
    if level == 1:
        if path.declared or path.entry in (MAIN_BLOCK, MODULE_LEVEL):
            return status
        is_main = path.is_command or _MAIN.fullmatch(path.entry) is not None
        return 0 if status == 0 and is_main else None
    if _is_called_back(origin, level):
        return None
    use = _use(path, origin.sites[level - 2])
    if use in language.ENDS_PROCESS or use == "SystemExit":
        return _exited(origin, status)
    if use == "returned":
        return _returned(path, at, level - 1, origin, value)
    while at + 1 < len(path.steps) and path.steps[at + 1].chain[:level] == origin.chain[:level]:
        at += 1
    if use == "dropped" or use in language.RUNS_COROUTINES:
        return _after(path, at, level - 1, origin) if status == 0 else None
    if value is None or value.literal is ...:
        return None
    site = origin.sites[level - 2]
    way = answers.way_taken(path.steps[at + 1 :], site, level - 2, value.literal)
    return _after(path, at, level - 1, origin, way) if way is not None else None


def _use(path: LaunchPath, site: CallSite) -> str:
    """Return what becomes of the result of a call: of a coroutine, by way of what runs it."""
    if site.taker is None or site.use not in language.RUNS_COROUTINES:
        return site.use
    runner = next((call for call in path.calls if call.node is site.taker), None)
    return site.use if runner is None else runner.use


def _is_called_back(step: Step, level: int) -> bool:
    """Tell whether the function at a level of the chain is called by something not read."""
    return any(arm.kind == "callback" and arm.depth == level - 2 for arm in step.arms)


def _exited(step: Step, status: int | None) -> int | None:
    """Return a status, unless something around the exit may catch it."""
    caught = any(exceptions.CATCHES_EXIT.intersection(guard.catches) for guard in step.guards)
    return None if caught else status


def _is_only(own: list[Step], step: Catch) -> bool:
    """Tell whether a handler returns nothing else than at its end."""
    status = status_of(step.handler.status)
    returns = (one for one in own if isinstance(one, Return) and one.chain == step.chain)
    return all(status_of(one.value) == status for one in returns)


def _is_raise(step: Step) -> bool:
    return isinstance(step, Raise) and exit_of(step) is None


def _passes_on(step: Catch, to_exit: bool) -> bool:
    """Tell whether a handler hands a failure to one further out.

    :param to_exit: whether that one hears of an exit as well.
    """
    if step.handler.how == "exit":
        return to_exit
    return step.handler.how == "raise" or step.handler.may_end

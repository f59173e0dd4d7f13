"""Threads and tasks that work beside a main thread that serves, and what ends them."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Iterator

from flake8_launcher.knowledge import Role, callbacks, canonical, exceptions
from flake8_launcher.knowledge.watching import (
    ENDS_ALL,
    JOBS,
    LOOKS_AFTER,
    RUNS_JOBS,
    TELLS_STATE,
)
from flake8_launcher.launch.around.project_modules import ProjectModules
from flake8_launcher.launch.model import Call, LaunchPath, Loop, Step
from flake8_launcher.launch.paths import handling
from flake8_launcher.launch.paths.endings import (
    THREADS,
    Detached,
    detached,
    detached_loops,
    ending,
    is_task,
    makes_thread,
)
from flake8_launcher.launch.paths.status import exit_of, status_of
from flake8_launcher.launch.questions import failing, watching
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.values import Function, Method

_STARTS = "_thread.start_new_thread"
_CHOSEN = ("branch", "candidate", "loop", "run", "try")
"""Ways on which a thread is started for the service that is asked for."""


def lost_workers(
    path: LaunchPath, project: ProjectModules, module: str
) -> Iterator[tuple[Detached, Step]]:
    """Yield what works in threads and tasks that nobody looks after, each with what may end it.

    That is a loop in which another service or a device is asked, a call that works on what comes
    from another service, or one that connects to it first. Only where the main thread serves as
    well, so that the process goes on.

    :param module: the launcher's.
    """
    found = [*detached_loops(path.steps)], [*detached(path.steps)]
    if not any(found):
        return
    at_start = {id(call.node) for call in path.calls if callbacks.waits_for_start(call.name)}
    loops, servers = ([one for one in several if _is_worker(one, at_start)] for several in found)
    consumers = [one for one in servers if _consumes(one.serve) or _connecting(one)]
    bound = [(one, step) for one in (*servers, *loops) if (step := _bound(one)) is not None]
    workers = [*loops, *consumers, *(one for one, _ in bound)]
    if not workers or any(map(watching.hears, path.steps)):
        return
    away = {id(step) for one in workers for step in (one.call, *one.inside)}
    main = [step for step in path.steps if id(step) not in away and serves(step)]
    if not main:
        return
    jobs = _may_fail(path)
    failed = failing.failing_functions(path)
    ended = [(one, _ending(one, jobs, failed)) for one in (*loops, *consumers)]
    if all(isinstance(step, Loop) for step in main):
        ended += bound  # nothing else answers anybody
    search = functools.cache(LOOKS_AFTER.search)  # most of them are of the same modules
    for one, end in ended:
        if end is None or any(ENDS_ALL.search(step.name) for step in one.inside):
            continue
        after = path.steps[path.steps.index(one.call) + 1 :]
        if not watching.is_lost(path, one, after) or watching.is_watched_inside(path, one):
            continue
        if not looks_after(one, project, module, search):
            yield one, end


def _ending(one: Detached, jobs: bool, failed: frozenset[str]) -> Step | None:
    """Return the first step that may end a worker with a failure.

    :param jobs: whether one of the scheduled jobs may fail.
    :param failed: the functions that may, where a call of them has steps of its own.
    """
    if not isinstance(one.serve, Loop):
        return _connecting(one) or one.serve
    ends = (step for step in one.inside if _exits(one, step) or _may_end(one, step, jobs))
    return next(ends, None) or _connecting(one) or next(_failing_again(one, failed), None)


def _failing_again(one: Detached, failed: frozenset[str]) -> Iterator[Step]:
    """Yield the calls of functions that may fail, and whose steps do not stand there again."""
    followed = {step.chain for step in one.inside}
    for step in one.inside:
        if isinstance(step, Call) and step.seen and step.name in failed:
            if step.is_in_rounds_of(one.serve) and _is_open(one, step):
                if (*step.chain, step.name) not in followed:
                    yield step


def looks_after(
    one: Detached,
    project: ProjectModules,
    module: str,
    search: Callable[[str], object] = LOOKS_AFTER.search,
) -> bool:
    """Tell whether a module on the way to a thread has words of what looks after threads.

    :param module: the launcher's.
    :param search: finds the words in a text.
    """
    names = (module, *one.call.chain, *one.serve.chain)
    return any(map(search, project.texts_around(names)))


def _is_worker(one: Detached, at_start: set[int]) -> bool:
    """Tell whether something runs in a thread or task that the launch itself begins.

    :param at_start: the nodes, as ids, of what has an application run a function when it starts.
    """
    by = canonical(one.taker).removesuffix("().start")
    if one.call.is_imported or not (by in THREADS or by == _STARTS or is_task(one.call)):
        return False
    return all(arm.kind in _CHOSEN or id(arm.node) in at_start for arm in one.call.arms)


def _connecting(one: Detached) -> Step | None:
    """Return the call before a worker's service that connects, outside of handlers of its own."""
    for step in one.inside:
        if step is one.serve:
            return None
        if handling.connects(step) and failing.is_open(step, one.call.guards):
            return step
    return None


def _consumes(step: Step) -> bool:
    """Tell whether a call works on what comes from another service, and raises what fails there.

    One that binds a port is not meant: whoever asks it notices that it is not there.
    """
    known = ending(step)
    if known is None or known.binds or known.respawns:
        return False
    return known.blocks is True and known.status == "raises"


def _bound(one: Detached) -> Step | None:
    """Return the step by which a thread binds the port where others reach the service.

    One that only tells how the process does is not meant.
    """
    if any(map(TELLS_STATE.search, (one.serve.name, *one.serve.chain))):
        return None
    bound = (step for step in one.inside if handling.binds(step) and not step.is_imported)
    return next((step for step in bound if _is_open(one, step)), None)


def serves(step: Step) -> bool:
    """Tell whether the main thread serves others in a step, or works in a loop of its own."""
    if step.is_detached or step.role is not Role.SERVE:
        return False
    return isinstance(step, Call | Loop)


def _may_fail(path: LaunchPath) -> bool:
    """Tell whether a job that a loop runs may fail: it has a call outside of handlers."""
    jobs = (
        value
        for step in path.calls
        if JOBS.search(step.name)
        for argument in step.arguments[:1]
        for value in argument.values
    )
    functions = (job.function if isinstance(job, Method) else job for job in jobs)
    nodes = {id(one.node): one.node for one in functions if isinstance(one, Function)}
    return any(
        not all(map(_is_careful, node.body))
        for node in nodes.values()
        if not isinstance(node, ast.Lambda)
    )


def _is_careful(statement: ast.stmt) -> bool:
    """Tell whether a statement handles failures, or does nothing that may fail."""
    if isinstance(statement, syntax.TRY):
        return bool(statement.handlers)
    return not any(isinstance(part, ast.Call) for part in ast.walk(statement))


def _exits(one: Detached, step: Step) -> bool:
    """Tell whether a step is to end the process with a failure, and ends its thread alone."""
    status = exit_of(step)
    if status is None or not status_of(status) or not makes_thread(one.call):
        return False
    own = (guard for guard in step.guards if guard not in one.call.guards)
    return not any(exceptions.CATCHES_EXIT.intersection(guard.catches) for guard in own)


def _may_end(one: Detached, step: Step, jobs: bool) -> bool:
    """Tell whether a step in a loop's rounds fails at times, and no handler keeps the loop.

    :param jobs: whether one of the scheduled jobs may fail.
    """
    if _gives_rounds(step, one.serve):
        return failing.is_of_other_side(step) and _is_open(one, step)
    if not step.is_in_rounds_of(one.serve):
        return False
    runs_jobs = jobs and RUNS_JOBS.search(canonical(step.name))
    return bool(runs_jobs or failing.fails_at_times(step)) and _is_open(one, step)


def _gives_rounds(step: Step, loop: Step) -> bool:
    """Tell whether a loop goes through what comes from something that is awaited."""
    return isinstance(loop.node, ast.AsyncFor) and step.node in (loop.node, loop.node.iter)


def _is_open(one: Detached, step: Step) -> bool:
    """Tell whether no handler in a loop's rounds keeps the loop from the failure of a step."""
    around = one.serve if isinstance(one.serve, Loop) else one.call
    return failing.is_open(step, around.guards)

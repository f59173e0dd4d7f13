"""Threads and tasks that work beside a main thread that serves, and what ends them."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Iterator

from flake8_launcher.knowledge import Role, canonical, root_of
from flake8_launcher.knowledge.watching import (
    ENDS_ALL,
    FAILING_CALLS,
    FAILS_AT_TIMES,
    JOBS,
    LOOKS_AFTER,
    MAKES_CALLS,
    RUNS_JOBS,
)
from flake8_launcher.launch.around.project_modules import ProjectModules
from flake8_launcher.launch.model import Call, LaunchPath, Loop, Step
from flake8_launcher.launch.paths.endings import (
    THREADS,
    Detached,
    detached,
    detached_loops,
    ending,
    is_task,
)
from flake8_launcher.launch.questions import watching
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.values import Function, Method

_STARTS = "_thread.start_new_thread"
_ENDS = frozenset({"KeyboardInterrupt", "SystemExit"})
"""What a handler may catch that is no failure."""
_CHOSEN = ("branch", "candidate", "loop", "run", "try")
"""Ways on which a thread is started for the service that is asked for."""


def lost_workers(
    path: LaunchPath, project: ProjectModules, module: str
) -> Iterator[tuple[Detached, Call]]:
    """Yield what works in threads and tasks that nobody looks after, each with what may end it.

    That is a loop in which another service or a device is asked, or a call that works on what
    comes from another service. Only where the main thread serves as well, so that the process goes
    on.

    :param module: the launcher's.
    """
    workers = [one for one in detached_loops(path.steps) if _is_worker(one)]
    workers += [one for one in detached(path.steps) if _consumes(one.serve) and _is_worker(one)]
    if not workers or any(map(watching.hears, path.steps)):
        return
    away = {id(step) for one in workers for step in (one.call, *one.inside)}
    if not any(_serves(step) for step in path.steps if id(step) not in away):
        return
    search = functools.cache(LOOKS_AFTER.search)  # most of them are of the same modules
    jobs = _may_fail(path)
    for one in workers:
        may_fail = one.inside if isinstance(one.serve, Loop) else ()
        failing = next((step for step in may_fail if _may_end(one, step, jobs)), one.serve)
        if not isinstance(failing, Call) or any(ENDS_ALL.search(step.name) for step in one.inside):
            continue
        after = path.steps[path.steps.index(one.call) + 1 :]
        if not watching.is_lost(path, one, after) or watching.is_watched_inside(path, one):
            continue
        if not looks_after(one, project, module, search):
            yield one, failing


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


def _is_worker(one: Detached) -> bool:
    """Tell whether something runs in a thread or task that the launch itself begins."""
    by = canonical(one.taker).removesuffix("().start")
    if one.call.is_imported or not (by in THREADS or by == _STARTS or is_task(one.call)):
        return False
    return all(arm.kind in _CHOSEN for arm in one.call.arms)


def _consumes(step: Step) -> bool:
    """Tell whether a call works on what comes from another service, and raises what fails there.

    One that binds a port is not meant: whoever asks it notices that it is not there.
    """
    known = ending(step)
    if known is None or known.binds or known.respawns:
        return False
    return known.blocks is True and known.status == "raises"


def _serves(step: Step) -> bool:
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


def _may_end(one: Detached, step: Step, jobs: bool) -> bool:
    """Tell whether a step in a loop's rounds fails at times, and no handler keeps the loop.

    :param jobs: whether one of the scheduled jobs may fail.
    """
    if not isinstance(step, Call) or step.seen or not watching.is_in_rounds(step, one.serve):
        return False
    name = canonical(step.name)
    is_asked = root_of(name) in FAILS_AT_TIMES and MAKES_CALLS.search(name)
    if not (is_asked or name in FAILING_CALLS or (jobs and RUNS_JOBS.search(name))):
        return False
    own = (guard for guard in step.guards if guard not in one.serve.guards)
    return not any(set(guard.catches) - _ENDS for guard in own)

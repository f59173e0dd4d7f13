"""Threads that do a service's work beside a main thread that serves, and what ends them."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from flake8_launcher.knowledge import Role, canonical, root_of
from flake8_launcher.knowledge.watching import ENDS_ALL, FAILS_AT_TIMES, LOOKS_AFTER, MAKES_CALLS
from flake8_launcher.launch.around.project_modules import ProjectModules
from flake8_launcher.launch.model import Call, LaunchPath, Step
from flake8_launcher.launch.paths.endings import (
    THREADS,
    Detached,
    detached_loops,
)
from flake8_launcher.launch.questions import watching

_ENDS = frozenset({"KeyboardInterrupt", "SystemExit"})
"""What a handler may catch that is no failure."""


def lost_workers(
    path: LaunchPath, project: ProjectModules, module: str
) -> Iterator[tuple[Detached, Call]]:
    """Yield the loops of threads that nobody looks after, each with what may end it.

    Only where the main thread serves as well, so that the process goes on.

    :param module: the launcher's.
    """
    loops = [one for one in detached_loops(path.steps) if _is_thread(one)]
    if not loops or any(map(watching.hears, path.steps)):
        return
    away = {id(step) for one in loops for step in (one.call, *one.inside)}
    if not any(_serves(step) for step in path.steps if id(step) not in away):
        return
    looks_after = functools.cache(LOOKS_AFTER.search)  # most loops are of the same modules
    for one in loops:
        failing = next((step for step in one.inside if _may_end(one, step)), None)
        if not isinstance(failing, Call) or any(ENDS_ALL.search(step.name) for step in one.inside):
            continue
        after = path.steps[path.steps.index(one.call) + 1 :]
        if not watching.is_lost(path, one, after) or watching.is_watched_inside(path, one):
            continue
        names = (module, *one.call.chain, *one.serve.chain)
        if not any(map(looks_after, project.texts_around(names))):
            yield one, failing


def _is_thread(one: Detached) -> bool:
    by = canonical(one.taker).removesuffix("().start")
    return by in THREADS and not one.call.conditional and not one.call.is_imported


def _serves(step: Step) -> bool:
    """Tell whether the main thread serves others in a step."""
    return isinstance(step, Call) and step.role is Role.SERVE and not step.is_detached


def _may_end(one: Detached, step: Step) -> bool:
    """Tell whether a step in a loop's rounds fails at times, and no handler keeps the loop."""
    if not isinstance(step, Call) or step.seen or not watching.is_in_rounds(step, one.serve):
        return False
    name = canonical(step.name)
    if root_of(name) not in FAILS_AT_TIMES or not MAKES_CALLS.search(name):
        return False
    own = (guard for guard in step.guards if guard not in one.serve.guards)
    return not any(set(guard.catches) - _ENDS for guard in own)

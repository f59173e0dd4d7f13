"""Handlers on a launch path, and the steps that they are around."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flake8_launcher.knowledge import Role, connections, raises
from flake8_launcher.launch.model import Await, Call, Catch, Handler, LaunchPath, Step
from flake8_launcher.launch.paths.endings import ending
from flake8_launcher.semantic.running.events import Guard

_UNBOUND = "bind_and_activate"
"""The keyword by which servers of the standard library are told not to bind."""
LAUNCHES = (Role.LOAD, Role.LOG, Role.CREATE, Role.START, Role.SERVE, Role.WAIT)
"""Roles of what has a part in the launch."""


def handlers(path: LaunchPath) -> Iterator[tuple[int, Catch]]:
    """Yield the handlers of a path, each with its place among the steps."""
    for index, step in enumerate(path.steps):
        if isinstance(step, Catch):
            yield index, step


def binds(step: Step) -> bool:
    """Tell whether a step binds a port, or the path of a socket."""
    known = ending(step)
    if known is not None and known.binds:
        return True
    if not isinstance(step, Call) or not any(map(raises.binds, step.names)):
        return False
    return step.keywords.get(_UNBOUND) is not False


def connects(step: Step) -> bool:
    """Tell whether a step connects to a database, a broker and the like."""
    if isinstance(step, Call):
        return not step.seen and any(map(connections.connects, step.names))
    return isinstance(step, Await) and any(map(connections.connects, step.names))


def launching(steps: Iterable[Step]) -> list[Step]:
    """Return those of some steps that have a part in the launch."""
    return [step for step in steps if step.role in LAUNCHES]


def failing(handler: Handler, launching: Sequence[Step], guarded: Sequence[Step]) -> Step:
    """Return the step whose failure a handler is likely there for.

    :param launching: those of which one is, unless what they raise is known to be something else.
    :param guarded: all that the handler is around.
    """
    known = [step for step in guarded if raises.raised_by(step.name)]
    likely = (step for step in (*launching, *known) if not _passes(step, handler))
    return next(likely, launching[0])


def _passes(step: Step, handler: Handler) -> bool:
    """Tell whether all that a step raises is known, and nothing that a handler catches."""
    raised = raises.raised_by(step.name)
    return bool(raised and handler.foreign) and all(
        raises.may_catch(caught, one) is False for caught in handler.foreign for one in raised
    )


def catches_failure(name: str) -> bool:
    """Tell whether a type that a handler catches may be a failure's."""
    return Guard((name,), 0).catches_failures()

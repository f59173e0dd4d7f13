"""Handlers on a launch path, and the steps that they are around."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flake8_launcher.knowledge import Role
from flake8_launcher.launch.model import Catch, LaunchPath, Step
from flake8_launcher.semantic.running.events import Guard

_LAUNCHES = (Role.LOAD, Role.LOG, Role.CREATE, Role.START, Role.SERVE, Role.WAIT)


def handlers(path: LaunchPath) -> Iterator[tuple[int, Catch]]:
    """Yield the handlers of a path, each with its place among the steps."""
    for index, step in enumerate(path.steps):
        if isinstance(step, Catch):
            yield index, step


def launching(steps: Iterable[Step]) -> list[Step]:
    """Return those of some steps that have a part in the launch."""
    return [step for step in steps if step.role in _LAUNCHES]


def catches_failure(name: str) -> bool:
    """Tell whether a type that a handler catches may be a failure's."""
    return Guard((name,), 0).catches_failures()

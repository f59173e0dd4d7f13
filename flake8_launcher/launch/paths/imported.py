"""What the modules that a launch imports do at their top level, among its steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from flake8_launcher.launch.model import LaunchPath, OptionRead, Step


def joined(path: LaunchPath, thorough: LaunchPath) -> LaunchPath:
    """Return a launch path with the steps of imported modules in their places.

    :param path: the path as it is known.
    :param thorough: the same, with all that imported modules do, as far as it could be followed.
    """
    known = {_same(step): number for number, step in enumerate(path.with_reads, 1)}
    behind: dict[int, list[Step]] = defaultdict(list)
    number = 0
    for step in thorough.with_reads:
        own = known.get(_same(step))
        if own is not None:
            number = own
        elif step.is_imported:
            behind[number].append(step)
    if not behind:
        return path
    every = tuple(_with(path.with_reads, behind))
    steps = tuple(step for step in every if not isinstance(step, OptionRead))
    return replace(path, steps=steps, with_reads=every)


def _same(step: Step) -> tuple[object, ...]:
    """Return what is the same of a step whoever has followed it."""
    return id(step.node), step.chain, step.role, type(step)


def _with(steps: Iterable[Step], behind: dict[int, list[Step]]) -> Iterator[Step]:
    yield from behind.get(0, ())
    for number, step in enumerate(steps, 1):
        yield step
        yield from behind.get(number, ())

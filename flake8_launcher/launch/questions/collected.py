"""Waits for several tasks of a launch path that drop how these have ended."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from flake8_launcher.knowledge import Role, canonical, known_roles_of, language
from flake8_launcher.launch.model import Await, Call, LaunchPath, Loop, Step
from flake8_launcher.launch.paths.endings import (
    Detached,
    detached,
    detached_loops,
    ending,
    given,
    handed_on,
)
from flake8_launcher.launch.paths.status import dropped_with
from flake8_launcher.launch.questions import watching

_COLLECTS = ("asyncio.gather", "asyncio.wait", "concurrent.futures.wait")
"""What waits for several tasks, and may return their failures."""
_RESULTS = ("result", "exception", "add_done_callback")
_CANCELS = ".cancel"
_FORGETS = ("discard", "remove")


class Others:
    """What other threads and tasks of a path take, for the waits behind that.

    :param path: the launch path.
    """

    def __init__(self, path: LaunchPath) -> None:
        self._path = path

    def before(self, at: int, names: Collection[str], loops: bool) -> Iterator[Detached]:
        """Yield what serves, and then the loops, that are taken and stand before a place.

        :param names: the objects that are asked for, of which one stands for what is taken.
        :param loops: whether loops count.
        """
        for taken in (self._serves, self._loops) if loops else (self._serves,):
            for name in names:
                for one in taken.get(name, ()):
                    if self.places[id(one.call)] < at > self.places[id(one.serve)]:
                        yield one

    @functools.cached_property
    def places(self) -> dict[int, int]:
        """The place of each step, by its id."""
        return {id(step): at for at, step in enumerate(self._path.steps)}

    @functools.cached_property
    def first_cancel(self) -> int:
        """The place of the first step that tells a task to end; none such is behind all."""
        ends = (at for at, one in enumerate(self._path.steps) if one.name.endswith(_CANCELS))
        return next(ends, len(self._path.steps))

    @functools.cached_property
    def _serves(self) -> dict[str, list[Detached]]:
        return _by_object(detached(self._path.steps))

    @functools.cached_property
    def _loops(self) -> dict[str, list[Detached]]:
        return _by_object(filter(watching.may_end, detached_loops(self._path.steps)))


def _by_object(taken: Iterable[Detached]) -> dict[str, list[Detached]]:
    found: dict[str, list[Detached]] = {}
    for one in taken:
        found.setdefault(f"{one.taker}()", []).append(one)
    return found


def dropping(path: LaunchPath, step: Call, others: Others) -> tuple[Call, str] | None:
    """Tell whether a wait for tasks drops how they ended, where one of them serves.

    :param step: the wait.
    :param others: what the path has taken for threads and tasks.
    :returns: the call that drops it, the wait or one that is given its result, and what is said
        of it; none where it is kept, or none of the tasks is known to serve.
    """
    known = ending(step) if canonical(step.name) in _COLLECTS else None
    if known is None or known.status != "returned":
        return None
    call = dropped_with(path, step)
    if call is None and (step.use != "assigned" or _is_asked(path, step.name, step)):
        return None
    at = others.places[id(step)]
    is_told_to_end = others.first_cancel < at
    serves = list(others.before(at, dict.fromkeys(given(step)), loops=not is_told_to_end))
    if any(_is_asked(path, taker, step) for taker in {one.taker for one in serves}):
        return None
    found = [one.serve for one in serves]
    handed = tuple(handed_on(path.steps, at))
    found += [one for one in handed if _serves(one)]
    found += [] if is_told_to_end else islice(_loops(step, handed), 1)
    if not found:
        return None
    return (call or step, f"{step.way} {known.tells}: nothing looks how {found[0].way} ended")


def _loops(call: Call, handed: tuple[Step, ...]) -> Iterator[Loop]:
    """Yield the endless loops that may fail among the steps of what a call is given."""
    for step in handed:
        if isinstance(step, Loop) and step.is_endless:
            if watching.may_end(Detached(call.name, call, step, handed)):
                yield step


def _serves(step: Step) -> bool:
    return step.role is Role.SERVE and Role.SERVE in known_roles_of(step.name)


def _is_asked(path: LaunchPath, call: str, but: Step) -> bool:
    """Tell whether something asks, awaits or is given what a call gives, beside one step."""
    given_by = f"{call}()"
    for step in path.steps:
        method = step.name.rpartition(".")[2]
        if step.node is but.node or step.name in language.BUILTINS:
            continue
        if step.name.startswith(given_by) and (isinstance(step, Await) or method in _RESULTS):
            return True
        if isinstance(step, Call) and method not in (*language.GROWS, *_FORGETS):
            if any(name.startswith(given_by) for name in given(step)):
                return True
    return False

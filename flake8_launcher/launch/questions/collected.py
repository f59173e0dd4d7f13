"""Waits for several tasks of a launch path that drop how these have ended."""

from __future__ import annotations

import functools
import sys
from collections.abc import Collection, Iterable, Iterator

from flake8_launcher.knowledge import Role, canonical, known_roles_of, language
from flake8_launcher.launch.model import Await, Call, LaunchPath, Loop, Step
from flake8_launcher.launch.paths.endings import (
    Detached,
    detached,
    detached_loops,
    ending,
    given,
    handed_on,
    waits,
)
from flake8_launcher.launch.paths.status import dropped_with
from flake8_launcher.launch.questions import watching

_GATHER = "asyncio.gather"
_COLLECTS = (_GATHER, "asyncio.wait", "concurrent.futures.wait")
"""What waits for several tasks, and may return their failures."""
_RESULTS = ("result", "exception", "add_done_callback")
_PASSES = language.BUILTINS - {"isinstance", "print"}
"""What takes results, and tells nothing of them."""
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
        return _by_object(detached_loops(self._path.steps))


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
    is_asked = call is None and (step.use != "assigned" or _is_asked(path, step.name, step))
    if is_asked and canonical(step.name) != _GATHER:
        return None
    at = others.places[id(step)]
    is_told_to_end = others.first_cancel < at
    serves = list(others.before(at, dict.fromkeys(given(step)), loops=not is_told_to_end))
    before = at if is_asked else sys.maxsize
    if any(_is_asked(path, taker, step, before) for taker in {one.taker for one in serves}):
        return None
    handed = tuple(handed_on(path.steps, at))
    serves += [Detached(step.name, step, one, handed) for one in handed if _serves(one)]
    serves += [] if is_told_to_end else _loops(step, handed)
    first = next(filter(_may_fail, serves), None)
    if first is None:
        return None
    told = f"{step.way} {known.tells}"
    if not is_asked:
        return (call or step, f"{told}: nothing looks how {first.serve.way} ended")
    last = next((one for one in serves if one.serve.node is not first.serve.node), None)
    since = path.steps[others.places[id(first.call)] : at]
    own = (one for one in since if one.chain == step.chain and not one.is_detached)
    if last is None or any(map(waits, own)):
        return None  # it may come in the end, when all are told to end
    return (
        step,
        f"{told} once all have ended: nothing looks how {first.serve.way} ended while "
        f"{last.serve.way} runs",
    )


def _loops(call: Call, handed: tuple[Step, ...]) -> Iterator[Detached]:
    """Yield the endless loops among the steps of what a call is given."""
    for step in handed:
        if isinstance(step, Loop) and step.is_endless:
            yield Detached(call.name, call, step, handed)


def _may_fail(one: Detached) -> bool:
    return not isinstance(one.serve, Loop) or watching.may_end(one)


def _serves(step: Step) -> bool:
    return step.role is Role.SERVE and Role.SERVE in known_roles_of(step.name)


def _is_asked(path: LaunchPath, call: str, but: Step, before: int = sys.maxsize) -> bool:
    """Tell whether something asks, awaits or is given what a call gives, beside one step.

    :param before: the place from which on it comes too late to await it, or to be given it.
    """
    given_by = f"{call}()"
    for at, step in enumerate(path.steps):
        method = step.name.rpartition(".")[2]
        if step.node is but.node or step.name in _PASSES:
            continue
        if step.name.startswith(given_by) and method in _RESULTS:
            return True
        if at > before:
            continue
        if step.name.startswith(given_by) and isinstance(step, Await):
            return True
        if isinstance(step, Call) and method not in (*language.GROWS, *_FORGETS):
            if any(name.startswith(given_by) for name in given(step)):
                return True
    return False

"""What the main thread of a launch waits for, and what ends that before the service is stopped."""

from __future__ import annotations

import ast
import bisect
import math
import sys
from functools import cached_property

from flake8_launcher.knowledge import Role, canonical, known_roles_of, language, root_of
from flake8_launcher.knowledge.concurrency import GREEN
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.launch.model import Argument, Await, Call, Loop, Step
from flake8_launcher.launch.paths.endings import given, waits
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.running.loops import watches

_TELLS_HOW_LONG = ("asyncio.sleep", "asyncio.wait_for", "time.sleep", "asyncio.wait")
_HANDLES_SIGNAL = (".add_signal_handler", "signal.signal")
_MAKES_TASK = (".create_task", ".ensure_future")
_JOINS = deferred(r"(?:Thread|Process)\(\)\.join$|\.joinall$")
_TAKES_WORD = frozenset({"multiprocessing.Queue().get", "queue.Queue().get"})
"""Calls that wait for what a thread puts into a queue: it may be that all has to end."""
_WAITS_FOR_EVER = frozenset(
    {"anyio.sleep_forever", "asyncio.sleep", "trio.sleep_forever"}
    | {"signal.pause", "signal.sigwait"}
)
"""Calls that wait for ever; the sleep of asyncio waits where it is told to last so long."""
_SETS_FUTURE = ("cancel", "set_exception", "set_result")
STOP = r"(?:cancel|kill|quit|shut_?down|stop|terminate)"
_STOPS = deferred(rf"(?:(?:^|\.)_*{STOP}(?:_\w{{1,40}})?|_{STOP}|Event\(\)\.set)$")


class MainThread:
    """Where the main thread of a launch waits, and where it stops what runs beside it.

    A wait *lasts* that may well go on until somebody stops the service. One for some time, or for
    an event that has another use, ends before.
    """

    def __init__(self, steps: tuple[Step, ...]) -> None:
        self._steps = steps

    def leaves(self, step: Step, is_task: bool) -> bool:
        """Tell whether it comes to its end after a step, and does not wait any more.

        :param is_task: whether that is in a task, which has time while the others wait for long.
        """
        ends = self._lasting if is_task else self._waits
        return not ends or self._places[id(step)] > ends[-1]

    def puts_away(self, step: Step) -> bool:
        """Tell whether it surely stops what a step starts, or runs, and has not waited before.

        The object has the method that does so, or a class that the way to a loop leads through.
        """
        start = self._places[id(step)]
        methods = step.chain[1:] if isinstance(step, Loop) else (step.name,)
        stop = min(
            (_next(self._stops_of.get(owner, []), start) for owner in map(_class_of, methods)),
            default=math.inf,
        )
        return stop < math.inf and stop <= _next(self._lasting, start)

    def stops_before(self, start: Step, wait: Step) -> bool:
        """Tell whether it surely stops something between a start and a wait."""
        first = bisect.bisect(self._stops, self._places[id(start)])
        last = bisect.bisect(self._stops, self._places[id(wait)] - 1)
        return any(self._steps[at].leads_to(wait) for at in self._stops[first:last])

    def stops_later(self, start: Step) -> bool:
        """Tell whether it stops something wherever it has come through a start."""
        first = bisect.bisect(self._stops, self._places[id(start)])
        return any(self._steps[at].leads_to(start) for at in self._stops[first:])

    @property
    def stops(self) -> bool:
        """Whether it surely stops something, at whatever time."""
        return bool(self._stops_of)

    @cached_property
    def _places(self) -> dict[int, int]:
        return {id(step): at for at, step in enumerate(self._steps)}

    @cached_property
    def _stops(self) -> list[int]:
        return [at for at, step in enumerate(self._steps) if _is_stop(step)]

    @cached_property
    def _stops_of(self) -> dict[str, list[int]]:
        """The places where it surely stops something, by the class of that."""
        found: dict[str, list[int]] = {}
        for at in self._stops:
            if not self._steps[at].conditional:
                for owner in set(map(_class_of, self._steps[at].names)):
                    found.setdefault(owner, []).append(at)
        return found

    @cached_property
    def _waits(self) -> list[int]:
        own = ((at, step) for at, step in enumerate(self._steps) if not step.is_detached)
        return [at for at, step in own if stays(step) or waits(step)]

    @cached_property
    def _lasting(self) -> list[int]:
        has_handler = handles_signal(self._steps)
        return [at for at in self._waits if not _ends_soon(self._steps[at], has_handler)]


def _next(places: list[int], at: int) -> float:
    """Return the first of some places, in order, behind another; infinite if there is none."""
    first = bisect.bisect(places, at)
    return places[first] if first < len(places) else math.inf


def _is_stop(step: Step) -> bool:
    """Tell whether the main thread itself stops something."""
    is_later = step.is_detached or any(arm.kind == "callback" for arm in step.arms)
    return isinstance(step, Call) and not is_later and _STOPS.search(step.name) is not None


def _class_of(method: str) -> str:
    """Return the class that a method belongs to, whether it is called of that or of an object."""
    return method.rpartition(".")[0].replace("()", "")


def comes_again(steps: tuple[Step, ...], step: Step) -> bool:
    """Tell whether a step is taken for one answer, and then, by another call, for the next."""
    return any(one.comes_again_as(step) or step.comes_again_as(one) for one in steps)


def handles_signal(steps: tuple[Step, ...]) -> bool:
    """Tell whether a handler of a signal may end what is waited for."""
    return any(step.name.endswith(_HANDLES_SIGNAL) for step in steps)


def stays(step: Step) -> bool:
    """Tell whether the main thread may wait while others serve."""
    is_wait = isinstance(step, Loop) or step.role is Role.WAIT or joins(step)
    return is_wait and not step.is_detached


def joins(step: Step) -> bool:
    """Tell whether a step waits for a thread or a task."""
    if isinstance(step, Await):
        return _is_task(step.name)
    if isinstance(step, Loop):
        return watches(step.node)
    if not isinstance(step, Call):
        return False
    if step.name in language.RUNS_COROUTINES:
        return any(map(_is_task, given(step)))
    if canonical(step.name) in _TAKES_WORD:
        return not step.arguments and _is_for_end(step)
    return _JOINS.search(step.name) is not None


def makes_task(call: str) -> bool:
    """Tell whether a call of some name makes a task."""
    return call.endswith(_MAKES_TASK)


def _is_task(name: str) -> bool:
    """Tell whether a name stands for a task that such a call has made."""
    return name.endswith("()") and makes_task(name.removesuffix("()"))


def is_short(step: Step) -> bool:
    """Tell whether a step waits no longer than for some time."""
    if isinstance(step, Await):  # the call itself tells how long it waits
        return canonical(step.name).removesuffix("()") in _TELLS_HOW_LONG
    if not isinstance(step, Call):
        return False
    is_timed = step.role is None and canonical(step.name) in _TELLS_HOW_LONG[:-1]
    return is_timed or not language.LIMITS.isdisjoint(step.keywords)


def waits_for_event(step: Step) -> bool:
    """Tell whether a step waits for an event, for as long as it takes."""
    if not isinstance(step, Call) or step.arguments:
        return False
    return canonical(step.name) in language.EVENT_WAITS


def waits_for_start(step: Step) -> bool:
    """Tell whether a step waits for an event that may well come before the service ends.

    It may be that a thread is ready. Where its name says that it is there for the end, or nothing
    else has it, it comes no earlier.
    """
    if not (isinstance(step, Call) and waits_for_event(step)) or step.is_alone:
        return False
    return not _is_for_end(step)


def _is_for_end(step: Call) -> bool:
    """Tell whether the object that a step waits for has a name that speaks of the end."""
    told = getattr(getattr(step.node, "func", None), "value", step.node)
    return language.STOPPING.search(syntax.last_name(told).lower()) is not None


def waits_for_future(step: Step) -> bool:
    """Tell whether a step waits for a future, which a handler may set.

    One that is handed to a call (``asyncio.wait_for(answer, 3)``) is an answer.
    """
    if isinstance(step.node, ast.Call) and step.node.args:
        return False
    return isinstance(step, Await) and canonical(step.name) in language.FUTURES


def _ends_soon(step: Step, has_handler: bool) -> bool:
    """Tell whether what a step waits for comes before somebody stops the service.

    :param has_handler: whether a handler of a signal may bring it.
    """
    return is_short(step) or (waits_for_start(step) and not has_handler)


def lasting_wait(steps: tuple[Step, ...]) -> Step | None:
    """Return the first wait that nothing ends but what ends the service."""
    has_handler = handles_signal(steps)
    for step in steps:
        is_future = has_handler and waits_for_future(step) and not _is_answer(steps, step)
        if (step.role is not Role.WAIT and not is_future) or step.is_detached:
            continue
        if any(arm.kind == "callback" for arm in step.arms) or _ends_soon(step, has_handler):
            continue
        if waits_for_future(step) and _is_answer(steps, step):
            continue  # something else has the future, and gives it a value
        is_told = is_future or waits_for_event(step)
        if is_told and comes_again(steps, step):
            continue  # it waits for one of several answers
        if is_told or not isinstance(step, Call) or canonical(step.name) in _WAITS_FOR_EVER:
            return step
        if not step.arguments and _is_of_service(root_of(step.name)):
            if known_roles_of(step.name) or not step.seen:
                return step  # a library that waits until the service ends
    return None


def _is_of_service(library: str) -> bool:
    """Tell whether a library waits for a service, and not for whatever threads or tasks do."""
    return library not in sys.stdlib_module_names and library not in GREEN


def _is_answer(steps: tuple[Step, ...], step: Step) -> bool:
    """Tell whether a launch uses what a future gives, and no handler of a signal sets that."""
    if not (isinstance(step, Await) and step.is_used):
        return False
    handed = (
        argument
        for one in steps
        if isinstance(one, Call) and one.name.endswith(_HANDLES_SIGNAL)
        for argument in one.arguments
    )
    return not any(map(_sets_future, handed))


def _sets_future(argument: Argument) -> bool:
    """Tell whether what is handed to a call gives a future its value."""
    if any(name.rpartition(".")[2] in _SETS_FUTURE for name in argument.names):
        return True
    parts = ast.walk(argument.code) if argument.code is not None else ()
    return any(isinstance(one, ast.Attribute) and one.attr in _SETS_FUTURE for one in parts)

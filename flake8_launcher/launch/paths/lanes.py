"""The threads, tasks and processes of a launch, and the steps that run in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flake8_launcher.knowledge import canonical, root_of
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.launch.model import Call, LaunchPath, Step
from flake8_launcher.launch.paths import endings

_GREEN = ("eventlet", "gevent")
_MOST_NAMES = 3
_THREADED = deferred(r"(?i)thread|executor|pool\b|\.submit$")


class Lane(NamedTuple):
    """Something that runs beside the main thread.

    :ivar kind: ``process``, ``thread``, ``green thread``, ``task``, or ``callback`` for what an
        event loop calls later.
    :ivar is_own: whether it surely is a thread or process of its own, and not a piece of work.
    :ivar name: the qualified name of what it runs; empty where that is not known.
    :ivar call: the step that hands it on.
    :ivar steps: what runs there, in order.
    """

    kind: str
    name: str
    call: Call
    steps: tuple[Step, ...]
    is_own: bool


def lanes(path: LaunchPath) -> Iterator[Lane]:
    """Yield what a launch path hands on to threads, tasks and processes, in order."""
    for index, call in enumerate(path.steps):
        if not isinstance(call, Call) or not (by := endings.taker(call)):
            continue
        steps = tuple(endings.handed_on(path.steps, index))
        depth = len(call.chain)
        callees = (step.chain[depth] for step in steps if len(step.chain) > depth)
        name = next(callees, "") or _target(call)
        if name:
            is_own = canonical(by).removesuffix("().start") in endings.THREADS | endings.PROCESSES
            yield Lane(_kind(call, by), name, call, steps, is_own)


def _target(call: Call) -> str:
    """Return what a call surely is given to run, where that is not read."""
    for argument in call.arguments:
        if argument.is_callable or argument.keyword in ("target", "func"):
            return " or ".join(argument.names[:_MOST_NAMES])
    return ""


def _kind(call: Call, taker: str) -> str:
    name = canonical(taker)
    if endings.is_process(call) or "Process" in name:
        return "process"
    if root_of(name) in _GREEN:
        return "green thread"
    if _THREADED.search(name):
        return "thread"
    return "task" if endings.is_task(call) else "callback"

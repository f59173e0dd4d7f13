"""What becomes of a failure of a step."""

from __future__ import annotations

import ast
from typing import NamedTuple
from weakref import WeakKeyDictionary

from flake8_launcher.knowledge import exceptions
from flake8_launcher.knowledge.shown import shows
from flake8_launcher.launch.model import Call, Catch, LaunchPath, Step
from flake8_launcher.launch.paths import status
from flake8_launcher.semantic.spelling import written


class Fate(NamedTuple):
    """What a handler around a step makes of its failure.

    :ivar handler: the handler's step; none for a ``with`` that suppresses.
    :ivar catches: the types that it catches, as the code has them.
    :ivar is_broad: whether every failure is one of these.
    :ivar line: the line of the ``try`` or ``with``.
    :ivar how: ``raise``, ``exit``, ``return``, ``loop``, ``retry`` or ``continue``.
    :ivar is_logged: whether the handler prints or logs something.
    :ivar is_silent: whether it surely does not, as it calls nothing.
    :ivar status: the status with which the process ends after it; none where it goes on, or that
        is not known.
    """

    handler: Catch | None
    catches: tuple[str, ...]
    is_broad: bool
    line: int
    how: str
    is_logged: bool
    is_silent: bool
    status: int | None


_known: WeakKeyDictionary[LaunchPath, dict[int, Fate]] = WeakKeyDictionary()
"""What the handlers of a path make of failures, by the identity of their steps, which it keeps."""


def fates(path: LaunchPath, step: Step) -> list[Fate]:
    """Return what is made of a step's failure, by the innermost handler first.

    It ends with the first that keeps every failure: nothing beyond hears of it.
    """
    found: list[Fate] = []
    for guard in reversed(step.guards):
        if not guard.catches_failures():
            continue
        handlers = path.handling(guard)
        if not handlers:
            is_broad = not exceptions.BROAD.isdisjoint(guard.foreign)
            catches = guard.catches
            found.append(Fate(None, catches, is_broad, guard.line, "continue", False, True, None))
            if is_broad:
                return found
        for one in handlers:
            if exceptions.NO_FAILURE.issuperset(one.handler.catches):
                continue
            known = _known.setdefault(path, {})
            if id(one) not in known:
                known[id(one)] = _fate(path, one)
            found.append(known[id(one)])
            if found[-1].is_broad and found[-1].how != "raise" and not one.handler.may_end:
                return found
    return found


def _fate(path: LaunchPath, step: Catch) -> Fate:
    handler = step.handler
    how = "retry" if handler.retry is not None and handler.how != "raise" else handler.how
    own = step.arms[-1] if step.arms else None
    before = path.steps[: path.steps.index(step)] if own is not None else ()
    called = [one for one in before if own in one.arms and isinstance(one, Call)]
    logged = any(shows(one.name) for one in called)
    ends = status.status_after(path, step) if how != "raise" else None
    if how == "exit" and ends is None:
        ends = status.status_of(handler.status)
    is_broad = not exceptions.BROAD.isdisjoint(handler.foreign)
    line = handler.guard.line
    return Fate(step, _caught(step), is_broad, line, how, logged, not called, ends)


def _caught(step: Catch) -> tuple[str, ...]:
    """Return the types that a handler catches, as the code has them."""
    types = step.node.type if isinstance(step.node, ast.ExceptHandler) else None
    if types is None:
        return ()
    return tuple(map(written, types.elts if isinstance(types, ast.Tuple) else [types]))

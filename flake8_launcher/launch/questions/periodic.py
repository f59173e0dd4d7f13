"""Functions that are called again and again, until they fail once."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from itertools import islice
from typing import NamedTuple

from flake8_launcher.knowledge import canonical
from flake8_launcher.knowledge.watching import CALLS_AGAIN, CALLS_LATER, CALLS_WHILE_TRUE
from flake8_launcher.launch.model import Call, LaunchPath, Return, Step
from flake8_launcher.launch.paths.endings import handed_on
from flake8_launcher.launch.questions import failing
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.running.events import Guard
from flake8_launcher.semantic.values import Function, Method

_STARTS = f"{CALLS_AGAIN}().start"


class Periodic(NamedTuple):
    """A function that is called no more once it has failed.

    :ivar call: what has it called again.
    :ivar function: its qualified name.
    :ivar step: the step with which it may fail.
    """

    call: Call
    function: str
    step: Step


def lost(path: LaunchPath) -> Iterator[Periodic]:
    """Yield the functions whose failure nothing handles, so that they are called no more."""
    made: Call | None = None
    after_all: dict[ast.AST, frozenset[ast.AST]] = {}
    told: set[ast.AST] = set()
    for index, step in enumerate(path.steps):
        if not isinstance(step, Call) or step.is_imported:
            continue
        name = canonical(step.name)
        if name == CALLS_AGAIN:
            made = step
        elif name == _STARTS and step.use == "dropped":
            if made is not None and made.chain == step.chain:
                yield from _looping(path, step, made)
        elif name in CALLS_WHILE_TRUE:
            yield from _while_true(path, index, step)
        elif name in CALLS_LATER:
            function = _named(step)
            if function is None or function.node in told:
                continue  # as often as it may be set again, it fails once
            if function.node not in after_all:
                after_all[function.node] = _in_finally(function.node)
            if step.node not in after_all[function.node]:
                for one in _set_again(path, index, step, function):
                    told.add(function.node)
                    yield one


def _looping(path: LaunchPath, start: Call, made: Call) -> Iterator[Periodic]:
    """Yield the function of a ``LoopingCall``, whose ``Deferred`` nobody looks at."""
    depth = len(made.chain)
    steps = handed_on(path.steps, path.steps.index(made))
    found = (one for one in steps if _may_fail(one, made.guards))
    yield from (Periodic(start, one.chain[depth], one) for one in islice(found, 1))


def _while_true(path: LaunchPath, index: int, call: Call) -> Iterator[Periodic]:
    """Yield the function that is called as long as it returns something true.

    :param index: the place of the call that is given it.
    """
    depth = len(call.chain)
    steps = [*handed_on(path.steps, index)]
    own = (one for one in steps if isinstance(one, Return) and len(one.chain) == depth + 1)
    if not any(one.value.literal is True for one in own):
        return
    found = (one for one in steps if _may_fail(one, call.guards))
    yield from (Periodic(call, one.chain[depth], one) for one in islice(found, 1))


def _set_again(
    path: LaunchPath, index: int, call: Call, function: Function
) -> Iterator[Periodic]:
    """Yield the function that has itself called later, at its end.

    :param index: the place of the call that does so.
    """
    around: tuple[Guard, ...] = ()
    for one in path.steps[:index]:
        if one.chain == call.chain[:-1] and function.qualified_name in _names(one):
            around = one.guards
        is_inside = one.chain[: len(call.chain)] == call.chain
        if is_inside and _may_fail(one, around):
            yield Periodic(call, function.qualified_name, one)
            return


def _may_fail(step: Step, around: Collection[Guard]) -> bool:
    """Tell whether a call fails at times, and no handler inside of others catches that."""
    is_sure = isinstance(step, Call) and failing.fails_at_times(step)
    return is_sure and failing.is_open(step, around)


def _names(step: Step) -> tuple[str, ...]:
    return step.names if isinstance(step, Call) else ()


def _named(call: Call) -> Function | None:
    """Return the function that a call is in, if that is what it is given."""
    for argument in call.arguments:
        for value in argument.values:
            function = value.function if isinstance(value, Method) else value
            if isinstance(function, Function) and function.qualified_name == call.chain[-1]:
                return function
    return None


def _in_finally(function: ast.AST) -> frozenset[ast.AST]:
    """Return what stands where a function comes by after a failure as well."""
    tries = (one for one in ast.walk(function) if isinstance(one, syntax.TRY))
    last = (statement for one in tries for statement in one.finalbody)
    return frozenset(part for statement in last for part in ast.walk(statement))

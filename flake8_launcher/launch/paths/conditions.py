"""On which conditions a step is taken, as the code writes them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from flake8_launcher.launch.model import Step
from flake8_launcher.semantic.reading.modules import FinalBlock
from flake8_launcher.semantic.running.events import Arm
from flake8_launcher.semantic.spelling import written


class Condition(NamedTuple):
    """One of several ways that the code takes to a step.

    :ivar fork: what the ways have in common, to tell it from others.
    :ivar number: which of the ways it is, in the order of the code.
    :ivar kind: ``if``, ``else``, ``case``, ``loop``, ``endless``, ``except``, ``operand``,
        ``candidate``, or ``callback`` for a function that something else may call.
    :ivar text: the condition, as the code has it.
    :ivar file: the file in which it stands; empty where it is the checked one.
    :ivar line: the line there.
    """

    fork: int
    number: int
    kind: str
    text: str
    file: str
    line: int


def conditions(step: Step) -> Iterator[Condition]:
    """Yield the conditions on which a step is taken, outermost first.

    An ``if`` that is all there is of an ``else`` is another arm of the first one, as the code
    writes it.
    """
    root: Arm | None = None
    number = 0
    for arm, inner in zip(step.arms, (*step.arms[1:], None), strict=False):
        if root is None:
            root, number = arm, arm.number
        if inner is not None and _is_else_of(arm, inner):
            number += inner.number
            continue
        if told := _told(arm, number):
            line = getattr(arm.node, "lineno", 0)
            yield Condition(id(root.fork), number, *told, _file(step, arm), line)
        root = None


def _is_else_of(arm: Arm, inner: Arm) -> bool:
    """Tell whether one way is the ``else`` of an ``if``, and the other an ``elif``."""
    node = arm.node
    if not isinstance(node, ast.If) or not arm.number:
        return False
    return len(node.orelse) == 1 and node.orelse[0] is inner.node


def _told(arm: Arm, number: int) -> tuple[str, str] | None:
    """Return the kind of a way and its text; none for what is no condition."""
    node = arm.node
    match node:
        case ast.If(test=test) | ast.IfExp(test=test):
            if arm.number:
                return "else", "else" if number > 1 else f"unless {written(test)}"
            return "if", f"{'elif' if number else 'if'} {written(test)}"
        case ast.Match(cases=cases, subject=subject) if arm.number < len(cases):
            case = cases[arm.number]
            guard = f" if {written(case.guard)}" if case.guard else ""
            return "case", f"case {written(case.pattern)}{guard} of {written(subject)}"
        case ast.Match(subject=subject):
            return "else", f"no case of {written(subject)}"
        case ast.For(target=target, iter=many) | ast.AsyncFor(target=target, iter=many):
            return "loop", f"for {written(target)} in {written(many)}"
        case ast.While(test=test):
            return arm.kind, f"while {written(test)}"
        case FinalBlock():
            return "except", "finally"
        case ast.ExceptHandler(type=caught):
            return "except", f"except {written(caught)}" if caught else "except"
        case ast.BoolOp(op=joins, values=values):
            before = (written(value) for value in values[: arm.number + 1])
            word = " and " if isinstance(joins, ast.And) else " or "
            return "operand", f"{'if' if word == ' and ' else 'unless'} {word.join(before)}"
        case ast.Call(func=called) if arm.kind == "candidate":
            return "candidate", f"one of what {written(called)} may be"
        case ast.Call(func=called) if arm.kind == "callback":
            return "callback", f"when {written(called)} calls it"
    return None


def _file(step: Step, arm: Arm) -> str:
    """Return the file of a way; empty where it is the checked one, which every chain begins in."""
    if arm.depth < len(step.sites):
        file = step.sites[arm.depth].module.path
        return "" if step.sites[0].module.path == file else file
    return step.file

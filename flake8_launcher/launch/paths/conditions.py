"""On which conditions a step is taken, as the code writes them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from flake8_launcher.launch.model import Step
from flake8_launcher.semantic.reading.syntax import FinalBlock
from flake8_launcher.semantic.running.events import Arm
from flake8_launcher.semantic.spelling import written


class Condition(NamedTuple):
    """One of several ways that the code takes to a step.

    :ivar fork: what the ways have in common, to tell it from others.
    :ivar number: which of the ways it is, in the order of the code.
    :ivar kind: ``if``, ``else``, ``case``, ``loop``, ``endless``, ``except``, ``operand``,
        ``candidate``, ``command`` for one of those that a command line chooses, or ``callback``
        for a function that something else may call.
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
        if inner is not None and arm.kind == inner.kind == "command" and arm.depth == inner.depth:
            root = None  # a group of commands among others: which of its commands tells enough
            continue
        if told := _told(arm, number, step):
            line = getattr(arm.node, "lineno", 0)
            yield Condition(id(root.fork), number, *told, _file(step, arm), line)
        root = None


def _is_else_of(arm: Arm, inner: Arm) -> bool:
    """Tell whether one way is the ``else`` of an ``if``, and the other an ``elif``."""
    node = arm.node
    if not isinstance(node, ast.If) or not arm.number:
        return False
    return len(node.orelse) == 1 and node.orelse[0] is inner.node


def _told(arm: Arm, number: int, step: Step) -> tuple[str, str] | None:
    """Return the kind of a way to a step and its text; none for what is no condition."""
    node = arm.node
    match node:
        case ast.If(test=test) | ast.IfExp(test=test):
            if arm.number:
                return "else", "else" if number > 1 else f"unless {written(test)}"
            return "if", f"{'elif' if number else 'if'} {written(test)}"
        case ast.Match(cases=cases, subject=subject) if arm.number < len(cases):
            case = cases[arm.number]
            guard = f" if {written(case.guard)}" if case.guard else ""
            return "case", f"case {written(case.pattern, subject)}{guard} of {written(subject)}"
        case ast.Match(subject=subject):
            return "else", f"no case of {written(subject)}"
        case ast.For(target=target, iter=many) | ast.AsyncFor(target=target, iter=many):
            text = f"for {written(target)} in {written(many, target)}"
            return ("else", f"no break in {text}") if arm.number else ("loop", text)
        case ast.While(test=test):
            text = f"while {written(test)}"
            return ("else", f"no break in {text}") if arm.number else (arm.kind, text)
        case FinalBlock():
            return "except", "finally"
        case ast.ExceptHandler(type=caught):
            return "except", f"except {written(caught)}" if caught else "except"
        case ast.BoolOp(op=joins, values=values):
            before = (written(value) for value in values[: arm.number + 1])
            word = " and " if isinstance(joins, ast.And) else " or "
            return "operand", f"{'if' if word == ' and ' else 'unless'} {word.join(before)}"
        case ast.Call(func=called) if arm.kind == "candidate":
            return _chosen(called, _called_by(arm, step))
        case ast.expr() | ast.stmt() if arm.kind == "command":
            name = _called_by(arm, step)
            return ("command", f"when the command is {name}") if name else None
        case ast.Call(func=called) if arm.kind == "callback":
            return "callback", f"when {written(called)} calls it"
    return None


def _chosen(called: ast.expr, which: str) -> tuple[str, str] | None:
    """Return what a call has chosen, where that says more than the call itself.

    :param which: what is called in the end: ``function``, or ``Class.method``.
    """
    name, (owner, _, method) = written(called), which.rpartition(".")
    if isinstance(called, ast.Attribute) and method != called.attr:
        return None  # it calls them all, or a decorator does
    if isinstance(called, ast.Attribute) and owner:
        name, which = written(called.value), owner  # the object decides
    elif method == "__init__":
        which = owner
    return ("candidate", f"when {name} is {which}") if which not in ("", name) else None


def _called_by(arm: Arm, step: Step) -> str:
    """Return which of the functions that a call may be of leads to a step: of a method, whose.

    :returns: nothing for what a decorator has made, which has no name of its own.
    """
    way = step.chain[arm.depth + 1 :]
    if way and "<locals>" in way[0]:
        return ""
    parts = (way[0] if way else step.name).lstrip("?.").split(".")
    return ".".join(parts[-2:] if parts[-2:-1] and parts[-2][:1].isupper() else parts[-1:])


def _file(step: Step, arm: Arm) -> str:
    """Return the file of a way; empty where it is the checked one, which every chain begins in."""
    if arm.depth < len(step.sites):
        file = step.sites[arm.depth].module.path
        return "" if step.sites[0].module.path == file else file
    return step.file

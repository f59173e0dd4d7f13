"""Conditions that only ask whether there is anything to do a step with.

``if path.exists(): load_dotenv(path)`` and ``if dsn: init(dsn)`` say no more than the call does:
without a file, or without a value, it would do nothing either.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_launcher.knowledge.language import EXISTS, HAS_FILE
from flake8_launcher.knowledge.order import ENVIRONMENT, GETTERS
from flake8_launcher.launch.model import Call, Step
from flake8_launcher.semantic.running.events import Arm
from flake8_launcher.semantic.spelling import written


def asks_for_given(arm: Arm, step: Step) -> bool:
    """Tell whether a way is only not taken where there is nothing to do a step with."""
    node = arm.node
    if not isinstance(node, ast.If) or arm.number:
        return False
    given = {_dumped(part) for one in _given(step) for part in ast.walk(one)}
    asked = [*_asked(node.test)]
    return bool(asked) and all(one is not None and _dumped(one) in given for one in asked)


def _dumped(node: ast.AST) -> str:
    """Return what is the same for all ways to say one thing, such as a variable's value."""
    match node:
        case ast.Call(func=called, args=[key, *_]) if written(called) in GETTERS:
            return ast.dump(key)
        case ast.Subscript(value=owner, slice=key) if written(owner) == ENVIRONMENT:
            return ast.dump(key)
    return ast.dump(node)


def _given(step: Step) -> Iterator[ast.AST]:
    """Yield the expressions that a call is given, or of what is assigned."""
    if isinstance(step, Call) and isinstance(step.node, ast.Call):
        yield from step.node.args
        yield from (keyword.value for keyword in step.node.keywords)
    yield from (one.code for one in step.given if one.code is not None)


def _asked(test: ast.expr) -> Iterator[ast.expr | None]:
    """Yield what a condition asks the existence of; none for any other part of it."""
    match test:
        case ast.BoolOp(op=ast.And(), values=values):
            for value in values:
                yield from _asked(value)
        case ast.NamedExpr(target=target):
            yield ast.Name(target.id, ast.Load())
        case ast.Compare(left=key, ops=[ast.In()], comparators=[owner]):
            yield key if written(owner) == ENVIRONMENT else None
        case ast.Compare(left=left, ops=[ast.IsNot() | ast.NotEq()], comparators=[other]):
            is_nothing = isinstance(other, ast.Constant) and not other.value
            yield from _asked(left) if is_nothing else (None,)
        case ast.Call(func=ast.Attribute(value=one, attr=name), args=[]) if name in HAS_FILE:
            yield one
        case ast.Call(func=called, args=[one]) if written(called).rpartition(".")[2] in EXISTS:
            yield one
        case ast.Name() | ast.Attribute() | ast.Subscript() | ast.Call():
            yield test
        case _:
            yield None

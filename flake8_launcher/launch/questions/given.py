"""Conditions that only ask whether there is anything to do a step with.

``if path.exists(): load_dotenv(path)`` and ``if dsn: init(dsn)`` say no more than the call does:
without a file, or without a value, it would do nothing either. ``if "A" not in os.environ:
os.environ["A"] = a`` says what ``setdefault`` says.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_launcher.knowledge.language import ASKS_FOR_FILE, EXISTS, HAS_FILE
from flake8_launcher.knowledge.order import ENVIRONMENT, GETTERS
from flake8_launcher.launch.model import Call, Step, Store
from flake8_launcher.semantic.running.events import Arm
from flake8_launcher.semantic.spelling import written


def asks_for_given(arm: Arm, step: Step) -> bool:
    """Tell whether a way is only not taken where there is nothing to do a step with."""
    node = arm.node
    if not isinstance(node, ast.If) or arm.number:
        return False
    given = {_dumped(part) for one in _given(step) for part in ast.walk(one)}
    for statement in node.body:
        # what a value was made of, before it is given
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=made) if _variable(name) in given:
                given.update(map(_dumped, ast.walk(made)))
    asked = [*_asked(node.test)]
    return bool(asked) and all(one is not None and _dumped(one) in given for one in asked)


def asks_for_file(arm: Arm) -> bool:
    """Tell whether a way is only not taken where some file does not exist."""
    return isinstance(arm.node, ast.If) and not arm.number and _is_file(arm.node.test)


def asks_for_no_file(arm: Arm) -> bool:
    """Tell whether a way is only taken where some file does not exist."""
    if not isinstance(arm.node, ast.If) or arm.number:
        return False
    match arm.node.test:
        case ast.UnaryOp(op=ast.Not(), operand=test):
            return _is_file(test)
    return False


def _is_file(test: ast.expr) -> bool:
    """Tell whether a condition asks whether some file exists, and nothing else."""
    match test:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in ASKS_FOR_FILE
    return False


def _variable(name: str) -> str:
    return ast.dump(ast.Name(name, ast.Load()))


def _dumped(node: ast.AST) -> str:
    """Return what is the same for all ways to say one thing, such as a variable's value."""
    match node:
        case ast.Call(func=called, args=[key, *_]) if written(called) in GETTERS:
            return ast.dump(key)
        case ast.Subscript(value=owner, slice=key) if written(owner) == ENVIRONMENT:
            return ast.dump(key)
    return ast.dump(node)


def _is_variable(node: ast.expr) -> bool:
    """Tell whether an expression is what a variable of the environment holds."""
    match node:
        case ast.Call(func=called, args=[_, *_]):
            return written(called) in GETTERS
    return False


def _given(step: Step) -> Iterator[ast.AST]:
    """Yield the expressions that a call is given, or of what is assigned."""
    if isinstance(step, Call) and isinstance(step.node, ast.Call):
        yield from step.node.args
        yield from (keyword.value for keyword in step.node.keywords)
    elif isinstance(step, Store) and isinstance(step.node, ast.Subscript):
        yield step.node.slice
    yield from (one.code for one in step.given if one.code is not None)


def _asked(test: ast.expr) -> Iterator[ast.expr | None]:
    """Yield what a condition asks the existence of; none for any other part of it."""
    match test:
        case ast.BoolOp(op=ast.And(), values=values):
            for value in values:
                yield from _asked(value)
        case ast.NamedExpr(target=target):
            yield ast.Name(target.id, ast.Load())
        case ast.Compare(left=key, ops=[ast.In() | ast.NotIn()], comparators=[owner]):
            yield key if written(owner) == ENVIRONMENT else None
        case ast.UnaryOp(op=ast.Not(), operand=ast.Call() | ast.Subscript() as operand):
            yield operand if _is_variable(operand) else None
        case ast.Compare(left=operand, ops=[ast.Is()], comparators=[ast.Constant(value=None)]):
            yield operand if _is_variable(operand) else None
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

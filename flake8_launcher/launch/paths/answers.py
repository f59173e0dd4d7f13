"""Which way a caller takes that asks for what a function has returned."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_launcher.launch.model import Step
from flake8_launcher.semantic.running.events import Arm, CallSite


def way_taken(
    steps: Sequence[Step], site: CallSite, depth: int, result: object
) -> Arm | None:
    """Return the way that is taken of the first fork that asks for the result of a call.

    :param steps: what comes after the call.
    :param depth: how many calls lead to the function that makes it.
    :param result: what it has returned.
    :returns: none where nothing asks, or where that is not all that decides.
    """
    kept = _kept_as(site)
    for step in steps:
        for arm in step.arms:
            if arm.depth != depth or not isinstance(arm.node, ast.If):
                continue
            if kept or arm.node is site.statement:
                holds = _holds(arm.node.test, site.node, kept, result)
                if holds is not None:
                    return Arm(arm.fork, arm.kind, arm.depth, arm.node, 0 if holds else 1)
    return None


def _kept_as(site: CallSite) -> ast.expr | None:
    """Return what the result of a call is assigned to, if it is to one thing."""
    match site.statement:
        case ast.Assign(targets=[target], value=value):
            return target if _is_call(value, site.node) else None
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            return target if _is_call(value, site.node) else None
    return None


def _is_call(expression: ast.expr, call: ast.AST) -> bool:
    """Tell whether an expression is a call, which may be awaited, and named on the way."""
    while isinstance(expression, ast.Await | ast.NamedExpr):
        expression = expression.value
    return expression is call


def _is_same(one: ast.expr, other: ast.expr | None) -> bool:
    """Tell whether two expressions are one name, or one attribute of the same."""
    match one, other:
        case ast.Name(id=name), ast.Name(id=same):
            return name == same
        case ast.Attribute(attr=name), ast.Attribute(attr=same):
            return name == same and _is_same(one.value, other.value)
    return False


def _holds(
    test: ast.expr, call: ast.AST, kept: ast.expr | None, result: object
) -> bool | None:
    """Tell whether a condition holds, as far as the result of a call decides.

    :param kept: what that is assigned to.
    """
    match test:
        case _ if _is_same(test, kept) or _is_call(test, call):
            return bool(result)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            holds = _holds(inner, call, kept, result)
            return None if holds is None else not holds
        case ast.Compare(left=left, ops=[operator], comparators=[ast.Constant(value=value)]):
            if not (_is_same(left, kept) or _is_call(left, call)):
                return None
            is_same = type(result) is type(value) and result == value
            match operator:
                case ast.Is() | ast.Eq():
                    return is_same
                case ast.IsNot() | ast.NotEq():
                    return not is_same
        case ast.BoolOp(op=operator, values=values):
            decides = isinstance(operator, ast.Or)
            known = {_holds(one, call, kept, result) for one in values}
            if decides in known:
                return decides
            return None if None in known else not decides
    return None

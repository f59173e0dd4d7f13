"""Loops that try again without end."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from flake8_launcher.knowledge import language
from flake8_launcher.semantic.budget import Budget
from flake8_launcher.semantic.reading import syntax

_MAX_ATTRIBUTES = 8
Loop: TypeAlias = ast.While | ast.For | ast.AsyncFor


@dataclass(slots=True, eq=False, repr=False)
class Retry:
    """An endless loop that runs a ``try`` again after a failure.

    :ivar line: where the loop begins, in its own file.
    :ivar calls: what is called in the handler and in the loop around the ``try``: qualified name,
        and whether the arguments are surely the same in each round.
    """

    line: int
    calls: tuple[tuple[str, bool], ...]


def around(
    handler: ast.ExceptHandler,
    statement: ast.stmt,
    loop: Loop | None,
    names: Callable[[ast.expr], tuple[str, ...]],
    budget: Budget,
) -> Retry | None:
    """Return the loop that runs a ``try`` again after a handler, if nothing can end it then.

    Where the handler changes what the ``try`` passes on, that is another attempt: the next port.

    :param loop: the innermost loop around the ``try``, in the same function.
    :param names: gives the qualified names of what an expression may be.
    :param budget: pays for what is looked at.
    :raises BoundReachedError: when there is not as much left.
    """
    if any(_ends(inner, budget) for inner in handler.body):
        return None
    if loop is None or not _is_endless(loop, names):
        return None
    rest = [*handler.body, *_beside(loop.body, statement, _goes_on(handler.body), budget)]
    if any(_ends(inner, budget) for inner in rest):
        return None
    changed = _stored(handler.body, budget)
    tried: list[ast.stmt] = getattr(statement, "body", []) if changed else []
    passed = (argument for call in _calls(tried, budget) for argument in _arguments(call))
    if any(_changes(argument, changed, budget, calls=False) for argument in passed):
        return None
    changing = _stored([loop], budget)
    calls: list[tuple[str, bool]] = []
    for call in _calls(rest, budget):
        same = not any(_changes(argument, changing, budget) for argument in _arguments(call))
        calls.extend((name, same) for name in names(call.func))
    return Retry(loop.lineno, tuple(calls))


def _stored(parts: Iterable[ast.AST], budget: Budget) -> set[str]:
    """Return the names, and attributes of names, that are assigned in parts of a loop."""
    return {
        _text(node)
        for part in parts
        for node in budget.walk(part)
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store)
    }


def _calls(parts: Iterable[ast.AST], budget: Budget) -> Iterator[ast.Call]:
    for part in parts:
        yield from (node for node in budget.walk(part) if isinstance(node, ast.Call))


def _arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _changes(argument: ast.expr, changing: set[str], budget: Budget, calls: bool = True) -> bool:
    """Tell whether an argument may differ from one round to the next.

    :param calls: whether what a call in it gives may.
    """
    return any(
        (calls and isinstance(inner, ast.Call))
        or (isinstance(inner, ast.Name | ast.Attribute) and _text(inner) in changing)
        for inner in budget.walk(argument)
    )


def _text(node: ast.expr) -> str:
    """Return a name with its attributes, empty for what is no short chain of them."""
    names: list[str] = []
    while isinstance(node, ast.Attribute) and len(names) < _MAX_ATTRIBUTES:
        names.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(names)]) if isinstance(node, ast.Name) else ""


def loops_in(scope: ast.AST, budget: Budget) -> dict[ast.AST, Loop]:
    """Return the innermost loop around each ``try`` and ``with`` of a function or module.

    What stands in no loop is left out.

    :param budget: pays for what is looked at.
    :raises BoundReachedError: when there is not as much left.
    """
    found: dict[ast.AST, Loop] = {}
    pending: list[tuple[ast.AST, Loop | None]] = [
        (node, None) for node in ast.iter_child_nodes(scope)
    ]
    while pending:
        budget.spend()
        node, loop = pending.pop()
        if isinstance(node, syntax.SCOPES):
            continue
        if loop is not None and isinstance(node, (*syntax.TRY, ast.With, ast.AsyncWith)):
            found[node] = loop
        if isinstance(node, Loop):
            pending.extend((inner, node) for inner in node.body)
            pending.extend((inner, loop) for inner in node.orelse)
        else:
            pending.extend((inner, loop) for inner in ast.iter_child_nodes(node))
    return found


def _is_endless(loop: Loop | None, names: Callable[[ast.expr], tuple[str, ...]]) -> bool:
    match loop:
        case ast.While(test=ast.Constant(value=value)):
            return bool(value)
        case ast.While(test=ast.UnaryOp(op=ast.Not(), operand=ast.Name() | ast.Attribute())):
            return True
        case ast.While(
            test=ast.Compare(
                left=ast.Name() | ast.Attribute(),
                ops=[ast.Is()],
                comparators=[ast.Constant(value=None)],
            )
        ):
            return True
        case ast.For(iter=iterated):
            return not language.NEVER_ENDING.isdisjoint(names(iterated))
    return False


def _goes_on(body: list[ast.stmt]) -> bool:
    """Tell whether a handler goes to the next round at once."""
    return bool(body) and isinstance(body[-1], ast.Continue)


def _beside(
    body: list[ast.stmt], statement: ast.stmt, goes_on: bool, budget: Budget
) -> Iterator[ast.AST]:
    """Yield what runs in a round beside the ``try``, after a failure."""
    for inner in body:
        if inner is statement:
            yield from getattr(statement, "finalbody", ())
            if goes_on:
                return
        elif any(node is statement for node in budget.walk(inner)):
            for part in ast.iter_child_nodes(inner):
                if isinstance(part, ast.expr | ast.withitem):
                    yield part
            for block in syntax.blocks(inner):
                yield from _beside(block, statement, goes_on, budget)
        else:
            yield inner


def _ends(node: ast.AST, budget: Budget) -> bool:
    """Tell whether a part of a loop may leave it."""
    for inner in budget.walk(node):
        match inner:
            case ast.Raise() | ast.Return() | ast.Break() | ast.Yield() | ast.Assert():
                return True
            case ast.Call(func=ast.Attribute(attr=name)) | ast.Call(func=ast.Name(id=name)):
                if language.ENDS.search(name):
                    return True
    return False

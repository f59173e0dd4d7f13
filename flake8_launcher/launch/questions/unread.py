"""Flags that a handler of a signal sets, and that nothing of the project looks at."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from flake8_launcher.launch.model import Argument
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.reading.pieces import parse
from flake8_launcher.semantic.values import Function, Method

_SETS = "set"
"""The method that sets an event."""


def unread_flag(handler: Argument | None, looks: Looks) -> str:
    """Return the flag that a handler sets, if it does no more and nothing looks at that.

    :param looks: what all modules look at that may look at it.
    """
    values = handler.values if handler else ()
    functions = [one.function if isinstance(one, Method) else one for one in values]
    if len(functions) != 1 or not isinstance(functions[0], Function):
        return ""
    node = functions[0].node
    flags = [] if isinstance(node, ast.Lambda) else list(_flags(node.body))
    if not flags or not all(flags):
        return ""
    return "" if any(map(looks.at, flags)) else flags[0]


def _flags(body: list[ast.stmt]) -> Iterator[str]:
    """Yield the flags that statements set, and an empty text for what does something else."""
    for statement in body:
        match statement:
            case ast.Assign(targets=[target], value=ast.Constant()):
                yield syntax.last_name(target)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=event, attr="set"), args=[])):
                yield syntax.last_name(event)
            case ast.Global() | ast.Nonlocal() | ast.Pass():
                continue
            case _:
                if not syntax.does_nothing(statement):
                    yield ""


class Looks:
    """What some modules look at: each of them is read once.

    :param texts: of the modules.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)
        self._known: dict[str, frozenset[object] | None] = {}

    def at(self, flag: str) -> bool:
        """Tell whether something may look at a name."""
        return any(self._may_look(text, flag) for text in self._texts if flag in text)

    def _may_look(self, text: str, flag: str) -> bool:
        if text not in self._known:
            self._known[text] = _looked_at(text)
        known = self._known[text]
        return known is None or flag in known


def _looked_at(text: str) -> frozenset[object] | None:
    """Return the names that a module looks at, and its literals; none for what does not parse."""
    tree = parse(text)
    if tree is None:
        return None
    nodes = list(ast.walk(tree))
    sets = {
        node.func.value
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr == _SETS and not node.args
    }
    named = {
        syntax.last_name(node)
        for node in nodes
        if isinstance(node, ast.Attribute | ast.Name)
        if isinstance(node.ctx, ast.Load) and node not in sets
    }
    return frozenset(named).union(
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )

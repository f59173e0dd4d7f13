"""Flags that a handler of a signal sets, and that nothing of the project looks at."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from flake8_launcher.launch.model import Argument
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.values import Function, Method

_SETS = "set"
"""The method that sets an event."""


def unread_flag(handler: Argument | None, texts: Iterable[str]) -> str:
    """Return the flag that a handler sets, if it does no more and nothing looks at that.

    :param texts: of all modules that may look at it.
    """
    values = handler.values if handler else ()
    functions = [one.function if isinstance(one, Method) else one for one in values]
    if len(functions) != 1 or not isinstance(functions[0], Function):
        return ""
    node = functions[0].node
    flags = [] if isinstance(node, ast.Lambda) else list(_flags(node.body))
    if not flags or not all(flags):
        return ""
    several = tuple(texts)
    return "" if any(_is_read(flag, several) for flag in flags) else flags[0]


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


def _is_read(flag: str, texts: Iterable[str]) -> bool:
    """Tell whether something in the text of a module may look at a name."""
    return any(_looks_at(flag, text) for text in texts if flag in text)


def _looks_at(flag: str, text: str) -> bool:
    try:
        tree = ast.parse(text)
    except (MemoryError, RecursionError, SyntaxError, ValueError):
        return True
    sets = {
        node.func.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr == _SETS and not node.args
    }
    return any(
        syntax.last_name(node) == flag and isinstance(node.ctx, ast.Load) and node not in sets
        if isinstance(node, ast.Attribute | ast.Name)
        else isinstance(node, ast.Constant) and node.value == flag
        for node in ast.walk(tree)
    )

"""The parts of a syntax tree that may declare a setting, with what stands around them."""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flake8_launcher.knowledge import settings
from flake8_launcher.semantic.reading.syntax import is_main_block


class Place(NamedTuple):
    """A node, and what stands around it.

    :ivar node: a call, an assignment, a function, or what has branches or alternatives.
    :ivar cls: the class whose body it stands in.
    :ivar is_inside: whether it stands in a function.
    :ivar is_tried: whether it only runs where somebody runs the module by itself.
    """

    node: (
        ast.Call | ast.Assign | ast.AnnAssign | ast.AugAssign | ast.FunctionDef
        | ast.AsyncFunctionDef | ast.If | ast.IfExp | ast.BoolOp | ast.Try
    )
    cls: ast.ClassDef | None
    is_inside: bool
    is_tried: bool = False


def standing(tree: ast.AST, lines: Sequence[int]) -> Iterator[Place]:
    """Yield what spans one of some lines, which are sorted, and is not there for tests alone.

    What a condition on the mode decides (``if DEBUG``) is not looked at.
    """
    pending: list[tuple[ast.AST, ast.ClassDef | None, bool, bool]] = [(tree, None, False, False)]
    while pending:
        node, cls, is_inside, is_tried = pending.pop()
        first, last = getattr(node, "lineno", None), getattr(node, "end_lineno", None)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
        if first is not None and last is not None:
            at = bisect_left(lines, first)
            if at == len(lines) or lines[at] > last:
                continue
        inner: Iterator[ast.AST] = ast.iter_child_nodes(node)
        match node:
            case ast.If(test=test) if asks_mode(test):
                continue
            case ast.ClassDef(name=name, bases=bases):
                if settings.is_aside(name):
                    continue
                if any(map(_is_aside, bases)) and not settings.CLASSES.fullmatch(name):
                    continue
                cls, is_inside = node, False
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                if settings.is_aside_function(name):
                    continue
                yield Place(node, cls, is_inside, is_tried)
                cls, is_inside = None, True
            case (
                ast.Call() | ast.Assign() | ast.AnnAssign() | ast.AugAssign()
                | ast.If() | ast.IfExp() | ast.BoolOp() | ast.Try()
            ):
                yield Place(node, cls, is_inside, is_tried)
                is_tried = is_tried or (isinstance(node, ast.If) and is_main_block(node))
        pending.extend((child, cls, is_inside, is_tried) for child in inner)


def _is_aside(base: ast.expr) -> bool:
    """Tell whether a class is derived from one of settings for development or tests."""
    name = getattr(base, "id", "") or getattr(base, "attr", "")
    return settings.KEEPS.search(name) is not None and settings.is_aside(name)


def asks_mode(test: ast.expr) -> bool:
    """Tell whether a condition asks what the process is there for.

    The object that holds the environment has such a word in its name.
    """
    asked = ast.unparse(test).replace("environ.", "").replace("environ[", "").replace("os.", "")
    return settings.MODES.search(asked) is not None

"""The folders that a module adds to the search path, as its top level spells them."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.reading.modules import Module

_MAX_FOLDERS = 16
_MAX_DEPTH = 12
_MAX_LENGTH = 4_000
"""How long a path may be that is put together: that may be done again and again."""
_SAME = frozenset({"abspath", "absolute", "as_posix", "normpath", "realpath", "resolve", "str"})
"""Calls that give the same path in another form."""
_CONSTANTS = {"pardir": os.pardir, "curdir": os.curdir, "sep": os.sep}


def added_folders(module: Module) -> tuple[str, ...]:
    """Return the folders, of which a relative one counts from the module's own folder.

    Whoever writes ``sys.path.append("../libs")`` starts the program there.
    """
    if "sys.path" not in module.text:
        return ()
    here = os.path.dirname(module.path)
    known: dict[str, str] = {"__file__": module.path}
    found: dict[str, None] = {}
    for statement in _plain(module.tree.body):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                path = _path(value, known)
                if path is not None:
                    known[name] = path
                else:
                    known.pop(name, None)
            case ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(
                        value=ast.Attribute(value=ast.Name(id="sys"), attr="path"),
                        attr="append" | "insert",
                    ),
                    args=[*_, value],
                )
            ):
                path = _path(value, known)
                if path and len(found) < _MAX_FOLDERS:
                    found[os.path.normpath(os.path.join(here, path))] = None
    return tuple(found)


def _plain(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a top level, those of its blocks among them."""
    for statement in body:
        if isinstance(statement, syntax.SCOPES):
            continue
        yield statement
        for block in syntax.blocks(statement):
            yield from _plain(block)


def _path(node: ast.expr, known: dict[str, str], depth: int = 0) -> str | None:
    """Return the path that an expression is, or none where it is not known."""
    if depth > _MAX_DEPTH:
        return None

    def inner(part: ast.expr) -> str | None:
        return _path(part, known, depth + 1)

    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name):
            return known.get(name)
        case ast.BinOp(left=left, op=ast.Div() | ast.Add() as operator, right=right):
            parts = [inner(left), inner(right)]
            return _joined(parts, isinstance(operator, ast.Div))
        case ast.Attribute(value=value, attr="parent"):
            return _above(inner(value), 1)
        case ast.Attribute(attr=attribute) if attribute in _CONSTANTS:
            return _CONSTANTS[attribute]
        case ast.Subscript(
            value=ast.Attribute(value=value, attr="parents"), slice=ast.Constant(value=int(level))
        ):
            return _above(inner(value), level + 1)
        case ast.Call(args=args, keywords=[]):
            return _called(node, [inner(one) for one in args], inner)
    return None


def _called(
    node: ast.Call, given: list[str | None], inner: Callable[[ast.expr], str | None]
) -> str | None:
    """Return the path that a call gives.

    :param given: the paths that it is given.
    :param inner: gives the path of another expression.
    """
    name = syntax.called(node)
    if isinstance(node.func, ast.Attribute) and (name == "joinpath" or not given):
        given = [inner(node.func.value), *given]
    first = given[0] if given else None
    if name == "dirname":
        return _above(first, 1)
    if name in _SAME or (name in ("Path", "PurePath") and len(given) == 1):
        return first
    if name in ("join", "joinpath", "Path") and given:
        return _joined(given, True)
    return None


def _joined(parts: list[str | None], are_paths: bool) -> str | None:
    """Return some parts put together, none where one is not known or they are too long.

    :param are_paths: whether a separator stands between them.
    """
    known = [part for part in parts if part]
    if None in parts or sum(map(len, known)) > _MAX_LENGTH:
        return None
    return os.path.join("", *known) if are_paths else "".join(known)


def _above(path: str | None, levels: int) -> str | None:
    """Return the folder some levels above a path."""
    if path is None:
        return None
    above = PurePosixPath(path)
    for _ in range(min(levels, _MAX_DEPTH)):
        above = above.parent
    return str(above)

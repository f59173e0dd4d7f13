"""Whether a process refuses a default, so that nobody can run with it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_launcher.knowledge import language, settings
from flake8_launcher.settings.model import Declaration, Refused
from flake8_launcher.settings.readers.names import Names


def judged(one: Declaration, names: Names) -> Declaration:
    """Return a setting with what the module does about its default."""
    if not settings.is_usable(one.name, one.default):
        return one
    refused: Refused = "never"
    for test, body, is_asked in _checks(names.module.tree):
        if _concerns(test, one, names) and (ends := list(_ends(body))):
            is_partial = is_asked or all(is_inner for is_inner in ends)
            if not is_partial:
                return one._replace(refused="always")
            refused = "elsewhere"
    return one._replace(refused=refused)


def _checks(tree: ast.Module) -> Iterator[tuple[ast.expr, list[ast.stmt], bool]]:
    """Yield the conditions of a module, what they guard, and whether the mode is asked, too."""
    pending: list[tuple[ast.AST, bool]] = [(tree, False)]
    while pending:
        node, is_asked = pending.pop()
        match node:
            case ast.If(test=test, body=body):
                is_asked = is_asked or _asks_mode(test)
                yield test, body, is_asked
            case ast.Assert(test=test):
                yield test, [ast.Raise()], is_asked
            case ast.FunctionDef() if not _runs_on_default(node, tree):
                continue
        pending.extend((child, is_asked) for child in ast.iter_child_nodes(node))


def _runs_on_default(function: ast.FunctionDef, tree: ast.Module) -> bool:
    """Tell whether pydantic asks a validator about defaults, too; other functions may run."""
    marks = [ast.unparse(one) for one in function.decorator_list]
    if not any(settings.VALIDATORS.search(mark) for mark in marks):
        return True
    text = " ".join(marks)
    return bool(settings.VALIDATES_DEFAULTS.search(text)) or any(
        isinstance(one, ast.ClassDef)
        and function in one.body
        and settings.VALIDATES_DEFAULTS.search(ast.unparse(one))
        for one in ast.walk(tree)
    )


def _asks_mode(test: ast.expr) -> bool:
    return settings.MODES.search(ast.unparse(test).replace("environ", "")) is not None


def _concerns(test: ast.expr, one: Declaration, names: Names) -> bool:
    """Tell whether a condition holds for the default of a setting."""
    default = one.default
    if isinstance(default, bytes):
        default = default.decode(errors="replace")
    if not isinstance(default, str):
        return False
    is_named = False
    for node in ast.walk(test):
        match node:
            case ast.Call(func=ast.Attribute(attr="startswith" | "endswith" as method), args=args):
                for given in args:
                    start = names.literal(given)
                    if isinstance(start, str) and getattr(default, method)(start):
                        return True
            case ast.Compare(left=ast.Call(func=ast.Name(id="len")), comparators=[given]):
                least = names.literal(given)
                if _mentions(node, one.name) and isinstance(least, int) and len(default) < least:
                    return True
            case ast.Compare(ops=[ast.In()], comparators=[given]):
                text = names.literal(given)
                left = names.literal(node.left)
                if isinstance(left, str) and left in default and _mentions(node, one.name):
                    return True
                if text is ... and _mentions(node.left, one.name):
                    is_named = True
            case ast.Constant(value=value) if value == one.default or value == default:
                return True
            case ast.Name() | ast.Attribute() if names.literal(node) in (one.default, default):
                return True
    return is_named


def _mentions(node: ast.AST, name: str) -> bool:
    return name.lower() in ast.unparse(node).lower()


def _ends(body: list[ast.stmt]) -> Iterator[bool]:
    """Yield for each statement that ends the process whether a condition on the mode decides."""
    pending: list[tuple[ast.AST, bool]] = [(one, False) for one in body]
    while pending:
        node, is_asked = pending.pop()
        match node:
            case ast.Raise():
                yield is_asked
            case ast.Call(func=ast.Attribute(attr=name)) | ast.Call(func=ast.Name(id=name)):
                if language.ENDS.search(name):
                    yield is_asked
            case ast.If(test=test):
                is_asked = is_asked or _asks_mode(test)
        pending.extend((child, is_asked) for child in ast.iter_child_nodes(node))

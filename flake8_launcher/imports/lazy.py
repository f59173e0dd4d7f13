"""The names of a module that it imports when somebody asks for them (PEP 562)."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.values import FunctionNode

_RECREATES = ("recreate_module", "LazyModule", "LazyImporter", "ModuleType")
"""What makes another module of one, by the names that libraries and projects give it."""


def imported_when_asked(
    module: Module, getter: FunctionNode | None, is_assigned: bool
) -> dict[str, tuple[str, ...]]:
    """Return the modules of the names that a module imports when they are asked for.

    :param getter: its function ``__getattr__``, where it defines one.
    :param is_assigned: whether it takes that function from elsewhere.
    """
    found: dict[str, tuple[str, ...]] = {}
    if isinstance(getter, ast.FunctionDef):
        for inner in syntax.statements(getter.body):
            if isinstance(inner, ast.If):
                targets = tuple(_targets(inner.body, module))
                for name in _texts(inner.test) if targets else ():
                    found[name] = targets
    elif not is_assigned and not any(word in module.text for word in _RECREATES):
        return {}
    for statement in syntax.statements(module.tree.body):
        if isinstance(statement, ast.Assign | ast.AnnAssign | ast.Expr) and statement.value:
            for table in _tables(statement.value):
                found.update(_names(table, module.package))
    return found


def _targets(body: list[ast.stmt], module: Module) -> Iterator[str]:
    for inner in syntax.statements(body):
        if isinstance(inner, ast.Import):
            yield from (alias.name for alias in inner.names)
        elif isinstance(inner, ast.ImportFrom) and (source := module.absolute(inner)):
            yield from (f"{source}.{alias.name}" for alias in inner.names)


def _names(table: ast.Dict, package: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the names in a table of names to modules, or of modules to names."""
    for key, value in zip(table.keys, table.values, strict=True):
        match key, value:
            case ast.Constant(str(name)), ast.Constant(str(module)):
                yield name, _modules(module, package)
            case ast.Constant(str(name)), ast.Tuple([ast.Constant(str(module)), *_]):
                yield name, _modules(module, package)
            case ast.Constant(str(module)), ast.List(elts=several):
                for one in several:
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        yield one.value, _modules(module, package)


def _modules(text: str, package: str) -> tuple[str, ...]:
    """Return what a text in such a table may stand for, most likely first."""
    text = text.partition(":")[0]
    if not all(part.isidentifier() for part in text.lstrip(".").split(".")):
        return ()
    if text[0] == ".":
        return (f"{package}{text}",)
    return f"{package}.{text}", text


def _texts(node: ast.expr) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def _tables(node: ast.expr) -> Iterator[ast.Dict]:
    """Yield the dictionaries that are a value, or arguments of the call that gives it."""
    if isinstance(node, ast.Dict):
        yield node
    elif isinstance(node, ast.Call):
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            yield from _tables(argument)

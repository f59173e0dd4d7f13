"""Options that a module reads when it is imported, and who imports it too early for that."""

from __future__ import annotations

import ast
import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flake8_launcher.knowledge import canonical, shapes
from flake8_launcher.knowledge import options as known
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic import modules
from flake8_launcher.semantic.pieces import lines_of

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_OBJECT = "CONF"
_READS = deferred(shapes.OPTION_TEXT)


@dataclass(slots=True, eq=False, repr=False)
class ImportRead:
    """An option that is read when the module is imported.

    :ivar where: where the read stands, as messages say it.
    :ivar parts: the parts of the option's name, as :func:`.options.read` gives them.
    """

    node: ast.expr
    where: str
    parts: tuple[str, ...] = ()


@dataclass(slots=True, eq=False, repr=False)
class ImportReads:
    """The reads of one module, and the way on which it is imported too early.

    :ivar reads: the reads, in the order of the text.
    :ivar way: the modules that import each other, from the one that a process begins with down
        to this one, before anything parses the configuration.
    """

    reads: tuple[ImportRead, ...]
    way: tuple[str, ...]


def candidates(tree: ast.Module, text: str) -> Iterator[ImportRead]:
    """Yield what may read an option when a module is imported, as its text looks."""
    lines = list(lines_of((found.start() for found in _READS.finditer(text)), text))
    for where, expression in _evaluated(tree.body, "at the top level", lines):
        for node in _attributes(expression):
            yield ImportRead(node, where)


def resolved(
    found: Iterator[ImportRead] | tuple[ImportRead, ...],
    names_of: Callable[[ast.expr], tuple[str, ...]],
) -> Iterator[ImportRead]:
    """Yield those of some reads that surely read something of an oslo.config object."""
    for one in found:
        parts = {known.read(canonical(name)) for name in names_of(one.node)}
        if len(parts) == 1 and (only := parts.pop()):
            yield ImportRead(one.node, one.where, only)


def _evaluated(
    body: list[ast.stmt], where: str, lines: list[int]
) -> Iterator[tuple[str, ast.expr]]:
    """Yield the expressions of a module or class body that run with it, and where they stand.

    :param lines: the lines that matter.
    """
    for statement in body:
        decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
        first = decorators[0].lineno if decorators else statement.lineno
        at = bisect.bisect_left(lines, first)
        if at == len(lines) or lines[at] > (statement.end_lineno or first):
            continue
        yield from (("in a decorator", one) for one in decorators)
        if isinstance(statement, _FUNCTIONS):
            yield from (("in a default argument", one) for one in _defaults(statement.args))
        elif isinstance(statement, ast.ClassDef):
            yield from (("in a class", one) for one in statement.bases)
            yield from _evaluated(statement.body, "in a class", lines)
        elif modules.is_main_block(statement):
            continue
        elif isinstance(statement, ast.If) and modules.is_type_checking(statement.test):
            yield from _evaluated(statement.orelse, where, lines)
        else:
            for child in ast.iter_child_nodes(statement):
                if isinstance(child, ast.expr):
                    yield where, child
                elif isinstance(child, ast.withitem):
                    yield where, child.context_expr
            for block in modules.blocks(statement):
                yield from _evaluated(block, where, lines)


def _defaults(arguments: ast.arguments) -> Iterator[ast.expr]:
    yield from arguments.defaults
    yield from (default for default in arguments.kw_defaults if default is not None)


def _attributes(expression: ast.expr) -> Iterator[ast.expr]:
    """Yield the attributes of something called ``CONF`` that an expression reads, whole."""
    pending: list[ast.AST] = [expression]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Lambda):
            pending.extend(_defaults(node.args))
        elif isinstance(node, ast.Call) and _makes_option(node.func):
            continue
        elif isinstance(node, ast.Attribute) and _is_of_object(node):
            yield node
        else:
            pending.extend(ast.iter_child_nodes(node))


def _makes_option(function: ast.expr) -> bool:
    """Tell whether an option is made, as its default may come from another."""
    return isinstance(function, ast.Attribute) and function.attr.endswith("Opt")


def _is_of_object(node: ast.Attribute) -> bool:
    if not isinstance(node.ctx, ast.Load):
        return False
    inner: ast.expr = node.value
    while isinstance(inner, ast.Attribute) and inner.attr != _OBJECT:
        inner = inner.value
    return (inner.id if isinstance(inner, ast.Name) else getattr(inner, "attr", "")) == _OBJECT

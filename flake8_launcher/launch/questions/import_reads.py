"""Options that a module reads when it is imported, and who imports it too early for that."""

from __future__ import annotations

import ast
import bisect
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from flake8_launcher.imports import early
from flake8_launcher.knowledge import Role, canonical, roles_of, shapes
from flake8_launcher.knowledge import options as known
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.budget import Budget
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.reading.pieces import lines_of, places
from flake8_launcher.semantic.running.events import Called, Event, Read
from flake8_launcher.semantic.running.interpreter import Interpreter
from flake8_launcher.semantic.running.state import MAX_UNITS

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINITIONS = (*_FUNCTIONS, ast.ClassDef)
_OBJECT = "CONF"
_MAKES_OBJECT = "ConfigOpts"
_LIKE_OBJECT = deferred(rf"(?!\w*\W)(?:{shapes.OBJECT_NAME})")
_DECLARES = deferred(r"_?(?:(?:un)?register|list|get|set|add)_\w+|(?:un)?register|\w*opt(?:ion)?s")
"""Names of the functions of a module that is there to declare options."""
_ELSEWHERE = frozenset({"callback", "candidate", "except"})
"""Ways to a read that may not be taken."""
_MAX_CALLS = 4
_BEFORE = deferred(r"(?<!\w)")
_USED = deferred(r"(?!\w)\s*[.,\[]")
"""What stands behind a name that is used, as an argument or for what it holds."""


@dataclass(slots=True, eq=False, repr=False)
class ImportRead:
    """An option that is read when the module is imported.

    :ivar where: where the read stands, as messages say it.
    :ivar statement: the line where the statement begins that it belongs to.
    :ivar parts: the parts of the option's name, as :func:`.options.read` gives them.
    :ivar by: the function that reads it, where the module calls one.
    """

    node: ast.expr | ast.stmt
    where: str
    statement: int
    parts: tuple[str, ...] = ()
    by: str = ""


class Candidate(NamedTuple):
    """An expression that may read an option when a module is imported.

    :ivar where: where it stands, as messages say it.
    :ivar statement: the line where the statement begins that it belongs to.
    """

    where: str
    statement: int
    expression: ast.expr


@dataclass(slots=True, eq=False, repr=False)
class ImportReads:
    """The reads of one module, and the way on which it is imported too early.

    :ivar reads: the reads, in the order of the text.
    :ivar way: the modules that import each other, from the one that a process begins with down
        to this one, before anything parses the configuration.
    """

    reads: tuple[ImportRead, ...]
    way: tuple[str, ...]


def surely_read(module: Module, finder: Finder) -> Iterator[ImportRead]:
    """Yield the options that a module surely reads at its import, until it parses them itself."""
    found = tuple(candidates(module.tree, module.text))
    if not found:
        return
    budget = Budget(MAX_UNITS)  # for all together

    def events_of(expression: ast.expr) -> list[Event]:
        events: list[Event] = []
        if budget.spent < MAX_UNITS:
            interpreter = Interpreter(finder, events.append)
            interpreter.budget = budget
            interpreter.run_expression(module, expression)
        return events

    parsed = early.parse_line(module.text) or sys.maxsize
    before = (one for one in found if one.expression.lineno < parsed)
    yield from _resolved(before, events_of)


def candidates(tree: ast.Module, text: str) -> Iterator[Candidate]:
    """Yield the expressions that may read an option when a module is imported.

    They name objects of oslo.config as the module calls them, or call functions of the module
    that do.
    """
    objects = _objects(tree)
    lines = _lines(objects, _is_used, text)
    readers: set[str] = set()
    for _ in range(_MAX_CALLS):
        found = _holding(tree, lines) - readers
        if not found:
            break
        readers |= found
        lines = sorted([*lines, *_lines(found, _is_called, text)])
    makes_defaults = not _only_declares(tree)
    for one in _evaluated(tree.body, "at the top level", lines):
        for node in _parts(one.expression, objects, readers, makes_defaults):
            yield one._replace(expression=node)


def _is_used(text: str, start: int, end: int) -> bool:
    """Tell whether a name is used that stands somewhere in a text."""
    return _BEFORE.match(text, start) is not None and _USED.match(text, end) is not None


def _is_called(text: str, start: int, end: int) -> bool:
    """Tell whether a name is called that stands somewhere in a text, and not defined."""
    if not text.startswith("(", end) or _BEFORE.match(text, start) is None:
        return False
    return not text.endswith(("def ", "class "), 0, start)


def _lines(
    names: Iterable[str], is_meant: Callable[[str, int, int], bool], text: str
) -> list[int]:
    """Return the lines where one of some names stands in a certain way.

    A plain text is found much quicker than an expression with names to choose from.
    """
    starts: set[int] = set()
    for name in names:
        found = places(text, name)
        starts.update(at for at in found if is_meant(text, at, at + len(name)))
    return [*lines_of(sorted(starts), text)]


def _resolved(
    found: Iterable[Candidate], run: Callable[[ast.expr], Iterable[Event]]
) -> Iterator[ImportRead]:
    """Yield what surely reads something of an oslo.config object, until that is parsed.

    :param found: what :func:`candidates` yields.
    :param run: gives the events of an expression of the top level.
    """
    for where, statement, expression in found:
        last: ast.expr | None = None
        reads: list[ImportRead] = []
        parses = False
        for event in run(expression):
            if isinstance(event, Called) and not event.seen:
                parses = parses or any(Role.LOAD in roles_of(name) for name in event.names)
            if parses or not isinstance(event, Read):
                continue
            node, chain = event.node, event.context.chain
            holder = node.args[0] if isinstance(node, ast.Call) else getattr(node, "value", None)
            if last is not None and last is holder:
                reads.pop()
            last = None
            if not any(arm.kind in _ELSEWHERE for arm in event.context.arms):
                last = node
                parts = known.read(canonical(event.name))
                place = chain[0].node if chain else node
                by = chain[-1].callee if chain else ""
                reads.append(ImportRead(place, where, statement, parts, by))
        yield from (one for one in reads if one.parts)
        if parses:
            return


def _objects(tree: ast.Module) -> set[str]:
    """Return the names that may stand for a configuration object, or a group of one."""
    objects = {_OBJECT}
    for statement in syntax.statements(tree.body):
        if isinstance(statement, ast.Import | ast.ImportFrom):
            names = (alias.asname or alias.name for alias in statement.names)
            objects.update(name for name in names if _LIKE_OBJECT.fullmatch(name))
        elif isinstance(statement, ast.Assign) and _is_object(statement.value, objects):
            objects.update(one.id for one in statement.targets if isinstance(one, ast.Name))
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            if statement.value is not None and _is_object(statement.value, objects):
                objects.add(statement.target.id)
    return objects


def _is_object(node: ast.expr, objects: set[str]) -> bool:
    """Tell whether an expression makes an object, or names one or what it holds."""
    if isinstance(node, ast.Call):
        node = node.func
        return _MAKES_OBJECT in (getattr(node, "attr", ""), getattr(node, "id", ""))
    name = getattr(node, "id", getattr(node, "attr", ""))
    return name in objects or _is_of_object(node, objects)


def _holding(tree: ast.Module, lines: list[int]) -> set[str]:
    """Return the names of functions and classes that have one of some lines in them."""
    names: set[str] = set()
    for statement in tree.body:
        if isinstance(statement, _DEFINITIONS):
            at = bisect.bisect_left(lines, statement.lineno)
            if at < len(lines) and lines[at] <= (statement.end_lineno or 0):
                names.add(statement.name)
    return names


def _only_declares(tree: ast.Module) -> bool:
    """Tell whether a module is there to declare options, and holds nothing else."""
    definitions = [one for one in tree.body if isinstance(one, _DEFINITIONS)]
    return all(
        isinstance(one, _FUNCTIONS) and _DECLARES.fullmatch(one.name) for one in definitions
    )


def _evaluated(body: list[ast.stmt], where: str, lines: list[int]) -> Iterator[Candidate]:
    """Yield the expressions of a module or class body that run with it.

    :param lines: the lines that matter.
    """
    for statement in body:
        decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
        first = decorators[0].lineno if decorators else statement.lineno
        at = bisect.bisect_left(lines, first)
        if at == len(lines) or lines[at] > (statement.end_lineno or first):
            continue
        yield from (Candidate("in a decorator", first, one) for one in decorators)
        if isinstance(statement, _FUNCTIONS):
            for one in _defaults(statement.args):
                yield Candidate("in a default argument", first, one)
        elif isinstance(statement, ast.ClassDef):
            yield from (Candidate("in a class", first, one) for one in statement.bases)
            yield from _evaluated(statement.body, "in a class", lines)
        elif syntax.is_main_block(statement):
            continue
        elif isinstance(statement, ast.If) and syntax.is_type_checking(statement.test):
            yield from _evaluated(statement.orelse, where, lines)
        else:
            for child in ast.iter_child_nodes(statement):
                if isinstance(child, ast.expr):
                    yield Candidate(where, first, child)
                elif isinstance(child, ast.withitem):
                    yield Candidate(where, first, child.context_expr)
            for block in syntax.blocks(statement):
                yield from _evaluated(block, where, lines)


def _defaults(arguments: ast.arguments) -> Iterator[ast.expr]:
    yield from arguments.defaults
    yield from (default for default in arguments.kw_defaults if default is not None)


def _parts(
    expression: ast.expr, objects: set[str], readers: set[str], makes_defaults: bool
) -> Iterator[ast.expr]:
    """Yield the parts of an expression that may read an option, whole and in order."""
    match expression:
        case ast.Lambda(args=arguments):
            for default in _defaults(arguments):
                yield from _parts(default, objects, readers, makes_defaults)
            return
        case ast.Call(func=function) if not makes_defaults and _makes_option(function):
            return
        case ast.Call(func=ast.Name(id=name)) if name in readers:
            yield expression
        case ast.Call(func=ast.Name(id="getattr"), args=[holder, _]):
            if _is_object(holder, objects):
                yield expression
                return
        case ast.Attribute() | ast.Subscript() if _is_of_object(expression, objects):
            yield expression
            return
    for child in ast.iter_child_nodes(expression):
        if isinstance(child, ast.expr):
            yield from _parts(child, objects, readers, makes_defaults)
        elif isinstance(child, ast.keyword):
            yield from _parts(child.value, objects, readers, makes_defaults)
        elif isinstance(child, ast.comprehension):
            for one in (child.iter, *child.ifs):
                yield from _parts(one, objects, readers, makes_defaults)


def _makes_option(function: ast.expr) -> bool:
    """Tell whether an option is made, as its default may come from another."""
    return isinstance(function, ast.Attribute) and function.attr.endswith("Opt")


def _is_of_object(node: ast.expr, objects: set[str]) -> bool:
    """Tell whether an expression reads an attribute or item of an object, by its name."""
    if not isinstance(node, ast.Attribute | ast.Subscript) or not isinstance(node.ctx, ast.Load):
        return False
    inner: ast.expr = node.value
    while isinstance(inner, ast.Attribute | ast.Subscript):
        if isinstance(inner, ast.Attribute) and inner.attr in objects:
            return True
        inner = inner.value
    return isinstance(inner, ast.Name) and inner.id in objects

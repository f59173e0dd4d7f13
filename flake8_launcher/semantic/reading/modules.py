"""A module as text: its name, its syntax tree, and what each of its names is bound to."""

from __future__ import annotations

import ast
import bisect
import heapq
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TypeAlias

from flake8_launcher import files
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.reading.pieces import Definition, Piece, lines_of, parse, split
from flake8_launcher.semantic.values import Class, Function, FunctionNode


@dataclass(slots=True, eq=False, repr=False)
class Imported:
    """A name bound by an import.

    :ivar module: absolute name of the module.
    :ivar name: what is taken from it; none for the module itself.
    """

    module: str
    name: str | None = None


@dataclass(slots=True, eq=False, repr=False)
class Assigned:
    """A name bound to an expression.

    :ivar path: indexes into the value, for an unpacking target.
    :ivar iterated: whether the name takes the elements of the value (``for``).
    """

    value: ast.expr
    path: tuple[int, ...] = ()
    iterated: bool = False


@dataclass(slots=True, eq=False, repr=False)
class Defined:
    """A name bound by ``def`` or ``class``, which may still have to be parsed."""

    piece: Piece | Definition

    @property
    def node(self) -> Definition | None:
        """The syntax tree; none when it does not parse."""
        return self.piece.node if isinstance(self.piece, Piece) else self.piece


_AT_TOP = (".git", ".hg", ".svn", "pyproject.toml", "setup.cfg")
"""What stands in the folder of a project or repository, and in no package."""
_DYNAMIC = deferred(
    r"import \*|\bglobals\(|\blocals\(|\bvars\(|\bexec\(|NameError|UnboundLocalError"
    r"|\bbuiltins?\b|__builtin|\bPY[23]\b|version_info"
)
_GLOBAL = deferred(r"\n[ \t]+global [^\W\d]")

Binding: TypeAlias = Imported | Assigned | Defined
Assignments: TypeAlias = dict[str, list[tuple[FunctionNode, ast.expr]]]


@dataclass(eq=False)
class Module:
    """One module whose text is read; what it holds never changes.

    :ivar name: its qualified name, as the project imports it.
    :ivar path: the file.
    :ivar package: the package that relative imports start from.
    :ivar state: the state of the file that the text is read from, if it is.
    :ivar given: its text and tree, where they do not come from the disk.
    """

    name: str
    path: str
    package: str
    state: files.State | None = None
    given: tuple[str, ast.Module] | None = None

    @property
    def size(self) -> int:
        """The length of the file in bytes; 0 where the text is given."""
        return self.state[1] if self.state else 0

    @property
    def held(self) -> int:
        """How much is kept of the module: the length of its text, if that is read, and parsed.

        A text takes about an eighth of what its syntax tree does.
        """
        known = self.__dict__
        if "text" not in known:
            return 0
        read = len(self.text) // 8
        if "_parsed" not in known:
            return read
        waiting = (piece for piece in self._parsed[0] if not piece.is_parsed)
        return read + len(self.text) - sum(len(piece.text) for piece in waiting)

    @cached_property
    def text(self) -> str:
        """The module's text; empty when it cannot be decoded."""
        if self.given is not None:
            return self.given[0]
        return files.read_source(self.path) or ""

    @cached_property
    def tree(self) -> ast.Module:
        """The module's syntax tree; empty when it does not parse."""
        if self.given is not None:
            return self.given[1]
        pieces, rest = self._parsed
        body = list(rest.body)
        for piece in pieces:
            if piece.node is None:
                return ast.Module(body=[], type_ignores=[])
            body.append(piece.node)
        body.sort(key=lambda node: node.lineno)
        return ast.Module(body=body, type_ignores=[])

    @cached_property
    def _parsed(self) -> tuple[list[Piece], ast.Module]:
        """The definitions of the top level that are still to be parsed, and all the rest."""
        if self.given is not None:
            return [], self.given[1]
        divided = split(self.text)
        if divided is not None:
            pieces, text = divided
            rest = parse(text)
            if rest is not None:
                return pieces, rest
        return [], parse(self.text) or ast.Module(body=[], type_ignores=[])

    @cached_property
    def is_readable(self) -> bool:
        """Whether the text was read and parses, as far as it is not in pieces."""
        pieces, rest = self._parsed
        if pieces or rest.body:
            return True
        return parse(self.text) is not None and (bool(self.text) or not self.size)

    @cached_property
    def outline(self) -> list[ast.stmt | Piece]:
        """The statements of the top level in order, with definitions still to be parsed."""
        pieces, rest = self._parsed
        several: list[ast.stmt | Piece] = [*pieces, *rest.body]
        return sorted(
            several, key=lambda part: part.line if isinstance(part, Piece) else part.lineno
        )

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, numbered as those of its syntax tree."""
        return split_lines(self.text)

    @cached_property
    def may_bind_unseen(self) -> bool:
        """Whether names may be bound, or missed on purpose, where no statement shows it."""
        return _DYNAMIC.search(self.text) is not None

    @cached_property
    def defines(self) -> bool:
        """Whether the top level defines a function or class."""
        return any(isinstance(one, Defined) for found in self.bindings.values() for one in found)

    @cached_property
    def bindings(self) -> dict[str, list[Binding]]:
        """What each name of the module's top level may be bound to, in the order of the text."""
        pieces, rest = self._parsed
        found = [(piece.line, piece.name, Defined(piece)) for piece in pieces]
        table: dict[str, list[Binding]] = {}
        for line, name, binding in heapq.merge(
            found, _bound_by(rest.body, self), key=itemgetter(0)
        ):
            table.setdefault(name, []).append(binding)
        for node in self._declaring():
            shared = {
                name
                for inner in syntax.statements(node.body)
                if isinstance(inner, ast.Global)
                for name in inner.names
            }
            for name, bindings in bind(node.body, self).items() if shared else ():
                if name in shared:
                    table.setdefault(name, []).extend(bindings)
        return table

    @cached_property
    def stars(self) -> tuple[str, ...]:
        """The modules that the top level imports all names of, the last first."""
        if "import *" not in self.text:
            return ()
        _, rest = self._parsed
        found = [
            self.absolute(node)
            for node in syntax.statements(rest.body)
            if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
        ]
        return tuple(source for source in reversed(found) if source)

    def _declaring(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Yield the functions that may declare a name of the top level as theirs to bind."""
        if "global " not in self.text:
            return
        pieces, rest = self._parsed
        ends = (found.end() for found in _GLOBAL.finditer(self.text))
        lines = list(lines_of(ends, self.text))
        outer: list[ast.stmt | None] = [
            piece.node for piece in pieces if _GLOBAL.search(piece.text)
        ]
        for statement in rest.body:
            first = bisect.bisect_left(lines, statement.lineno)
            if lines[first : first + 1] and lines[first] <= (statement.end_lineno or lines[first]):
                outer.append(statement)
        for one in outer:
            for node in ast.walk(one) if one is not None else ():
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield node

    @cached_property
    def members(self) -> dict[ast.AST, dict[str, list[Binding]]]:
        """What the names of class bodies may be bound to, for each class asked for so far."""
        return {}

    @cached_property
    def generators(self) -> dict[ast.AST, bool]:
        """Whether functions yield, for each function asked for so far."""
        return {}

    @cached_property
    def bound_below(self) -> dict[ast.AST, set[str]]:
        """What something below a function, or the tree, binds, for each asked for so far."""
        return {}

    @cached_property
    def assignments(self) -> dict[ast.AST, Assignments]:
        """What methods assign to attributes of ``self``, for each class asked for so far."""
        return {}

    @cached_property
    def methods(self) -> frozenset[str]:
        """The names of the methods that classes of the module's top level define."""
        return frozenset(
            inner.name
            for statement in self.tree.body
            if isinstance(statement, ast.ClassDef)
            for inner in statement.body
            if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef)
        )

    def absolute(self, node: ast.ImportFrom) -> str | None:
        """Return the absolute name that a ``from`` import names, or none above the top."""
        return self.absolute_name(node.module, node.level)

    def absolute_name(self, name: str | None, level: int) -> str | None:
        """Return the absolute name of what a ``from`` import names, or none above the top.

        :param name: what stands after the dots, if anything does.
        :param level: the number of dots.
        """
        if not level or (level == 1 and not self.package):
            return name
        parts = self.package.split(".") if self.package else []
        if level - 1 > len(parts) or not parts:
            return None
        base = parts[: len(parts) - (level - 1)]
        return ".".join([*base, *([name] if name else [])]) or None


def locate(path: str) -> tuple[str, str]:
    """Return the qualified name and the package of the module in a file.

    Parent folders count as packages while they hold an ``__init__.py``, below the folder of the
    project or repository: nobody imports that, whatever it holds.

    :param path: absolute path; it need not exist.
    """
    folder, base = os.path.split(path)
    stem = base.removesuffix(".py")
    packages: list[str] = []
    while _is_package(folder) and not _is_project(folder):
        folder, name = os.path.split(folder)
        if not name:
            break
        packages.insert(0, name)
    package = ".".join(packages)
    if stem == "__init__" and packages:
        return package, package
    if not packages and _is_package(os.path.join(folder, stem)):
        return "__main__", ""  # whoever imports the name gets the package: the file is only run
    return ".".join([*packages, stem]), package


def resolved(name: str, package: str) -> str:
    """Return the absolute name of a module, empty where that is not known.

    :param name: as ``importlib.import_module`` is given it: a dot stands for the package.
    """
    level = len(name) - len(name.lstrip("."))
    if not level:
        return name
    parents = package.split(".")
    if not package or level > len(parents):
        return ""
    return ".".join([*parents[: len(parents) - level + 1], *filter(None, [name[level:]])])


def _is_package(folder: str) -> bool:
    return os.path.isfile(os.path.join(folder, "__init__.py"))


def _is_project(folder: str) -> bool:
    """Tell whether a folder is that of a project or repository.

    The packages of some large projects have a ``setup.py`` each.
    """
    if any(os.path.exists(os.path.join(folder, name)) for name in _AT_TOP):
        return True
    has_script = os.path.isfile(os.path.join(folder, "setup.py"))
    return has_script and not _is_package(os.path.dirname(folder))


def bind(body: list[ast.stmt], module: Module) -> dict[str, list[Binding]]:
    """Return what each name may be bound to by the statements of one scope, in order."""
    table: dict[str, list[Binding]] = {}
    for _, name, binding in _bound_by(body, module):
        table.setdefault(name, []).append(binding)
    return table


def _bound_by(body: list[ast.stmt], module: Module) -> Iterator[tuple[int, str, Binding]]:
    for statement in syntax.statements(body):
        for name, binding in _bindings(statement, module):
            yield statement.lineno, name, binding


def split_lines(text: str) -> list[str]:
    """Return the lines of a text as Python counts them: a form feed ends none."""
    return text.split("\n")


def skipped_on_import(module: Module) -> list[range]:
    """Return the lines of the top level that an import of a module surely skips."""
    found: list[range] = []
    for statement in syntax.statements(module.tree.body):
        if isinstance(statement, ast.If):
            holds = syntax.holds_on_import(statement.test)
            block = statement.orelse if holds else statement.body if holds is False else []
            if block:
                found.append(range(block[0].lineno, (block[-1].end_lineno or 0) + 1))
    return found


def bound_on_import(module: Module) -> set[str]:
    """Return the names of the top level that an import of a module may bind."""
    skipped = skipped_on_import(module)
    bound: dict[str, bool] = {}
    for line, name, _ in _bound_by(module.tree.body, module):
        bound[name] = bound.get(name, False) or not any(line in lines for lines in skipped)
    # what else is bound, functions declare to be global
    return {name for name in module.bindings if bound.get(name, True)}


def imported(node: ast.Import | ast.ImportFrom, module: Module) -> Iterator[tuple[str, Imported]]:
    """Yield the names that an import binds; a star import binds none that can be told."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            if alias.asname:
                yield alias.asname, Imported(alias.name)
            else:
                root = alias.name.partition(".")[0]
                yield root, Imported(root)
        return
    source = module.absolute(node)
    for alias in node.names:
        if alias.name == "*":
            continue
        if source:
            yield alias.asname or alias.name, Imported(source, alias.name)
        elif node.level == 1 and not module.package:
            # a folder without __init__.py: its modules stand beside this one
            yield alias.asname or alias.name, Imported(alias.name)


def _bindings(node: ast.stmt, module: Module) -> Iterator[tuple[str, Binding]]:
    match node:
        case ast.Import() | ast.ImportFrom():
            yield from imported(node, module)
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name, Defined(node)
        case ast.Assign(targets=several, value=value):
            for target in several:
                for name, path in syntax.targets(target):
                    yield name, Assigned(value, path)
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, Assigned(value)
        case ast.For(target=target, iter=value) | ast.AsyncFor(target=target, iter=value):
            for name, path in syntax.targets(target):
                yield name, Assigned(value, path, iterated=True)
        case ast.With(items=items) | ast.AsyncWith(items=items):
            for item in items:
                for name, path in syntax.targets(item.optional_vars) if item.optional_vars else ():
                    yield name, Assigned(item.context_expr, path)


def class_bindings(cls: Class) -> dict[str, list[Binding]]:
    """Return what each name of a class body may be bound to."""
    known = cls.module.members.get(cls.node)
    if known is None:
        known = cls.module.members[cls.node] = bind(cls.node.body, cls.module)
    return known


def fields(cls: Class) -> list[str]:
    """Return the names that a class body annotates, in order, as fields of a dataclass."""
    return [
        one.target.id
        for one in cls.node.body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
    ]


def self_assignments(cls: Class) -> Assignments:
    """Return, for each attribute, what the methods of a class assign to it on ``self``."""
    known = cls.module.assignments.get(cls.node)
    if known is not None:
        return known
    known = cls.module.assignments[cls.node] = {}
    for method in cls.node.body:
        if not isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        own = syntax.parameters(method)[:1]
        for statement in syntax.statements(method.body):
            if isinstance(statement, ast.Assign):
                assigned = statement.targets
            elif isinstance(statement, ast.AnnAssign) and statement.value:
                assigned = [statement.target]
            else:
                continue
            for target in assigned:
                if (
                    isinstance(target, ast.Attribute)
                    and isinstance(target.value, ast.Name)
                    and target.value.id in own
                    and statement.value is not None
                ):
                    known.setdefault(target.attr, []).append((method, statement.value))
    return known


def is_generator(function: Function) -> bool:
    """Tell whether a function's own body yields."""
    known = function.module.generators.get(function.node)
    if known is None:
        known = "yield" in function.module.text and syntax.yields(function.node)
        function.module.generators[function.node] = known
    return known

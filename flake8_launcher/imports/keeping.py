"""What a value that a module makes at its import keeps of the names that patchers replace."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from flake8_launcher.imports.conditions import Conditions
from flake8_launcher.imports.summary import Kind
from flake8_launcher.knowledge.language import IMPORTERS
from flake8_launcher.knowledge.order import LOGGER, ROOT, ROOT_NAMES
from flake8_launcher.knowledge.replaced import MAKERS, QUERIES, REPLACED
from flake8_launcher.semantic.budget import STEP, Budget
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.values import FunctionNode

MAX_CALLS = 2
_MAX_BASES = 4
_MAX_UNITS = 40_000 * STEP
_MOVED = {
    "six.moves.": "",
    "future.moves.": "",
}

Kept = tuple[str, Kind, str]
"""The name that is replaced, how it is kept, and the attribute that keeps it."""


def is_replaced(name: str) -> bool:
    """Tell whether some patcher replaces what a qualified name stands for."""
    module, _, attribute = name.rpartition(".")
    return attribute in REPLACED.get(module, ())


def renamed(name: str) -> str:
    """Return the one name of what compatibility packages rename."""
    for old, new in _MOVED.items():
        if name.startswith(old):
            return new + name[len(old) :]
    return name


class Keeping(Conditions):
    """Knows the names of a module, and what values keep.

    :param module: the module.
    """

    def __init__(self, module: Module) -> None:
        super().__init__()
        self._module = module
        self._budget = Budget(_MAX_UNITS)
        self._names: dict[str, str | None] = {}
        self._local: dict[str, str | None] | None = None
        self._functions: dict[str, FunctionNode] = {}
        self._classes: dict[str, ast.ClassDef] = {}
        self._returning = 0

    def name_of(self, node: ast.expr) -> str | None:
        """Return the qualified name of a value, with ``()`` for the result of a call."""
        match node:
            case ast.Name(id=name):
                if self._local is not None and name in self._local:
                    return self._local[name]
                if name in self._names:
                    return self._names[name]
                return None if name in self._functions or name in self._classes else name
            case ast.Attribute(value=owner, attr=attribute):
                base = self.name_of(owner)
                return renamed(f"{base}.{attribute}") if base else None
            case ast.Call(func=ast.Name(id="getattr"), args=[owner, ast.Constant(str(name)), *_]):
                base = self.name_of(owner)
                return f"{base}.{name}" if base else None
            case ast.Call(func=called, args=arguments):
                base = self.name_of(called)
                if base in IMPORTERS and arguments:
                    return self._named_module(arguments)
                if base == LOGGER and _is_root(arguments):
                    return ROOT
                return f"{base}()" if base else None
            case ast.NamedExpr(value=value):
                return self.name_of(value)
            case ast.IfExp(test=test, body=body, orelse=other):
                truth = self.truth(test)
                return None if truth is None else self.name_of(body if truth else other)
        return None

    def _named_module(self, arguments: list[ast.expr]) -> str | None:
        """Return the module that a call imports by a literal name."""
        name = self.value(arguments[0])
        if not isinstance(name, str) or not name:
            return None
        if name[0] != ".":
            return name
        level = len(name) - len(name.lstrip("."))
        node = ast.ImportFrom(module=name.lstrip(".") or None, names=[], level=level)
        return self._module.absolute(node)

    def _kept(self, node: ast.expr) -> Iterator[Kept]:
        """Yield what is kept of the replaced names when a value is kept."""
        self._budget.spend()
        match node:
            case ast.Constant():
                return
            case ast.Name() | ast.Attribute():
                name = self.name_of(node)
                if name and is_replaced(name):
                    yield name, "reference", ""
                elif name and name.endswith("()") and name.removesuffix("()") in MAKERS:
                    yield name.removesuffix("()"), "instance", ""
            case ast.Call(func=called):
                yield from self._kept_of_call(node, called)
            case ast.Dict(values=values):
                yield from self._kept_of_all(values)
            case ast.List(elts=values) | ast.Tuple(elts=values) | ast.Set(elts=values):
                yield from self._kept_of_all(values)
            case ast.BoolOp(values=values):
                yield from self._kept_of_all(values)
            case ast.IfExp(test=test, body=body, orelse=other):
                truth = self.truth(test)
                if truth is not False:
                    yield from self._kept(body)
                if truth is not True:
                    yield from self._kept(other)
            case ast.NamedExpr(value=value) | ast.Starred(value=value):
                yield from self._kept(value)
            case ast.ListComp(elt=value) | ast.SetComp(elt=value) | ast.DictComp(value=value):
                yield from self._kept(value)
            case ast.Lambda(args=arguments):
                yield from self._kept_of_all(
                    [one for one in (*arguments.defaults, *arguments.kw_defaults) if one]
                )

    def _kept_of_all(self, values: Iterable[ast.expr]) -> Iterator[Kept]:
        for value in values:
            yield from self._kept(value)

    def _kept_of_call(self, node: ast.Call, called: ast.expr) -> Iterator[Kept]:
        name = self.name_of(called)
        if name in MAKERS:
            yield name, "instance", ""
            return
        if name == "getattr":
            given = self.name_of(node)
            if given and is_replaced(given):
                yield given, "reference", ""
            return
        if name is None and isinstance(called, ast.Name):
            if called.id in self._classes:
                yield from self._kept_of_instance(called.id)
            elif called.id in self._functions:
                yield from self._kept_of_function(called.id)
        if name not in QUERIES:
            yield from self._kept_arguments(node)

    def _kept_of_instance(self, name: str, depth: int = 0) -> Iterator[Kept]:
        """Yield what an instance of a class of this module keeps from when it is made."""
        node = self._classes[name]
        for base in self._bases(node):
            self._budget.spend(STEP)
            replaced = self.name_of(base)
            if replaced and is_replaced(replaced):
                yield replaced, "instance", ""
            if isinstance(base, ast.Name) and base.id in self._classes and depth < _MAX_BASES:
                yield from self._kept_of_instance(base.id, depth + 1)
        for method in node.body:
            if isinstance(method, ast.FunctionDef) and method.name == "__init__":
                for inner in syntax.statements(method.body):
                    self._budget.spend()
                    match inner:
                        case (
                            ast.Assign(
                                targets=[ast.Attribute(ast.Name("self"), place)],
                                value=ast.Call() as made,
                            )
                            | ast.AnnAssign(
                                target=ast.Attribute(ast.Name("self"), place),
                                value=ast.Call() as made,
                            )
                        ):
                            for held, _, rest in self._kept(made):
                                yield held, "instance", f"{place}.{rest}" if rest else place

    def _kept_of_function(self, name: str) -> Iterator[Kept]:
        """Yield what is kept of what a function of this module returns."""
        function = self._functions[name]
        if self._returning >= MAX_CALLS or not isinstance(function, ast.FunctionDef):
            return
        self._returning += 1
        outer, self._local = self._local, {}
        try:
            for statement in syntax.statements(function.body):
                self._budget.spend()
                match statement:
                    case ast.Assign(targets=[ast.Name(id=target)], value=value):
                        for held, kind, _ in self._kept(value):
                            made = f"{held}()" if kind == "instance" else held
                            self._local[target] = made
                    case ast.Return(value=ast.expr() as value):
                        yield from self._kept(value)
        finally:
            self._returning -= 1
            self._local = outer

    def _kept_arguments(self, node: ast.Call) -> Iterator[Kept]:
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            yield from self._kept(argument)

    def _bases(self, node: ast.ClassDef) -> Iterator[ast.expr]:
        for base in node.bases:
            if isinstance(base, ast.Call):
                yield from base.args
            else:
                yield base.value if isinstance(base, ast.Subscript) else base


def _is_root(arguments: list[ast.expr]) -> bool:
    """Tell whether a logger of such a name is the root logger."""
    match arguments:
        case [ast.Constant(value=name)]:
            return name in ROOT_NAMES
    return not arguments

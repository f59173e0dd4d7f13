"""Calls of what a module defines, which run when it is imported."""

from __future__ import annotations

import abc
import ast
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from flake8_launcher.imports.conditions import UNKNOWN, Unknown
from flake8_launcher.imports.keeping import MAX_CALLS
from flake8_launcher.imports.noting import Noting
from flake8_launcher.imports.summary import Called, Patched, Read
from flake8_launcher.knowledge import order, root_of
from flake8_launcher.knowledge.frameworks import known_of
from flake8_launcher.knowledge.language import IMPORTERS
from flake8_launcher.knowledge.patchers import patcher_of
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.values import FunctionNode


class Calling(Noting):
    """Follows the calls in expressions, and what the module itself defines of them."""

    def __init__(self, module: Module) -> None:
        super().__init__(module)
        self._made: ast.ClassDef | None = None

    @abc.abstractmethod
    def run(self, body: Iterable[ast.stmt]) -> bool:
        """Run statements; tell whether the last that ran ends the scope."""

    def call(self, name: str, node: ast.Call | None = None) -> None:
        """Run a function of the module in thought, or the constructor of a class."""
        if name in self._functions:
            with self._given(self._functions[name], node):
                self._follow(self._functions[name])
        elif name in self._classes:
            self._run_of(self._classes[name], "__init__")

    def _scan(self, node: ast.expr) -> None:
        """Look for calls that matter in an expression that is evaluated."""
        pending: list[ast.AST] = [node]
        found: list[ast.Call | ast.Compare | ast.Subscript] = []
        while pending:
            inner = pending.pop()
            self._budget.spend()
            if isinstance(inner, ast.Call | ast.Compare | ast.Subscript):
                found.append(inner)
            elif isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name):
                if self._names.get(inner.value.id) == order.DJANGO_SETTINGS:
                    self._note(self._needing_settings(inner))
            if not isinstance(inner, ast.Lambda | ast.Constant | ast.Name):
                pending.extend(ast.iter_child_nodes(inner))
        for one in reversed(found):
            if isinstance(one, ast.Call):
                self._call(one)
            elif isinstance(one, ast.Compare):
                is_member = isinstance(one.ops[-1], ast.In | ast.NotIn)
                if is_member and self.name_of(one.comparators[-1]) == order.ENVIRONMENT:
                    self._read(one.left, order.ENVIRONMENT, one.lineno)
            elif self.name_of(one.value) == order.ENVIRONMENT:
                self._read(one.slice, order.ENVIRONMENT, one.lineno)

    def _call(self, node: ast.Call) -> None:
        name = self.name_of(node.func)
        if name is None:
            match node.func:
                case ast.Name(id=called):
                    if called in self._classes:
                        self._read_settings(self._classes[called], node)
                    self.call(called, node)
                case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=method) if self._made:
                    self._run_method(self._made, method)
                case ast.Attribute(value=ast.Name(id=owner), attr=method):
                    if owner in self._classes:
                        self._run_of(self._classes[owner], method)
            return
        if name in order.READERS:
            first = node.args[0] if node.args else None
            if name in order.READS_ALL:
                first = None
            self._read(first, name, node.lineno)
        elif variable := known_of(root_of(name)).keys.get(name):
            # ``**``, and whatever gives the key
            is_given = any(one.arg is None or "key" in one.arg for one in node.keywords)
            if not node.args and not is_given:
                self._note(Read(variable, name, node.lineno, self._perhaps, self._needs))
        elif name in order.NOTED:
            given = self._text(node.args[0]) if node.args else None
            keywords = tuple(
                (keyword.arg or "**", self._named(keyword.value)) for keyword in node.keywords
            )
            self._note(Called(name, given, keywords, node.lineno, self._perhaps, self._needs))
        elif self._is_of_project(name):
            # what a function of another module of the project does, that module tells
            self._note(Called(name, None, (), node.lineno, self._perhaps, self._needs))
        if patcher_of(name):
            keywords = tuple(
                (keyword.arg or "**", self._literal(keyword.value)) for keyword in node.keywords
            )
            self._note(Patched(name, keywords, node.lineno, self._perhaps, self._needs))
        elif name in IMPORTERS and node.args:
            module = self._named_module(node.args)
            if module:
                self._imported(module, None, node.lineno)

    def _is_of_project(self, name: str) -> bool:
        """Tell whether a qualified name may be that of a function of another module beside."""
        root, _, rest = name.partition(".")
        if "()" in name or not rest:
            return False
        is_beside = self._root == self._module.name and "." not in rest
        return root == self._root or (is_beside and root not in sys.stdlib_module_names)

    def _run_of(self, cls: ast.ClassDef, method: str) -> None:
        """Run a method of a class of this module, with what that calls of the same."""
        made, self._made = self._made, cls
        self._run_method(cls, method)
        self._made = made

    def _run_method(self, cls: ast.ClassDef, name: str) -> None:
        """Run a method that a class of this module defines itself."""
        for inner in cls.body:
            if isinstance(inner, ast.FunctionDef) and inner.name == name:
                self._follow(inner)

    def _follow(self, function: FunctionNode) -> None:
        """Run the body of a function of this module."""
        if self._depth >= MAX_CALLS or not isinstance(function, ast.FunctionDef):
            return
        state = self._owner, self._local, self._globals, self._perhaps
        self._owner = ""
        self._local = {name: None for name in syntax.parameters(function)}
        self._globals = frozenset(
            name
            for inner in function.body
            if isinstance(inner, ast.Global)
            for name in inner.names
        )
        self._depth += 1
        try:
            self.run(function.body)
        finally:
            self._depth -= 1
            self._owner, self._local, self._globals, self._perhaps = state

    @contextmanager
    def _given(self, function: FunctionNode, node: ast.Call | None) -> Iterator[None]:
        """Bind the parameters of a function to the literals that it is given."""
        parameters = syntax.parameters(function)
        shadowed = {name: self.constants.pop(name, UNKNOWN) for name in parameters}
        if node is not None:
            given = [*zip(parameters, node.args, strict=False)]
            given += [(one.arg, one.value) for one in node.keywords if one.arg in shadowed]
            self.constants.update(
                (name, value.value) for name, value in given if isinstance(value, ast.Constant)
            )
        try:
            yield
        finally:
            for name, value in shadowed.items():
                self.constants.pop(name, None)
                if not isinstance(value, Unknown):
                    self.constants[name] = value

"""Runs the top level of a module in thought, for the options that it registers.

Values are computed as far as they are literal. Of a condition that cannot be told both branches
run; a loop over what cannot be told runs once. So more may be registered than at run time, never
less: what cannot be read makes the module unread.
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Callable, Iterator

from flake8_launcher.knowledge import options as known
from flake8_launcher.semantic.budget import STEP, BoundReachedError, Budget
from flake8_launcher.semantic.reading import modules, syntax
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.reading.pieces import Piece
from flake8_launcher.settings.calls import Calls
from flake8_launcher.settings.model import Registrations
from flake8_launcher.settings.values import (
    UNKNOWN,
    Class,
    Function,
    Name,
    Scope,
    Space,
    Taken,
    Value,
)

MAX_UNITS = 20_000 * 2 * STEP
"""What reading all modules of a project may cost; those of large services take a twentieth."""
_MAX_ROUNDS = 400


class Reader(Calls):
    """Runs one module.

    :param module: the module.
    :param look_up: gives what a name of another module is.
    :param has: tells whether the project has a module.
    :param budget: what it may cost.
    """

    def __init__(
        self,
        module: Module,
        look_up: Callable[[str, str], Value],
        has: Callable[[str], bool],
        budget: Budget,
    ) -> None:
        super().__init__(look_up, has, budget)
        self.scope = Scope(module)
        self.found = Registrations()
        self._perhaps = 0
        self._handling = 0
        self._off = 0

    def run(self) -> None:
        """Run the module's top level; what was found before it became too much stands."""
        module = self.scope.module
        try:
            if not module.is_readable:
                self.give_up(1, "it does not parse")
                return
            for part in module.outline:
                if isinstance(part, Piece):
                    self._piece(part)
                elif self._statement(part, self.scope):
                    break
        except (BoundReachedError, RecursionError):
            self.give_up(1, "it is too large")

    def called(self, function: Function) -> Registrations:
        """Return what a call of a function registers, whatever it is called with."""
        own, self.found = self.found, Registrations()
        try:
            self._run(function, ([], {}, False), 1)
        except (BoundReachedError, RecursionError):
            self.give_up(1, "it is too large")
        finally:
            called, self.found = self.found, own
        return called

    def give_up(self, line: int, why: str) -> None:
        """Note that the module may register more than is known."""
        self.found.unread_by_default = self.found.unread_by_default or not self._off
        if not self.found.unread:
            self.found.unread = f"line {line}: {why}"

    def count(self) -> None:
        """Count a statement or call.

        :raises BoundReachedError: when there have been too many.
        """
        self.budget.spend(STEP)

    def _piece(self, piece: Piece) -> None:
        """Bind a definition; only one that registers options itself is parsed."""
        if piece.text.startswith("@") and known.TEXT.search(piece.text):
            node = piece.node
            for decorator in node.decorator_list if node else ():
                self.value(decorator, self.scope)
        text = piece.text.lstrip()
        is_class = text.startswith("class ") or "\nclass " in text.split("\n    ", 1)[0]
        if not is_class:
            self.bind(piece.name, Function(piece, self.scope), self.scope)
            return
        cls = Class(piece, self.scope)
        self.bind(piece.name, cls, self.scope)
        if known.TEXT.search(piece.text):
            self.members(cls)

    # statements

    def block(self, body: list[ast.stmt], scope: Scope) -> bool:
        """Run statements; tell whether the last that ran ends the block."""
        return any(self._statement(statement, scope) for statement in body)

    def _statement(self, node: ast.stmt, scope: Scope) -> bool:  # noqa: C901
        self.count()
        match node:
            case ast.Expr(value=value):
                self.value(value, scope)
            case ast.Assign(targets=targets, value=value):
                given = self.value(value, scope)
                for target in targets:
                    self.assign(target, given, scope)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self.assign(target, self.value(value, scope), scope)
            case ast.AugAssign(target=target, value=value):
                self._grow(target, self.value(value, scope), scope)
            case ast.Import() | ast.ImportFrom():
                self._import(node, scope)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                for decorator in node.decorator_list:
                    self.value(decorator, scope)
                self.bind(node.name, Function(node, scope), scope)
            case ast.ClassDef():
                cls = Class(node, scope)
                self.bind(node.name, cls, scope)
                self.members(cls)
            case ast.If():
                return self._if(node, scope)
            case ast.For() | ast.AsyncFor():
                self._for(node, scope)
            case ast.While() | ast.Match():
                with self.perhaps():
                    for block in syntax.blocks(node):
                        self.block(block, scope)
            case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
                for item in items:
                    given = self.value(item.context_expr, scope)
                    if item.optional_vars is not None:
                        self.assign(item.optional_vars, given, scope)
                return self.block(body, scope)
            case ast.Return(value=result):
                scope.returned.append(self.value(result, scope) if result else None)
                return True
            case ast.Raise() | ast.Break() | ast.Continue():
                return True
            case ast.Global(names=names):
                self.budget.spend(len(names))
                scope.shared.update(names)
            case ast.Assert(test=test):
                self.value(test, scope)
            case _ if isinstance(node, syntax.TRY):
                return self._try(node, scope)
        return False

    def _if(self, node: ast.If, scope: Scope) -> bool:
        if scope.outer is None and syntax.is_main_guard(node.test):
            return self.block(node.orelse, scope)
        if syntax.is_type_checking(node.test):
            return self.block(node.orelse, scope)
        truth = self.value(node.test, scope)
        if truth is None or isinstance(truth, bool):
            return self.block(node.body if truth else node.orelse, scope)
        with self.perhaps():
            with self._switched_by(truth):
                ends = self.block(node.body, scope)
            other_ends = self.block(node.orelse, scope)
        return ends and other_ends and bool(node.orelse)

    @contextlib.contextmanager
    def _switched_by(self, value: Value) -> Iterator[None]:
        """Run what a value is the condition of, which an option of the module may be.

        What is off by default is noted as that.
        """
        parts = known.read(value.name) if isinstance(value, Name) else ()
        is_off = len(parts) in (1, 2) and any(
            one.option.name == parts[-1]
            and one.group == ("", *parts)[-2]
            and one.option.default in (None, False, "")
            for one in self.found.options
        )
        self._off += is_off
        try:
            yield
        finally:
            self._off -= is_off

    def _for(self, node: ast.For | ast.AsyncFor, scope: Scope) -> None:
        items = self.items(self.value(node.iter, scope))
        if items is None or len(items) > _MAX_ROUNDS:
            with self.perhaps():
                self.assign(node.target, UNKNOWN, scope)
                self.block(node.body, scope)
        else:
            for item in items:
                self.assign(node.target, item, scope)
                self.block(node.body, scope)
        self.block(node.orelse, scope)

    def _try(self, node: ast.Try, scope: Scope) -> bool:
        ends = self.block(node.body, scope) or self.block(node.orelse, scope)
        self._handling += 1
        handlers_end = True
        try:
            for handler in node.handlers:
                handlers_end = self.block(handler.body, scope) and handlers_end
        finally:
            self._handling -= 1
        return self.block(node.finalbody, scope) or (ends and handlers_end)

    @contextlib.contextmanager
    def perhaps(self) -> Iterator[None]:
        """Run what may not run."""
        self._perhaps += 1
        try:
            yield
        finally:
            self._perhaps -= 1

    @contextlib.contextmanager
    def surely(self) -> Iterator[None]:
        """Run a function, whose own names are all new."""
        outer = self._perhaps, self._handling
        self._perhaps = self._handling = 0
        try:
            yield
        finally:
            self._perhaps, self._handling = outer

    # bindings

    def bind(self, name: str, value: Value, scope: Scope) -> None:
        """Bind a name; a handler does not hide what its ``try`` binds."""
        if name in scope.shared:
            scope = scope.top
        if name in scope.names:
            if self._handling:
                return
            if self._perhaps:
                value = self.merged(scope.names[name], value)
        scope.names[name] = value

    def _grow(self, target: ast.expr, value: Value, scope: Scope) -> None:
        if not isinstance(target, ast.Name):
            return
        old = self.value(target, scope)
        if isinstance(old, list):
            self.extend(old, value)
        else:
            self.bind(target.id, self.sum(old, value), scope)

    def _import(self, node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
        self.budget.spend(len(node.names))
        for alias in node.names:
            if isinstance(node, ast.Import):
                self.imported(alias.name)
                continue
            source = scope.module.absolute(node)
            if source is None:
                continue
            self.imported(source)
            if alias.name == "*":
                for name, value in self.all_of(source).items():
                    self.bind(name, value, scope)
            elif self.has(f"{source}.{alias.name}"):
                self.imported(f"{source}.{alias.name}")
        for name, binding in modules.imported(node, scope.module):
            if binding.name is None:
                self.bind(name, self.module(binding.module), scope)
            else:
                self.bind(name, Taken(binding.module, binding.name), scope)

    def imported(self, name: str) -> None:
        """Note an import."""
        self.found.imports[name] = None

    def all_of(self, source: str) -> dict[str, Value]:
        """Return what a star import binds."""
        names = self.look_up(source, "*")
        if not isinstance(names, dict):
            return {}
        self.budget.spend(len(names))
        return names

    def module(self, name: str) -> Value:
        """Return a module by its name."""
        return Space(name) if self.has(name) else self.named(name)

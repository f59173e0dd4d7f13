"""Expressions, as far as they are literal."""

from __future__ import annotations

import abc
import ast
import contextlib
from collections.abc import Callable, Mapping

from flake8_launcher.knowledge import canonical
from flake8_launcher.knowledge.language import BUILTINS
from flake8_launcher.semantic.budget import MAX_TEXT, Budget, is_large
from flake8_launcher.settings import texts
from flake8_launcher.settings.model import Option, Registrations
from flake8_launcher.settings.values import (
    UNKNOWN,
    Class,
    Function,
    Group,
    Name,
    Scope,
    Space,
    Taken,
    Value,
    merged,
)


class Expressions(abc.ABC):
    """Computes values."""

    scope: Scope
    found: Registrations

    def __init__(
        self,
        look_up: Callable[[str, str], Value],
        has: Callable[[str], bool],
        budget: Budget,
    ) -> None:
        self.look_up = look_up
        self.has = has
        self.budget = budget
        self._registering: dict[object, bool] = {}
        self._running: list[object] = []

    @abc.abstractmethod
    def block(self, body: list[ast.stmt], scope: Scope) -> bool:
        """Run statements; tell whether the last that ran ends the block."""

    @abc.abstractmethod
    def bind(self, name: str, value: Value, scope: Scope) -> None:
        """Bind a name."""

    @abc.abstractmethod
    def count(self) -> None:
        """Count a statement or call."""

    @abc.abstractmethod
    def imported(self, name: str) -> None:
        """Note an import."""

    @abc.abstractmethod
    def give_up(self, line: int, why: str) -> None:
        """Note that the module may register more than is known."""

    @abc.abstractmethod
    def perhaps(self) -> contextlib.AbstractContextManager[None]:
        """Run what may not run."""

    @abc.abstractmethod
    def surely(self) -> contextlib.AbstractContextManager[None]:
        """Run a function, whose own names are all new."""

    @abc.abstractmethod
    def _call(self, node: ast.Call, scope: Scope) -> Value:
        """Return what a call gives."""

    def value(self, node: ast.expr, scope: Scope) -> Value:  # noqa: C901
        """Return what an expression gives, after running the calls in it."""
        self.budget.spend()
        match node:
            case ast.Constant(value=constant):
                return UNKNOWN if is_large(constant) else constant
            case ast.Name(id=name):
                return self._named(name, scope)
            case ast.Attribute(value=owner, attr=attribute):
                return self._attribute(self.value(owner, scope), attribute)
            case ast.Call():
                return self._call(node, scope)
            case ast.List(elts=elements) | ast.Set(elts=elements):
                return self._elements(elements, scope)
            case ast.Tuple(elts=elements):
                return tuple(self._elements(elements, scope))
            case ast.Dict(keys=keys, values=values):
                return self._mapping(keys, values, scope)
            case ast.BinOp(left=left, op=operator, right=right):
                one, other = self.value(left, scope), self.value(right, scope)
                if isinstance(operator, ast.Add):
                    return self.sum(one, other)
                return texts.filled(one, other) if isinstance(operator, ast.Mod) else UNKNOWN
            case ast.BoolOp(values=operands):
                results = [self.value(operand, scope) for operand in operands]
                return self._all_merged(results)
            case ast.UnaryOp(op=operator, operand=operand):
                truth = self.value(operand, scope)
                if isinstance(operator, ast.Not) and isinstance(truth, bool):
                    return not truth
            case ast.IfExp(test=test, body=body, orelse=other):
                self.value(test, scope)
                with self.perhaps():
                    return self.merged(self.value(body, scope), self.value(other, scope))
            case ast.JoinedStr(values=parts):
                pieces = [self.value(part, scope) for part in parts]
                is_known = all(map(texts.is_plain, pieces))
                return texts.joined(map(str, pieces)) if is_known else UNKNOWN
            case ast.FormattedValue(value=inner, conversion=-1, format_spec=None):
                return self.value(inner, scope)
            case ast.Subscript(value=owner, slice=index):
                return self._item(self.value(owner, scope), self.value(index, scope))
            case ast.Starred(value=inner) | ast.Await(value=inner):
                return self.value(inner, scope)
            case ast.Lambda():
                return Function(node, scope)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                return self._comprehension(node, scope)
            case ast.Yield(value=yielded):
                self._yield([self.value(yielded, scope) if yielded else None], scope)
            case ast.YieldFrom(value=inner):
                items = self.items(self.value(inner, scope))
                self._yield([UNKNOWN] if items is None else items, scope)
            case _:
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr):
                        self.value(child, scope)
        return UNKNOWN

    # names

    def _named(self, name: str, scope: Scope) -> Value:
        inner: Scope | None = scope
        while inner is not None:
            if name in inner.names:
                return self.settled(inner.names[name])
            inner = inner.outer
        return Name(name) if name in BUILTINS else UNKNOWN

    def settled(self, value: Value) -> Value:
        """Return what a ``from`` import has taken."""
        return self.look_up(value.module, value.name) if isinstance(value, Taken) else value

    def named(self, name: str, more: str = "") -> Value:
        """Return something outside by its name.

        :param more: what stands behind it: an attribute, an item or a call.
        """
        is_short = len(name) + len(more) < MAX_TEXT
        return Name(canonical(name + more)) if is_short else UNKNOWN

    def _attribute(self, owner: Value, attribute: str) -> Value:
        match owner:
            case Name(name=name):
                return self.named(f"{name}.", attribute)
            case Space(name=name):
                return self.look_up(name, attribute)
            case Group(name=name) if attribute == "name":
                return UNKNOWN if name is None else name
            case Option(name=name) if attribute in ("name", "dest"):
                return UNKNOWN if name is None else name
            case Class():
                found = self.settled(self.members(owner).get(attribute, UNKNOWN))
                if isinstance(found, Function):
                    return Function(found.source, found.scope, is_method=True)
                return found
        return UNKNOWN

    def members(self, cls: Class) -> Mapping[str, Value]:
        """Return what a class body binds."""
        if cls.members is None:
            cls.members = {}
            node = cls.node
            if node is None:
                self.give_up(1, "a class does not parse")
                return {}
            inner = Scope(cls.scope.module, outer=cls.scope)
            for expression in (*node.decorator_list, *node.bases):
                self.value(expression, cls.scope)
            with self.surely():
                self.block(node.body, inner)
            cls.members = inner.names
        return cls.members

    def assign(self, target: ast.expr, value: Value, scope: Scope) -> None:
        """Assign a value to a target."""
        self.budget.spend()
        match target:
            case ast.Name(id=name):
                self.bind(name, value, scope)
            case ast.Tuple(elts=elements) | ast.List(elts=elements) if isinstance(value, Name):
                for element in elements:
                    self.assign(element, self.named(value.name, "[]"), scope)
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                items = self.items(value)
                is_plain = not any(isinstance(element, ast.Starred) for element in elements)
                for index, element in enumerate(elements):
                    exact = items is not None and len(items) == len(elements) and is_plain
                    self.assign(element, items[index] if items and exact else UNKNOWN, scope)
            case ast.Subscript(value=owner, slice=index):
                holder, key = self.value(owner, scope), self.value(index, scope)
                if isinstance(holder, dict):
                    holder[key if texts.is_plain(key) else UNKNOWN] = value
                elif isinstance(holder, list):
                    holder.append(UNKNOWN)
            case ast.Attribute(value=owner):
                self.value(owner, scope)

    # containers

    def items(self, value: Value) -> list[Value] | None:
        """Return what a loop over a value goes through, or none when that cannot be told."""
        if isinstance(value, dict | list | tuple):
            self.budget.spend(len(value))
        if isinstance(value, dict):
            return None if UNKNOWN in value else list(value)
        return list(value) if isinstance(value, list | tuple) else None

    def sum(self, one: Value, other: Value) -> Value:
        """Return what ``+`` gives; what cannot be told is an element that cannot."""
        if isinstance(one, str) and isinstance(other, str):
            return texts.joined((one, other))
        if isinstance(one, list | tuple) or isinstance(other, list | tuple):
            return self._chained([one, other], complete=True)
        return UNKNOWN

    def extend(self, target: list[Value], value: Value) -> None:
        """Add the elements of a value to a list; what cannot be told is an unknown element."""
        items = self.items(value)
        target.extend([UNKNOWN] if items is None else items)

    def _chained(self, parts: list[Value], complete: bool) -> list[Value]:
        found: list[Value] = [] if complete else [UNKNOWN]
        for part in parts:
            self.extend(found, part)
        return found

    def merged(self, one: Value, other: Value) -> Value:
        """Return what a name is that one of two branches binds to each of two values."""
        for value in (one, other):
            if isinstance(value, list | tuple):
                self.budget.spend(len(value))
        return merged(one, other)

    def _all_merged(self, values: list[Value]) -> Value:
        result = values[0]
        for value in values[1:]:
            result = self.merged(result, value)
        return result

    def _elements(self, elements: list[ast.expr], scope: Scope) -> list[Value]:
        found: list[Value] = []
        for element in elements:
            value = self.value(element, scope)
            if isinstance(element, ast.Starred):
                self.extend(found, value)
            else:
                found.append(value)
        return found

    def _mapping(self, keys: list[ast.expr | None], values: list[ast.expr], scope: Scope) -> Value:
        found: dict[Value, Value] = {}
        for key, value in zip(keys, values, strict=True):
            given = self.value(value, scope)
            if key is not None:
                name = self.value(key, scope)
                found[name if texts.is_plain(name) else UNKNOWN] = given
            else:
                found[UNKNOWN] = UNKNOWN
        return found

    def _item(self, owner: Value, key: Value) -> Value:
        if isinstance(owner, Name):
            return self.named(owner.name, "[]")
        if isinstance(owner, dict) and texts.is_plain(key) and UNKNOWN not in owner:
            return self.settled(owner.get(key, UNKNOWN))
        if isinstance(owner, list | tuple) and isinstance(key, int):
            return owner[key] if -len(owner) <= key < len(owner) else UNKNOWN
        return UNKNOWN

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, scope: Scope
    ) -> Value:
        scopes = [Scope(scope.module, outer=scope)]
        for generator in node.generators:
            inner: list[Scope] = []
            for outer in scopes:
                items = self.items(self.value(generator.iter, outer))
                for item in [UNKNOWN] if items is None else items:
                    self.count()
                    one = Scope(scope.module, outer=outer)
                    with self.surely():
                        self.assign(generator.target, item, one)
                        tests = [self.value(test, one) for test in generator.ifs]
                    if not any(test is False for test in tests):
                        inner.append(one)
            scopes = inner
        if isinstance(node, ast.DictComp):
            found: dict[Value, Value] = {}
            for one in scopes:
                key = self.value(node.key, one)
                found[key if texts.is_plain(key) else UNKNOWN] = self.value(node.value, one)
            return found
        return [self.value(node.elt, one) for one in scopes]

    def _yield(self, items: list[Value], scope: Scope) -> None:
        inner: Scope | None = scope
        while inner is not None and not inner.is_function:
            inner = inner.outer
        if inner is not None:
            if inner.yielded is None:
                inner.yielded = []
            inner.yielded.extend(items)

    # calls

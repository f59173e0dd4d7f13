"""Expressions and calls, as far as they are literal."""

from __future__ import annotations

import abc
import ast
import contextlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flake8_launcher.knowledge import canonical
from flake8_launcher.knowledge import options as known
from flake8_launcher.knowledge.language import BUILTINS, PARTIALS
from flake8_launcher.semantic import formats
from flake8_launcher.semantic.budget import MAX_TEXT, Budget, is_large
from flake8_launcher.semantic.reading.pieces import Piece
from flake8_launcher.settings.model import Option, Registered, Registrations
from flake8_launcher.settings.values import (
    UNKNOWN,
    Class,
    Function,
    Group,
    Name,
    Partial,
    Scope,
    Space,
    Taken,
    Value,
    merged,
)

_MAX_DEPTH = 12
_CONSTANT = (str, bytes, int, float, complex, bool, type(None))
_COPIES = frozenset(
    {"copy.copy", "copy.deepcopy", "list", "tuple", "set", "frozenset", "sorted", "reversed"}
)

Arguments = tuple[list[Value], dict[str, Value], bool]
"""Positional arguments, keywords, and whether these are all."""


class Expressions(abc.ABC):
    """Computes values, and notes what calls register."""

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
                return _filled(one, other) if isinstance(operator, ast.Mod) else UNKNOWN
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
                texts = [self.value(part, scope) for part in parts]
                return _text(map(str, texts)) if all(map(_is_plain, texts)) else UNKNOWN
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
                    holder[key if _is_plain(key) else UNKNOWN] = value
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
            return _text((one, other))
        if isinstance(one, list | tuple) or isinstance(other, list | tuple):
            return self._chained([one, other], complete=True)
        return UNKNOWN

    def extend(self, target: list[Value], value: Value) -> None:
        """Add the elements of a value to a list; what cannot be told is an unknown element."""
        items = self.items(value)
        target.extend([UNKNOWN] if items is None else items)

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
                found[name if _is_plain(name) else UNKNOWN] = given
            else:
                found[UNKNOWN] = UNKNOWN
        return found

    def _item(self, owner: Value, key: Value) -> Value:
        if isinstance(owner, Name):
            return self.named(owner.name, "[]")
        if isinstance(owner, dict) and _is_plain(key) and UNKNOWN not in owner:
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
                found[key if _is_plain(key) else UNKNOWN] = self.value(node.value, one)
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

    def _call(self, node: ast.Call, scope: Scope) -> Value:
        owner: Value = UNKNOWN
        method = ""
        if isinstance(node.func, ast.Attribute):
            owner, method = self.value(node.func.value, scope), node.func.attr
            callee = self._attribute(owner, method)
        else:
            callee = self.value(node.func, scope)
        arguments = self._arguments(node, scope)
        if isinstance(owner, list | dict | str):
            return self._method(owner, method, arguments)
        if isinstance(callee, Function | Class | Partial):
            return self._invoke(callee, arguments, node.lineno)
        name = callee.name if isinstance(callee, Name) else f"?.{method}"
        return self._outside(name, arguments, node.lineno)

    def _arguments(self, node: ast.Call, scope: Scope) -> Arguments:
        positional: list[Value] = []
        keywords: dict[str, Value] = {}
        complete = True
        for argument in node.args:
            value = self.value(argument, scope)
            items = self.items(value) if isinstance(argument, ast.Starred) else [value]
            complete = complete and items is not None
            positional.extend(items or ())
        for keyword in node.keywords:
            value = self.value(keyword.value, scope)
            if keyword.arg is not None:
                keywords[keyword.arg] = value
            elif isinstance(value, dict) and self._are_keywords(value):
                keywords.update(value)
            else:
                complete = False
        return positional, keywords, complete

    def _are_keywords(self, value: Mapping[Value, Value]) -> bool:
        self.budget.spend(len(value))
        return all(isinstance(key, str) for key in value)

    def _invoke(self, callee: Value, arguments: Arguments, line: int) -> Value:
        positional, keywords, complete = arguments
        match callee:
            case Partial():
                positional = [*callee.positional, *positional]
                both = (positional, {**callee.keywords, **keywords}, complete)
                return self._invoke(callee.target, both, line)
            case Function():
                return self._run(callee, arguments, line)
            case Class():
                return self._instance(callee, arguments, line)
            case Name(name=name):
                return self._outside(name, arguments, line)
        return UNKNOWN

    def _instance(self, cls: Class, arguments: Arguments, line: int) -> Value:
        if self._is_option(cls):
            return self._option("Opt", arguments, line)
        if self._mentions(cls):
            self.give_up(line, "a class registers options")
        return UNKNOWN

    def _is_option(self, cls: Class, depth: int = 0) -> bool:
        """Tell whether a class is one of options; all that it registers is looked at."""
        node = cls.node
        for base in node.bases if node and depth < _MAX_DEPTH else ():
            value = self.value(base, cls.scope)
            if isinstance(value, Name) and known.OPTION.fullmatch(value.name):
                return True
            if isinstance(value, Class) and value is not cls and self._is_option(value, depth + 1):
                return True
            if isinstance(value, Class) and self._mentions(value):
                self.give_up(1, "a base class registers options")
        return False

    def _mentions(self, definition: Function | Class) -> bool:
        """Tell whether the text of a function or class has a word of options."""
        source = definition.source
        if source not in self._registering:
            self._registering[source] = known.TEXT.search(_text_of(definition)) is not None
        return self._registering[source]

    def _may_register(self, value: Value) -> bool:
        if isinstance(value, Function | Class):
            return self._mentions(value)
        if not isinstance(value, Name):
            return False
        last = value.name.rpartition(".")[2]
        is_method = last in known.REGISTRARS or last == known.GROUP_REGISTRAR
        return is_method or known.CONFIGURATION.fullmatch(value.name) is not None

    def _run(self, function: Function, arguments: Arguments, line: int) -> Value:
        node = function.node
        if node is None or len(self._running) >= _MAX_DEPTH:
            self.give_up(line, "a function cannot be read")
            return UNKNOWN
        if node in self._running:
            return UNKNOWN
        self.count()
        inner = Scope(function.scope.module, outer=function.scope, is_function=True)
        self._bind_parameters(node.args, function, arguments, inner)
        self._running.append(node)
        try:
            with self.surely():
                if isinstance(node, ast.Lambda):
                    return self.value(node.body, inner)
                self.block(node.body, inner)
        finally:
            self._running.pop()
        if inner.yielded is not None:
            return inner.yielded
        return self._all_merged(inner.returned) if inner.returned else None

    def _bind_parameters(
        self, spec: ast.arguments, function: Function, arguments: Arguments, inner: Scope
    ) -> None:
        positional, keywords, complete = arguments
        names = [one.arg for one in (*spec.posonlyargs, *spec.args)]
        self.budget.spend(len(names) + len(spec.kwonlyargs) + len(positional) + len(keywords))
        if function.is_method and not _is_static(function.node):
            positional = [UNKNOWN, *positional]
        defaults = [self.value(default, function.scope) for default in spec.defaults]
        values = dict(zip(names[len(names) - len(defaults) :], defaults, strict=True))
        for one, default in zip(spec.kwonlyargs, spec.kw_defaults, strict=True):
            names.append(one.arg)
            if default is not None:
                values[one.arg] = self.value(default, function.scope)
        if not complete:
            values = {}
        count = len(spec.posonlyargs) + len(spec.args)
        values.update(zip(names[:count], positional, strict=False))
        taken = frozenset(names)
        values.update({key: value for key, value in keywords.items() if key in taken})
        inner.names.update({name: values.get(name, UNKNOWN) for name in names})
        if spec.vararg:
            inner.names[spec.vararg.arg] = positional[count:] if complete else UNKNOWN
        if spec.kwarg:
            rest = {key: value for key, value in keywords.items() if key not in taken}
            inner.names[spec.kwarg.arg] = rest if complete else UNKNOWN

    def _method(self, owner: Value, method: str, arguments: Arguments) -> Value:  # noqa: C901
        """Return what a method of a list, dictionary or text gives."""
        positional = arguments[0]
        first = positional[0] if positional else UNKNOWN
        match owner, method:
            case list(), "append" | "add" | "insert":
                owner.append(positional[-1] if positional else UNKNOWN)
                return None
            case list(), "extend" | "update":
                self.extend(owner, first)
                return None
            case dict(), "items" | "values" | "keys" if UNKNOWN not in owner:
                self.budget.spend(len(owner))
                if method == "keys":
                    return list(owner)
                items = [(key, self.settled(value)) for key, value in owner.items()]
                return items if method == "items" else [value for _, value in items]
            case dict(), "get":
                return self._item(owner, first)
            case dict(), "update" if isinstance(first, dict):
                self.budget.spend(len(first))
                owner.update(first)
                return None
            case dict(), "update" | "setdefault":
                owner[UNKNOWN] = UNKNOWN
            case str(), "format":
                return _formatted(owner, arguments)
            case str(), "join":
                parts = self.items(first)
                if parts is not None and all(isinstance(part, str) for part in parts):
                    between = [text for part in parts for text in (owner, str(part))]
                    return _text(between[1:])
            case str(), "lower" | "upper" | "strip":
                return str(getattr(owner, method)()) if not positional else UNKNOWN
            case str(), "replace" if len(positional) == 2:
                old, new = positional
                if isinstance(old, str) and isinstance(new, str):
                    grown = owner.count(old) * (len(new) - len(old))
                    return owner.replace(old, new) if len(owner) + grown <= MAX_TEXT else UNKNOWN
        return UNKNOWN

    def _outside(self, name: str, arguments: Arguments, line: int) -> Value:  # noqa: C901
        """Return what something gives that is not read."""
        positional, keywords, complete = arguments
        first = positional[0] if positional else UNKNOWN
        last = name.rpartition(".")[2]
        passed = [*positional, *keywords.values()]
        is_handed_over = any(map(self._may_register, passed))
        if last in known.REGISTRARS and name != last and not is_handed_over:
            self._register(last, arguments, line)
            return None
        if last == known.GROUP_REGISTRAR and name != last:
            self._register_group(keywords.get("group", first))
            return None
        if last in ("import_opt", "import_group") and name != last:
            module = keywords.get("module_str", positional[1] if len(positional) > 1 else UNKNOWN)
            self._import_named(module, line)
            return None
        if name == known.DEPRECATED:
            return keywords.get("name", first)
        if option := known.OPTION.fullmatch(name):
            return self._option(option[1], arguments, line)
        if name == known.GROUP:
            group = keywords.get("name", first)
            return Group(group if isinstance(group, str) else None)
        if name in known.IMPORTERS:
            self._import_named(first, line)
            is_whole = isinstance(first, str) and first[:1] not in ("", ".")
            return self._module(str(first), name) if is_whole else UNKNOWN
        if name in known.IMPORTERS_OF_NAMES:
            target = first.replace(":", ".") if isinstance(first, str) else ""
            self._import_named(target.rpartition(".")[0] or UNKNOWN, line)
            return UNKNOWN
        if name in PARTIALS and positional:
            return Partial(first, tuple(positional[1:]), keywords)
        if name in _COPIES:
            items = self.items(first) if positional else []
            return UNKNOWN if items is None else items
        if name == "dict":
            return self._dict(first, arguments)
        if name == "itertools.chain":
            return self._chained(positional, complete)
        if name == "getattr" and len(positional) > 1 and isinstance(positional[1], str):
            return self._attribute(first, positional[1])
        if is_handed_over:
            self._handed_over(name, passed, line)
        return self.named(name, "()") if name[0] != "?" else UNKNOWN

    def _module(self, name: str, importer: str) -> Value:
        target = name.partition(".")[0] if importer == "__import__" else name
        return Space(target) if self.has(target) else self.named(target)

    def _dict(self, first: Value, arguments: Arguments) -> Value:
        positional, keywords, complete = arguments
        if not complete or (positional and not isinstance(first, dict)):
            return UNKNOWN
        given = first if isinstance(first, dict) else {}
        self.budget.spend(len(given) + len(keywords))
        return {**given, **keywords}

    def _chained(self, parts: list[Value], complete: bool) -> list[Value]:
        found: list[Value] = [] if complete else [UNKNOWN]
        for part in parts:
            self.extend(found, part)
        return found

    # registrations

    def _option(self, kind: str, arguments: Arguments, line: int) -> Option:
        positional, keywords, complete = arguments
        name = keywords.get("name", positional[0] if positional else UNKNOWN)
        dest = keywords.get("dest")
        read = dest if dest is not None else name
        older = [
            keywords.get("deprecated_name"),
            *(self.items(keywords.get("deprecated_opts")) or ()),
        ]
        secret = keywords.get("secret", False)
        default = keywords.get("default")
        return Option(
            read.replace("-", "_") if isinstance(read, str) and (complete or positional) else None,
            kind,
            self.scope.module.name,
            line,
            tuple(
                one
                for text in older
                if isinstance(text, str)
                for one in dict.fromkeys((text, text.replace("-", "_")))
            ),
            secret if isinstance(secret, bool) else None,
            default if isinstance(default, _CONSTANT) else ...,
            bool(keywords.get("choices", False)),
        )

    def _register(self, method: str, arguments: Arguments, line: int) -> None:
        positional, keywords, complete = arguments
        given = keywords.get(known.REGISTRARS[method], positional[0] if positional else UNKNOWN)
        place = keywords.get("group", positional[1] if len(positional) > 1 else None)
        group = _group(UNKNOWN if place is None and not complete else place)
        cli = "cli" in method or keywords.get("cli") is True
        options = (self.items(given) if method.endswith("s") else [given]) or []
        if isinstance(given, Name) or (method.endswith("s") and self.items(given) is None):
            options = [given]
        if group:
            self.found.groups.add(group)
        for option in options:
            option = self.settled(option)
            if isinstance(option, Option) and option.name is not None:
                self.found.options.append(Registered(option, group, cli))
            elif group is not None and (group or not isinstance(option, Name)):
                self.found.open_groups.add(group)
            elif isinstance(option, Name) and known.has_options(option.name.partition(".")[0]):
                self.imported(option.name.partition(".")[0])
            else:
                self.give_up(line, f"{method} of what cannot be read")
        if group is None and not all(isinstance(option, Name) for option in options):
            self.found.unknown_groups = True

    def _register_group(self, given: Value) -> None:
        group = _group(given)
        if group is None:
            self.found.unknown_groups = True
        else:
            self.found.groups.add(group)

    def _import_named(self, module: Value, line: int) -> None:
        if isinstance(module, str) and module[:1] not in ("", "."):
            self.imported(module)
        else:
            self.give_up(line, "an import by a computed name")

    def _handed_over(self, name: str, passed: list[Value], line: int) -> None:
        """Note that something outside is called with what it may register options with."""
        if known.HELPERS.fullmatch(name):
            groups = [_group(value) for value in passed if not self._may_register(value)]
            if groups and groups[0]:
                self.found.groups.add(groups[0])
                self.found.open_groups.add(groups[0])
                return
        elif name in BUILTINS and name not in ("filter", "map"):
            return
        elif name[0] != "?" and known.is_known(name.partition(".")[0]):
            return
        self.give_up(line, f"{name} may register options")


def _group(value: Value) -> str | None:
    """Return a group's name, empty for ``DEFAULT``, or none when it is computed."""
    if isinstance(value, Group):
        value = value.name
    if value is None or value == known.DEFAULT:
        return ""
    return value if isinstance(value, str) else None


def _text_of(definition: Function | Class) -> str:
    source = definition.source
    if isinstance(source, Piece):
        return source.text
    lines = definition.scope.module.lines
    return "\n".join(lines[source.lineno - 1 : source.end_lineno])


def _is_static(node: ast.AST | None) -> bool:
    return any(
        isinstance(decorator, ast.Name) and decorator.id == "staticmethod"
        for decorator in getattr(node, "decorator_list", ())
    )


def _is_plain(value: Value) -> bool:
    return isinstance(value, _CONSTANT)


def _text(parts: Iterable[str]) -> Value:
    """Return the text that some parts make, unless it becomes too long."""
    texts: list[str] = []
    length = 0
    for part in parts:
        texts.append(part)
        length += len(part)
        if length > MAX_TEXT:
            return UNKNOWN
    return "".join(texts)


def _filled(pattern: Value, given: Value) -> Value:
    """Return a text with its ``%`` place-holders filled."""
    if not isinstance(pattern, str):
        return UNKNOWN
    if isinstance(given, dict):
        return _put_in(formats.percent_pieces(pattern), given)
    values = given if isinstance(given, tuple) else (given,)
    if formats.fields(pattern) != len(values):
        return UNKNOWN
    return _put_in(formats.percent_pieces(pattern), dict(enumerate(values)))


def _formatted(pattern: str, arguments: Arguments) -> Value:
    positional, keywords, complete = arguments
    if not complete:
        return UNKNOWN
    try:
        return _put_in(formats.brace_pieces(pattern), {**dict(enumerate(positional)), **keywords})
    except ValueError:
        return UNKNOWN


def _put_in(pieces: Iterable[formats.Field], given: Mapping[Any, Value]) -> Value:
    """Return a text with its place-holders filled, where all of them are plain."""
    texts: list[str] = []
    for text, key, is_plain in pieces:
        texts.append(text)
        if key is not None:
            value = given.get(key, UNKNOWN)
            if not is_plain or not _is_plain(value):
                return UNKNOWN
            texts.append(str(value))
    return _text(texts)

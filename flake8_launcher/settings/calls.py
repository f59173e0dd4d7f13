"""Calls, as far as they are literal, and the options that they register."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from flake8_launcher.knowledge import options as known
from flake8_launcher.knowledge.language import BUILTINS, PARTIALS
from flake8_launcher.semantic.budget import MAX_TEXT
from flake8_launcher.semantic.reading.pieces import Piece
from flake8_launcher.settings import texts
from flake8_launcher.settings.expressions import Expressions
from flake8_launcher.settings.model import Option, Registered
from flake8_launcher.settings.values import (
    UNKNOWN,
    Class,
    Function,
    Group,
    Name,
    Partial,
    Scope,
    Space,
    Value,
)

_MAX_DEPTH = 12
_COPIES = frozenset(
    {"copy.copy", "copy.deepcopy", "list", "tuple", "set", "frozenset", "sorted", "reversed"}
)

Arguments = tuple[list[Value], dict[str, Value], bool]
"""Positional arguments, keywords, and whether these are all."""


class Calls(Expressions):
    """Follows calls, and notes what they register."""

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
        positional, keywords, complete = arguments
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
                return texts.formatted(owner, positional, keywords) if complete else UNKNOWN
            case str(), "join":
                parts = self.items(first)
                if parts is not None and all(isinstance(part, str) for part in parts):
                    between = [text for part in parts for text in (owner, str(part))]
                    return texts.joined(between[1:])
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
            # a text has methods alone
            is_default = isinstance(first, str) and len(positional) > 2
            return positional[2] if is_default else self._attribute(first, positional[1])
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
            default if isinstance(default, texts.CONSTANT) else ...,
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

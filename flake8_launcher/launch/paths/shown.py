"""What a call prints or logs, through whatever makes a text of it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from flake8_launcher.knowledge import canonical, configuration, secrets
from flake8_launcher.knowledge import shown as known
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading.modules import Defined
from flake8_launcher.semantic.values import (
    Arguments,
    Class,
    Constant,
    Instance,
    Made,
    Mapping,
    Symbol,
    Value,
    Values,
    qualified_name,
)

_MAX_DEPTH = 4
_MAX_PARTS = 64
_KEYS = deferred(r"(?:\.(?:keys|options|sections)\(\))?\[\]$")
"""Names of what a loop takes of the keys of a mapping, or of a parser with sections."""
_ORDERED = ("sorted()[]", "list()[]")
"""Names of what a loop takes of something that is put in order, or into a list, first."""
_PUT_IN_ORDER = frozenset(name.removesuffix("[]") for name in _ORDERED)
_OF_ALL = deferred(r"(?:\.(?:copy|items|values)\(\)|\[\])$")
"""Names of what a mapping is gone through by, or copied."""


class Shown(NamedTuple):
    """Something that a call prints or logs.

    :ivar names: qualified names of what it may be.
    :ivar word: the last word that the code calls it by: a name, attribute or key.
    :ivar is_listed: whether what it holds is shown, and not just itself.
    :ivar in_turn: whether a loop, which is around the call, shows it part by part.
    :ivar secret: the field with a secret of an object that keeps settings, if one is shown; the
        same as the word where nothing else of the object is.
    """

    names: tuple[str, ...]
    word: str
    is_listed: bool = False
    secret: str = ""
    in_turn: bool = False


def shown_by(
    call: ast.Call, value: Callable[[ast.expr], Values], loops: Sequence[ast.For] = ()
) -> Iterator[Shown]:
    """Yield what a call shows of its arguments.

    :param call: a call that prints or logs.
    :param value: evaluates an expression where the call stands.
    :param loops: those around the call in its function.
    """
    reader = _Reader(value, loops)
    others = [keyword.value for keyword in call.keywords if keyword.arg != known.STREAM]
    streams = [keyword.value for keyword in call.keywords if keyword.arg == known.STREAM]
    if all(known.is_stream(name) for stream in streams for name in reader.names(stream)):
        parts = [part for argument in (*call.args, *others) for part in reader.parts(argument)]
        pairs = {(part.names, part.word) for part in parts if part.in_turn}
        for part in parts:
            # of a key and its value both are shown, or it may be the key alone
            if not part.in_turn or not part.word or len(pairs) > 1:
                yield part


class _Reader:
    """Reads what is shown of an expression; nested functions would keep each other alive.

    :param value: evaluates an expression.
    :param loops: those whose variables it may have.
    """

    def __init__(
        self, value: Callable[[ast.expr], Values], loops: Sequence[ast.For] = ()
    ) -> None:
        self._value = value
        self._loops = loops

    def names(self, node: ast.expr) -> tuple[str, ...]:
        """Return the qualified names of what an expression may be."""
        return tuple(map(qualified_name, self._value(node)))

    def _configured(self, node: ast.expr) -> tuple[str, ...]:
        """Return the names of what an expression may be, but for parsed data of no file."""
        return tuple(qualified_name(one) for one in self._value(node) if not _is_data(one))

    def parts(self, node: ast.expr, is_listed: bool = False) -> Iterator[Shown]:
        """Yield what is shown of an expression."""
        match node:
            case ast.Name(id=word):
                held = self._looped(word)
                yield self._shown(node, word, is_listed) if held is None else held
            case ast.Attribute(value=owner, attr=word):
                if word in known.LISTING_ATTRIBUTES:
                    yield from self.parts(owner, True)
                else:
                    yield self._shown(node, word, is_listed)
            case ast.Subscript(value=owner, slice=ast.Constant(value=str(word))):
                yield Shown(self._configured(node), word, is_listed)
            case ast.Subscript(value=owner, slice=ast.Name() as key):
                names = self.names(owner)
                if not set(names).isdisjoint(map(_key_of, self._value(key))):
                    # ``parser[section]`` shows no value, ``parser[section][key]`` shows one
                    is_value = isinstance(owner, ast.Subscript) or not _has_sections(names)
                    yield Shown(names, "", is_listed or is_value, in_turn=True)
            case ast.Call():
                yield from self._called(node, is_listed)
            case ast.DictComp():
                yield Shown(self.names(node), "", is_listed)
            case (
                ast.ListComp(elt=element, generators=[source])
                | ast.SetComp(elt=element, generators=[source])
                | ast.GeneratorExp(elt=element, generators=[source])
            ):
                if (whole := _whole(element, source)) is not None:
                    yield from self.parts(whole, True)
            case ast.IfExp(body=body, orelse=other):
                if not any(map(_may_hide, (*self._value(body), *self._value(other)))):
                    yield from self.parts(body)
                    yield from self.parts(other)
            case ast.JoinedStr() | ast.FormattedValue() | ast.Starred():
                yield from self._inner(node)
            case ast.Tuple() | ast.List() | ast.Set() | ast.Dict() | ast.BoolOp():
                yield from self._inner(node)
            case ast.BinOp(op=ast.BitOr(), right=other) if any(map(_hides, self._value(other))):
                return
            case ast.BinOp(op=ast.Add() | ast.Mod() | ast.BitOr()):
                yield from self._inner(node)

    def _shown(self, node: ast.expr, word: str, is_listed: bool) -> Shown:
        values = self._value(node)
        if len(values) > 1 and any(map(_may_hide, values)):
            return Shown((), "")
        for name, is_value in filter(None, map(_gone_through, values)):
            names = (*filter(None, map(_parsed_in, values)), name)
            return Shown(names, "" if is_value else word, is_listed=True, in_turn=True)
        secret = next(filter(None, (_secret_field(one, is_listed) for one in values)), "")
        if not secret and isinstance(node, ast.Attribute):
            secret = self._attribute(node, is_plain=True)
        if word and not secret and not secrets.holds_secret(word):
            word = next(filter(None, map(_key_of_secret, values)), word)
        whole = (value for value in values if not qualified_name(value).endswith("[]"))
        for parsed in filter(None, map(_parsed_in, whole)):
            return Shown((parsed, *map(qualified_name, values)), word, is_listed, secret)
        return Shown(self._configured(node), word, is_listed, secret)

    def _looped(self, word: str) -> Shown | None:
        """Return the object with settings of which a loop goes through the values."""
        for loop in self._loops:
            match loop.target:
                case ast.Tuple(elts=[_, ast.Name(id=name)]) if name == word:
                    for whole in self.parts(loop.iter, True):
                        if whole.secret:
                            return whole._replace(word="", in_turn=True)
        return None

    def _attribute(self, node: ast.Attribute, *, is_plain: bool = False) -> str:
        """Return the name of an attribute that is a secret of an object with settings.

        :param is_plain: whether its type has to show it, too.
        """
        for owner in self._value(node.value):
            for field in _fields(owner):
                hides = is_plain and "Secret" in ast.unparse(field.annotation)
                if getattr(field.target, "id", "") == node.attr and not hides:
                    return node.attr if secrets.is_told(node.attr) else ""
        return ""

    def _inner(self, node: ast.expr) -> Iterator[Shown]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                yield from self.parts(child)

    def _called(self, node: ast.Call, is_listed: bool) -> Iterator[Shown]:
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        match node.func:
            case ast.Attribute(
                value=ast.Constant(value=pattern), attr="format" | "join" as method
            ):
                if method == "join":
                    yield from self._joined(arguments)
                for argument in arguments if method != "join" and "{" in str(pattern) else ():
                    yield from self.parts(argument)
                return
            case ast.Attribute(value=owner, attr=method) if method in known.LISTING_METHODS:
                if known.CHOOSES.intersection(one.arg or "" for one in node.keywords):
                    return
                yield from self.parts(owner, True)
                return
            case ast.Attribute(
                value=ast.Subscript(slice=ast.Constant(value=str(word))) as held, attr="get"
            ):
                yield Shown(self._configured(held), word)
                return
            case ast.Attribute(value=owner, attr=method) if method in known.GETTERS and arguments:
                names = self.names(owner)
                key = arguments[1] if arguments[1:] and _has_sections(names) else arguments[0]
                if not set(names).isdisjoint(map(_key_of, self._value(key))):
                    yield Shown(names, "", is_listed=True, in_turn=True)
                for one in arguments:
                    # a parser of sections takes the key second, others a default
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        named = tuple(f"{name}()" for name in self._configured(node.func))
                        yield Shown(named, one.value)
                return
            case ast.Attribute(value=ast.Attribute() as held, attr=known.UNVEILS):
                if secret := self._attribute(held):
                    yield Shown(self.names(held), held.attr, secret=secret)
                return
        made = self._shown(node, "", is_listed)
        if made.secret:
            yield made
            return
        match arguments:
            case [ast.Constant(value=str(word)), *_] if any(map(known.is_configured, made.names)):
                yield made._replace(word=word)
                return
        function = next(iter(self.names(node.func)))
        if not arguments:
            return
        if function in known.FORMATTERS | known.LISTERS:
            yield from self.parts(arguments[0], is_listed or function in known.LISTERS)
        elif function in known.COPIES and isinstance(arguments[0], ast.Call):
            if function not in known.KEYS_ALONE or not _gives_mapping(arguments[0]):
                yield from self.parts(arguments[0])

    def _joined(self, arguments: Sequence[ast.expr]) -> Iterator[Shown]:
        """Yield what is shown of texts that are put together: of a mapping only the keys."""
        for argument in arguments:
            is_mapping = isinstance(argument, ast.Name | ast.Attribute) or (
                isinstance(argument, ast.Call) and isinstance(argument.func, ast.Name)
            )
            for part in self.parts(argument):
                if not is_mapping or known.ARGUMENTS in part.names:
                    yield part


def _gives_mapping(call: ast.Call) -> bool:
    """Tell whether a call gives a mapping, by its name: going through it gives the keys alone."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name in known.MAKES_MAPPING
    return False


def _whole(element: ast.expr, source: ast.comprehension) -> ast.expr | None:
    """Return the mapping of which a comprehension shows every value, as it is."""
    raw = list(_raw(element))
    match source:
        case ast.comprehension(
            target=ast.Tuple(elts=[_, ast.Name(id=name)]) | ast.Name(id=name),
            iter=ast.Call(func=ast.Attribute(value=owner, attr="items" | "values"), args=[]),
            ifs=[],
        ):
            named = (one.id for one in raw if isinstance(one, ast.Name))
            return owner if name in named else None
        case ast.comprehension(
            target=ast.Name(id=name),
            iter=ast.Call(func=ast.Attribute(value=owner, attr="keys" | "sections"), args=[])
            | owner,
            ifs=[],
        ):
            for one in raw:
                match one:
                    case ast.Subscript(value=held, slice=ast.Name(id=key)) if key == name:
                        if ast.dump(held) == ast.dump(owner):
                            return owner
    return None


def _raw(node: ast.expr) -> Iterator[ast.expr]:
    """Yield what stands in an expression as it is, whatever makes a text of it."""
    yield node
    parts: Sequence[ast.AST] = ()
    match node:
        case ast.JoinedStr() | ast.FormattedValue() | ast.Tuple() | ast.List() | ast.BinOp():
            parts = list(ast.iter_child_nodes(node))
        case ast.Call(func=ast.Name(id="str" | "repr" | "dict"), args=arguments):
            parts = arguments
        case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="format"), args=arguments):
            parts = arguments
    for part in parts:
        if isinstance(part, ast.expr):
            yield from _raw(part)


def _may_hide(value: Value) -> bool:
    """Tell whether one of several values may stand there in place of a secret: ``"***"``."""
    match value:
        case Constant(value=str(text)):
            return bool(text) and not any(map(str.isalnum, text))
        case Symbol(name="?"):
            return True
    return False


def _has_sections(names: Sequence[str]) -> bool:
    """Tell whether something may be a configuration that shows its values only one by one."""
    return any(map(known.is_listed_alone, names))


def _key_of(value: Value) -> str:
    """Return the name of the mapping of which a loop goes through the keys, in any order."""
    match value:
        case Made(name=name, owner=(Made(arguments=given),)) if name in _ORDERED:
            whole = next(iter(given.get(0, "iterable")), value)
            return qualified_name(whole).removesuffix(".keys()")
        case Symbol(name=name) if name.endswith("[]"):
            return _KEYS.sub("", name)
    return ""


def _gone_through(value: Value) -> tuple[str, bool] | None:
    """Return of which mapping a loop shows something, and whether that is surely a value."""
    is_second = False
    match value:
        case Made(arguments=Arguments(positional=((Constant(value=int(at)),),)), owner=(pair,)):
            is_second = at == 1
            if isinstance(pair, Made) and pair.name in _ORDERED:
                match pair.owner:
                    case (Made(arguments=given),):
                        pairs = next(iter(given.get(0, "iterable")), value)
                        name = f"{qualified_name(pairs)}[][]"
                    case _:
                        return None
            else:
                name = value.name
        case Symbol(name=name):
            pass
        case _:
            return None
    if name.endswith(".values()[]"):
        return name.removesuffix(".values()[]"), True
    if name.endswith(".items()[][]"):
        return name.removesuffix(".items()[][]"), is_second
    return None


def _key_of_secret(value: Value) -> str:
    """Return the name by which a secret is read, if a value is one, whatever the code calls it."""
    if not isinstance(value, Made) or not value.name.endswith(("[]", "get()", "getenv()")):
        return ""
    for given in value.arguments.positional[:2]:
        for one in given:
            if isinstance(one, Constant) and isinstance(one.value, str):
                if secrets.holds_secret(one.value):
                    return one.value
    return ""


def _parsed_in(value: Value) -> str:
    """Return the name of what the command line has given, if a mapping is of all of that."""
    pending = [value]
    seen: set[int] = set()
    while pending and len(seen) < _MAX_PARTS:
        one = pending.pop()
        if not isinstance(one, Made) or id(one) in seen:
            continue
        seen.add(id(one))
        for part in _copied_from(one):
            name = canonical(qualified_name(part))
            if known.is_parsed(name):
                return name
            pending.append(part)
    return ""


def _copied_from(mapping: Made) -> Values:
    """Return the mappings of which one has all entries, but for other secrets."""
    if mapping.operator == "|":
        given = mapping.arguments.positional
        if any(_hides(one) for values in given[1:] for one in values):
            return ()
        return tuple(one for values in given for one in values)
    if mapping.name.removesuffix("()") in known.LISTERS or mapping.name in _PUT_IN_ORDER:
        return tuple(one for values in mapping.arguments.positional[:1] for one in values)
    return mapping.owner if _OF_ALL.search(mapping.name) else ()


def _hides(value: Value) -> bool:
    """Tell whether a mapping may have something else in place of a secret, if a value is one."""
    keys = value.items if isinstance(value, Mapping) else ()
    return any(not isinstance(key, str) or secrets.holds_secret(key) for key in keys)


def _is_data(value: Value) -> bool:
    """Tell whether a parser gives a value, or what that is part of, and reads no file for it."""
    while isinstance(value, Made) and value.owner:
        value = value.owner[0]
    if not isinstance(value, Made) or not value.arguments.positional:
        return False
    if canonical(value.name).removesuffix("()") not in configuration.PARSERS:
        return False
    given = list(map(qualified_name, value.arguments.positional[0]))
    return not any(configuration.OPENED.search(one) or known.is_configured(one) for one in given)


def _fields(value: Value, *, is_held: bool = False) -> Iterator[ast.AnnAssign]:
    """Yield the fields of an object with settings, if a value is one.

    :param is_held: whether it is part of another such object.
    """
    if not isinstance(value, Instance):
        return
    if not is_held and not known.KEEPS_SETTINGS.search(value.cls.node.name):
        return
    nodes = _with_bases(value.cls)
    marks = [mark for node in nodes for mark in (*node.bases, *node.decorator_list)]
    if any(known.SHOWS_FIELDS.search(ast.unparse(mark)) for mark in marks):
        for node in nodes:
            for one in node.body:
                if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
                    yield one


def _with_bases(cls: Class) -> list[ast.ClassDef]:
    """Return a class, and those of its module that it is derived from."""
    found = [cls.node]
    for node in found:
        names = [base.id for base in node.bases if isinstance(base, ast.Name)]
        for name in names if len(found) < _MAX_PARTS else ():
            for binding in cls.module.bindings.get(name, ()):
                if isinstance(binding, Defined) and isinstance(binding.node, ast.ClassDef):
                    if binding.node not in found:
                        found.append(binding.node)
    return found


def _secret_field(value: Value, is_listed: bool, depth: int = 0) -> str:
    """Return the field of an object with settings that is a secret, where that is shown.

    :param is_listed: whether the fields are listed, whatever the object says of itself.
    """
    if isinstance(value, Mapping):
        return _secret_key(value)
    for one in _fields(value, is_held=depth > 0):
        if not is_listed and isinstance(value, Instance) and _says_itself(value.cls):
            return ""
        is_hidden = "Secret" in ast.unparse(one.annotation) or (
            not is_listed and one.value is not None and "repr=False" in ast.unparse(one.value)
        )
        name = getattr(one.target, "id", "")
        if not is_hidden and secrets.is_told(name):
            return name
        if not is_hidden and isinstance(value, Instance) and depth < _MAX_DEPTH:
            for inner in _held(one.annotation, value.cls):
                if secret := _secret_field(inner, is_listed, depth + 1):
                    return secret
    return ""


def _says_itself(cls: Class) -> bool:
    """Tell whether a class makes its own text of an object."""
    parts = (part for node in _with_bases(cls) for part in node.body)
    return any(getattr(part, "name", "") in known.SAYS_ITSELF for part in parts)


def _held(annotation: ast.expr, cls: Class) -> Iterator[Instance]:
    """Yield what a field holds, if that is of another class of the module."""
    for node in ast.walk(annotation):
        if isinstance(node, ast.Name) and node.id != cls.node.name:
            for binding in cls.module.bindings.get(node.id, ()):
                if isinstance(binding, Defined) and isinstance(binding.node, ast.ClassDef):
                    yield Instance(Class(binding.node, cls.module, f"{cls.module.name}.{node.id}"))


def _secret_key(value: Mapping, depth: int = 0) -> str:
    """Return the key of a dictionary under which a secret of the configuration is kept."""
    for key, values in value.items.items() if depth < _MAX_DEPTH else ():
        for one in values:
            if isinstance(one, Mapping) and (inner := _secret_key(one, depth + 1)):
                return inner
            if isinstance(key, str) and secrets.is_told(key):
                if known.is_configured(canonical(qualified_name(one))):
                    return key
    return ""

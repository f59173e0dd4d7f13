"""A project's own functions that read a setting: which parameter names it, which is the default.

Their names tell little, so that their bodies are asked: such a function reads something of which
one parameter is the key, and gives another one where nothing is kept there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from flake8_launcher.knowledge import settings
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.settings.readers.names import Names

_MAX_DEPTH = 4
_MAX_NODES = 400
_MAX_FUNCTIONS = 200
_GETS = frozenset({"get", "getattr", "getenv", "pop", "setdefault"})
_FORMS = frozenset({"bool", "bytes", "cast", "float", "int", "str", "type", "type_"})
"""What gives its argument in another form, whether it is Python's or a parameter."""
_STANDS_IN = frozenset({"default", "fallback"})
_KEPT = deferred(
    r"environ|getenv|(?:^|[^a-z])env(?:$|[^a-z])|conf|cfg|settings?\b|\bopt|\bini\b|toml|yaml"
    r"|secrets?\b",
    re.IGNORECASE,
)
"""Text of what settings are read from."""

_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


class _Reading(NamedTuple):
    """What the parameters of a function are for.

    :ivar key: the one that names the setting.
    :ivar default: the one that stands in for it.
    :ivar source: the one that settings are kept in; empty where the function knows that itself.
    """

    key: str
    default: str
    source: str = ""


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def read(call: ast.Call, names: Names) -> tuple[str, ast.expr] | None:
    """Return the name of a setting that a function of the project gives, and its default there."""
    given = [*call.args, *(one.value for one in call.keywords)]
    if len(given) < 2 or not any(map(_may_name, given)):
        return None
    function, module = names.definition(call.func)
    found = _Reader(names.read_by).reading(function, Names(module, names.find), 0)
    if found is None or not isinstance(function, _FUNCTIONS):
        return None
    passed = _passed(call, function)
    if found.source:
        source = passed.get(found.source)
        if source is None or not names.holds_settings(source):
            return None
    several: list[ast.expr | None] = [passed.get(found.key)]
    if found.key == _rest(function):
        several = [*_several(call, function)]
    keys = [names.literal(one) for one in several]
    name = ".".join(one for one in keys if isinstance(one, str))
    default = passed.get(found.default)
    is_told = bool(keys) and isinstance(keys[-1], str)
    return (name, default) if is_told and default is not None else None


def _may_name(node: ast.expr) -> bool:
    """Tell whether an argument may be the name of a secret."""
    match node:
        case ast.Constant(value=str(name)):
            return settings.is_secret(name, "", None) or name.isupper()
    return False


class _Reader:
    """Reads functions, each once, and those that they hand their parameters to.

    :param known: what was found of functions.
    """

    def __init__(self, known: dict[ast.AST, tuple[str, str, str] | None]) -> None:
        self._known = known

    def reading(self, function: ast.AST | None, names: Names, depth: int) -> _Reading | None:
        """Return what the parameters of a function are for, if it reads a setting by its name.

        :param names: those of the module that defines it.
        """
        if not isinstance(function, _FUNCTIONS):
            return None
        if function not in self._known:
            if depth > _MAX_DEPTH or len(self._known) > _MAX_FUNCTIONS:
                return None
            self._known[function] = None  # where it is asked about itself
            self._known[function] = self._read(function, names, depth)
        found = self._known[function]
        return None if found is None else _Reading(*found)

    def _read(self, function: _Function, names: Names, depth: int) -> _Reading | None:
        parameters = _parameters(function)
        body = function.body if isinstance(function.body, list) else [ast.Return(function.body)]
        nodes = [node for statement in body for node in ast.walk(statement)]
        if len(parameters) < 2 or len(nodes) > _MAX_NODES:
            return None
        local = _made_of(nodes, parameters)
        reads = [one for node in nodes for one in self._reads(node, function, names, depth)]
        sources = {source for source, _, _ in reads if source}
        given = [
            name
            for node in nodes
            if isinstance(node, ast.Return | ast.Assign | ast.AnnAssign) and node.value
            if not (isinstance(node, ast.Assign) and _is_of(node.targets[0], parameters))
            for name in _given(node.value)
            if name in parameters and name not in sources
        ]
        keys: set[str] = set()
        defaults: list[str] = []
        for _, named, other in reads:
            first = _within(named, local)
            rest = [sorted(_within(one, local), key=parameters.index) for one in other]
            if len(rest) == 1 and not {*first, *rest[0]}.issuperset(given):
                keys.update(rest[0])  # of a section and a key in it, the second
                continue
            keys |= first
            defaults += [name for names_of in rest for name in names_of]
        defaults += given if keys else ()
        key = max(keys, key=parameters.index, default=None)
        others = {*keys, *sources}
        default = next((one for one in defaults if one in parameters and one not in others), None)
        if key is None or default is None or len(sources) > 1 or key in sources:
            return None
        return _Reading(key, default, next(iter(sources), ""))

    def _reads(
        self, node: ast.AST, function: _Function, names: Names, depth: int
    ) -> Iterator[tuple[str, ast.expr, list[ast.expr]]]:
        """Yield the keys by which an expression reads something, each with what may stand in, and
        the parameter that it is read from, if the function is given that.
        """
        match node:
            case ast.Subscript(value=owner, slice=key, ctx=ast.Load()):
                source = _source(owner, function, names)
                if source is not None:
                    yield source, key, []
            case ast.Call(func=ast.Name(id="open"), args=[file, *_]):
                # a container finds each of its secrets in a file of that name
                if _KEPT.search(_spelled(file, function)):
                    yield "", file, []
            case ast.Call(func=ast.Attribute(attr=method) | ast.Name(id=method) as called):
                keyed = settings.keyed(names.qualified(called))
                owner = node.args[0] if method == "getattr" and node.args else called
                source = _source(owner, function, names) if method in _GETS or keyed else None
                if keyed is not None and len(node.args) > keyed.name:
                    yield "", node.args[keyed.name], [*_standing_in(node, keyed)]
                elif source is not None:
                    for key, others in _gotten(node, method):
                        yield source, key, others
                elif node.args or node.keywords:
                    yield from self._handed_on(node, names, depth)

    def _handed_on(
        self, call: ast.Call, names: Names, depth: int
    ) -> Iterator[tuple[str, ast.expr, list[ast.expr]]]:
        """Yield what is handed to another such function of the project."""
        inner, module = names.definition(call.func)
        found = self.reading(inner, Names(module, names.find), depth + 1)
        if found is not None and isinstance(inner, _FUNCTIONS):
            passed = _passed(call, inner)
            source = passed.get(found.source)
            if found.key in passed and (source is None or names.holds_settings(source)):
                rest = passed.get(found.default)
                yield "", passed[found.key], [rest] if rest is not None else []


def _made_of(nodes: list[ast.AST], parameters: list[str]) -> dict[str, set[str]]:
    """Return the parameters that each variable is made of, but not those that it is read by."""
    local = {one: {one} for one in parameters}
    for node in nodes:
        if isinstance(node, ast.For) and isinstance(node.target, ast.Name):
            # the parts of a name with dots, one after the other
            local.setdefault(node.target.id, set()).update(_within(node.iter, local))
    assigned = [node for node in nodes if isinstance(node, ast.Assign)]
    for node in sorted(assigned, key=lambda one: one.lineno):
        target = node.targets[0]
        if isinstance(target, ast.Name) and target.id not in parameters:
            if not any(map(_gets, ast.walk(node.value))):
                local.setdefault(target.id, set()).update(_within(node.value, local))
    return local


def _within(node: ast.expr, local: dict[str, set[str]]) -> set[str]:
    """Return the parameters that an expression is made of."""
    names = (one.id for one in ast.walk(node) if isinstance(one, ast.Name))
    return {parameter for name in names for parameter in local.get(name, ())}


def _is_of(target: ast.expr, parameters: list[str]) -> bool:
    """Tell whether something is a parameter, which is another one where nobody gives it."""
    return isinstance(target, ast.Name) and target.id in parameters


def _gets(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(attr=method) | ast.Name(id=method)):
            return method in _GETS
    return isinstance(node, ast.Subscript)


def _gotten(call: ast.Call, method: str) -> Iterator[tuple[ast.expr, list[ast.expr]]]:
    """Yield the key that something is asked for; of a section and a key in it, the second."""
    others = [one.value for one in call.keywords if one.arg in _STANDS_IN]
    is_second = method == "getattr" or bool(others) or len(call.args) > 2
    at = 1 if is_second and len(call.args) > 1 else 0
    if len(call.args) > at:
        yield call.args[at], [*call.args[at + 1 :], *others]


def _spelled(file: ast.expr, function: _Function) -> str:
    """Return how a function spells a path, with what it assigns the variable that it is."""
    given = [
        ast.unparse(node.value)
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == ast.unparse(file)
    ]
    return " ".join([ast.unparse(file), *given])


def _standing_in(call: ast.Call, keyed: settings.Keyed) -> Iterator[ast.expr]:
    """Yield what a call that is known gives where nothing is kept."""
    yield from (one.value for one in call.keywords if one.arg == keyed.keyword)
    if keyed.default is not None:
        yield from call.args[keyed.default : keyed.default + 1]


def _source(owner: ast.expr, function: _Function, names: Names) -> str | None:
    """Tell what something is that settings may be read from.

    :returns: the parameter that it is or belongs to, empty for what settings are kept in, as its
        text tells; none for anything else.
    """
    if isinstance(owner, ast.Attribute) and isinstance(owner.value, ast.Name | ast.Attribute):
        if _KEPT.search(names.qualified(owner)):
            return ""
    if _KEPT.search(ast.unparse(owner)):
        return ""
    if isinstance(owner, ast.Attribute) and owner.attr in _GETS:
        owner = owner.value
    if not isinstance(owner, ast.Name):
        return None
    given = [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == owner.id
    ]
    if any(_KEPT.search(ast.unparse(one)) for one in given):
        return ""
    parameters = _parameters(function)
    held = (owner.id, *(one.id for one in given if isinstance(one, ast.Name)))
    return next((name for name in held if name in parameters), None)


def _given(node: ast.expr) -> Iterator[str]:
    """Yield the names that an expression may be, or another form of."""
    match node:
        case ast.Name(id=name):
            yield name
        case ast.IfExp(body=body, orelse=other):
            yield from _given(body)
            yield from _given(other)
        case ast.BoolOp(values=values):
            for value in values:
                yield from _given(value)
        case ast.Call(func=ast.Name(id=form), args=args) if form in _FORMS:
            for argument in args:
                yield from _given(argument)


def _parameters(function: _Function) -> list[str]:
    """Return the names of the parameters of a function, without the object of a method."""
    arguments = function.args
    several = [one.arg for one in (*arguments.posonlyargs, *arguments.args)]
    first = 1 if several and several[0] in ("self", "cls") else 0
    rest = [arguments.vararg.arg] if arguments.vararg else []
    return [*several[first:], *rest, *(one.arg for one in arguments.kwonlyargs)]


def _rest(function: _Function) -> str:
    """Return the name of the parameter for all further arguments, if there is one."""
    return function.args.vararg.arg if function.args.vararg else ""


def _several(call: ast.Call, function: _Function) -> list[ast.expr]:
    """Return the further arguments of a call: of several keys the last is that of the setting."""
    parameters = _parameters(function)
    rest = _rest(function)
    return call.args[parameters.index(rest) :] if rest else []


def _passed(call: ast.Call, function: _Function) -> dict[str, ast.expr]:
    """Return what a call gives each parameter of a function."""
    rest = _several(call, function)
    alone = call.args[: len(call.args) - len(rest)]
    several = len(_parameters(function)) - len(function.args.kwonlyargs)
    passed = dict(zip(_parameters(function)[:several], alone))
    if rest:
        passed[_rest(function)] = rest[-1]
    return passed | {one.arg: one.value for one in call.keywords if one.arg is not None}

"""Settings that a call declares: read by a name, with a default, or options of a command line."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_launcher.knowledge import propagators, settings
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.propagators import Gives
from flake8_launcher.knowledge.settings import Keyed
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.settings.model import Declaration
from flake8_launcher.settings.readers import own
from flake8_launcher.settings.readers.made import made
from flake8_launcher.settings.readers.names import Names
from flake8_launcher.settings.readers.walk import Place

_READS = deferred(
    r"\benviron\b|getenv|\b(?:config|conf|cfg|env|settings)\b|\bget_?(?:env|config|secret)\w*\("
)
_ALIKE = 2


def declared(place: Place, names: Names, is_settings: bool) -> Iterator[Declaration]:
    """Yield the settings that a call, or the parameters of a function, declare."""
    match place.node:
        case ast.Call() as call:
            yield from _called(call, names)
        case ast.FunctionDef() | ast.AsyncFunctionDef() as function:
            yield from _parameters(function, names)
            yield from _returned(function, names)
        case ast.BoolOp() | ast.IfExp() as several:
            for name in [*_asked_for(several)][:1]:
                yield from alternatives(several, name, names)


def _called(call: ast.Call, names: Names) -> Iterator[Declaration]:
    called = names.qualified(call.func)
    method = called.rpartition(".")[2]
    keyed = settings.keyed(called)
    if called == "click.option" or method in settings.OPTION_METHODS:
        yield from _option(call, names)
    elif keyed is not None:
        yield from _keyed(call, keyed, names)
    elif (read := own.read(call, names)) is not None:
        yield made(call, read[0], _stood_in(read[1], names))
    elif called in settings.ADDRESSES:
        given = _argument(call, 1, "default")
        name = names.literal(_argument(call, 0, "env"))
        if given is not None:
            word = name if isinstance(name, str) else settings.ADDRESSES[called]
            yield made(call, word, names.literal(given), "environment variable")
    elif method == "get" and call.args and (fallback := _argument(call, None, "fallback")):
        # of a parser in a function, which no name tells: only configparser calls it so
        name = names.literal(call.args[-1])
        if isinstance(name, str):
            yield made(call, name, names.literal(fallback))
    elif method == "get":
        named = _argument(call, None, "default")
        yield from _gotten([*call.args, *([named] if named else [])], call, names)
    elif called == "?getattr":
        yield from _gotten(call.args[1:], call, names)
    elif _is_settings(call.func, "add", names):
        for defaults in call.args:
            for one in entries(defaults, names):
                if settings.is_usable(one.name, one.default, is_constant=True):
                    yield one._replace(noun="setting", is_fixed=False)
    elif called in ("environ.Env", "environ.FileAwareEnv"):
        yield from _scheme(call, names)
    elif called in settings.DEFAULTS:
        given = _argument(call, *settings.DEFAULTS[called])
        if given is not None and mapping(given) is not None:
            yield from entries(given, names)
    elif called in settings.USES:
        position, keyword = settings.USES[called]
        argument = _argument(call, position, keyword)
        if argument is not None:
            yield from used(argument, "secret_key", names)
    elif settings.READERS.fullmatch(method) and (given := _argument(call, None, "default")):
        yield from _likely(call, [*call.args, _argument(call, None, "name")], given, names)
    elif settings.DEFAULTERS.fullmatch(method) and len(call.args) > 1:
        yield from _likely(call, call.args[:1], call.args[1], names)
    elif settings.BY_POSITION.fullmatch(method) and len(call.args) == 2:
        name = names.literal(call.args[0])
        if isinstance(name, str) and name.isupper() and names.definition(call.func)[0] is None:
            yield from _likely(call, call.args[:1], call.args[1], names)
    elif settings.FETCHERS.fullmatch(method) and (given := _argument(call, None, "default")):
        name = _argument(call, 0, "name")
        if isinstance(found := names.literal(name), str) and found.isupper():
            yield from _likely(call, [name], given, names)
    elif _is_configuration(call.func) and method in settings.APPLICATION_METHODS:
        yield from _mapped(call, names)
    elif called in ("django.conf.settings.configure",):
        yield from _mapped(call, names)
    else:
        for passed in call.keywords:
            if passed.arg in settings.SECRET_KEYWORDS:
                yield from used(passed.value, passed.arg, names)
            elif passed.arg and settings.SETTERS.fullmatch(method):
                yield from used(passed.value, passed.arg, names, at=passed)
            elif passed.arg and passed.arg.isupper() and settings.signs(passed.arg):
                yield from used(passed.value, passed.arg, names, at=passed)
        for argument in call.args:
            if isinstance(argument, ast.Dict):
                # an application is often made of a dictionary with its configuration
                for one in entries(argument, names):
                    if settings.signs(one.name):
                        yield one


def _keyed(call: ast.Call, keyed: Keyed, names: Names) -> Iterator[Declaration]:
    name = names.literal(call.args[keyed.name] if len(call.args) > keyed.name else None)
    default = _argument(call, keyed.default, keyed.keyword)
    if isinstance(name, str) and default is not None:
        yield made(call, name, _stood_in(default, names), keyed.noun)


def _stood_in(node: ast.expr, names: Names) -> object:
    """Return what stands in for a setting, ``...`` where the module that has it tells it."""
    found = names.constant(node)
    if found is not None:
        _, module, name = found
        is_told = settings.signs(name) or settings.is_settings_module(module.path, module.text)
        if module is not names.module and is_told and settings.is_secret(name, "", None):
            return ...
    return names.literal(node)


def _likely(
    call: ast.Call, given: Sequence[ast.expr | None], default: ast.expr, names: Names
) -> Iterator[Declaration]:
    """Yield the setting that a call reads whose name alone tells that it does.

    :param given: the arguments of which one may name a setting: often it stands in a section.
    """
    found = names.literal(default)
    for name in map(names.literal, given):
        if isinstance(name, str) and settings.is_usable(name, found, is_constant=True):
            yield made(call, name, found)
            return


def _is_settings(called: ast.expr, method: str, names: Names) -> bool:
    """Tell whether something is a method of what is called like settings, or of a part of them."""
    match called:
        case ast.Attribute(value=owner, attr=attribute):
            return attribute == method and names.holds_settings(owner)
    return False


def _gotten(given: list[ast.expr], call: ast.Call, names: Names) -> Iterator[Declaration]:
    """Yield what ``get`` or ``getattr`` gives where a setting is missing.

    :param given: the name of the setting, and the default.
    """
    match given, call:
        case [ast.Constant(value=str(name)), default], ast.Call(
            func=ast.Attribute(value=owner)
        ) | ast.Call(args=[owner, _, _]):
            found = names.literal(default)
            if settings.is_usable(name, found, is_constant=True) and names.holds_settings(owner):
                yield made(call, name, found)


def _option(call: ast.Call, names: Names) -> Iterator[Declaration]:
    default = _argument(call, None, "default")
    if default is None or _argument(call, None, "choices") is not None:
        return
    if names.literal(_argument(call, None, "action")) not in (None, "store"):
        return
    for argument in call.args:
        name = names.literal(argument)
        if isinstance(name, str) and name.startswith("--"):
            yield made(call, name.lstrip("-"), names.literal(default), "option")
            return


def _scheme(call: ast.Call, names: Names) -> Iterator[Declaration]:
    """Yield what django-environ is told of variables: their types, and defaults."""
    for keyword in call.keywords:
        match keyword.value:
            case ast.Tuple(elts=[_, default]) if keyword.arg:
                yield made(keyword, keyword.arg, names.literal(default), "environment variable")


def _mapped(call: ast.Call, names: Names) -> Iterator[Declaration]:
    """Yield what keywords, or a dictionary, set of the configuration of an application."""
    match call.args:
        case [ast.Constant(value=str(name)), default]:
            yield made(call, name, names.literal(default), "setting")
        case [ast.Dict() as given]:
            yield from entries(given, names)
    for keyword in call.keywords:
        if keyword.arg and keyword.arg.isupper():
            yield from used(keyword.value, keyword.arg, names, at=keyword)


def entries(
    given: ast.expr, names: Names, *, are_described: bool = False
) -> Iterator[Declaration]:
    """Yield the settings that dictionaries of an expression hold, at any depth.

    :param are_described: whether only those count that a library describes.
    """
    for one in ast.walk(given):
        if (node := mapping(one)) is not None:
            for key, value in zip(node.keys, node.values, strict=True):
                match key:
                    case ast.Constant(value=str(name)):
                        is_told = isinstance(value, ast.Call) and names.described(value)
                        if are_described and not is_told:
                            continue
                        yield from used(value, name, names, at=key)


def mapping(node: ast.AST) -> ast.Dict | None:
    """Return a dictionary, also one that is made by ``dict(KEY="...")``."""
    match node:
        case ast.Dict():
            return node
        case ast.Call(func=ast.Name(id="dict"), args=[], keywords=[_, *_] as keywords):
            keys: list[ast.expr | None] = [
                ast.copy_location(ast.Constant(one.arg), one) if one.arg else None
                for one in keywords
            ]
            return ast.Dict(keys, [one.value for one in keywords])
    return None


def defaults(given: ast.expr, names: Names, *, is_fixed: bool = False) -> Iterator[Declaration]:
    """Yield what dictionaries of settings hold, where it is no name of something.

    :param is_fixed: whether nothing else takes the place of it.
    """
    if any(_translates(one) for one in map(mapping, ast.walk(given)) if one is not None):
        return
    for one in entries(given, names):
        if "_" in one.name and one.name.lower() == one.default:
            continue  # how a file calls what a variable holds
        if settings.is_usable(one.name, one.default, is_constant=one.name.isupper() is False):
            yield one if is_fixed or not one.is_fixed else one._replace(
                noun="setting", is_fixed=False
            )


def _translates(given: ast.Dict) -> bool:
    """Tell whether a dictionary holds what something is called elsewhere: ``rhsm_port`` of a port.

    Some of its values then end with their keys.
    """
    alike = 0
    for key, value in zip(given.keys, given.values, strict=True):
        match key, value:
            case ast.Constant(value=str(name)), ast.Constant(value=str(text)):
                alike += text.isidentifier() and text.endswith(f"_{name}")
    return alike >= _ALIKE


def used(
    node: ast.expr, name: str, names: Names, at: ast.expr | ast.keyword | None = None
) -> Iterator[Declaration]:
    """Yield the literal that something is set to, where it stands.

    A constant of the module is reported where it is assigned.

    :param at: where to report it else.
    """
    yield from alternatives(node, name, names)
    where: ast.expr | ast.keyword = at or node
    if isinstance(node, ast.Name | ast.Attribute):
        found = names.constant(node)
        if found is None:
            return
        value, module, constant = found
        if module is names.module:
            where = value
            name = constant if settings.is_secret(constant, "", None) else name
        elif settings.signs(constant):
            return  # reported in that module
        yield made(where, name, names.literal(value), "secret", is_fixed=True)
        return
    described = names.described(node)
    default = names.literal(node if described is None else described)
    read = node
    while isinstance(read, ast.Call) and isinstance(read.func, ast.Attribute):
        if propagators.METHODS.get(read.func.attr) is not Gives.FORM:
            break
        read = read.func.value
    if settings.signs(name.upper()) and isinstance(read, ast.Call):
        # what signs is the service's own, whatever the variable is called that it comes from
        for one in _called(read, names):
            if not settings.is_usable(one.name, one.default):
                yield one._replace(name=name)
    if default is not ... and default is not None:
        noun = "secret" if described is None else "setting"
        yield made(where, name, default, noun, is_fixed=described is None)


def alternatives(node: ast.expr, name: str, names: Names) -> Iterator[Declaration]:
    """Yield the literal that stands in for what nobody has set (``getenv("KEY") or "key"``)."""
    match node:
        case ast.BoolOp(op=ast.Or(), values=[first, *_, last]):
            read = first
        case ast.IfExp(body=first, orelse=last):
            read = first
        case ast.Call(func=ast.Attribute(value=inner), args=[] | [ast.Constant()]):
            yield from alternatives(inner, name, names)  # its method ``strip``, and the like
            return
        case ast.Call(args=[inner, *_]):
            yield from alternatives(inner, name, names)
            return
        case _:
            return
    default = _stood_in(last, names)
    if default is not ... and names.literal(read) is ... and is_read(read, names):
        asked = list(_asked_for(node))
        if all(settings.is_usable(one, default) for one in asked):
            # what it is called in the code is often shorter
            yield made(node, asked[0] if asked and not settings.signs(name) else name, default)


def _returned(
    function: ast.FunctionDef | ast.AsyncFunctionDef, names: Names
) -> Iterator[Declaration]:
    """Yield the literal that a function returns where what it reads else is not set."""
    inner = syntax.statements(function.body)
    several = [one for one in inner if isinstance(one, ast.Return | ast.Assign)]
    if settings.is_secret(function.name, "", None):
        for one in several:
            if isinstance(one, ast.Return) and one.value is not None:
                yield from alternatives(one.value, function.name, names)
    constants = [
        one.value
        for one in several
        if isinstance(one, ast.Return) and isinstance(one.value, ast.Constant) and one.value.value
    ]
    asked = [
        name
        for one in several
        if constants and one.value is not None
        if (found := list(_asked_for(one.value))) and is_read(one.value, names)
        for name in found
    ]
    for constant in constants if asked else ():
        default = constant.value
        if all(settings.is_usable(name, default, is_constant=True) for name in asked):
            yield made(constant, asked[0], default)


def _asked_for(node: ast.expr) -> Iterator[str]:
    """Yield the names of secrets that an expression asks for."""
    for one in ast.walk(node):
        match one:
            case ast.Call(args=[ast.Constant(value=str(name)), *_]):
                pass
            case ast.Subscript(slice=ast.Constant(value=str(name))):
                pass
            case _:
                continue
        if settings.is_secret(name, "", None):
            yield name


def is_read(node: ast.expr, names: Names) -> bool:
    """Tell whether an expression reads a setting, as far as its text and names tell."""
    if _READS.search(ast.unparse(node)):
        return True
    match node:
        case ast.Subscript(value=owner) | ast.Call(func=ast.Attribute(value=owner, attr="get")):
            return names.holds_settings(owner)
    return False


def _parameters(
    function: ast.FunctionDef | ast.AsyncFunctionDef, names: Names
) -> Iterator[Declaration]:
    """Yield the options that typer makes of parameters."""
    marks = (one for one in function.decorator_list if isinstance(one, ast.Call))
    is_command = any(names.qualified(one.func) == "typer.Typer().command" for one in marks)
    arguments = function.args
    several = [*arguments.posonlyargs, *arguments.args]
    defaults = dict(zip(reversed(several), reversed(arguments.defaults)))
    defaults |= {
        one: value
        for one, value in zip(arguments.kwonlyargs, arguments.kw_defaults)
        if value is not None
    }
    for parameter, default in defaults.items():
        call: ast.expr = default
        note = parameter.annotation
        if isinstance(note, ast.Subscript) and isinstance(note.slice, ast.Tuple):
            for part in note.slice.elts[1:]:
                if isinstance(part, ast.Call) and names.qualified(part.func) in settings.TYPER:
                    yield made(parameter, parameter.arg, names.literal(default), "option")
        if isinstance(call, ast.Call) and names.qualified(call.func) in settings.TYPER:
            given = _argument(call, 0, "default")
            if given is not None:
                yield made(parameter, parameter.arg, names.literal(given), "option")
        elif is_command and isinstance(default, ast.Constant):
            yield made(parameter, parameter.arg, default.value, "option")
        elif settings.signs(parameter.arg.upper()):
            yield made(parameter, parameter.arg, names.literal(default), "parameter")


def _is_configuration(called: ast.expr) -> bool:
    """Tell whether a method is one of the ``config`` of an application."""
    match called:
        case ast.Attribute(value=ast.Attribute(attr="config")):
            return True
    return False


def _argument(call: ast.Call, position: int | None, keyword: str) -> ast.expr | None:
    for given in call.keywords:
        if given.arg == keyword:
            return given.value
    if position is not None and len(call.args) > position:
        return call.args[position]
    return None

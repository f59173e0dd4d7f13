"""Where what a step is given comes from: paths, permission bits, and what names them."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Iterator

from flake8_launcher.knowledge import origins, sources
from flake8_launcher.launch.model import Argument
from flake8_launcher.semantic.values import (
    Constant,
    Made,
    Sequence,
    Symbol,
    Value,
    Values,
    qualified_name,
    texts,
)

COMMAND_LINE = sources.Kind.ARGUMENTS.value

_DEEPEST = 12
_MOST = 32
_OPENED = re.compile(r"(?:^|\.)(?:open|fdopen|read|read_text|read_bytes)\(\)$")
_OF_FIRST = ("compile()",)
_TOLD_BY_KIND = (sources.Kind.ENVIRONMENT, sources.Kind.ARGUMENTS)
_UNKNOWN = "\0"
"""What stands in a path for what is not known of it."""


def paths(argument: Argument, default: Callable[[str], Values] | None = None) -> tuple[str, ...]:
    """Return the paths that an argument is, names in a list or is a file of, as far as known.

    The current directory is ``.``, and ``...`` stands for what is not known of a path.

    :param default: tells what stands in for an argument of the command line that is not given.
    """
    found: dict[str, None] = {}
    for path in _paths(argument.values, default or _no_default, 0):
        if path.strip(_UNKNOWN + "/."):
            found[path.replace(_UNKNOWN, "...")] = None
        if len(found) == _MOST:
            break
    return tuple(found)


def mode(argument: Argument | None) -> int | None:
    """Return the permission bits that an argument surely has, or none where none is known."""
    bits = [_bits(value, 0) for value in argument.values] if argument else []
    return bits[0] if len(bits) == 1 else None


def source(argument: Argument | None) -> str | None:
    """Return the option, the environment or the command line that an argument comes from."""
    for name in names(argument):
        found = sources.source(name)
        if found and found.kind in _TOLD_BY_KIND:
            return found.kind.value
        if found and found.kind is sources.Kind.CONFIGURATION:
            return found.name
    return None


def names(argument: Argument | None) -> Iterator[str]:
    """Yield the qualified names of what an argument is made of, itself first."""
    seen = 0
    for value in _made_of(argument.values if argument else (), 0):
        yield qualified_name(value)
        seen += 1
        if seen == _MOST:
            return


def files(argument: Argument | None) -> Iterator[str]:
    """Yield the paths of the files that an argument holds something of."""
    for value in _made_of(argument.values if argument else (), 0):
        if isinstance(value, Made) and _OPENED.search(value.name):
            yield from paths(Argument(None, None, ..., (), values=(value,)))


def is_opened(argument: Argument | None) -> bool:
    """Tell whether an argument is an opened file, or made of what one holds."""
    return any(_OPENED.search(name) for name in names(argument))


def _made_of(values: Values, depth: int) -> Iterator[Value]:
    for value in values:
        if not isinstance(value, Constant):
            yield value
        if depth == _DEEPEST:
            continue
        if isinstance(value, Made):
            yield from _made_of(value.owner, depth + 1)
            given = tuple(value.arguments.all())
            for values_given in given[:1] if value.name in _OF_FIRST else given:
                yield from _made_of(values_given, depth + 1)
        elif isinstance(value, Sequence):
            for item in value.items:
                yield from _made_of(item, depth + 1)


def _paths(values: Values, default: Callable[[str], Values], depth: int) -> Iterator[str]:
    """Yield what paths some values may be, with a mark where something is not known."""
    if depth > _DEEPEST:
        return
    for value in values:
        match value:
            case Constant(value=str(text)):
                yield text
            case Sequence(items=items):
                for item in items:
                    yield from _paths(item, default, depth + 1)
            case Made():
                yield from _of_made(value, default, depth + 1)
            case Symbol(name=name):
                yield from _of_name(name, default, depth + 1)


def _of_name(name: str, default: Callable[[str], Values], depth: int) -> Iterator[str]:
    if name in origins.HERE:
        yield "."
    elif name in origins.TEMPORARY:
        yield "/tmp"
    elif stands_in := default(name):
        yield from _paths(stands_in, default, depth)


def _of_made(value: Made, default: Callable[[str], Values], depth: int) -> Iterator[str]:
    given = value.arguments.positional or tuple(value.arguments.all())
    function = value.name.removesuffix("()")
    called = function != value.name
    if value.operator in ("+", "/"):
        joined = _added if value.operator == "+" else _joined
        yield from joined(given, default, depth)
    elif value.operator:
        return
    elif value.name in origins.HERE:
        yield "."
    elif value.owner:
        method = function.rpartition(".")[2]
        if called and method in origins.JOINING_METHODS:
            yield from _joined((value.owner, *given), default, depth)
        elif method in (origins.PATH_METHODS if called else origins.PATH_ATTRIBUTES):
            yield from _paths(value.owner, default, depth)
        else:
            yield from _of_name(value.name, default, depth)
    elif function in origins.JOINS:
        yield from _joined(given, default, depth) if given else (".",)
    elif function in origins.FALLBACKS:
        if given and origins.CURRENT_DIRECTORY_VARIABLE in texts(given[0]):
            yield "."
        for stands_in in given[1:2]:
            yield from _paths(stands_in, default, depth)
    elif function in origins.SAME:
        for first in given[:1]:
            yield from _paths(first, default, depth)


def _joined(
    parts: tuple[Values, ...], default: Callable[[str], Values], depth: int
) -> Iterator[str]:
    """Yield what a path made of some parts may be: an absolute part drops those before it."""
    beginnings = list(_paths(parts[0], default, depth))[:_MOST]
    for part in parts[1:]:
        found: list[str] = []
        for text in list(_paths(part, default, depth))[:_MOST] or [_UNKNOWN]:
            if is_absolute(text) and not text.startswith(_UNKNOWN):
                found.append(text)
                continue
            # what is not known may be absolute: a path from here is not certain then
            certain = not text.startswith(_UNKNOWN)
            found += [_under(one, text) for one in beginnings if certain or is_absolute(one)]
        beginnings = found[:_MOST]
    yield from beginnings


def _under(folder: str, text: str) -> str:
    return f"{folder.rstrip('/')}/{text}" if folder else text


def _added(
    parts: tuple[Values, ...], default: Callable[[str], Values], depth: int
) -> Iterator[str]:
    """Yield what a text made of some pieces may be, or the paths in the sum of some lists."""
    if any(isinstance(value, Sequence) for part in parts for value in part):
        for part in parts:
            yield from _paths(part, default, depth)
        return
    beginnings = [""]
    for part in parts:
        known = list(_paths(part, default, depth))[:_MOST] or [_UNKNOWN]
        beginnings = [one + text for one in beginnings for text in known][:_MOST]
    yield from beginnings


def is_absolute(path: str) -> bool:
    """Tell whether a path does not depend on the current directory, or may not."""
    return path.startswith(("/", "\\", "~", "$", "%", "{", "...", _UNKNOWN)) or ":" in path


def _bits(value: Value, depth: int) -> int | None:
    if depth > _DEEPEST:
        return None
    match value:
        case Constant(value=int(number)):
            return number
        case Made(operator="|", arguments=given):
            parts = [_bits(one, depth + 1) for values in given.all() for one in values]
            known = [part for part in parts if part is not None]
            result = 0
            for part in known:
                result |= part
            return result if known else None
        case Symbol(name=name) if name.startswith("stat.S_I"):
            named: object = getattr(stat, name.removeprefix("stat."), None)
            return named if isinstance(named, int) else None
    return None


def _no_default(name: str) -> Values:
    return ()

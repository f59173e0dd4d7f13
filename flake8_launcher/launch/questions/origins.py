"""What values come from, asked of what the interpreter keeps: paths, who decides, bits."""

from __future__ import annotations

import functools
import operator
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import NamedTuple

from flake8_launcher.knowledge import propagators, sources
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.order import READERS
from flake8_launcher.knowledge.propagators import Gives
from flake8_launcher.launch.model import Argument
from flake8_launcher.semantic.values import (
    Arguments,
    Constant,
    Made,
    Mapping,
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
_MOST_LEADING = 8
_MOST_ITEMS = 256
_MAX_LITERAL = 200
_OPENED = deferred(r"(?:^|\.)(?:open|fdopen|read|read_text|read_bytes)\(\)$")
_OF_FIRST = ("compile()",)
_OF_FIRST_PIECE = (Gives.FORM, Gives.PART, Gives.JOINED)
_BY_OPERATOR = (sources.Kind.ENVIRONMENT, sources.Kind.ARGUMENTS)
_HERE = "pathlib.Path.cwd()"
"""What a path is of which no part is given."""
_UNKNOWN = "\0"
"""What stands in a path for what is not known of it."""
_UNKNOWNS = deferred(f"{_UNKNOWN}+")


class _Lookup(NamedTuple):
    """A question for paths: what stands in for what, and what was found of what is made."""

    default: Callable[[str], Values]
    known: dict[int, tuple[str, ...]]


def paths(argument: Argument, default: Callable[[str], Values] | None = None) -> tuple[str, ...]:
    """Return the paths that an argument is, names in a list or is a file of, as far as known.

    The current directory is ``.``, and ``...`` stands for what is not known of a path.

    :param default: tells what stands in for an argument of the command line that is not given.
    """
    found: dict[str, None] = {}
    for path in _paths(argument.values, _Lookup(default or _no_default, {}), 0):
        if path.strip(_UNKNOWN + "/."):
            found[_UNKNOWNS.sub("...", path)] = None
        if len(found) == _MOST:
            break
    return tuple(found)


def paths_of_each(argument: Argument) -> list[tuple[str, ...] | None]:
    """Return the paths of each candidate that an argument may be; none where they are not known.

    What the command line or the environment names is the operator's choice, whatever stands in
    where they name nothing.
    """
    found: list[tuple[str, ...] | None] = []
    for value in islice(_candidates(argument.values, 0), _MOST):
        known = paths(Argument(None, None, ..., (), values=(value,)))
        is_told = bool(known) or isinstance(value, Constant | Sequence)
        found.append(known if is_told and not _is_chosen(value) else None)
    return found


def _is_chosen(value: Value) -> bool:
    """Tell whether the command line or the environment names what a path begins with."""
    sourced = filter(None, map(sources.source, leading((value,))))
    return any(one.kind in _BY_OPERATOR for one in sourced)


def _candidates(values: Values, depth: int) -> Iterator[Value]:
    """Yield what values may be, and instead of an opened file, or another form, what it is of.

    What stands in for something that is not held counts where it may be several things itself.
    """
    for value in values:
        if isinstance(value, Made) and not value.operator and depth < _DEEPEST:
            gives = propagators.gives(value.name)
            if gives in (Gives.FORM, Gives.FILE):
                given = value.owner or next(iter(value.arguments.all()), ())
                yield from _candidates(given, depth + 1)
                continue
            stands_in = _standing_in(value) if gives is Gives.ITEM else ()
            if len(stands_in) > 1:
                yield from _candidates(stands_in, depth + 1)
        yield from _each_beginning(value)


def _each_beginning(value: Value) -> Iterator[Value]:
    """Yield a path that is put together of parts once for each thing that the first may be."""
    parts = value.arguments.positional if isinstance(value, Made) and _is_joined(value) else ()
    if isinstance(value, Made) and parts and len(parts[0]) > 1:
        for first in parts[0]:
            yield replace(value, arguments=Arguments(((first,), *parts[1:])))
    else:
        yield value


def _is_joined(value: Made) -> bool:
    """Tell whether something begins with the first of what it is given."""
    if value.operator:
        return value.operator != "|"
    return not value.owner and propagators.gives(value.name) is Gives.JOINED


def mode(argument: Argument | None) -> int | None:
    """Return the permission bits that an argument surely has, or none where none is known."""
    known: dict[int, int | None] = {}
    bits = [_bits(value, known, 0) for value in argument.values] if argument else []
    return bits[0] if len(bits) == 1 else None


def source(argument: Argument | None) -> str | None:
    """Return the option, the environment or the command line that an argument comes from."""
    for name in names(argument):
        found = sources.source(name)
        if found and found.kind is sources.Kind.ENVIRONMENT:
            told = list(variables(argument))
            if told and all(map(sources.is_home, told)):
                continue  # where the files of the user are, which names none
        if found and found.kind in _BY_OPERATOR:
            return found.kind.value
        if found and found.kind is sources.Kind.CONFIGURATION:
            return found.name
    return None


def is_in_folder(argument: Argument) -> bool:
    """Tell whether the code itself names the file, in a folder that somebody else may name."""
    several = list(islice(_candidates(argument.values, 0), _MOST))
    return bool(several) and all(map(_is_in_folder, several))


def _is_in_folder(value: Value) -> bool:
    if not isinstance(value, Made):
        return False
    given = value.arguments.positional
    parts = (value.owner, *given) if value.owner else given
    is_joined = value.operator == "/" or propagators.gives(value.name) is Gives.JOINED
    is_named = len(parts) > 1 and all(isinstance(one, Constant) for one in parts[-1])
    return is_joined and is_named


def leading(values: Iterable[Value]) -> tuple[str, ...]:
    """Return what values begin with: a text with its first piece, a path with its first part.

    Who decides about that piece decides what the whole names. Of a list every element counts.

    :returns: qualified names, with the keys of items, and literals as the code spells them.
    """
    return _leading(values, {}, 0)


def names(argument: Argument | None) -> Iterator[str]:
    """Yield the qualified names of what an argument is made of, itself first."""
    return map(qualified_name, made_of(argument))


def variables(argument: Argument | None) -> Iterator[str]:
    """Yield the variables of the environment that an argument is made of."""
    for value in made_of(argument):
        if not isinstance(value, Made):
            continue
        name = qualified_name(value)
        if sources.is_of_environment(name) or name.removesuffix("()") in READERS:
            yield from texts(next(iter(value.arguments.all()), ()))


def files(argument: Argument | None) -> Iterator[str]:
    """Yield the paths of the files that an argument holds something of."""
    for value in made_of(argument):
        if isinstance(value, Made) and _OPENED.search(value.name):
            yield from paths(Argument(None, None, ..., (), values=(value,)))


def opened(argument: Argument | None) -> Values:
    """Return the paths, not yet told, of the files that an argument holds something of."""
    return tuple(
        path
        for value in made_of(argument)
        if isinstance(value, Made) and _OPENED.search(value.name)
        for path in value.owner or next(iter(value.arguments.all()), ())
        if not (isinstance(path, Made) and _OPENED.search(path.name))
    )


def is_opened(argument: Argument | None) -> bool:
    """Tell whether an argument is an opened file, or made of what one holds."""
    return any(_OPENED.search(name) for name in names(argument))


def made_of(argument: Argument | None) -> Iterator[Value]:
    """Yield what an argument is made of, itself first, and each of it once."""
    waiting = list(reversed(argument.values)) if argument else []
    seen: set[int] = set()
    while waiting and len(seen) < _MOST:
        value = waiting.pop()
        if isinstance(value, Constant) or id(value) in seen:
            continue
        seen.add(id(value))
        yield value
        parts: Iterable[Values] = ()
        if isinstance(value, Made):
            given = tuple(value.arguments.all())
            parts = (value.owner, *(given[:1] if value.name in _OF_FIRST else given))
        elif isinstance(value, Sequence):
            parts = value.items
        elif isinstance(value, Mapping):
            parts = value.items.values()
        waiting += reversed([one for values in parts for one in values])


def _leading(
    values: Iterable[Value], known: dict[int, tuple[str, ...]], depth: int
) -> tuple[str, ...]:
    """Return what values begin with, those already known of what is made."""
    found: dict[str, None] = {}
    for value in values:
        match value:
            case Made(name=name):
                found.update(dict.fromkeys(_leading_of_made(value, known, depth) or (name,)))
            case Symbol(name=name):
                found[name] = None
            case Constant(value=str(text)):
                found[repr(text[:_MAX_LITERAL])] = None
            case Sequence(items=items) if depth <= _MOST:
                if id(value) not in known:
                    inner = (one for item in items[:_MOST_ITEMS] for one in item)
                    known[id(value)] = _leading(inner, known, depth + 1)
                found.update(dict.fromkeys(known[id(value)]))
        if len(found) >= _MOST_LEADING:
            break
    return tuple(found)[:_MOST_LEADING]


def _leading_of_made(
    value: Value, known: dict[int, tuple[str, ...]], depth: int
) -> tuple[str, ...]:
    """Return what something made begins with, or nothing where that is itself."""
    if not isinstance(value, Made) or depth > _MOST:
        return ()
    if id(value) not in known:
        known[id(value)] = tuple(_begins(value, known, depth + 1))
    return known[id(value)]


def _begins(value: Made, known: dict[int, tuple[str, ...]], depth: int) -> Iterable[str]:
    given = value.arguments.positional
    if value.operator == "+" and any(isinstance(one, Sequence) for part in given for one in part):
        return _leading((one for part in given for one in part), known, depth)
    if value.operator in ("+", "/"):
        first = next((part for part in given if not _is_empty(part)), ())
        return _leading(first, known, depth)
    gives = propagators.gives(value.name)
    if gives in _OF_FIRST_PIECE and not value.owner:
        return _leading(given[0], known, depth) if given else (_HERE,)
    owners = _leading_of_made(value.owner[0], known, depth) if value.owner else ()
    if gives is Gives.ITEM:
        return _held(value, owners) or owners
    return owners


def _held(value: Made, owners: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of what something holds, with their keys, where that is worth telling."""
    keys = [
        next((one.value for one in part if isinstance(one, Constant)), None)
        for part in value.arguments.positional
    ]
    is_call = value.name.endswith("()")
    if not keys or not isinstance(keys[0], str if is_call or owners else str | int):
        return ()
    held = owners or (propagators.holder(value.name),)
    for key in keys[: 2 if is_call and propagators.is_keyed_twice(value.name) else 1]:
        if key is not None:
            held = tuple(f"{one}[{key!r}]"[:_MAX_LITERAL] for one in held if sources.holds(one))
    return held


def _is_empty(values: Values) -> bool:
    return all(isinstance(value, Constant) and value.value == "" for value in values)


def _paths(values: Values, lookup: _Lookup, depth: int) -> Iterator[str]:
    """Yield what paths some values may be, with a mark where something is not known."""
    if depth > _DEEPEST:
        return
    for value in values:
        match value:
            case Constant(value=str(text)):
                yield text
            case Sequence(items=items):
                if id(value) not in lookup.known:
                    inner = (_paths(item, lookup, depth + 1) for item in items[:_MOST_ITEMS])
                    lookup.known[id(value)] = tuple(islice(chain.from_iterable(inner), _MOST))
                yield from lookup.known[id(value)]
            case Made():
                if id(value) not in lookup.known:
                    found = islice(_of_made(value, lookup, depth + 1), _MOST)
                    lookup.known[id(value)] = tuple(found)
                yield from lookup.known[id(value)]
            case Symbol(name=name):
                yield from _of_name(name, lookup, depth + 1)


def _of_name(name: str, lookup: _Lookup, depth: int) -> Iterator[str]:
    if name in propagators.HERE:
        yield "."
    elif name in propagators.TEMPORARY:
        yield "/tmp"
    elif stands_in := lookup.default(_without_form(name)):
        yield from _paths(stands_in, lookup, depth)


def _without_form(name: str) -> str:
    """Return the name of what is read, or written in another form, by the methods at its end."""
    while name.endswith("()") and propagators.gives(name) in (Gives.FORM, Gives.FILE):
        name = name.rpartition(".")[0]
    return name


def _of_made(value: Made, lookup: _Lookup, depth: int) -> Iterator[str]:
    given = value.arguments.positional or tuple(value.arguments.all())
    parts = (value.owner, *given) if value.owner else given
    if value.operator:
        if value.operator != "|":
            joined = _added if value.operator == "+" else _joined
            yield from joined(given, lookup, depth)
        return
    if value.name in propagators.HERE:
        yield "."
        return
    match propagators.gives(value.name):
        case Gives.JOINED:
            yield from _joined(parts, lookup, depth) if parts else (".",)
        case Gives.FORM | Gives.FILE:
            for first in parts[:1]:
                yield from _paths(first, lookup, depth)
        case Gives.ITEM:
            yield from _of_item(value, lookup, depth)
        case None if value.owner:
            yield from _of_name(value.name, lookup, depth)


def _of_item(value: Made, lookup: _Lookup, depth: int) -> Iterator[str]:
    """Yield the paths in a list, or the one that stands in for what is not held."""
    key = next(iter(value.arguments.positional), ())
    if propagators.CURRENT_DIRECTORY_VARIABLE in texts(key):
        yield "."
    if value.name.endswith("[]"):
        yield from _paths(value.owner, lookup, depth)
    # an empty one says that none is given, and the code asks about that
    yield from filter(None, _paths(_standing_in(value), lookup, depth))


def _standing_in(value: Made) -> Values:
    """Return what a call gives that looks up what is not there: ``get(key, this)``."""
    if value.name.endswith("[]") or propagators.is_keyed_twice(value.name):
        return ()
    return next(iter(value.arguments.positional[1:2]), ())


def _joined(parts: tuple[Values, ...], lookup: _Lookup, depth: int) -> Iterator[str]:
    """Yield what a path made of some parts may be: an absolute part drops those before it."""
    beginnings = list(islice(_paths(parts[0], lookup, depth), _MOST))
    if len(parts[0]) > 1:
        beginnings = list(filter(None, beginnings))  # which says that there is none
    for part in parts[1:]:
        found: list[str] = []
        for text in list(islice(_paths(part, lookup, depth), _MOST)) or [_UNKNOWN]:
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


def _added(parts: tuple[Values, ...], lookup: _Lookup, depth: int) -> Iterator[str]:
    """Yield what a text made of some pieces may be, or the paths in the sum of some lists."""
    if any(isinstance(value, Sequence) for part in parts for value in part):
        for part in parts:
            yield from _paths(part, lookup, depth)
        return
    beginnings = [""]
    for part in parts:
        known = list(islice(_paths(part, lookup, depth), _MOST)) or [_UNKNOWN]
        beginnings = [one + text for one in beginnings for text in known][:_MOST]
    yield from beginnings


def is_absolute(path: str) -> bool:
    """Tell whether a path does not depend on the current directory, or may not."""
    return path.startswith(("/", "\\", "~", "$", "%", "{", "...", _UNKNOWN)) or ":" in path


def _bits(value: Value, known: dict[int, int | None], depth: int) -> int | None:
    """Return the bits of a value, those already known of what is made."""
    if depth > _DEEPEST:
        return None
    match value:
        case Constant(value=int(number)):
            return number
        case Made(operator="|", arguments=given):
            if id(value) not in known:
                parts = [_bits(one, known, depth + 1) for values in given.all() for one in values]
                told = [part for part in parts if part is not None]
                known[id(value)] = functools.reduce(operator.or_, told) if told else None
            return known[id(value)]
        case Symbol(name=name) if name.startswith("stat.S_I"):
            named: object = getattr(stat, name.removeprefix("stat."), None)
            return named if isinstance(named, int) else None
    return None


def _no_default(name: str) -> Values:
    return ()

"""What values are made of: a text of its first piece, a path of its first part, a list of all.

Who decides about that piece decides what the text names.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable

from flake8_launcher.knowledge import language, sources
from flake8_launcher.semantic.values import (
    UNKNOWN,
    Arguments,
    Constant,
    Sequence,
    Symbol,
    Value,
    Values,
    symbol,
)

_MAX_ORIGINS = 8
_MAX_LENGTH = 200
_HOLE = re.compile(r"%(?!%)")


def origins(values: Iterable[Value]) -> tuple[str, ...]:
    """Return what some values are made of: names, and literals as the code spells them."""
    found: dict[str, None] = {}
    for value in values:
        if isinstance(value, Symbol):
            found.update(dict.fromkeys(value.origins or (value.name,)))
        elif isinstance(value, Constant):
            if isinstance(value.value, str):
                found[repr(value.value[:_MAX_LENGTH])] = None
        elif isinstance(value, Sequence):
            for item in value.items:
                found.update(dict.fromkeys(origins(item)))
        if len(found) >= _MAX_ORIGINS:
            break
    return tuple(found)[:_MAX_ORIGINS]


def made_of(*parts: Values) -> Symbol:
    """Return a text that is made of parts, about which the first decides."""
    first = next((part for part in parts if not _is_empty(part)), ())
    return _unknown(origins(first))


def collected(*parts: Values) -> Symbol:
    """Return a list that is made of others."""
    return _unknown(origins(value for part in parts for value in part))


def filled(pattern: str, given: Values) -> Symbol:
    """Return what ``%`` makes of a pattern."""
    start = _HOLE.search(pattern)
    if start is None or start.start():
        return _unknown((repr(pattern),))
    first = given
    if len(given) == 1 and isinstance(given[0], Sequence):
        first = given[0].items[0] if given[0].items else ()
    return made_of(first)


def formatted(pattern: str, arguments: Arguments) -> Symbol:
    """Return what ``format`` makes of a pattern."""
    try:
        before, name, _, _ = next(iter(string.Formatter().parse(pattern)))
    except (StopIteration, ValueError):
        return UNKNOWN
    if before or name is None:
        return _unknown((repr(pattern),))
    key = re.split(r"[.\[]", name)[0]
    if not key or key.isdecimal():
        return made_of(arguments.get(int(key or 0), ""))
    return made_of(arguments.keyword(key))


def item(holder: Symbol, key: object) -> Symbol:
    """Return what something holds under a key."""
    name = f"{holder.name}[]"
    if isinstance(key, str) or (isinstance(key, int) and not holder.origins):
        known = _held(holder.origins or (holder.name,), key)
        return symbol(name, known or holder.origins)
    return symbol(name, holder.origins)


def result(name: str, made: tuple[str, ...], arguments: Arguments) -> Symbol:
    """Return what a call of something outside gives.

    :param name: the qualified name of what is called.
    :param made: what that is made of.
    """
    holder, _, method = name.rpartition(".")
    first = arguments.positional[0] if arguments.positional else ()
    if method in language.GETS_ITEMS and first:
        known = made or (("os.environ",) if name in language.READS_ENVIRONMENT else (holder,))
        for key in first:
            keys = (key, *(arguments.positional[1][:1] if len(arguments.positional) > 1 else ()))
            texts = [one.value for one in keys if isinstance(one, Constant)]
            if texts and isinstance(texts[0], str) and any(map(sources.holds, known)):
                keyed = len(texts) > 1 and holder.endswith("ConfigParser()")
                held = _held(known, texts[0])
                return symbol(f"{name}()", _held(held, texts[1]) if keyed else held)
    if name in language.REMAKES:
        return symbol(f"{name}()", origins(first))
    return symbol(f"{name}()", made)


def _held(holders: Iterable[str], key: object) -> tuple[str, ...]:
    return tuple(f"{one}[{key!r}]"[:_MAX_LENGTH] for one in holders if sources.holds(one))


def _unknown(made: tuple[str, ...]) -> Symbol:
    return Symbol("?", made) if made and made != ("?",) else UNKNOWN


def _is_empty(values: Values) -> bool:
    return all(isinstance(value, Constant) and value.value == "" for value in values)

"""Texts that literals make, as far as all of their parts are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flake8_launcher.semantic import formats
from flake8_launcher.semantic.budget import MAX_TEXT
from flake8_launcher.settings.values import UNKNOWN, Value

CONSTANT = (str, bytes, int, float, complex, bool, type(None))


def is_plain(value: Value) -> bool:
    """Tell whether a value is a literal that a text can hold."""
    return isinstance(value, CONSTANT)


def joined(parts: Iterable[str]) -> Value:
    """Return the text that some parts make, unless it becomes too long."""
    kept: list[str] = []
    length = 0
    for part in parts:
        kept.append(part)
        length += len(part)
        if length > MAX_TEXT:
            return UNKNOWN
    return "".join(kept)


def filled(pattern: Value, given: Value) -> Value:
    """Return a text with its ``%`` place-holders filled."""
    if not isinstance(pattern, str):
        return UNKNOWN
    if isinstance(given, dict):
        return _put_in(formats.percent_pieces(pattern), given)
    values = given if isinstance(given, tuple) else (given,)
    if formats.fields(pattern) != len(values):
        return UNKNOWN
    return _put_in(formats.percent_pieces(pattern), dict(enumerate(values)))


def formatted(pattern: str, positional: list[Value], keywords: dict[str, Value]) -> Value:
    """Return a text that ``format`` fills."""
    try:
        return _put_in(formats.brace_pieces(pattern), {**dict(enumerate(positional)), **keywords})
    except ValueError:
        return UNKNOWN


def _put_in(pieces: Iterable[formats.Field], given: Mapping[Any, Value]) -> Value:
    """Return a text with its place-holders filled, where all of them are plain."""
    filled_in: list[str] = []
    for text, key, has_no_form in pieces:
        filled_in.append(text)
        if key is not None:
            value = given.get(key, UNKNOWN)
            if not has_no_form or not is_plain(value):
                return UNKNOWN
            filled_in.append(str(value))
    return joined(filled_in)

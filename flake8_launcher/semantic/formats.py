"""What format strings take, and whether a call passes that."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from typing import TypeAlias

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.quoting import named

_FIELD = deferred(
    r"%(?:\((?P<key>[^()]*)\))?[#0\- +]*(?P<width>\*|\d+)?(?:\.(?P<digits>\*|\d+)?)?[hlL]?"
    r"(?P<type>.?)",
    re.DOTALL,
)
_TYPES = "diouxXeEfFgGcrsa"
_PLAIN = ("%s", "%d", "%i", "%u")
_MAX_DIGITS = 9
_TRANSLATORS = deferred(r"^(?:_|_?L[EICW]|_LC|_C|u?gettext)$")


Field: TypeAlias = tuple[str, int | str | None, bool]
"""A literal text, the key of the place-holder behind it, and whether that is plain."""


def percent_pieces(text: str) -> Iterator[Field]:
    """Yield the literal texts of a ``%`` format, each with the key of what is put behind it.

    The key is a position or a name, and none behind the last text. With it comes whether the
    place-holder is plain: what is put there stands in the text as it is.
    """
    before = ""
    end = position = 0
    for field in _FIELD.finditer(text):
        before += text[end : field.start()]
        end = field.end()
        if field["type"] == "%":
            before += "%"
            continue
        position += (field["width"] == "*") + (field["digits"] == "*")
        if field["key"] is None:
            yield before, position, field[0] in _PLAIN
            position += 1
        else:
            yield before, field["key"], field[0].replace(f"({field['key']})", "", 1) in _PLAIN
        before = ""
    yield before + text[end:], None, True


def brace_pieces(text: str) -> Iterator[Field]:
    """Yield the same of what ``str.format`` takes.

    :raises ValueError: when it is malformed.
    """
    automatic = 0
    for before, name, spec, conversion in string.Formatter().parse(text):
        is_plain = not spec and conversion in (None, "s")
        if name == "":
            yield before, automatic, is_plain
            automatic += 1
        elif name is not None and name.isdecimal():
            yield before, int(name[:_MAX_DIGITS]), is_plain
        else:
            yield before, name, is_plain


def literal(node: ast.expr) -> str | None:
    """Return the text of a literal, also of a translated one and of several added."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            first, second = literal(left), literal(right)
            return None if first is None or second is None else first + second
        case ast.Call(func=ast.Name(id=name), args=[only], keywords=[]):
            return literal(only) if _TRANSLATORS.match(name) else None
    return None


def fields(text: str) -> int | frozenset[str] | None:
    """Return how many arguments a ``%`` format takes, or their names; none when it is unclear."""
    count = 0
    keys: set[str] = set()
    for field in _FIELD.finditer(text):
        if field["type"] == "%":
            continue
        if not field["type"] or field["type"] not in _TYPES:
            return None
        if field["key"] is None:
            count += 1 + (field["width"] == "*") + (field["digits"] == "*")
        else:
            keys.add(field["key"])
    if keys:
        return None if count else frozenset(keys)
    return count


def logged(text: str, arguments: list[ast.expr], texts: frozenset[str]) -> str | None:
    """Return how a log message and its arguments disagree, if they do.

    :param texts: names that stand for no mapping.
    """
    wanted = fields(text)
    if wanted is None or any(isinstance(one, ast.Starred) for one in arguments):
        return None
    if not arguments:
        return None
    if len(arguments) > 1:
        if wanted != len(arguments):
            return _disagreement(wanted, len(arguments))
        return None
    only = arguments[0]
    if isinstance(only, ast.Dict):
        return _missing(wanted, only)
    if isinstance(wanted, int) and wanted != 1:
        if wanted > 1 or "{}" in text or _is_single(only, texts):
            return _disagreement(wanted, 1)
    elif isinstance(wanted, frozenset) and _is_single(only, texts):
        return _disagreement(wanted, 1)
    return None


def operated(text: str, right: ast.expr, texts: frozenset[str]) -> str | None:
    """Return how a text and what stands behind its ``%`` disagree, if they do."""
    wanted = fields(text)
    if wanted is None:
        return None
    if isinstance(right, ast.Tuple):
        if any(isinstance(one, ast.Starred) for one in right.elts) or wanted == len(right.elts):
            return None
        return _disagreement(wanted, len(right.elts))
    if isinstance(right, ast.Dict):
        return _missing(wanted, right)
    if wanted != 1 and _is_single(right, texts):
        return _disagreement(wanted, 1)
    return None


def continued(arguments: list[ast.expr]) -> str | None:
    """Return what a ``%`` lacks that takes the first of several values alone, if one does.

    The others are passed to the call beside it: ``print("%s: %s" % name, error)``.
    """
    for index, one in enumerate(arguments):
        if isinstance(one, ast.BinOp) and isinstance(one.op, ast.Mod):
            text, others = literal(one.left), len(arguments) - index - 1
            is_one = isinstance(one.right, ast.Name | ast.Attribute | ast.Subscript)
            if text is not None and is_one and others and fields(text) == others + 1:
                return f"its format takes {others + 1} arguments, and only the first is behind %"
    return None


def formatted(text: str, call: ast.Call) -> str | None:
    """Return what ``str.format`` does not find among its arguments, if something is missing."""
    if any(isinstance(one, ast.Starred) for one in call.args):
        return None
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    automatic = 0
    highest = -1
    passed = {keyword.arg for keyword in call.keywords}
    try:
        for _, name, spec, _ in string.Formatter().parse(text):
            if name is None:
                continue
            if spec and "{" in spec:
                return None
            first = re.split(r"[.\[]", name, maxsplit=1)[0]
            if not first:
                highest = max(highest, automatic)
                automatic += 1
            elif first.isdigit():
                highest = max(highest, int(first))
            elif first not in passed:
                return _not_passed(first)
    except ValueError:
        return None
    if highest >= len(call.args):
        return _disagreement(highest + 1, len(call.args))
    return None


def _is_single(node: ast.expr, texts: frozenset[str]) -> bool:
    """Tell whether an expression surely gives one value that is no mapping or tuple."""
    match node:
        case ast.Constant() | ast.JoinedStr():
            return True
        case ast.Name(id=name):
            return name in texts
        case ast.Call(func=ast.Name(id="str" | "repr" | "int" | "len" | "type" | "unicode")):
            return True
    return False


def _missing(wanted: int | frozenset[str], given: ast.Dict) -> str | None:
    keys = [key.value if isinstance(key, ast.Constant) else None for key in given.keys]
    if isinstance(wanted, int):
        return _disagreement(wanted, 1) if wanted > 1 else None
    missing = sorted(wanted.difference(key for key in keys if isinstance(key, str)))
    if not missing or None in keys:
        return None
    return _not_passed(missing[0])


def _not_passed(name: str) -> str:
    return f"its format names {named(name)}, which is not passed"


def _disagreement(wanted: int | frozenset[str], given: int) -> str:
    passed = f"{given} {'is' if given == 1 else 'are'} passed"
    if isinstance(wanted, frozenset):
        return f"its format takes a mapping, and {passed}"
    arguments = "argument" if wanted == 1 else "arguments"
    return f"its format takes {wanted or 'no'} {arguments}, and {passed}"

"""What a report shows of arguments: never what may be a secret."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from flake8_launcher.knowledge import secrets, sources
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.order import GETTERS
from flake8_launcher.knowledge.quoting import VEIL, quoted, veiled
from flake8_launcher.launch import Argument as Given
from flake8_launcher.launch import Call, Role, Store
from flake8_launcher.launch import Step as Taken
from flake8_launcher.launch.questions import origins
from flake8_launcher.report.model import Argument
from flake8_launcher.report.names import UNTOLD, arguments_of, written
from flake8_launcher.semantic.spelling import names_secret
from flake8_launcher.semantic.values import Constant, Sequence, Values, qualified_name

_MOST_ARGUMENTS = 8
_MOST_CANDIDATES = 3
_MOST_ITEMS = 4
_MOST_VARIABLES = 3
_LONGEST = 60
_LONG_NAME = 32

_MAY_HOLD = deferred(r"(?i)pass|pwd|secret|token|key|cred|auth|dsn|salt|cookie|login|user|sign")
_TELLING = deferred(
    r"[^\W\d]\w*(?:\.[^\W\d]\w*)+|[\w.]+:[\w.]+(?:\(\))?|[\w.-]*/[\w./{}%-]*"
    r"|\d+\.\d+\.\d+\.\d+(?::\d+)?|localhost(?::\d+)?|::1?"
    r"|--[A-Za-z][\w-]*(?:=[\w.:/-]*)?|-[A-Za-z]|"
)
"""Literals that surely name something: modules, functions, paths, addresses, options."""
_OBSCURE = deferred(
    r"\(\)\W.*\(|\[\]"
    r"|(?:^|\.)(?:[Aa]rgument|[Cc]olumn|[Ff]ield|[Oo]ption|mapped_column|object|relationship)\(\)"
)
"""What a name of a value has where the code's own name for it tells more.

It is what a chain of calls gives, part of something, or the declaration of what is read later.
"""
_CONTAINERS = {"list()": "[...]", "dict()": "{...}", "str()": "'...'", "set()": "{...}"}


def arguments(step: Call) -> tuple[Argument, ...]:
    """Return the arguments of a step as a report shows them."""
    given = zip(step.arguments[:_MOST_ARGUMENTS], arguments_of(step), strict=False)
    is_read = step.name in GETTERS
    shown = [
        Argument(
            one.keyword,
            # a variable has a name, which is no secret
            quoted(one.text)
            if is_read and one is step.arguments[0] and one.text
            else value(one, step, code),
        )
        for one, code in given
    ]
    if len(step.arguments) > _MOST_ARGUMENTS or not step.complete_arguments:
        shown.append(Argument(None, UNTOLD))
    return tuple(shown)


def set_to(step: Taken, variable: str) -> str:
    """Return what a step sets a variable of the environment to, as far as that may be told."""
    given = step.given[-1:] if isinstance(step, Store) else step.given[1:2]
    if not given or given[0].keyword is not None:
        return UNTOLD
    code: ast.AST | None = step.value.code if isinstance(step, Store) else None
    if isinstance(step.node, ast.Call):
        code = step.node.args[1] if len(step.node.args) > 1 else None
    known = replace(given[0], keyword=variable)
    return value(known, step, code if isinstance(code, ast.expr) else None)


def may_hold_secret(keyword: str) -> bool:
    """Tell whether the value of a keyword may be a secret, as far as the keyword tells."""
    return _MAY_HOLD.search(keyword) is not None


def source_of(argument: Given) -> str:
    """Return what decides about an argument, with the variables if that is the environment."""
    source = origins.source(argument) or ""
    if source != sources.Kind.ENVIRONMENT.value:
        return source
    known = [*dict.fromkeys(map(veiled, origins.variables(argument)))]
    more = f" and {len(known) - _MOST_VARIABLES} more" if len(known) > _MOST_VARIABLES else ""
    return f"{', '.join(known[:_MOST_VARIABLES])}{more} of {source}" if known else source


def value(
    argument: Given, step: Taken, code: ast.expr | None = None, is_inner: bool = False
) -> str:
    """Return an argument's value as far as it is known and may be told.

    :param code: what the code says for it: it is shown where the value would tell less.
    :param is_inner: whether it is in a list: of a list in there nothing is told.
    """
    literal = argument.literal
    keyword = argument.keyword or ""
    if literal is not ... and not argument.names:
        if isinstance(literal, str):
            is_secret = bool(literal) and code is not None and names_secret(code)
            return VEIL if is_secret else _text(literal, keyword, step)
        if secrets.is_plain(keyword):
            return VEIL
        return quoted(literal) if _is_plain(literal) else UNTOLD
    if (items := _items(argument)) is not None:
        codes = code.elts if isinstance(code, ast.List | ast.Tuple) else []
        if len(codes) != len(items):
            codes = []
        pairs = [] if is_inner else zip_longest(items, codes)
        inner = [value(one, step, item, is_inner=True) for one, item in pairs]
        return f"[{', '.join(inner)}]" if inner else "[...]"
    if argument.names in (("sys.argv",), ("sys.argv[]",)):
        return "sys.argv"
    source = source_of(argument)
    if source and not source.endswith("()"):  # of a call, the code below shows the arguments too
        return f"<{source}>" if " " in source else source
    names = [*_names(argument)]
    is_plain = len(names) == 1 and not any(map(_OBSCURE.search, argument.names))
    if is_plain or argument.literal is not ...:
        return one_of(names)
    return written(code) or (one_of(names) if 0 < len(names) <= _MOST_CANDIDATES else UNTOLD)


def _items(argument: Given) -> list[Given] | None:
    """Return what is in a list or tuple; nothing of a long one, none where it is no such thing."""
    if len(argument.values) != 1 or not isinstance(argument.values[0], Sequence):
        return None
    items = argument.values[0].items
    # what is in a list has no name of its own; that of the list may tell that nobody should see it
    keyword = argument.keyword if may_hold_secret(argument.keyword or "") else None
    return [_item(one, keyword) for one in items] if len(items) <= _MOST_ITEMS else []


def _item(values: Values, keyword: str | None) -> Given:
    constants = [one.value for one in values if isinstance(one, Constant)]
    literal = constants[0] if len(constants) == len(values) == 1 else ...
    names = tuple(qualified_name(one) for one in values if not isinstance(one, Constant))
    return Given(keyword, None, literal, names, values=values)


def _is_plain(literal: object) -> bool:
    return literal is None or isinstance(literal, bool | int | float)


def _text(literal: str, keyword: str, step: Taken) -> str:
    """Return a literal text: one that is surely a name, or whose keyword says that it is none."""
    if may_hold_secret(keyword):
        return VEIL if literal else "''"
    if literal[:1] == "-" and _MAY_HOLD.search(literal):
        return "'...'"
    # of a default something else says what it is of
    known = keyword not in ("", "default", "fallback")
    known = known or (step.role is not None and _is_called_by_name(step))
    if _TELLING.fullmatch(literal) or known:
        text = quoted(literal)
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 4]}...'"
    return "'...'"


def _is_called_by_name(step: Taken) -> bool:
    """Tell whether the texts that a step takes are names: of modules, options, programs."""
    return step.role in (Role.IMPORT_OPTION, Role.LOG, Role.PATCH, Role.BACKEND, Role.CHECK)


def one_of(names: list[str]) -> str:
    """Return what may be one of several things, in words that are no expression."""
    return names[0] if len(names) == 1 else f"<{' or '.join(names)}>"


def _names(argument: Given) -> Iterator[str]:
    seen: set[str] = set()
    if argument.literal is not ...:
        yield quoted(argument.literal) if _is_plain(argument.literal) else UNTOLD
    for name in argument.names:
        shown = _shown(name)
        if shown not in seen:
            seen.add(shown)
            yield shown


def _shown(name: str) -> str:
    """Return a qualified name as a value."""
    if name in _CONTAINERS:
        return _CONTAINERS[name]
    name = name.lstrip("?.")
    for whole, short in _CONTAINERS.items():
        if name.startswith((f"{whole}.", f"{whole}[")):
            return UNTOLD if whole == "str()" else f"{short}{name[len(whole) :]}"
    return _short(veiled(name.removesuffix("[]"))) if name else UNTOLD


def _short(name: str) -> str:
    """Return a name without the modules that it stands in, where it is long."""
    parts = name.split(".")
    if len(name) > _LONG_NAME:
        named = (at for at, part in enumerate(parts) if part[:1].isupper() or "(" in part)
        parts = parts[min(next(named, len(parts)), len(parts) - 2) :]
    parts = parts[parts[0] == "<locals>" :]
    return ".".join(parts).replace("()", "(...)")

"""Formats and arguments that are said to disagree really do: Python itself is asked."""

from __future__ import annotations

import ast
import logging
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_launcher.semantic import formats

PIECES = st.sampled_from(
    ["%s", "%d", "%r", "%%", "%(a)s", "%(b)r", "%5.1f", "%*d", " ", "text", "{}", "{a}", "%"]
)
TEXTS = st.lists(PIECES, max_size=5).map("".join)
VALUES = st.sampled_from([1, 2, 3])
MAPPINGS = st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES)


def parsed(value: object) -> ast.expr:
    return ast.parse(repr(value), mode="eval").body


def fails_to_log(text: str, arguments: tuple[object, ...]) -> bool:
    record = logging.LogRecord("name", logging.ERROR, "path", 1, text, arguments, None)
    try:
        record.getMessage()
    except (TypeError, ValueError, KeyError):
        return True
    return False


@given(TEXTS, st.one_of(st.lists(VALUES, max_size=4), MAPPINGS.map(lambda one: [one])))
def test_what_is_said_to_fail_in_logging_fails(text: str, arguments: list[object]) -> None:
    told = formats.logged(text, [parsed(one) for one in arguments], frozenset())
    assert not told or fails_to_log(text, tuple(arguments))


@given(TEXTS, st.one_of(VALUES, MAPPINGS, st.lists(VALUES, max_size=4).map(tuple)))
def test_what_is_said_to_fail_behind_a_percent_sign_fails(text: str, right: object) -> None:
    if formats.operated(text, parsed(right), frozenset()):
        with pytest.raises((TypeError, ValueError, KeyError)):
            text % right  # noqa: B018


@given(
    st.lists(st.sampled_from(["{}", "{0}", "{2}", "{a}", "{b!r:>5}", "{a.real}", " ", "{{"])).map(
        "".join
    ),
    st.lists(VALUES, max_size=3),
    MAPPINGS,
)
def test_what_is_said_to_be_missing_in_a_format_is(
    text: str, positional: list[int], named: dict[str, int]
) -> None:
    passed = [*map(repr, positional), *(f"{key}={value}" for key, value in named.items())]
    call = ast.parse(f"text.format({', '.join(passed)})", mode="eval").body
    assert isinstance(call, ast.Call)
    if formats.formatted(text, call):
        with pytest.raises((IndexError, KeyError, ValueError)):
            text.format(*positional, **named)


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("%s %s", (1,)),
        ("text", ("one",)),
        ("{} {}", (1, 2)),
        ("%(a)s", ("one", "two")),
        ("%(a)s %(b)s", ({"a": 1},)),
        ("%*d", (1, 2, 3)),
    ],
)
def test_disagreements_are_found(text: str, arguments: tuple[object, ...]) -> None:
    assert formats.logged(text, [parsed(one) for one in arguments], frozenset())
    assert fails_to_log(text, arguments)


@pytest.mark.parametrize(("level", "shown"), [("debug", ""), ("info", ""), ("warning", "away\n")])
def test_what_reaches_standard_error_before_logging_is_set_up(level: str, shown: str) -> None:
    code = f"import logging; logging.getLogger('svc.api').{level}('%s', 'away')"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stderr == shown

"""What leaves the plugin is printable, bounded, and tells the places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_launcher.launch import shortened
from flake8_launcher.text import LONGEST, bounded, printable, told


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("svc.cmd.main -> uvicorn.run (svc/cmd.py:41)", None),
        ("caf\xe9 \u540d\u524d \U0001f680", None),
        ("a\nb", r"a\nb"),
        ("a\r\tb\x1b[31m\x07", r"a\r\tb\x1b[31m\x07"),
        ("a\x9b31m\x85b", r"a\x9b31m\x85b"),
        ("a\u2028b\u2029c", r"a\u2028b\u2029c"),
        ("\u202eabc\u202c\u2066\u2069", r"\u202eabc\u202c\u2066\u2069"),
        ("\u200e\u200f\u061c\u200b\ufeff\xad", r"\u200e\u200f\u061c\u200b\ufeff\xad"),
        ("\ud800.yaml", r"\ud800.yaml"),
        ("a\xa0b", r"a\xa0b"),
        ("\u3164\ufe0f\U000e0101\U000e0041", r"\u3164\ufe0f\U000e0101\U000e0041"),
        ("##vso[task.setvariable]x", r"#\x23vso[task.setvariable]x"),
        ("###", r"#\x23#"),
        ("::error::x", r"\x3a:error::x"),
        (" ::error::x", r" \x3a:error::x"),
        ("pulse.api::x", None),
    ],
)
def test_printable(text: str, shown: str | None) -> None:
    assert printable(text) == (text if shown is None else shown)


@given(st.text())
def test_every_text_is_printable(text: str) -> None:
    shown = told(text)
    assert shown.isprintable()
    assert len(shown) <= LONGEST
    assert "##" not in shown
    shown.encode()


def test_a_short_text_stays() -> None:
    text = "svc.main -> uvicorn.run (svc/cmd.py:41) " * 12
    assert bounded(text) == text


def _names(last: str, many: int) -> list[str]:
    return [f"svc.{'part.' * 9}{last}{number}" for number in range(many)]


PLACE = f"({'folder/' * 40}service.py:41)"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param(
            f"{'a' * 3000} is called (l. 41) before {'b' * 3000}.c (svc/x.py:3) is",
            ["aaaa...aaaa", "is called (l. 41) before", ".c (svc/x.py:3) is"],
            id="long names",
        ),
        pytest.param(
            f"reads CONF.a by {' -> '.join(_names('f', 9))} (x.py:3) before {_names('g', 1)[0]}",
            [f"by {_names('f', 9)[0]} -> ... -> {_names('f', 9)[8]} (x.py:3) before", ".g0"],
            id="long ways",
        ),
        pytest.param(
            f"reads CONF.a by {' '.join(_names('f', 12))} (l. 3)",
            ["CONF.a by ...part.part.", "part.f0 ...part.", ".f11 (l. 3)"],
            id="long dotted names",
        ),
        pytest.param(
            f"{'name ' * 300}{PLACE} {'name ' * 300}", ["/service.py:41) "], id="long place"
        ),
        pytest.param(
            f"reads {', '.join(f'CONF.option_{n}' for n in range(400))} by f (svc/x.py:3), and so",
            ["reads CONF.option_0", " ... ", "CONF.option_399 by f (svc/x.py:3), and so"],
            id="many names",
        ),
        pytest.param(
            f"first {'word ' * 200}(a/b.py:7) {'word ' * 200}(l. 9) {'word ' * 200}last",
            ["first", "... (a/b.py:7) ...", "(l. 9)", "last"],
            id="places in the middle",
        ),
        pytest.param("(a/b.py:7) " * 400, ["(a/b.py:7)"], id="places alone"),
        pytest.param("x" * 100_000, ["xxx...xxx"], id="one word"),
    ],
)
def test_bounded(text: str, pieces: list[str]) -> None:
    shown = bounded(text)
    assert len(shown) <= LONGEST
    for piece in pieces:
        assert piece in shown


@given(st.lists(st.sampled_from(["word", "a" * 700, "(a/b.py:7)", "(l. 9),", ""]), max_size=400))
def test_every_text_is_bounded(words: list[str]) -> None:
    text = " ".join(words)
    shown = bounded(text)
    assert len(shown) <= LONGEST
    assert shown == text or len(text) > LONGEST


@pytest.mark.parametrize(
    ("way", "of_imports", "shown"),
    [
        (["svc.main", "svc.run", "uvicorn.run"], False, None),
        (["a.b", "a.c", "d.e", "d.f", "uvicorn.run"], False, None),
        (
            ["a.b", "a.c", "d.e", "d.f", "d.g", "uvicorn.run"],
            False,
            "a.b -> ... -> d.f -> d.g -> uvicorn.run",
        ),
        (["svc.a", "svc.b", "requests", "urllib3", "urllib3.ssl_"], True, None),
        (
            ["svc.a", "svc.b", "requests", "requests.x", "urllib3", "urllib3.ssl_"],
            True,
            "svc.a -> svc.b -> ... -> urllib3 -> urllib3.ssl_",
        ),
        (
            ["svc.a", "svc.b", "svc.c", "svc.d", "requests", "urllib3", "urllib3.ssl_"],
            True,
            "svc.a -> ... -> svc.c -> svc.d -> ... -> urllib3.ssl_",
        ),
        (
            ["requests", "urllib3", "urllib3.a", "urllib3.b", "ssl.a", "ssl.b"],
            True,
            "requests -> ... -> ssl.a -> ssl.b",
        ),
    ],
)
def test_a_way_shows_its_beginning_and_where_it_leads(
    way: list[str], of_imports: bool, shown: str | None
) -> None:
    assert shortened(way, of_imports) == (shown or " -> ".join(way))

"""Imports are read from text alone, in whatever way they are written."""

from __future__ import annotations

import pytest

from flake8_launcher.semantic.reading.import_lines import ImportLine, import_lines

WRITTEN = {
    "import a": [ImportLine("a")],
    "import a.b as c, d": [ImportLine("a.b"), ImportLine("d")],
    "import a \\\n    , b": [ImportLine("a"), ImportLine("b")],
    "from a import b": [ImportLine("a", 0, ("b",))],
    "from a.b import c as d, e  # f": [ImportLine("a.b", 0, ("c", "e"))],
    "from a import (\n    b,  # c\n    d,\n)": [ImportLine("a", 0, ("b", "d"))],
    "from a import(b)": [ImportLine("a", 0, ("b",))],
    "from a \\\n    import b": [ImportLine("a", 0, ("b",))],
    "from \\\n    a import \\\n    b": [ImportLine("a", 0, ("b",))],
    "from . import a": [ImportLine("", 1, ("a",))],
    "from ... import a": [ImportLine("", 3, ("a",))],
    "from .. a import b": [ImportLine("a", 2, ("b",))],
    "from .a.b import c": [ImportLine("a.b", 1, ("c",))],
    "from_a = important": [],
    "# import a": [],
}


@pytest.mark.parametrize("text", WRITTEN)
def test_lines(text: str) -> None:
    assert list(import_lines(text)) == WRITTEN[text]
    indented = f"    {text}"
    assert list(import_lines(indented)) == []
    assert list(import_lines(indented, anywhere=True)) == WRITTEN[text]


@pytest.mark.parametrize(
    "text",
    [
        "from " + " " * 200_000,
        "from ." + " " * 200_000,
        "from " + "." * 200_000,
        "from " + "a" * 200_000,
        "from " + "a \\\n" * 50_000,
    ],
    ids=["spaces", "spaces after a dot", "dots", "a name", "lines"],
)
def test_lines_that_never_end(text: str) -> None:
    assert list(import_lines(text, anywhere=True)) == []

"""The reader of test documents refuses what it would otherwise misread."""

from __future__ import annotations

from pathlib import Path

import literate
import pytest
from literate import DocumentError, Expectation

HEAD = "# LS101 monkey-patch\n\n## Case\n\n"


def block(*lines: str, language: str = "python") -> str:
    return "\n".join([f"```{language}", *lines, "```", ""])


def read(folder: Path, text: str) -> list[literate.Case]:
    document = folder / "LS101.md"
    document.write_text(text, encoding="utf-8")
    return literate.read(document)


def test_marker_is_cut_off_and_columns_stay(tmp_path: Path) -> None:
    code = block("a = 1", 'if a: b("#")  # noqa  # LS101: 6 "b" "name: a; b"; LS101: 8')
    (case,) = read(tmp_path, HEAD + code)
    assert case.name == "Case"
    assert case.files == {"launcher.py": 'a = 1\nif a: b("#")  # noqa\n'}
    assert case.expectations == [
        Expectation("launcher.py", 2, 6, "LS101", ("b", "name: a; b")),
        Expectation("launcher.py", 2, 8, "LS101"),
    ]


def test_known_miss(tmp_path: Path) -> None:
    (case,) = read(tmp_path, HEAD + block("a()  # todo LS101: 0"))
    assert case.expectations == [Expectation("launcher.py", 1, 0, "LS101", is_todo=True)]


def test_files_and_options(tmp_path: Path) -> None:
    text = (
        block("[flake8]", "launcher_allowed_patches =", "    a.b,", "    c.d", language="ini")
        + "\n`setup.cfg`:\n\n"
        + block("[metadata]", language="ini")
        + "\n`svc/__init__.py`:\n\n"
        + block()
    )
    (case,) = read(tmp_path, HEAD + text)
    assert case.files == {"setup.cfg": "[metadata]\n", "svc/__init__.py": ""}
    assert case.options == {"launcher_allowed_patches": "\na.b,\nc.d"}


def test_checked_files(tmp_path: Path) -> None:
    text = "`bin/svc`:\n\n" + block("a") + "\n`broken.py`:\n\n" + block("a(", language="text")
    (case,) = read(tmp_path, HEAD + text)
    assert case.checked == ["bin/svc"]
    assert case.files == {"bin/svc": "a\n", "broken.py": "a(\n"}


def test_document_of_several_codes(tmp_path: Path) -> None:
    document = tmp_path / "following.md"
    document.write_text("# Following\n\n" + block("a()  # LS101: 0; LS104: 0"), encoding="utf-8")
    (case,) = literate.read(document)
    assert [expectation.code for expectation in case.expectations] == ["LS101", "LS104"]
    assert literate.checks(document) == "LS1"
    assert literate.checks(tmp_path / "LS101.md") == "LS101"
    document.write_text("# Following\n\n" + block("a()  # LS201: 0"), encoding="utf-8")
    with pytest.raises(DocumentError, match="own document"):
        literate.read(document)


def test_names_are_the_headings_that_lead_there(tmp_path: Path) -> None:
    text = HEAD + "### First\n\n" + block("a") + "\n### Second\n\n" + block("b")
    text += "\n## Near misses\n\n### First\n\n" + block("c")
    cases = read(tmp_path, text)
    names = [case.name for case in cases]
    assert names == ["Case / First", "Case / Second", "Near misses / First"]
    assert [case.is_near_miss for case in cases] == [False, False, True]


@pytest.mark.parametrize(
    "comment",
    [
        "# LS101",
        "# LS101 4",
        "# LS101: four",
        "# LS101:4",
        "#LS101: 4",
        "# ls101: 4",
        "# LS 101: 4",
        "# error: LS101: 4",
        "# LS101: 4 text",
        '# LS101: 4 "text',
        "# LS101: 4, LS101: 8",
        "# TODO LS101: 4",
        "# todo",
        "# todo: LS101: 4",
        "# LS101: 4  # more",
    ],
)
def test_unknown_marker(tmp_path: Path, comment: str) -> None:
    with pytest.raises(DocumentError, match="not spelled"):
        read(tmp_path, HEAD + block(f"a()  {comment}"))


@pytest.mark.parametrize("comment", ["# noqa: LS101", "# tools", "# TLS1.3", "# a todo-list"])
def test_other_comment(tmp_path: Path, comment: str) -> None:
    (case,) = read(tmp_path, HEAD + block(f"a()  {comment}"))
    assert comment in case.files["launcher.py"]
    assert not case.expectations


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (block("a") + block("b"), "two files"),
        (block("a") + "\n## Case\n\n" + block("b"), "a second case"),
        (block("a") + "\n## Other\n\n" + block("a"), "repeats"),
        (block("a()  # LS102: 0"), "own document"),
        (block("# LS101: 0"), "without code"),
        (block("[flake8]", language="toml"), "needs the path"),
        (block("[other]", language="ini"), "one section"),
        (block("a = 1", language="ini"), "no section headers"),
        ("`a.py`:\n\ntext\n", "no code follows"),
        ("`../a.py`:\n\n" + block("a"), "needs the path"),
        ("`setup.cfg`:\n\n" + block("a", language="ini"), "no code"),
        ("```python\na\n", "no end"),
    ],
)
def test_malformed(tmp_path: Path, text: str, error: str) -> None:
    with pytest.raises(DocumentError, match=rf"LS101\.md:\d+: .*{error}"):
        read(tmp_path, HEAD + text)

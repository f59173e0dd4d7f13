"""The plugin in a real flake8 process: files of every kind, noqa, standard input, jobs."""

from __future__ import annotations

import ast
from pathlib import Path

import harness
import pytest

from flake8_launcher.plugin import Plugin

LAUNCHER = """\
import eventlet
import eventlet.wsgi

eventlet.monkey_patch()


def main():
    eventlet.wsgi.server(eventlet.listen(("", 8000)), None)
"""
PLACES = ["4:1: LS101", "8:5: LS103"]

SELECT = "--select=E9,LS"


def places(text: str) -> list[str]:
    """Return line, column and code of what flake8 printed, without names and messages."""
    lines = [line.partition(":")[2] for line in text.splitlines()]
    return [" ".join(line.split(" ", 2)[:2]) for line in lines]


def run(folder: Path, source: str | bytes, *arguments: str) -> list[str]:
    """Return the places that flake8 reports in a file."""
    data = source.encode() if isinstance(source, str) else source
    folder.joinpath("launcher.py").write_bytes(data)
    completed = harness.flake8(folder, SELECT, *arguments, "launcher.py")
    harness.codes(completed)
    return places(completed.stdout)


def test_reports_and_status(tmp_path: Path) -> None:
    harness.write(tmp_path, {"launcher.py": LAUNCHER, "library.py": "X = 1\n"})
    completed = harness.flake8(tmp_path, SELECT)
    assert completed.returncode == 1
    assert all(line.startswith("./launcher.py:") for line in completed.stdout.splitlines())
    assert places(completed.stdout) == PLACES
    assert harness.flake8(tmp_path, SELECT, "library.py").returncode == 0


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("# noqa", []),
        ("# NOQA", []),
        ("# noqa: LS101", []),
        ("# noqa: E402,LS101", []),
        ("# noqa: LS1", []),
        ("# noqa: LS", []),
        ("# noqa: LS102", ["LS101"]),
        ("# noqa: E402", ["LS101"]),
        ("# type: ignore", ["LS101"]),
        ("# type: ignore[no-untyped-call]  # noqa: LS101", []),
        ("# pylint: disable=all", ["LS101"]),
        ("# nosec", ["LS101"]),
        ("# fmt: skip", ["LS101"]),
    ],
)
def test_comment(tmp_path: Path, comment: str, codes: list[str]) -> None:
    patch = "eventlet.monkey_patch()"
    harness.write(tmp_path, {"launcher.py": LAUNCHER.replace(patch, f"{patch}  {comment}")})
    assert harness.codes(harness.flake8(tmp_path, "--select=LS101", "launcher.py")) == codes


def test_noqa_on_the_first_line_of_a_call(tmp_path: Path) -> None:
    patch = "eventlet.monkey_patch(  # noqa: LS101\n    os=False,\n)"
    source = LAUNCHER.replace("eventlet.monkey_patch()", patch)
    assert run(tmp_path, source) == ["10:5: LS103"]


def test_noqa_for_the_file(tmp_path: Path) -> None:
    assert run(tmp_path, LAUNCHER + "# flake8: noqa\n") == []


def test_stdin_that_is_not_on_disk(tmp_path: Path) -> None:
    completed = harness.flake8(
        tmp_path, SELECT, "--stdin-display-name=svc/cmd/api.py", "-", stdin=LAUNCHER.encode()
    )
    harness.codes(completed)
    assert places(completed.stdout) == PLACES
    assert completed.stdout.startswith("svc/cmd/api.py:")


def test_stdin_without_a_name(tmp_path: Path) -> None:
    completed = harness.flake8(tmp_path, SELECT, "-", stdin=LAUNCHER.encode())
    assert places(completed.stdout) == PLACES


@pytest.mark.parametrize("name", ["launcher.py", "{folder}/launcher.py", "./launcher.py"])
def test_stdin_that_differs_from_the_disk(tmp_path: Path, name: str) -> None:
    harness.write(tmp_path, {"launcher.py": LAUNCHER})
    name = name.format(folder=tmp_path)
    argument = f"--stdin-display-name={name}"
    buffer = "\n\n" + LAUNCHER.replace("eventlet.monkey_patch()", "pass")
    completed = harness.flake8(tmp_path, SELECT, argument, "-", stdin=buffer.encode())
    harness.codes(completed)
    assert places(completed.stdout) == ["10:5: LS103"]
    completed = harness.flake8(tmp_path, SELECT, argument, "-", stdin=b"x = 1\n")
    assert completed.stdout == ""


def test_stdin_of_a_declared_script(tmp_path: Path) -> None:
    metadata = '[project]\nname = "svc"\nversion = "1"\n[project.scripts]\nsvc = "svc.api:start"\n'
    source = "import uvicorn\n\n\ndef start(port=1):\n    uvicorn.run(None)\n\n\n"
    source += "def again(port):\n    start(port)\n"
    harness.write(tmp_path, {"pyproject.toml": metadata, "svc/__init__.py": "", "svc/api.py": ""})
    argument = "--stdin-display-name=svc/api.py"
    completed = harness.flake8(tmp_path, SELECT, argument, "-", stdin=source.encode())
    assert places(completed.stdout) == ["5:5: LS103"]


def test_jobs(tmp_path: Path) -> None:
    files = {f"svc/launcher_{number:02}.py": "\n" * number + LAUNCHER for number in range(15)}
    files |= {f"svc/library_{number:02}.py": f"NUMBER = {number}\n" for number in range(15)}
    files |= {"svc/__init__.py": "", "setup.cfg": "[flake8]\nselect = LS\n"}
    harness.write(tmp_path, files)
    alone = harness.flake8(tmp_path, "-j1", "svc")
    together = harness.flake8(tmp_path, "-j2", "svc")
    assert len(harness.codes(alone)) == 30
    assert together.stdout == alone.stdout
    backwards = harness.flake8(tmp_path, "-j1", *sorted(files, reverse=True)[:-1])
    assert backwards.stdout == alone.stdout


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(LAUNCHER.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(LAUNCHER.rstrip("\n"), id="no newline at the end"),
        pytest.param("\ufeff" + LAUNCHER, id="BOM"),
        pytest.param(("\ufeff" + LAUNCHER).replace("\n", "\r\n"), id="BOM and CRLF"),
        pytest.param(
            LAUNCHER.replace("None", "'h\xf6'")
            .replace("import eventlet\n", "import eventlet  # -*- coding: latin-1 -*-\n", 1)
            .encode("latin-1"),
            id="latin-1",
        ),
        pytest.param(LAUNCHER.replace("None", "'\U0001f680'"), id="wide characters"),
        pytest.param(LAUNCHER.replace("\n\n\ndef", "\n\f\n\ndef"), id="form feed"),
        pytest.param(
            LAUNCHER.replace("\n", "  # a\x0bb\x0cc\x1cd\x85e\u2028f\n", 1), id="other separators"
        ),
        pytest.param(LAUNCHER + "# " + "x" * 10_000, id="comment at the end"),
    ],
)
def test_text(tmp_path: Path, source: str | bytes) -> None:
    assert run(tmp_path, source) == PLACES


def test_tab(tmp_path: Path) -> None:
    source = LAUNCHER.replace("    eventlet.wsgi", "\teventlet.wsgi")
    assert run(tmp_path, source) == ["4:1: LS101", "8:2: LS103"]


def test_columns_count_characters(tmp_path: Path) -> None:
    source = LAUNCHER.replace("    eventlet.wsgi", "    'h\xf6'; eventlet.wsgi")
    column = len("    'h\xf6'; ") + 1
    assert run(tmp_path, source) == ["4:1: LS101", f"8:{column}: LS103"]


def test_empty_file(tmp_path: Path) -> None:
    assert run(tmp_path, "") == []


@pytest.mark.parametrize("source", ["def (:\n", LAUNCHER + "    )\n", LAUNCHER + "'"])
def test_syntax_error(tmp_path: Path, source: str) -> None:
    tmp_path.joinpath("launcher.py").write_text(source, encoding="utf-8")
    completed = harness.flake8(tmp_path, SELECT, "launcher.py")
    assert set(harness.codes(completed)) <= {"E999", "E902"}
    assert completed.returncode == 1


def test_a_line_of_a_megabyte(tmp_path: Path) -> None:
    line = f"    data = '{'eventlet.monkey_patch(); ' * 50_000}'\n"
    assert len(line) > 1_000_000
    body = "def main():\n"
    source = LAUNCHER.replace(body, body + line)
    assert run(tmp_path, source) == ["4:1: LS101", "9:5: LS103"]


def test_a_line_of_many_statements() -> None:
    """Without flake8, whose own checks take minutes for such a line."""
    harness.configure([SELECT])
    line = "    " + "; ".join(["eventlet.sleep(0)"] * 20_000) + "\n"
    source = LAUNCHER.replace("def main():\n", "def main():\n" + line)
    found = [(report.line, report.code) for report in harness.check(source, "launcher.py")]
    assert found in ([(4, "LS101"), (9, "LS103")], [(4, "LS101")], [])


def nested(depth: int) -> dict[str, str]:
    """Return code that is nested in several ways."""
    blocks = [f"{'    ' * level}if x:\n" for level in range(depth)]
    return {
        "parentheses": f"x = {'(' * depth}1{')' * depth}\n",
        "lists": f"x = {'[' * depth}{']' * depth}\n",
        "calls": f"x = {'str(' * depth}{')' * depth}\n",
        "attributes": f"x = str{'.a' * depth}\n",
        "call chain": f"x = str{'.a()' * depth}\n",
        "operators": f"x = {'1 + ' * depth}1\n",
        "booleans": f"x = {'not ' * depth}1\n",
        "lambdas": f"x = {'lambda: ' * depth}1\n",
        "conditions": f"x = {'1 if 1 else ' * depth}1\n",
        "strings": "x = " + "'a' " * depth + "\n",
        "blocks": "x = 1\n" + "".join(blocks) + "    " * depth + "pass\n",
        "else if": "x = 1\nif x:\n    pass\n" + "elif x:\n    pass\n" * depth,
        "functions": "".join(f"{'    ' * level}def f():\n" for level in range(depth))
        + "    " * depth
        + "pass\n",
    }


def parses(source: str) -> bool:
    """Tell whether this Python can parse the code."""
    try:
        ast.parse(source)
    except (SyntaxError, RecursionError, MemoryError):
        return False
    return True


@pytest.mark.parametrize("kind", nested(1))
def test_deep_nesting(kind: str) -> None:
    harness.configure([SELECT])
    tail = "\n\nif __name__ == '__main__':\n    main()\n"
    deepest = 0
    for depth in (10, 30, 90, 180, 900, 2_000, 5_000):
        source = LAUNCHER + nested(depth)[kind] + tail
        if not parses(source):
            break
        reports = harness.check(source, "/srv/orchard/launcher.py")
        found = {report.code for report in reports}
        assert found <= {"LS101", "LS103"}
        if depth <= 90:
            assert found == {"LS101", "LS103"}
        deepest = depth
    assert deepest >= 10


def test_deep_nesting_through_flake8(tmp_path: Path) -> None:
    source = LAUNCHER + nested(50)["parentheses"] + nested(50)["calls"] + nested(15)["functions"]
    assert run(tmp_path, source) == PLACES


def test_columns_are_integers_and_reports_are_sorted() -> None:
    harness.configure([SELECT])
    lines = LAUNCHER.splitlines(keepends=True) * 3
    found = list(Plugin(ast.parse("".join(lines)), "launcher.py", lines).run())
    assert found == sorted(found, key=lambda report: report[:2])
    assert len(found) == len(set(found))
    for line, column, text, kind in found:
        assert type(line) is int
        assert type(column) is int
        assert text.startswith("LS")
        assert kind is Plugin

"""Files are opened in one place, which takes regular ones of a bounded size and nothing else."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

import flake8_launcher
from flake8_launcher import files

PACKAGE = Path(flake8_launcher.__file__).parent

OPENING = frozenset(
    {"FileIO", "fdopen", "getline", "getlines", "input", "mmap", "open", "open_code", "popen"}
    | {"read_bytes", "readfp", "read_file", "write_bytes", "write_text"}
)
"""Names of what opens a file in the standard library; ``read_text`` is our own as well."""


def opened(tree: ast.AST) -> list[str]:
    """Return the calls that open a file, which those of :mod:`flake8_launcher.files` do not."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        last = called.rpartition(".")[2]
        if last in OPENING or (last == "read_text" and called != "files.read_text"):
            found.append(f"{node.lineno}: {called}")
    return found


@pytest.mark.parametrize(
    "call",
    ["open(x)", "io.open(x)", "tokenize.open(x)", "os.open(x)", "Path(x).read_text()", "x.open()"],
)
def test_what_opens_is_seen(call: str) -> None:
    assert opened(ast.parse(call))


def test_nothing_else_opens_files() -> None:
    found = {
        str(path.relative_to(PACKAGE)): calls
        for path in sorted(PACKAGE.rglob("*.py"))
        if (calls := opened(ast.parse(path.read_text(encoding="utf-8"))))
    }
    del found["files.py"]
    assert {name: [call.partition(" ")[2] for call in calls] for name, calls in found.items()} == {
        "baseline.py": ["open"],  # writes the baseline
        "command/__init__.py": ["os.open", "open"],  # nothing, for an output that nobody reads
        "command/report.py": ["open"],  # writes what -o names
        "formats/__init__.py": ["open"],  # as flake8's own formatters write
    }


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_bytes(b"x = 1\r\ny = 2\rz = 3\n")
    assert files.read(str(path)) == b"x = 1\r\ny = 2\rz = 3\n"
    assert files.read_text(str(path)) == files.read_source(str(path)) == "x = 1\ny = 2\nz = 3\n"


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text("x = 1\n")
    (tmp_path / "link.py").symlink_to("x.py")
    assert files.read_source(str(tmp_path / "link.py")) == "x = 1\n"


@pytest.mark.parametrize("size", [0, 1, 9, 10, 11, 10_000])
def test_the_size_is_bounded(tmp_path: Path, size: int) -> None:
    path = tmp_path / "x.py"
    path.write_bytes(b"#" * size)
    assert (files.read(str(path), most=10) is None) is (size > 10)
    assert (files.state_of(str(path), most=10) is None) is (size > 10)


def test_a_size_that_is_not_told_is_bounded() -> None:
    path = "/proc/self/maps"
    if not os.path.exists(path):
        pytest.skip("no /proc on this system")
    assert files.state_of(path, most=10) is not None
    assert files.read(path, most=10) is None


def test_what_is_no_regular_file_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "zero").symlink_to("/dev/zero")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "fifo")
    for name in ["", "absent", "loop", "zero", "fifo", "a\0b", "x" * 5_000]:
        path = str(tmp_path / name)
        assert files.state_of(path) is None
        assert files.read(path) is None
        assert files.read_text(path) is None
        assert files.read_source(path) is None


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"\xef\xbb\xbfx = 1\n", "x = 1\n"),
        (b"# coding: latin-1\nx = '\xe4'\n", "# coding: latin-1\nx = '\xe4'\n"),
        (b"x = '\xe4'\n", None),
        (b"# coding: nonsense\n", None),
        (b"# coding: rot13\n", None),
        (b"# coding: hex\n", None),
        (b"# coding: punycode\n", None),
        (b"# coding: IDNA\n", None),
        (b"# coding: unicode_escape\nx = '\\d'\n", None),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, text: str | None) -> None:
    path = tmp_path / "x.py"
    path.write_bytes(data)
    assert files.read_source(str(path)) == text

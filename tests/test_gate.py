"""A file that launches nothing costs next to nothing: it is dismissed from its text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import harness
import pytest

from flake8_launcher.plugin import Plugin

LIBRARY = '''\
"""Helpers for names and numbers."""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path


@dataclasses.dataclass
class Item:
    """One item of the catalogue."""

    name: str
    number: int = 0

    def save(self, folder: Path) -> None:
        folder.joinpath(self.name).write_text(json.dumps(dataclasses.asdict(self)))


def total(items: list[Item]) -> int:
    return sum(item.number for item in items)


def home() -> Path:
    return Path(os.environ.get("CATALOGUE", "."))
'''

COMMAND = """\
import argparse
import sys


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    print(*sorted(options.names), sep="\\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
"""

LAUNCHER = """\
import uvicorn


def main():
    uvicorn.run("svc.api:app")
"""

PROGRAM = """\
import sys

from flake8.main.cli import main

status = main(["--select=LS", "--jobs=1", *sys.argv[1:]])
print(status, "astroid" in sys.modules)
"""


class Untouchable:
    """A syntax tree that nobody may look at."""

    def __getattribute__(self, name: str) -> NoReturn:
        raise AssertionError(f"the tree was asked for {name}")


@pytest.fixture(params=[[], ["--select=LS"]], ids=["plain", "all"])
def configured(request: pytest.FixtureRequest) -> None:
    """Configure a plain run, and one that shows every rule."""
    harness.configure(request.param)


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(
    "text",
    ["", "\n", "x = 1\n", LIBRARY, COMMAND],
    ids=["empty", "blank", "line", "library", "command"],
)
def test_the_tree_is_not_walked(text: str) -> None:
    tree = Untouchable()
    lines = text.splitlines(keepends=True)
    plugin = Plugin(tree, "library.py", lines)  # type: ignore[arg-type]
    assert not list(plugin.run())


@pytest.mark.usefixtures("configured")
def test_the_tree_of_a_launcher_is_walked(tmp_path: Path) -> None:
    tree = Untouchable()
    lines = LAUNCHER.splitlines(keepends=True)
    path = str(tmp_path / "launcher.py")
    reports = list(Plugin(tree, path, lines).run())  # type: ignore[arg-type]
    assert [text[:5] for _, _, text, _ in reports] == ["LS000"]
    assert "AssertionError" in reports[0][2]


@pytest.mark.usefixtures("configured")
def test_the_tree_of_tests_that_are_only_imported_is_not_walked(tmp_path: Path) -> None:
    path = "orchard/tests/base.py"
    files = {"orchard/__init__.py": "", "orchard/tests/__init__.py": "", path: LAUNCHER}
    harness.write(tmp_path, files)
    tree = Untouchable()
    lines = LAUNCHER.splitlines(keepends=True)
    plugin = Plugin(tree, str(tmp_path / path), lines)  # type: ignore[arg-type]
    assert not list(plugin.run())


def run(folder: Path, text: str) -> list[str]:
    """Check a file in a fresh process, and return what it prints."""
    harness.write(folder, {"module.py": text})
    completed = subprocess.run(
        [sys.executable, "-c", PROGRAM, "module.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=harness.TIMEOUT,
        check=True,
    )
    return completed.stdout.splitlines()


@pytest.mark.parametrize("text", [LIBRARY, COMMAND], ids=["library", "command"])
def test_astroid_is_not_imported(text: str, tmp_path: Path) -> None:
    assert run(tmp_path, text) == ["0 False"]


def test_the_process_reports(tmp_path: Path) -> None:
    report, end = run(tmp_path, LAUNCHER)
    assert report.startswith("module.py:5:5: LS103 ")
    assert end.startswith("1 ")

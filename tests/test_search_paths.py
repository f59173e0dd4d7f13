"""Which folders a module adds to the search path, as its text tells."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.reading.search_paths import added_folders

_TOP = Path("/srv/orchard")


def _module(text: str) -> Module:
    return Module("run", str(_TOP / "service" / "run.py"), "", given=(text, ast.parse(text)))


@pytest.mark.parametrize(
    ("added", "folder"),
    [
        ("'../libs'", "libs"),
        ("os.path.join(os.path.dirname(__file__), '..', 'libs')", "libs"),
        ("os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, 'libs')", "libs"),
        ("os.path.dirname(os.path.dirname(__file__)) + '/libs'", "libs"),
        ("str(Path(__file__).resolve().parent.parent / 'libs')", "libs"),
        ("str(Path(__file__).parents[1].joinpath('libs'))", "libs"),
        ("HERE + '/inner'", "service/inner"),
    ],
)
def test_a_folder_is_told(added: str, folder: str) -> None:
    text = f"HERE = os.path.dirname(__file__)\nif HERE:\n    sys.path.insert(0, {added})\n"
    assert added_folders(_module(text)) == (os.path.join(_TOP, folder),)


@pytest.mark.parametrize("added", ["folder", "os.environ['LIBS']", "os.getcwd()", "f(__file__)"])
def test_what_is_not_known_adds_nothing(added: str) -> None:
    assert added_folders(_module(f"sys.path.append({added})\n")) == ()


@pytest.mark.parametrize("doubled", ["x + x", "os.path.join(x, x)", "Path(x) / x"])
def test_a_path_that_grows_is_not_known(doubled: str) -> None:
    text = "x = 'aaaaaaaa'\n" + f"x = {doubled}\n" * 60 + "sys.path.append(x)\n"
    assert added_folders(_module(text)) == ()


def test_a_path_without_parts_is_the_folder_itself() -> None:
    assert added_folders(_module("sys.path.append(os.path.join('', ''))\n")) == ()


def test_what_a_function_adds_does_not_count() -> None:
    text = "def main():\n    sys.path.append('../libs')\n"
    assert added_folders(_module(text)) == ()

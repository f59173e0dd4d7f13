"""Every file of ``knowledge/frameworks`` has the one shape that is documented."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from flake8_launcher.knowledge import frameworks
from flake8_launcher.knowledge.model import Framework
from flake8_launcher.knowledge.table import root_of

FOLDER = Path(frameworks.__file__).parent


def names(known: Framework) -> Iterator[str]:
    """Yield all qualified names that a file says something of."""
    for field, kept in known._asdict().items():
        if field != "distributions" and not isinstance(kept, bool):
            yield from kept


MOVED = frozenset({"asyncore"})
"""What later versions of Python have no more: a distribution brings it."""


def test_every_file_is_listed() -> None:
    assert {path.stem for path in FOLDER.glob("[!_]*.py")} <= frameworks.PACKAGES
    assert {f"{package}.py" for package in frameworks.PACKAGES} <= {
        path.name for path in FOLDER.iterdir()
    }


@pytest.mark.parametrize("package", sorted(frameworks.PACKAGES))
def test_a_file_has_the_documented_shape(package: str) -> None:
    known = frameworks.known_of(package)
    assert type(known) is Framework
    for field, default in Framework._field_defaults.items():
        kind = Mapping if isinstance(default, dict) else type(default)
        assert isinstance(getattr(known, field), kind), field
    assert [name for name in names(known) if root_of(name) != package] == []
    for calls in known:
        if isinstance(calls, tuple):
            assert len(calls) == len(set(calls))


@pytest.mark.parametrize("package", sorted(frameworks.PACKAGES))
def test_a_file_names_its_distribution(package: str) -> None:
    known = frameworks.known_of(package)
    is_part = package in sys.stdlib_module_names and package not in MOVED
    assert bool(known.distributions) != is_part


@pytest.mark.parametrize("package", sorted(frameworks.PACKAGES))
def test_a_file_is_data(package: str) -> None:
    tree = ast.parse(FOLDER.joinpath(f"{package}.py").read_text())
    kinds = (ast.ImportFrom, ast.Assign)
    document, *statements = tree.body
    assert isinstance(document, ast.Expr) and isinstance(document.value, ast.Constant)
    assert all(isinstance(statement, kinds) for statement in statements)
    imported = {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert imported == {"__future__", "flake8_launcher.knowledge.model"}
    last = statements[-1]
    assert isinstance(last, ast.Assign) and ast.unparse(last.targets[0]) == "FRAMEWORK"


HOSTILE = "", "..", "__init__", "__pycache__", "uvicorn.py", "uvicorn.x", "../uvicorn", "ran"

LOADING = """
import sys
from flake8_launcher.knowledge import frameworks

before = set(sys.modules)
sys.path.insert(0, sys.argv.pop(1))
empty = frameworks.known_of("no such package")
assert all(frameworks.known_of(name) is empty for name in sys.argv[1:])
for package in frameworks.PACKAGES:
    frameworks.known_of(package)
loaded = set(sys.modules) - before
assert loaded == {f"flake8_launcher.knowledge.frameworks.{name}" for name in frameworks.PACKAGES}
"""


def test_only_files_of_the_plugin_are_imported(tmp_path: Path) -> None:
    for package in ("ran", *frameworks.PACKAGES):
        tmp_path.joinpath(f"{package}.py").write_text('raise SystemExit("this must not run")\n')
    command = [sys.executable, "-c", LOADING, str(tmp_path), *HOSTILE]
    subprocess.run(command, check=True)


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    program = "import flake8_launcher.plugin, flake8_launcher.gate, sys; print(*sys.modules)"
    command = [sys.executable, "-c", program]
    loaded = subprocess.check_output(command, text=True).split()
    assert [name for name in loaded if name.startswith(f"{frameworks.__name__}.")] == []

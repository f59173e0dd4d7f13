"""What is told of settings, and what real programs that keep them do."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import harness
import libraries as oracle
import pytest

SERVES = 'import uvicorn\nuvicorn.run("orchard.app:app")'


def run(program: oracle.Program, folder: Path, *arguments: str) -> tuple[int, str]:
    """Return the status of a program, and what it says."""
    if program.needs and find_spec(program.needs) is None:
        pytest.skip(f"{program.needs} is not installed")
    for name, text in oracle.FILES.items():
        (folder / name).write_text(text)
    script = folder / "orchard.py"
    script.write_text(program.text())
    done = subprocess.run(
        [sys.executable, str(script), *arguments],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), **oracle.ENVIRONMENT},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


def is_told(program: oracle.Program, folder: Path, code: str) -> bool:
    """Tell whether a finding of some code is told of a program that goes on to serve."""
    script = folder / "launcher.py"
    text = program.text(SERVES)
    script.write_text(text)
    harness.configure([f"--select={code}"])
    return any(report.code == code for report in harness.check(text, str(script)))


@pytest.mark.parametrize("name", oracle.DEFAULTS)
def test_a_default_that_the_program_runs_with_is_told(name: str, tmp_path: Path) -> None:
    program = oracle.DEFAULTS[name]
    status, said = run(program, tmp_path)
    is_used = status == 0 and said.split()[-1] == oracle.DEFAULT
    assert is_told(program, tmp_path, "LS311") is is_used, said


@pytest.mark.parametrize("name", oracle.SHOWN)
def test_a_secret_that_the_program_shows_is_told(name: str, tmp_path: Path) -> None:
    program = oracle.SHOWN[name]
    status, said = run(program, tmp_path)
    assert status == 0, said
    assert is_told(program, tmp_path, "LS307") is (oracle.SET in said), said


@pytest.mark.parametrize("name", oracle.SKIPPED)
def test_a_missing_file_that_the_program_does_not_mention_is_told(
    name: str, tmp_path: Path
) -> None:
    program = oracle.SKIPPED[name]
    status, said = run(program, tmp_path, oracle.MISSING)
    is_skipped = status == 0 and oracle.MISSING not in said
    assert is_told(program, tmp_path, "LS310") is is_skipped, said


@pytest.mark.parametrize("name", oracle.NAMED)
def test_a_module_that_the_environment_names_is_told(name: str, tmp_path: Path) -> None:
    program = oracle.NAMED[name]
    status, said = run(program, tmp_path)
    assert status == 0, said
    assert is_told(program, tmp_path, "LS404") is (oracle.IMPORTED in said), said


@pytest.mark.parametrize("name", oracle.FIRST)
def test_the_environment_goes_before_a_file(name: str, tmp_path: Path) -> None:
    status, said = run(oracle.FIRST[name], tmp_path)
    assert (status, said.strip()) == (0, "environment")

"""Runs the plugin: in this process for speed, or as users do, through a flake8 process."""

from __future__ import annotations

import ast
import io
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from flake8.main.options import register_default_options
from flake8.options.manager import OptionManager

from flake8_launcher.plugin import Plugin

TIMEOUT = 120
"""Seconds after which a process is taken to hang."""


class Report(NamedTuple):
    """One violation, with its 0-based column."""

    line: int
    column: int
    code: str
    text: str


def configure(arguments: Sequence[str]) -> None:
    """Give the plugin these command-line arguments, parsed by flake8."""
    manager = OptionManager(version="", plugin_versions="", parents=[], formatter_names=[])
    register_default_options(manager)
    Plugin.add_options(manager)
    Plugin.parse_options(manager.parse_args(list(arguments)))


def check(text: str, filename: str, tree: ast.Module | None = None) -> list[Report]:
    """Run the configured plugin on one file."""
    lines = io.StringIO(text).readlines()
    plugin = Plugin(tree or ast.parse(text), filename, lines)
    reports = []
    for line, column, message, _ in plugin.run():
        code, _, text = message.partition(" ")
        reports.append(Report(line, column, code, text))
    return reports


def as_arguments(options: Mapping[str, str]) -> list[str]:
    """Spell options of a configuration file as command-line arguments."""
    return [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files, and the folders that they need."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def flake8(
    folder: Path, *arguments: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run flake8 in a folder, so that no configuration but the one there is seen."""
    completed = subprocess.run(
        [sys.executable, "-m", "flake8", *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        timeout=TIMEOUT,
        check=False,
        env=environment,
    )
    return subprocess.CompletedProcess(
        completed.args,
        completed.returncode,
        completed.stdout.decode(),
        completed.stderr.decode(),
    )


def codes(completed: subprocess.CompletedProcess[str]) -> list[str]:
    """Return the codes that flake8 reported, in its order; it must not have failed."""
    assert completed.stderr == ""
    assert "Traceback" not in completed.stdout
    lines = completed.stdout.splitlines()
    assert all(line.count(":") >= 3 for line in lines), completed.stdout
    return [line.split(":", 3)[3].split()[0] for line in lines]

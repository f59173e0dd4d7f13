"""Checks every Python file below some directories: ``python -m fuzz.corpus DIRECTORY ...``.

Each file is checked as it is, and *forced*: with a launcher behind it that patches, parses the
configuration and calls what the file defines, so that the deep part of the plugin runs.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fuzz.attack import FAULT
from fuzz.sandbox import Outcome, Worker

SECONDS = 5
"""CPU time that the check of a file may take."""

MEGABYTES = 400.0
"""What a process may have at its peak."""

BATCH = 25
"""How many files one process checks, unless one of them is in question."""

SLOWEST = 10


@dataclass
class Totals:
    """What was seen of all files."""

    files: int = 0
    skipped: int = 0
    reports: int = 0
    cpu: float = 0.0
    memory: float = 0.0
    wrong: list[str] = field(default_factory=list)
    slow: list[tuple[float, str]] = field(default_factory=list)

    def add(self, outcome: Outcome, mark: str) -> None:
        """Count what became of some files."""
        self.memory = max(self.memory, outcome.memory)
        for checked in outcome.checked:
            name = f"{checked.file}{mark}"
            self.files += 1
            self.skipped += checked.skipped
            self.reports += len(checked.reports)
            self.cpu += checked.cpu
            self.slow.append((checked.cpu, name))
            if checked.cpu > SECONDS:
                self.blame(f"{name}: {checked.cpu:.1f} s")
            if checked.error:
                self.blame(f"{name}: {checked.error}")
            for line, _, message in checked.reports:
                if message.startswith(FAULT) or not message.isprintable():
                    self.blame(f"{name}:{line}: {message!r}")
        self.slow = sorted(self.slow, reverse=True)[:SLOWEST]

    def blame(self, text: str) -> None:
        """Tell at once what must not be, and keep it."""
        self.wrong.append(text)
        print(text, flush=True)


def main() -> int:
    """Check, and print what was found.

    :returns: the exit status: 1 when something must not be as it is.
    """
    parser = argparse.ArgumentParser(
        prog="python -m fuzz.corpus", description="Check all files below some directories."
    )
    parser.add_argument("directories", nargs="+", type=Path, metavar="DIRECTORY")
    arguments = parser.parse_args()
    files = sorted({file for folder in arguments.directories for file in python_files(folder)})
    totals = Totals()
    with Worker("fresh", 0, SECONDS, patience=300) as worker:
        for start in range(0, len(files), BATCH):
            for force in (False, True):
                check(worker, files[start : start + BATCH], force, totals)
    print(f"{len(files)} files, each as it is and forced: {totals.files} checks")
    print(f"{totals.skipped} that flake8 cannot parse, {totals.reports} reports")
    print(f"{totals.cpu:.0f} s of CPU time, {totals.memory:.0f} MB at most in a process")
    print(f"{len(totals.wrong)} that must not be")
    for cpu, name in totals.slow:
        print(f"{cpu:8.2f} s  {name}")
    return bool(totals.wrong)


def check(worker: Worker, files: list[str], force: bool, totals: Totals) -> None:
    """Check some files in one process, and each alone where that process is in question."""
    mark = " (forced)" if force else ""
    outcome = worker.check(Path(os.sep), files, force=force)
    if not outcome.ended and outcome.memory <= MEGABYTES:
        totals.add(outcome, mark)
    elif len(files) > 1:
        for file in files:
            check(worker, [file], force, totals)
    else:
        totals.add(outcome, mark)
        name = f"{files[0]}{mark}"
        if outcome.ended:
            totals.blame(f"{name}: {outcome.ended} in {' > '.join(outcome.way)}")
        if outcome.memory > MEGABYTES:
            totals.blame(f"{name}: {outcome.memory:.0f} MB")


def python_files(folder: Path) -> Iterator[str]:
    """Yield the absolute paths of the Python files below a folder, and of a file itself."""
    if folder.is_file():
        yield str(folder.resolve())
    for parent, _, names in os.walk(folder.resolve()):
        yield from _regular(Path(parent, name) for name in names if name.endswith(".py"))


def _regular(paths: Iterable[Path]) -> Iterator[str]:
    return (str(path) for path in paths if path.is_file())


if __name__ == "__main__":
    sys.exit(main())

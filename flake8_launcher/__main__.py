"""Prints the launch paths of files: ``python -m flake8_launcher FILE ...``."""

from __future__ import annotations

import argparse
import ast
import io
import sys
import tokenize
from collections.abc import Iterator

from flake8_launcher import gate, launch
from flake8_launcher.text import told


def main() -> int:
    """Print the launch paths of the files that the command line names.

    :returns: the exit status: 1 when a file cannot be read or is no launcher.
    """
    parser = argparse.ArgumentParser(
        prog="python -m flake8_launcher",
        description="Print what runs, in order, when the services in some files start.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument(
        "--all", action="store_true", help="print imports and calls without a known role, too"
    )
    arguments = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a terminal need not have every character that a name has
            stream.reconfigure(errors="backslashreplace")
    status = 0
    for filename in arguments.files:
        try:
            with tokenize.open(filename) as file:
                text = file.read()
            tree = ast.parse(text)
            admission = gate.Gate().admit(text, filename)
            launcher = launch.Launcher(tree, text, admission) if admission else None
        except (OSError, SyntaxError, ValueError) as error:
            print(told(f"{filename}: {error}"), file=sys.stderr)
            status = 1
            continue
        if launcher is None or not launcher.paths:
            print(told(f"{filename}: starts no service"), file=sys.stderr)
            status = 1
            continue
        for line in _described(launcher, filename, arguments.all):
            print(told(line))
    return status


def _described(launcher: launch.Launcher, filename: str, everything: bool) -> Iterator[str]:
    """Yield the lines that show the launch paths of a module."""
    for path in launcher.paths:
        end = "" if path.complete else ", too long to follow to its end"
        yield f"{filename}: {launcher.module}, {path.entry or 'top level'}{end}"
        for step in path.steps:
            if step.role in (None, launch.Role.IMPORT) and not everything:
                continue
            notes = ["guarded"] * step.is_guarded() + ["may be skipped"] * step.conditional
            note = f"  [{', '.join(notes)}]" if notes else ""
            yield f"  {step.line:>5}  {step.phase.value:<13}  {step.way}{note}"


if __name__ == "__main__":
    sys.exit(main())

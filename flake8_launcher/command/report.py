"""Print what runs, in order, when the services in some files start."""

from __future__ import annotations

import argparse
import ast
import os
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence

from flake8_launcher import files, gate, launch
from flake8_launcher.text import told

_NO_CALLS = frozenset({"await", "except", "import", "raise", "return", "stored"})


def run(arguments: Sequence[str]) -> int:
    """Print the launch paths of the files that the command line names.

    :returns: 1 when a file cannot be read or is no launcher, else 0.
    """
    parser = argparse.ArgumentParser(
        prog="flake8-launcher report",
        description="Print what runs, in order, when the services in some files start.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument(
        "--all", action="store_true", help="print imports and calls without a known role, too"
    )
    named = parser.parse_args(arguments)
    return show(named.files, everything=named.all)


def show(filenames: Iterable[str], *, everything: bool) -> int:
    """Print the launch paths of some files, and in one line what is wrong with a file.

    :param everything: whether imports and calls without a known role are printed, too.
    :returns: 1 when a file cannot be read or is no launcher, else 0.
    """
    status = 0
    for filename in filenames:
        try:
            launcher = _launcher(filename)
            lines = [*_described(launcher, filename, everything)] if launcher else []
            fault = "" if lines else f"starts no service{_looked_at(launcher)}"
        except RecursionError:
            lines, fault = [], "nested more deeply than can be followed"
        except ValueError as error:
            lines, fault = [], str(error)
        for line in lines:
            print(told(line))
        if fault:
            print(told(f"{filename}: {fault}"), file=sys.stderr)
            status = 1
    return status


def _launcher(filename: str) -> launch.Launcher | None:
    """Return what is asked about a file; none where the gate holds it back.

    :raises ValueError: when it cannot be read or does not parse, with the reason.
    """
    text = files.read_source(filename)
    if text is None:
        raise ValueError(_reason(filename))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except SyntaxError as error:
        raise ValueError(f"{error.msg} (line {error.lineno})") from error
    except MemoryError as error:
        raise ValueError("nested more deeply than Python can parse") from error
    admission = gate.Gate().admit(text, filename)
    return launch.Launcher(tree, text, admission) if admission else None


def _reason(filename: str) -> str:
    """Return why a file cannot be read."""
    try:
        os.stat(filename)
    except OSError as error:
        return error.strerror or "cannot be read"
    if files.state_of(filename) is None:
        return f"not a regular file of at most {files.MAX_BYTES // 1_000_000} MB"
    return "cannot be read or decoded"


def _looked_at(launcher: launch.Launcher | None) -> str:
    """Return what was looked at in a file that starts nothing, and where each path ended."""
    if launcher is None:
        return ": nothing in its text or place speaks of a start"
    ends = [*map(_end, launcher.not_serving)]
    return f": {'; '.join(ends)}" if ends else ": none of its functions can be the start of one"


def _end(path: launch.LaunchPath) -> str:
    """Return where a path without a serve call ends."""
    name = path.entry or "top level"
    calls = [step for step in path.steps if step.use not in _NO_CALLS and not step.is_imported]
    if not path.complete:
        return f"{name} is too long to follow to its end"
    if not calls:
        return f"{name} calls nothing"
    return f"{name} ends with {calls[-1].located_way}, and nothing on the way serves"


def _described(launcher: launch.Launcher, filename: str, everything: bool) -> Iterator[str]:
    """Yield the lines that show the launch paths of a module."""
    for path in launcher.paths:
        end = ", served by the caller" if path.is_served else ""
        end += "" if path.complete else ", too long to follow to its end"
        yield f"{filename}: {launcher.module}, {path.entry or 'top level'}{end}"
        for step in path.steps:
            if step.role in (None, launch.Role.IMPORT) and not everything:
                continue
            notes = ["guarded"] * step.is_guarded() + ["may be skipped"] * step.conditional
            note = f"  [{', '.join(notes)}]" if notes else ""
            yield f"  {step.line:>5}  {step.phase.value:<13}  {step.way}{note}"

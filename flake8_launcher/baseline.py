"""What somebody has accepted of old code: findings by what they are about, never by their line.

A baseline is a JSON file. An entry has the file, the code, the function in which the finding
stands and the qualified or quoted names in its message, so that it outlasts edits around it, and
new wording of a rule.
"""

from __future__ import annotations

import ast
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

from flake8_launcher import files
from flake8_launcher.knowledge.deferred import deferred

VERSION = 1
"""The version of the form of the file."""

_MAX_BYTES = 20_000_000
_PLACE = deferred(r"\((?:[^\s():]+:|l\. )\d+\)")
_NAME = deferred(
    r"(?<![\w.])[^\W\d]\w*(?:\(\))?(?:\.[^\W\d]\w*(?:\(\))?)+|(?<=')[^\W\d][\w-]*(?=')"
)

Finding: TypeAlias = tuple[int, int, str]
"""Line, column, and the message with its code before it."""


class Entry(NamedTuple):
    """What is the same of a finding from one version of the code to the next.

    :ivar file: the file, from the folder of the baseline, with slashes.
    :ivar code: the code of the rule.
    :ivar function: the function in which the finding stands, with its classes; empty for the top
        level.
    :ivar names: the qualified names in the message, and those in quotes, in their order.
    """

    file: str
    code: str
    function: str
    names: tuple[str, ...]


class Baseline:
    """The entries of a file, each as often as it is accepted.

    :param path: where the file lies, or is to be written.
    :param counts: how often each entry is accepted.
    """

    def __init__(self, path: str, counts: Mapping[Entry, int]) -> None:
        self.path = path
        self.counts = Counter(counts)
        self._folder = os.path.dirname(os.path.abspath(path))

    def name_of(self, filename: str) -> str:
        """Return what entries call a file."""
        return files.name_of(filename, self._folder)

    def is_there(self, entry: Entry) -> bool:
        """Tell whether the file of an entry is still there."""
        return os.path.exists(os.path.join(self._folder, entry.file))

    def entries(
        self, filename: str, tree: ast.Module, findings: Iterable[Finding]
    ) -> dict[Finding, Entry]:
        """Return the entry that stands for each of some findings of a file."""
        name = self.name_of(filename)
        found = {}
        for finding in findings:
            code, _, text = finding[2].partition(" ")
            names = tuple(_NAME.findall(_PLACE.sub("", text)))
            found[finding] = Entry(name, code, _function(tree, finding[0]), names)
        return found

    def accepted(self, entries: Mapping[Finding, Entry]) -> list[Finding]:
        """Return which findings of a file are accepted, of equal ones the first."""
        left = Counter({entry: self.counts[entry] for entry in entries.values()})
        accepted = []
        for finding in sorted(entries):
            if left[entries[finding]] > 0:
                left[entries[finding]] -= 1
                accepted.append(finding)
        return accepted


class _OtherVersion(Exception):
    """A baseline has been written by a version with another form of it."""


def read(path: str) -> Baseline:
    """Read a baseline.

    :raises ValueError: when there is none, or the file is something else.
    """
    text = files.read_text(path, _MAX_BYTES)
    if text is None:
        raise ValueError(f"{path}: there is no such file, or it cannot be read")
    counts: Counter[Entry] = Counter()
    try:
        document = json.loads(text)
        if document["version"] != VERSION:
            raise _OtherVersion
        for one in document["findings"]:
            entry = Entry(one["file"], one["code"], one["function"], tuple(one["names"]))
            if not all(isinstance(part, str) for part in (*entry[:3], *entry.names)):
                raise TypeError
            counts[entry] += int(one.get("count", 1))
    except _OtherVersion:
        reason = "has a version that this flake8-launcher does not know: write it again"
        raise ValueError(f"{path} {reason}, with --write-baseline") from None
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise ValueError(f"{path} is no baseline of flake8-launcher") from None
    return Baseline(path, counts)


def write(path: str, counts: Mapping[Entry, int]) -> None:
    """Write a baseline: sorted, and an entry over the same lines whatever is beside it.

    :raises OSError: when it cannot be written.
    """
    findings = [_written(entry, counts[entry]) for entry in sorted(counts) if counts[entry] > 0]
    text = json.dumps({"version": VERSION, "findings": findings}, indent=2)
    unfinished = f"{path}.new"
    with open(unfinished, "w", encoding="utf-8", newline="\n") as file:
        file.write(f"{text}\n")
    os.replace(unfinished, path)


def _written(entry: Entry, count: int) -> dict[str, object]:
    return {**entry._asdict(), **({"count": count} if count > 1 else {})}


def _function(tree: ast.Module, line: int) -> str:
    """Return the innermost function around a line, with the classes and functions around it."""
    names = []
    around: ast.AST | None = tree
    while around is not None:
        inside = ast.iter_child_nodes(around)
        around = next((node for node in inside if _first(node) <= line <= _last(node)), None)
        if isinstance(around, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.append(around.name)
    return ".".join(names)


def _first(node: ast.AST) -> int:
    """Return the first line of a node; a decorator belongs to its function."""
    line: int = getattr(node, "lineno", 0)
    return min((one.lineno for one in getattr(node, "decorator_list", ())), default=line)


def _last(node: ast.AST) -> int:
    """Return the last line of a node; -1 where it has none."""
    line: int | None = getattr(node, "end_lineno", -1)
    return line or -1

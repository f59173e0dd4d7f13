"""Formatters for flake8: what code scanning, pull requests and merge requests show.

Each takes the findings of all plugins, and says of ours what the catalogue knows. flake8 loads
them at every start, so that they load the rest when they are used.
"""

from __future__ import annotations

import functools
import json
import os
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from flake8.formatting.base import BaseFormatter

from flake8_launcher import files
from flake8_launcher.knowledge.deferred import deferred

if TYPE_CHECKING:
    from flake8.violation import Violation

    from flake8_launcher.rule import Rule

_LINES = deferred(r"(?: \(l\. \d+\))|(?<=:)\d+(?=\))")
"""What names a line in a message: ``(l. 27)`` and the number in ``(svc/cmd.py:27)``."""


class Grade(NamedTuple):
    """How grave a finding is, in the words of each service.

    :ivar sarif: a level of SARIF.
    :ivar github: a workflow command of GitHub.
    :ivar gitlab: a severity of a GitLab code quality report.
    """

    sarif: str
    github: str
    gitlab: str


_GRADES = {
    "high": Grade("error", "error", "critical"),
    "medium": Grade("warning", "warning", "major"),
    "low": Grade("note", "notice", "minor"),
    "review": Grade("note", "notice", "info"),
}
_ERRORS = ("E9", "F")
"""Codes of flake8 itself that mean an error, and no matter of style."""


def rule_of(code: str) -> Rule | None:
    """Return the rule that a code is of; none for a code of another plugin."""
    return _rules().get(code)


@functools.cache
def _rules() -> dict[str, Rule]:
    from flake8_launcher import catalogue

    return {rule.code: rule for rule in catalogue.every_rule()}


def grade_of(code: str) -> Grade:
    """Return how grave a finding is, of whatever plugin."""
    rule = rule_of(code)
    if rule is not None:
        return _GRADES[rule.severity.value]
    return _GRADES["high" if code.startswith(_ERRORS) else "medium"]


def without_lines(text: str) -> str:
    """Return a message without the lines in it, which change with every edit."""
    return _LINES.sub("", text)


class Fingerprints:
    """Tells findings apart, from one run to the next, when lines have moved."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, ...]] = Counter()

    def next(self, finding: Violation) -> str:
        """Return the fingerprint of a finding; equal ones in a file are counted."""
        import hashlib

        parts = (finding.code, files.name_of(finding.filename), without_lines(finding.text))
        self._seen[parts] += 1
        text = "\0".join((*parts, str(self._seen[parts])))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Document(BaseFormatter):
    """A formatter that prints one JSON document, when everything is known."""

    def after_init(self) -> None:
        """Begin to collect."""
        self.findings: list[Violation] = []

    def start(self) -> None:
        """Open the file that is to be written; flake8 itself would append to it."""
        if self.filename:
            os.makedirs(os.path.dirname(os.path.abspath(self.filename)), exist_ok=True)
            self.output_fd = open(self.filename, "w", encoding="utf-8")

    def handle(self, error: Violation) -> None:
        """Keep a finding."""
        self.findings.append(error)

    def show_statistics(self, statistics: object) -> None:
        """Print nothing: it would be no JSON."""

    def show_benchmarks(self, benchmarks: object) -> None:
        """Print nothing: it would be no JSON."""

    def stop(self) -> None:
        """Print the document."""
        self._write(json.dumps(self.document(), indent=2))
        super().stop()

    def document(self) -> Any:
        """Return the document."""
        raise NotImplementedError

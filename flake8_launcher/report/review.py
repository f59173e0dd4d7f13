"""What the rules find in a file that is reported on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flake8_launcher import rules
from flake8_launcher.causes import Causes
from flake8_launcher.launch import Launcher
from flake8_launcher.options import CODES
from flake8_launcher.report.choice import Found
from flake8_launcher.report.model import Finding
from flake8_launcher.rule import Rule
from flake8_launcher.text import column, told

Accepted = Callable[[str, int, int, str], str]
"""Tells by what a finding is accepted, from its code, line, column (from 0) and message."""


class Review:
    """Asks the rules about files.

    :param causes: tells each cause once.
    :param accepted: tells by what a finding of the file at hand is accepted.
    """

    def __init__(self, causes: Causes) -> None:
        self._causes = causes
        self._rules = rules.discover((CODES,))

    @property
    def silent(self) -> tuple[str, ...]:
        """The codes of the rules that say nothing of a start that is cut."""
        return tuple(rule.code for rule in self._rules if rule.needs_whole_path)

    def found(self, launcher: Launcher, accepted: Accepted) -> list[Found]:
        """Return what the rules find, each finding once, in the order of the file."""
        found: dict[tuple[int, int, str], Found] = {}
        lines = launcher.text.split("\n")
        for rule in self._asked(launcher):
            for one, told_in in self._causes.everything(rule, launcher):
                is_here = told_in == launcher.path
                key = (one.line, one.column, f"{rule.code} {one.text}")
                if key not in found:
                    at = column(lines[one.line - 1] if one.line <= len(lines) else "", one.column)
                    by = accepted(rule.code, one.line, at, one.text) if is_here else ""
                    text = told(one.text)
                    where = "" if is_here or not told_in else launcher.standing.shown(told_in)
                    finding = Finding(
                        rule.code, rule.name, one.line, at + 1, text, text, by, is_here, where
                    )
                    found[key] = Found(finding, one.causes, one.column)
        return [found[key] for key in sorted(found)]

    def _asked(self, launcher: Launcher) -> Iterator[Rule]:
        return (rule for rule in self._rules if rule.may_find(launcher.subjects))

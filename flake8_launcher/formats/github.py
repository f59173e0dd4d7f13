"""``--format=launcher-github``: annotations of a pull request, by workflow commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flake8.formatting.base import BaseFormatter

from flake8_launcher import files, formats
from flake8_launcher.text import printable

if TYPE_CHECKING:
    from flake8.violation import Violation

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


class GitHub(BaseFormatter):
    """Prints a command for each finding, which GitHub Actions shows where it stands."""

    def handle(self, error: Violation) -> None:
        """Print a finding, and never its source, which may hold a command."""
        self.write(self.format(error), None)

    def format(self, error: Violation) -> str:
        """Return the command that annotates a finding."""
        rule = formats.rule_of(error.code)
        properties = {
            "file": files.name_of(error.filename),
            "line": str(max(error.line_number, 1)),
            "col": str(error.column_number),
            "title": f"{error.code} {rule.name}" if rule else error.code,
        }
        told = ",".join(
            f"{name}={_escaped(value, _PROPERTY)}" for name, value in properties.items()
        )
        text = _escaped(error.text, _DATA)
        return f"::{formats.grade_of(error.code).github} {told}::{text}"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(one) or printable(one) for one in text)

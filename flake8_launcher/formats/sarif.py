"""``--format=launcher-sarif``: SARIF 2.1.0, for code scanning and the viewers of editors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flake8_launcher import files, formats
from flake8_launcher.knowledge.deferred import deferred

if TYPE_CHECKING:
    from flake8.violation import Violation

    from flake8_launcher.rule import Rule

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_PLACE = deferred(
    r"(?:(?<!\S)(?P<what>[^\s()]+(?:\(\)[^\s()]*)*) )?"
    r"\((?:l\. |(?P<file>[^\s():]+):)(?P<line>\d+)\)"
)
"""A place in a message: ``svc.work.patch (svc/work.py:9)``, ``creation (l. 30)``."""


class Sarif(formats.Document):
    """Prints a log with one run: the findings, and what is known of their rules."""

    def document(self) -> dict[str, Any]:
        """Return the log."""
        import importlib.metadata

        codes = sorted({finding.code for finding in self.findings})
        fingerprints = formats.Fingerprints()
        driver = {
            "name": "flake8-launcher",
            "version": importlib.metadata.version("flake8-launcher"),
            "rules": [self._rule(code) for code in codes],
        }
        results = [
            _result(finding, codes.index(finding.code), fingerprints.next(finding))
            for finding in self.findings
        ]
        run = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {_ROOT: {"description": {"text": "where flake8 was run"}}},
            "results": results,
        }
        return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}

    def _rule(self, code: str) -> dict[str, Any]:
        rule = formats.rule_of(code)
        level = formats.grade_of(code).sarif
        described: dict[str, Any] = {"id": code, "defaultConfiguration": {"level": level}}
        if rule is None:
            return described
        described |= _described(rule)
        addresses = getattr(self.options, "launcher_documentation", None)
        if addresses:
            described["helpUri"] = f"{addresses[0].rstrip('/')}/{code}.html"
        return described


def _described(rule: Rule) -> dict[str, Any]:
    """Return what the catalogue says of a rule."""
    from flake8_launcher import catalogue

    summary = catalogue.summary(rule)
    tags = ["security"] if rule.security else ["reliability"]
    tags += [f"external/cwe/cwe-{number:03}" for number in rule.weaknesses]
    properties: dict[str, object] = {"tags": tags}
    if rule.security:
        properties["security-severity"] = str(rule.security)
    what = catalogue.without_pages(catalogue.section(rule, "What it does"))
    text = catalogue.without_pages("\n\n".join(catalogue.page(rule)))
    return {
        "name": rule.name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": f"{summary}\n\n{what}"},
        "help": {"text": text, "markdown": text},
        "properties": properties,
    }


def _result(finding: Violation, index: int, fingerprint: str) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(finding.filename)}
    if finding.line_number > 0:
        start = {"startLine": finding.line_number, "startColumn": max(finding.column_number, 1)}
        place["region"] = start
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": formats.grade_of(finding.code).sarif,
        "message": {"text": finding.text},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"launcher/v1": fingerprint},
    }
    related = [*_related(finding)] if formats.rule_of(finding.code) else []
    if related:
        result["relatedLocations"] = related
    return result


def _artifact(filename: str) -> dict[str, str]:
    name = files.name_of(filename)
    if name.startswith("../") or os.path.isabs(name):
        return {"uri": "file://" + _quoted(os.path.abspath(filename).replace(os.sep, "/"))}
    return {"uri": _quoted(name), "uriBaseId": _ROOT}


def _quoted(name: str) -> str:
    return quote(name, errors="surrogateescape")


def _related(finding: Violation) -> Iterator[dict[str, Any]]:
    """Yield the places on the way that a message tells, where they are found."""
    for number, match in enumerate(_PLACE.finditer(finding.text), 1):
        filename = finding.filename
        if match["file"]:
            filename = _found(match["file"], filename)
        if filename:
            place = {
                "artifactLocation": _artifact(filename),
                "region": {"startLine": int(match["line"])},
            }
            yield {
                "id": number,
                "physicalLocation": place,
                "message": {"text": match["what"] or "here"},
            }


def _found(name: str, filename: str) -> str:
    """Return where a file lies that a message about another file names, from some folder above."""
    folder = os.path.dirname(os.path.abspath(filename))
    while True:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
        above = os.path.dirname(folder)
        if above == folder:
            return ""
        folder = above

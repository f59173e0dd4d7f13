"""What each rule reports: the cases of its document, and the examples of its documentation."""

from __future__ import annotations

from pathlib import Path

import harness
import literate
import pytest

from flake8_launcher import catalogue, rules
from flake8_launcher.rule import Rule

DOCUMENTS = sorted(Path(__file__).parent.joinpath("rules").glob("*.md"))
CASES = [
    pytest.param(literate.checks(document), case, id=f"{document.stem}: {case.name}")
    for document in DOCUMENTS
    for case in literate.read(document)
]
RULES = [pytest.param(rule, id=rule.code) for rule in rules.discover()]


def place(expected: literate.Expectation) -> tuple[str, int, int, str]:
    return expected.file, expected.line, expected.column, expected.code


@pytest.mark.parametrize(("code", "case"), CASES)
def test_case(code: str, case: literate.Case, tmp_path: Path) -> None:
    harness.write(tmp_path, case.files)
    harness.configure([f"--select={code}", *harness.as_arguments(case.options)])
    reports = sorted(
        (name, report)
        for name in case.checked
        for report in harness.check(case.files[name], str(tmp_path / name))
        if report.code.startswith(code)
    )
    wanted = sorted(expectation for expectation in case.expectations if not expectation.is_todo)
    places = [(name, *report[:3]) for name, report in reports]
    for todo in set(case.expectations).difference(wanted):
        assert place(todo) not in places, "no longer missed: drop the todo"
    assert places == [place(expected) for expected in wanted]
    for expected, (_, report) in zip(wanted, reports, strict=True):
        for piece in expected.pieces:
            assert piece in report.text


@pytest.mark.once
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.stem)
def test_near_misses_stand_together(document: Path) -> None:
    for case in literate.read(document):
        reported = [expectation for expectation in case.expectations if not expectation.is_todo]
        if case.is_near_miss:
            assert not reported, f"{case.name}: a near miss is silent"
        else:
            assert case.expectations, f"{case.name}: a case that is silent is a near miss"


def reported(rule: Rule, heading: str, folder: Path) -> list[harness.Report]:
    """Return what the rule reports on an example; the code must be valid Python."""
    harness.configure([f"--select={rule.code}"])
    path, files = catalogue.example(rule, heading)
    assert files[path], f"{rule.code} shows no code below {heading!r}"
    harness.write(folder, files)
    reports = harness.check(files[path], str(folder / path))
    return [report for report in reports if report.code == rule.code]


@pytest.mark.parametrize("rule", RULES)
def test_documented_example_is_reported(rule: Rule, tmp_path: Path) -> None:
    assert reported(rule, "Example", tmp_path)


@pytest.mark.parametrize("rule", RULES)
def test_documented_cure_is_silent(rule: Rule, tmp_path: Path) -> None:
    assert not reported(rule, "Use instead", tmp_path)

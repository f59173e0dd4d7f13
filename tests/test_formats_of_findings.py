"""The formatters: SARIF, annotations of GitHub, the code quality report of GitLab."""

from __future__ import annotations

import importlib
import json
import re
from importlib import metadata
from pathlib import Path
from typing import Any

import harness
import pytest
from flake8.main import cli

from flake8_launcher import catalogue, formats

FILES = {
    "svc/__init__.py": "",
    "svc/a cmd.py": """\
import os
import eventlet
import eventlet.wsgi
from svc import work


def main():
    work.patch()
    eventlet.wsgi.server(eventlet.listen(("", 8000)), None)


def again():
    return absent or absent
""",
    "svc/work.py": """\
import ssl
import eventlet


def patch():
    eventlet.monkey_patch()
    ssl._create_default_https_context = ssl._create_unverified_context
""",
    "svc/broken.py": "def\n",
}
FORMS = {"launcher-github", "launcher-gitlab", "launcher-sarif"}


@pytest.fixture(name="project")
def some_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "one"
    harness.write(folder, FILES)
    monkeypatch.chdir(folder)
    return folder


def run(capsys: pytest.CaptureFixture[str], form: str, *arguments: str) -> str:
    """Return what flake8 prints in a format: findings of this plugin and of others."""
    assert cli.main([f"--format=launcher-{form}", "--select=F,E9,LS", "-j1", *arguments]) == 1
    return capsys.readouterr().out


def sarif(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    (log,) = json.loads(run(capsys, "sarif", *arguments))["runs"]
    return log


def test_the_entry_points() -> None:
    points = metadata.entry_points(group="flake8.report")
    assert FORMS == {point.name for point in points if point.dist and "launcher" in point.name}


def test_sarif_is_valid(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # made from the official schema, and refuses what the schema does not have
    model = importlib.import_module("pydantic_sarif.model")
    schema = model.StaticAnalysisResultsFormatSarifVersion210JsonSchema
    address = "--launcher-documentation=https://docs.example/rules/"
    for arguments in ([], [address, "--statistics", "--benchmark", "--show-source"]):
        schema.model_validate_json(run(capsys, "sarif", *arguments))
    with pytest.raises(ValueError, match="resultz"):
        schema.model_validate({"version": "2.1.0", "runs": [{"tool": {}, "resultz": []}]})


def test_sarif_says_what_a_rule_is(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = sarif(capsys, "--launcher-documentation=https://docs.example/rules/")
    rules = {rule["id"]: rule for rule in log["tool"]["driver"]["rules"]}
    assert set(rules) == {"E999", "F401", "F821", "LS101", "LS103", "LS208"}
    assert rules["F401"] == {"id": "F401", "defaultConfiguration": {"level": "error"}}
    insecure = rules["LS208"]
    assert insecure["name"] == "insecure-patch"
    assert insecure["shortDescription"]["text"].startswith("Something that protects the process")
    assert insecure["help"]["markdown"].count("```python\n") == 2
    assert insecure["helpUri"] == "https://docs.example/rules/LS208.html"
    assert insecure["defaultConfiguration"] == {"level": "error"}
    assert insecure["properties"]["security-severity"] == "8.0"
    assert insecure["properties"]["tags"][:2] == ["security", "external/cwe/cwe-295"]
    assert rules["LS103"]["defaultConfiguration"] == {"level": "note"}


def test_sarif_says_where_a_finding_is(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = sarif(capsys)["results"]
    codes = [result["ruleId"] for result in results]
    assert codes == ["F401", "LS101", "LS103", "F821", "F821", "E999", "LS208"]
    patch = results[1]
    (location,) = patch["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "svc/a%20cmd.py", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 8, "startColumn": 5},
    }
    (related,) = patch["relatedLocations"]
    assert related["physicalLocation"] == {
        "artifactLocation": {"uri": "svc/work.py", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 6},
    }
    assert related["message"]["text"] == "eventlet.monkey_patch"


def test_fingerprints_outlast_lines_and_folders(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [result["partialFingerprints"] for result in sarif(capsys)["results"]]
    assert len({prints["launcher/v1"] for prints in before}) == len(before)
    moved = project.with_name("two")
    harness.write(moved, {name: f"\n\n{text}" for name, text in FILES.items()})
    monkeypatch.chdir(moved)
    assert before == [result["partialFingerprints"] for result in sarif(capsys)["results"]]
    reports = json.loads(run(capsys, "gitlab"))
    assert [one["fingerprint"] for one in reports] == [prints["launcher/v1"] for prints in before]


def test_gitlab(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reports = json.loads(run(capsys, "gitlab"))
    fingerprint = reports[1].pop("fingerprint")
    assert re.fullmatch(r"[0-9a-f]{32}", fingerprint)
    way = "LS101 svc.work.patch -> eventlet.monkey_patch (svc/work.py:6) replaces "
    assert reports[1].pop("description").startswith(way)
    assert reports[1] == {
        "check_name": "LS101",
        "severity": "info",
        "location": {"path": "svc/a cmd.py", "lines": {"begin": 8}},
    }
    levels = {report["check_name"]: report["severity"] for report in reports}
    assert levels["LS208"] == "critical"


def test_github(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, "github", "--show-source").splitlines()
    assert lines[0] == (
        "::error file=svc/a cmd.py,line=1,col=1,title=F401::'os' imported but unused"
    )
    assert lines[1].startswith(
        "::notice file=svc/a cmd.py,line=8,col=5,title=LS101 monkey-patch::svc.work.patch -> "
    )
    assert len(lines) == 7
    assert all(line.startswith("::") for line in lines)


def test_github_escapes_what_would_be_a_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a,b:c%\n::d.py").write_text("import os\n")
    assert run(capsys, "github").startswith(
        "::error file=a%2Cb%3Ac%25%0A%3A%3Ad.py,line=1,col=1,title=F401::'os' imported"
    )


@pytest.mark.parametrize("form", ["sarif", "gitlab"])
def test_a_file_is_written_anew(
    project: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    for _ in range(2):
        assert run(capsys, form, "--output-file=out/found.json") == ""
        document = json.loads((project / "out/found.json").read_text(encoding="utf-8"))
    assert document


@pytest.mark.parametrize("form", ["sarif", "gitlab"])
def test_nothing_found(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert cli.main([f"--format=launcher-{form}", str(tmp_path)]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document if form == "gitlab" else document["runs"][0]["results"]) == []


def test_columns_count_characters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As SARIF's ``columnKind`` says; a syntax tree counts bytes."""
    monkeypatch.chdir(tmp_path)
    text = 'import uvicorn\nx = "\U0001f600\xe9"; uvicorn.run(x)\n'
    (tmp_path / "cmd.py").write_text(text, encoding="utf-8")
    log = sarif(capsys, "cmd.py")
    (result,) = log["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert log["columnKind"] == "unicodeCodePoints"
    assert region == {"startLine": 2, "startColumn": text.splitlines()[1].index("uvicorn") + 1}


def test_every_rule_has_a_grade() -> None:
    for rule in catalogue.every_rule():
        assert formats.grade_of(rule.code) in formats._GRADES.values()
        assert "](LS" not in catalogue.without_pages(catalogue.body(rule))


def test_links_are_told_as_text() -> None:
    text = "[LS206](LS206.md), [the order](../usage.md#order) and [a page](https://host/x.md)"
    said = "LS206, the order, docs/usage.md and [a page](https://host/x.md)"
    assert catalogue.without_pages(text) == said

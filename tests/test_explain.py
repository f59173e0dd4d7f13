"""``flake8-launcher explain`` and ``flake8-launcher rules``: the documentation, offline."""

from __future__ import annotations

import json

import pytest

from flake8_launcher import catalogue
from flake8_launcher.command import main

RULES = catalogue.every_rule()


@pytest.mark.parametrize("wanted", ["LS501", "ls501", "swallowed-failure"])
def test_a_page(wanted: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", wanted]) == 0
    page = capsys.readouterr().out
    assert page.startswith("LS501 swallowed-failure\n\nA handler ends the launcher as if all were")
    assert "Severity: high. Weakness: CWE-390: Detection of Error Condition Without" in page
    assert "\nExample\n\n    import logging\n" in page
    assert page.endswith("\n\nSince 0.1.0; on by default.\n")


def test_all_pages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", *(rule.code for rule in RULES)]) == 0
    printed = capsys.readouterr().out
    for trace in ("```", "](", "\n## ", "\n\n\n\n", "\x1b"):
        assert trace not in printed
    for rule in RULES:
        assert f"{rule.code} {rule.name}\n\n{catalogue.summary(rule)}\n" in printed


@pytest.mark.parametrize(
    ("wanted", "hint"),
    [
        ("late-monky-patch", "did you mean LS201 late-monkey-patch"),
        ("swalowed", "did you mean LS501 swallowed-failure"),
        ("LS1O1", " or LS101 monkey-patch?"),
        ("late", "'late' fits 8 rules: LS201 late-monkey-patch, LS206 late-backend, "),
        ("ls20", "'ls20' fits 9 rules: LS201 late-monkey-patch, LS202 monkey-patch-on-import, "),
        ("E501", "did you mean LS501 swallowed-failure"),
        ("quux\x1b[1m", "there is no rule 'quux\\x1b[1m': `flake8-launcher rules` lists all"),
    ],
)
def test_a_typo(wanted: str, hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", wanted]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert hint in printed.err
    assert printed.err.count("\n") == 1


def test_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for rule in RULES:
        (row,) = (line for line in lines if line.startswith(f"  {rule.code} "))
        assert row.split()[1:4] == [rule.name, "off" if rule.opt_in else "on", rule.severity.value]
        assert row.endswith(f"  {catalogue.summary(rule)}")


def test_the_list_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--json"]) == 0
    described = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in described] == [rule.code for rule in RULES]
    (one,) = (one for one in described if one["code"] == "LS304")
    documentation = one.pop("documentation")
    assert documentation.startswith("## What it does\n") and "\n## Why\n" in documentation
    assert one == {
        "code": "LS304",
        "name": "executable-config",
        "summary": "A configuration file is run as a program, or unpickled.",
        "group": "LS3: where configuration comes from, and when it is read",
        "since": "0.1.0",
        "default": True,
        "severity": "high",
        "security": 7.5,
        "weaknesses": [
            {
                "id": "CWE-94",
                "title": "Improper Control of Generation of Code ('Code Injection')",
            },
            {"id": "CWE-502", "title": "Deserialization of Untrusted Data"},
        ],
        "options": [],
    }

"""The launch report: what it says, in each of its forms."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

import goldens
import harness
from flake8_launcher import report, rules
from flake8_launcher.command.report import run
from goldens import FORMS, LAUNCHERS

SCHEMA = json.loads((Path(report.__file__).parent / "schema.json").read_text("utf-8"))

LAUNCHER = """\
import os

import uvicorn
from svc.api import make


def main():
    token = os.environ["SVC_TOKEN"]
    if os.environ.get("SVC_MODE") == "tls":
        app = make(token, password="hunter2", key="AKIAIOSFODNN7EXAMPLE")
    elif token == "letmein":
        app = make("sk-live-aaaaaaaaaaaaaaaaaaaaaaaa", port=8080)
    else:
        app = make(None)
    uvicorn.run(app, ssl_keyfile_password="correct horse", uds="/run/svc.sock")
"""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", LAUNCHERS)
def test_reports_are_as_written_down(kind: str, form: str, tmp_path: Path) -> None:
    expected = (goldens.FOLDER / f"{kind}.{FORMS[form]}").read_text("utf-8")
    assert goldens.made(kind, form, tmp_path) == expected, "run python tests/goldens.py"


@pytest.mark.parametrize("kind", LAUNCHERS)
def test_lines_of_text_fit(kind: str) -> None:
    text = (goldens.FOLDER / f"{kind}.txt").read_text("utf-8")
    assert max(map(len, text.splitlines())) <= 100
    assert "\x1b" not in text


@pytest.mark.parametrize("kind", LAUNCHERS)
def test_json_is_of_the_schema(kind: str) -> None:
    jsonschema.validate(json.loads((goldens.FOLDER / f"{kind}.json").read_text("utf-8")), SCHEMA)


def reported(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what the command prints of a project with one launcher."""
    harness.write(folder, {"svc/__init__.py": "", "svc/cmd.py": LAUNCHER})
    assert run(["--isolated", *arguments]) == 0
    return capsys.readouterr().out


def test_no_secret_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in FORMS:
        text = reported(tmp_path, capsys, "--all", "--format", form, str(tmp_path / "svc/cmd.py"))
        for secret in ("hunter2", "AKIA", "sk-live", "correct horse", "letmein"):
            assert secret not in text
        assert "/run/svc.sock" in text


def test_arms_of_one_condition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = reported(tmp_path, capsys, "--all", str(tmp_path / "svc/cmd.py"))
    assert re.findall(r" ((?:if|elif|else).*:)", text) == [
        "if os.environ.get('SVC_MODE') == 'tls':",
        "elif token == ...:",
        "else:",
    ]


def test_what_noqa_hides_is_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cmd.py").write_text(
        "import requests  # noqa\nimport eventlet\neventlet.monkey_patch()  # noqa: LS101\n"
        "import uvicorn\n\ndef main():\n    uvicorn.run('svc:app')\n"
    )
    (tmp_path / ".flake8").write_text("[flake8]\nignore = LS103\n")
    assert run(["--config", str(tmp_path / ".flake8"), str(tmp_path / "cmd.py")]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert re.search(r"LS201 [^()]*\(l\. 3\)[^()]*\(under # noqa\)", text)
    assert re.search(r"LS101 [^()]* \(under # noqa\)", text)
    assert re.search(r"LS103 [^()]* \(ignored by configuration\)", text)
    assert "patching ok" in text


def test_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tool = "def main():\n    print()\n\n\nif __name__ == '__main__':\n    main()\n"
    harness.write(tmp_path, {"tool.py": tool, "old.py": "print 'x'\n"})
    text = reported(tmp_path, capsys, str(tmp_path))
    row = next(line for line in text.splitlines() if "cmd.py:7" in line)
    assert row.split()[1:] == ["function", "main", "uvicorn.run", "1", "finding"]
    data = json.loads(reported(tmp_path, capsys, "--format", "json", str(tmp_path)))
    jsonschema.validate(data, SCHEMA)
    assert [one["file"] for one in data["overview"]["reports"]] == [str(tmp_path / "svc/cmd.py")]


def test_modules_and_scripts_are_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_text('[project.scripts]\nserve-it = "svc.cmd:main"\n')
    monkeypatch.chdir(tmp_path)
    by_file = reported(tmp_path, capsys, "svc/cmd.py")
    assert "main (console script)" in by_file
    assert reported(tmp_path, capsys, "svc.cmd") == by_file
    assert reported(tmp_path, capsys, "serve-it") == by_file
    assert run(["--isolated", "svc.nothing"]) == 2


def test_a_file_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = str(tmp_path / "svc/cmd.py")
    text = reported(tmp_path, capsys, name)
    assert reported(tmp_path, capsys, name, "-o", str(tmp_path / "out.txt")) == ""
    assert (tmp_path / "out.txt").read_text("utf-8") == text
    assert run(["--isolated", name, "-o", str(tmp_path / "no/out.txt")]) == 2


def test_colours_are_for_terminals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = str(tmp_path / "svc/cmd.py")
    plain = reported(tmp_path, capsys, name)
    painted = reported(tmp_path, capsys, name, "--color", "always")
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == plain != painted


def test_the_rules_that_a_cut_silences() -> None:
    """Those that ask whether a path is complete, and no others."""
    for rule in rules.discover():
        text = inspect.getsource(inspect.getmodule(rule) or rules)
        asks = re.search(r"\.complete\b|launch\.unregistered\b", text) is not None
        assert rule.needs_whole_path == asks, rule.code


def test_the_schema_is_fresh() -> None:
    root = Path(__file__).parent.parent
    if not (root / "tools").is_dir():
        pytest.skip("no checkout")
    subprocess.check_call([sys.executable, "tools/report_schema.py", "--check"], cwd=root)

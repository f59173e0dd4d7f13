"""A defect of the plugin is a finding on one file, LS000; the rest of the run goes on."""

from __future__ import annotations

import os
from pathlib import Path

import harness
import pytest

from flake8_launcher.failure import FailedReview, Failure
from flake8_launcher.launch.model import LaunchPath
from flake8_launcher.plugin import FAILED, Plugin
from flake8_launcher.rules.review.monkey_patch import MonkeyPatch
from flake8_launcher.rules.review.unguarded_serve import UnguardedServe

LAUNCHER = """\
import eventlet
import eventlet.wsgi

eventlet.monkey_patch()


def main():
    eventlet.wsgi.server(eventlet.listen(("", 8000)), None)
"""

DEFECT = """\
from flake8_launcher.rules.review import unguarded_serve


def check(self, launcher, options):
    if launcher.module != "sound":
        {statement}
    return ()


unguarded_serve.UnguardedServe.check = check
"""
"""What Python runs first where a folder with it is on its path."""


def run(folder: Path, statement: str, *arguments: str) -> list[str]:
    """Return what flake8 prints, with a rule in which a statement runs."""
    harness.write(
        folder,
        {
            "defect/sitecustomize.py": DEFECT.format(statement=statement),
            "svc/launcher.py": LAUNCHER,
            "svc/other.py": LAUNCHER,
            "svc/sound.py": LAUNCHER,
        },
    )
    path = os.pathsep.join([str(folder / "defect"), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path}
    completed = harness.flake8(folder, *arguments, "svc", environment=environment)
    harness.codes(completed)
    return completed.stdout.splitlines()


EXCEPTIONS = [
    ("raise KeyError('hunter2\\n::error::')", "KeyError"),
    ("raise MemoryError", "MemoryError"),
    ("check(self, launcher, options)", "RecursionError"),
    ("assert False", "AssertionError"),
    ("raise type('Odd\\x1bName', (Exception,), {})", r"Odd\x1bName"),
]


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
@pytest.mark.parametrize(("statement", "kind"), EXCEPTIONS)
def test_one_file_ends_and_the_run_goes_on(
    tmp_path: Path, statement: str, kind: str, jobs: str
) -> None:
    found = run(tmp_path, statement, "--select=LS", jobs)
    text = (
        f"1:1: LS000 a defect of flake8-launcher: LS103 ends with {kind} "
        "(flake8_launcher/plugin.py:"
    )
    other = "4:1: LS101 eventlet.monkey_patch replaces "
    places = [line.removeprefix("svc/")[:90] for line in found]
    for name in ("launcher", "other"):
        assert any(line.startswith(f"{name}.py:{text}"[:90]) for line in places), found
    for name in ("launcher", "other", "sound"):
        assert any(line.startswith(f"{name}.py:{other}"[:90]) for line in places), found
    assert len(found) == 5
    assert "hunter2" not in "".join(found)


SELECTIONS = [
    ([], True),
    (["--extend-select=LS103"], True),
    (["--select=LS103"], True),
    (["--select=LS1"], True),
    (["--select=E,LS103", "--extend-ignore=E402"], True),
    (["--select=LS103", "--ignore=LS"], True),
    (["--select=LS103", "--extend-ignore=LS000"], False),
    (["--select=L"], True),
    (["--ignore=LS"], False),
    (["--select=E,F"], False),
]


@pytest.mark.parametrize(("arguments", "is_shown"), SELECTIONS)
def test_it_is_shown_where_a_rule_is(
    tmp_path: Path, arguments: list[str], is_shown: bool
) -> None:
    harness.write(tmp_path, {"launcher.py": LAUNCHER})
    harness.write(
        tmp_path,
        {"defect/sitecustomize.py": "from flake8_launcher import gate\ngate.Gate.admit = None\n"},
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "defect")}
    completed = harness.flake8(tmp_path, *arguments, "launcher.py", environment=environment)
    found = [line for line in completed.stdout.splitlines() if " LS" in line]
    assert len(found) == is_shown
    if is_shown:
        assert "LS000 a defect of flake8-launcher: the gate ends with TypeError" in found[0]


@pytest.mark.parametrize(
    "comment",
    ["import eventlet  # noqa", "import eventlet  # noqa: LS000", "# flake8: noqa: LS000\nx = 1"],
)
def test_noqa(tmp_path: Path, comment: str) -> None:
    harness.write(
        tmp_path,
        {
            "launcher.py": f"{comment}\n{LAUNCHER}",
            "defect/sitecustomize.py": "from flake8_launcher import gate\ngate.Gate.admit = 1\n",
        },
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "defect")}
    completed = harness.flake8(tmp_path, "--select=LS", "launcher.py", environment=environment)
    assert completed.stdout == ""


def test_a_traceback_of_the_plugin_goes_to_the_log_of_flake8(tmp_path: Path) -> None:
    harness.write(
        tmp_path,
        {
            "launcher.py": LAUNCHER,
            "defect/sitecustomize.py": DEFECT.format(statement="raise KeyError('hunter2')"),
        },
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "defect")}
    completed = harness.flake8(
        tmp_path, "-v", "--select=LS103", "launcher.py", environment=environment
    )
    assert "LS103 ended with KeyError" in completed.stderr
    assert "plugin.py" in completed.stderr


def found(*selected: str) -> list[harness.Report]:
    harness.configure([f"--select={','.join(selected)}"])
    return harness.check(LAUNCHER, "/srv/orchard/launcher.py")


def fail(*arguments: object) -> None:
    raise LookupError


def test_what_a_rule_has_found_before_it_fails_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    check = UnguardedServe.check

    def halfway(*arguments: object) -> object:
        yield from check(*arguments)  # type: ignore[arg-type]
        raise LookupError

    monkeypatch.setattr(UnguardedServe, "check", halfway)
    reports = found("LS")
    assert [report.code for report in reports] == ["LS000", "LS101", "LS103"]


def test_what_several_rules_share_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LaunchPath, "having", fail)
    reports = found("LS")
    assert [report.code for report in reports] == ["LS000"]
    assert ": LS101 and 2 more of its rules end with LookupError (" in reports[0].text


def test_two_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MonkeyPatch, "check", fail)
    monkeypatch.setattr(UnguardedServe, "check", fail)
    assert ": LS101 and LS103 end with " in found("LS")[0].text


def test_the_launch_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flake8_launcher.launch.Launcher", fail)
    assert ": the launch path ends with " in found("LS")[0].text


def test_memory_that_runs_out_ends_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhaust(*arguments: object) -> None:
        raise MemoryError

    monkeypatch.setattr(MonkeyPatch, "check", exhaust)
    assert [report.code for report in found("LS")] == ["LS000"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_who_ends_flake8_ends_it(
    monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    def end(*arguments: object) -> None:
        raise error

    monkeypatch.setattr(MonkeyPatch, "check", end)
    with pytest.raises(error):
        found("LS")


def test_its_identity() -> None:
    assert FailedReview.code == FAILED
    assert not list(FailedReview().check(None, Plugin._options))  # type: ignore[arg-type]
    assert Failure("KeyError", "x.py:3").told(["LS101"]).startswith("a defect of flake8-launcher:")

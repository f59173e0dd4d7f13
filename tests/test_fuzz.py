"""The fuzzer itself: its projects are worth checking, and it notices what must not be."""

from __future__ import annotations

import ast
from pathlib import Path

import fuzz.__main__ as command
import pytest
from fuzz.attack import Attack
from fuzz.forced import forced
from fuzz.grammar import is_valid
from fuzz.project import Odd, Project, files_in
from fuzz.sandbox import Checked, Outcome, Worker
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

LAUNCHER = """\
import uvicorn


def main():
    uvicorn.run("svc.api:app")


if __name__ == "__main__":
    main()
"""


def drawn(strategy: st.SearchStrategy[Project]) -> list[Project]:
    """Return some projects of a family."""
    found: list[Project] = []

    @settings(
        max_examples=20,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(project: Project) -> None:
        found.append(project)

    draw()
    return found


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@pytest.mark.parametrize("family", command.FAMILIES)
def test_projects_hold_programs(family: str) -> None:
    projects = drawn(command.FAMILIES[family])
    texts = [
        text
        for project in projects
        for name, text in project.files.items()
        if name.endswith(".py") and isinstance(text, str) and text
    ]
    assert sum(map(is_valid, texts)) > 0.5 * len(texts) >= 5


def test_oddities_are_written_and_not_checked(tmp_path: Path) -> None:
    project = Project({f"svc/{odd.name}.py": odd for odd in Odd} | {"svc/a.py": "x = '\ud800'\n"})
    project.write(tmp_path)
    assert len(list((tmp_path / "svc").iterdir())) == len(Odd) + 1
    assert list(files_in(tmp_path)) == ["svc/a.py"]


@pytest.mark.parametrize("mode", ["fresh", "warm"])
def test_worker(tmp_path: Path, mode: str) -> None:
    Project({"launcher.py": LAUNCHER, "broken.py": "def :\n"}).write(tmp_path)
    with Worker(mode, hash_seed=0, seconds=5) as worker:
        for _ in range(2):
            outcome = worker.check(tmp_path, ["broken.py", "launcher.py"])
            broken, launcher = outcome.checked
            assert broken.skipped
            assert [report[2][:5] for report in launcher.reports] == ["LS103"]
            assert (outcome.ended, outcome.acts, launcher.error) == ("", (), "")
            assert outcome.memory > 5


def test_process_that_ends(tmp_path: Path) -> None:
    Project({"launcher.py": LAUNCHER}).write(tmp_path)
    with Worker("warm", hash_seed=0, seconds=5) as worker:
        worker._start().kill()
        assert worker.check(tmp_path, ["launcher.py"]).ended == "status -9"
        assert worker.check(tmp_path, ["launcher.py"]).ended == ""


def test_forced_file_is_a_launcher(tmp_path: Path) -> None:
    text = "def f(x, *, y):\n    import os\n    os.umask(0)\n\n\nclass A:\n    def g(self): ...\n"
    assert "_forced_main" in forced(text, ast.parse(text))
    Project({"svc.py": text}).write(tmp_path)
    with Worker("fresh", hash_seed=0, seconds=5) as worker:
        plain = worker.check(tmp_path, ["svc.py"]).checked[0]
        deep = worker.check(tmp_path, ["svc.py"], force=True).checked[0]
    assert "LS103" not in {report[2][:5] for report in plain.reports}
    assert {"LS103", "LS305"} <= {report[2][:5] for report in deep.reports}


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (Outcome(ended="SIGXCPU", at="x.py"), "time"),
        (Outcome(ended="blocked", at="x.py"), "end"),
        (Outcome(memory=400), "memory"),
        (Outcome(acts=("os.system",)), "act"),
        (Outcome([Checked("x.py", cpu=4.5)]), "time"),
        (Outcome([Checked("x.py", error="KeyError in a.py:1: x")]), "exception"),
        (Outcome([Checked("x.py", reports=((1, 0, "LS000 x"),), lines=1)]), "exception"),
        (
            Outcome([Checked("x.py", reports=((1, 0, "LS101 \x1b"),), lines=1)]),
            "control character",
        ),
        (
            Outcome([Checked("x.py", reports=((1, 0, "LS101 \u202e"),), lines=1)]),
            "control character",
        ),
        (Outcome([Checked("x.py", reports=((1, 0, "LS999 x"),), lines=1)]), "unknown code"),
        (Outcome([Checked("x.py", reports=((2, 0, "LS101 x"),), lines=1)]), "place"),
        (
            Outcome([Checked("x.py", reports=((1, 0, "LS101 " + "x" * 3_000),), lines=1)]),
            "long message",
        ),
    ],
)
def test_what_is_noticed(outcome: Outcome, kind: str) -> None:
    assert [failure.kind for failure in Attack().faults(outcome)] == [kind]


def test_differences_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Project({"launcher.py": LAUNCHER}).write(tmp_path)
    texts = iter(["LS101 one", "LS101 other"])

    def check(worker: Worker, folder: Path, files: list[str]) -> Outcome:
        return Outcome([Checked(files[0], reports=((1, 0, next(texts)),), lines=1)])

    monkeypatch.setattr(Worker, "check", check)
    assert [failure.kind for failure in Attack().failures_in(tmp_path)] == ["difference"]


def test_what_fails_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def check(worker: Worker, folder: Path, files: list[str]) -> Outcome:
        return Outcome([Checked(files[0], error="KeyError in a.py:1: x")])

    monkeypatch.setattr(Worker, "check", check)
    found = command.attacked(Attack(), first=2, seconds=0.5, keep=tmp_path)
    assert len(found) == 1
    printed = capsys.readouterr().out
    assert "KeyError" in printed
    again = printed.partition("--again ")[2].split()[0]
    assert list(files_in(Path(again)))

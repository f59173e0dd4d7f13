"""The recipes of the documentation, and the hook for pre-commit."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import harness
import pytest

from flake8_launcher.command import main

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parent.parent
RECIPES = (ROOT / "docs/integrations.md").read_text(encoding="utf-8")
HOOK = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")

LAUNCHER = """\
import eventlet.wsgi
from svc import work


def main():
    work.prepare()
    eventlet.wsgi.server(eventlet.listen(("", 8000)), None)
"""
WORK = "import eventlet\n\n\ndef prepare():\n    pass\n"


@pytest.fixture(name="project")
def some_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    harness.write(tmp_path, {"svc/__init__.py": "", "svc/cmd.py": LAUNCHER, "svc/work.py": WORK})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_hook_sees_what_a_commit_does_elsewhere(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = re.findall(r"^ *entry: (.+)$", HOOK, re.MULTILINE)
    assert entry == ["flake8-launcher check"]
    assert "\n  pass_filenames: false\n" in HOOK
    (project / "setup.cfg").write_text("[flake8]\nextend-select = LS101\n")
    command = shlex.split(entry[0])[1:]
    assert main(command) == 0
    # the commit
    (project / "svc/work.py").write_text(WORK.replace("pass", "eventlet.monkey_patch()"))
    assert main([*command, "svc/work.py"]) == 0
    assert main(command) == 1
    assert capsys.readouterr().out.startswith("./svc/cmd.py:6:5: LS101 svc.work.prepare -> ")


def test_the_hook_of_the_documentation_is_that_of_the_project() -> None:
    lines = [line.strip() for line in HOOK.splitlines() if line.startswith("  ")]
    for line in lines:
        assert line in RECIPES or line.startswith("description:")


_COMMAND = re.compile(r"(?:&& |run: |- )flake8-launcher (check\b[^\n]*)")
COMMANDS = sorted(set(_COMMAND.findall(RECIPES)))


@pytest.mark.parametrize("command", COMMANDS)
def test_commands(project: Path, command: str) -> None:
    arguments = shlex.split(command)
    assert main(arguments) == 0
    for name in re.findall(r"--output-file=(\S+)", command):
        assert (project / name).stat().st_size
        assert RECIPES.count(name) > 1  # somebody takes it up


def test_commands_are_found() -> None:
    assert len(COMMANDS) == 4


@pytest.mark.parametrize("text", re.findall(r"```toml\n(.*?)```", RECIPES, re.DOTALL))
def test_toml(text: str) -> None:
    assert tomllib.loads(text)


def test_what_editors_read(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "setup.cfg").write_text("[flake8]\nextend-select = LS103\n")
    assert main(["check", "svc/cmd.py"]) == 1
    line = capsys.readouterr().out.rstrip("\n")
    # the pattern of the Lua recipe, as Python writes it
    match = re.fullmatch(r"[^:]+:(\d+):(\d+): (\w+) (.*)", line)
    assert match is not None
    assert match.groups()[:3] == ("7", "5", "LS103")

"""``flake8-launcher check`` says what ``flake8 --select LS`` says."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import harness
import pytest
from flake8.main import cli

from flake8_launcher import standalone
from flake8_launcher.command import main

LAUNCHER = """\
import requests
import eventlet
import eventlet.wsgi

eventlet.monkey_patch()


def main():
    eventlet.wsgi.server(eventlet.listen(("", 8000)), None)
"""
PATCH = "eventlet.monkey_patch()"

CONFIGURATION = """\
[flake8]
extend-exclude = generated
max-line-length = 40
max-complexity = 10
require-plugins = hacking
per-file-ignores =
    svc/old.py: LS103
    svc/ancient*: LS
"""

FILES = {
    "svc/__init__.py": "",
    "svc/cmd.py": LAUNCHER,
    "svc/old.py": LAUNCHER,
    "svc/ancient_cmd.py": LAUNCHER,
    "svc/justified.py": LAUNCHER.replace(PATCH, f"{PATCH}  # noqa: LS101"),
    "svc/blanket.py": LAUNCHER.replace("import requests", "import requests  # noqa"),
    "svc/lines.py": LAUNCHER.replace(PATCH, 'x = """\n"""; eventlet.monkey_patch()  # noqa:LS1'),
    "svc/quiet.py": f"{LAUNCHER}# flake8: noqa\n",
    "svc/broken.py": f"{LAUNCHER}def\n",
    "svc/windows.py": f"\ufeff{LAUNCHER}".replace("\n", "\r\n"),
    "svc/library.py": "import os, sys\n",
    "generated/cmd.py": LAUNCHER,
    "setup.cfg": CONFIGURATION.replace("require-plugins = hacking\n", ""),
}


@pytest.fixture(name="project")
def some_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    harness.write(tmp_path, FILES)
    (tmp_path / "svc/latin.py").write_bytes(
        LAUNCHER.replace("None", "'h\xf6'")
        .replace("import requests", "import requests  # -*- coding: latin-1 -*-")
        .encode("latin-1")
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--select=LS"],
        ["--select=LS", "-j2"],
        ["--select=LS1", "svc/cmd.py", "svc/old.py"],
        ["--extend-select=LS103"],
        ["--select=LS", "--disable-noqa", "--ignore=LS101"],
        ["--select=LS", "--isolated", "svc", "generated/cmd.py"],
        ["--select=LS", "--show-source"],
        ["--select=LS", "--statistics", "--count"],
        ["--select=LS", "--format=pylint"],
        ["--select=LS", "--format=%(code)s in %(path)s"],
        ["--select=LS", "-q"],
        ["--select=LS", "--exit-zero"],
        ["--select=E,W", "svc"],
    ],
    ids=" ".join,
)
def test_the_same_as_flake8(
    project: Path, capsysbinary: pytest.CaptureFixture[bytes], arguments: list[str]
) -> None:
    status = cli.main(arguments)
    whole = capsysbinary.readouterr().out
    only = "--select=LS" in arguments
    lines = whole.splitlines(keepends=True)
    expected = [line for line in lines if only or b" LS" in line]
    found = main(["check", *arguments])
    assert capsysbinary.readouterr().out == b"".join(expected)
    assert found == (status if expected else 0)
    assert len(expected) > 2 or arguments[0] == "--select=E,W"


def test_a_file_that_does_not_parse_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {"broken.py": "def\n", "deep.py": f"{'-' * 100_000}1\n", "odd.py": "\0"}
    harness.write(tmp_path, {name: LAUNCHER + text for name, text in texts.items()})
    (tmp_path / "zip.py").write_text(f"# coding: zlib\n{LAUNCHER}")
    (tmp_path / "away.py").symlink_to("/nowhere")
    (tmp_path / "endless.py").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "fifo.py")
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    notes = [line.partition(" is not reviewed: ") for line in printed.err.splitlines()]
    assert [name.partition(":")[0] for name, _, _ in notes] == [
        "./away.py",
        "./broken.py",
        "./deep.py",
        "./endless.py",
        "./fifo.py",
        "./odd.py",
        "./zip.py",
    ]
    assert all(reason for _, _, reason in notes)
    assert "(read as Python 3." in notes[1][2]


@pytest.mark.parametrize(
    ("configuration", "arguments"),
    [
        ("", ["absent.py"]),
        ("", ["--max-complexity=3"]),
        ("", ["--launcher-python=/nowhere"]),
        ("", ["--select=LS101,LS999"]),
        ("[flake8]\nextend-select = LS7\n", []),
        ("", ["--config=absent.cfg"]),
        ("", ["--format=%(nope)s"]),
        ("", ["--format=%(path)d"]),
        ("[flake8]\nignore = nonsense\n", []),
        ("[flake8]\njobs = many\n", []),
        ("[flake8]\nmax-line-length = many\n", []),
        ("[flake8]\nper-file-ignores = a.py\n", []),
        ("[flake8]\nlauncher-allowed-patch = a.b\n", []),
        ("flake8\n", ["--config=setup.cfg"]),
    ],
)
def test_misuse(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    configuration: str,
    arguments: list[str],
) -> None:
    harness.write(tmp_path, {"setup.cfg": configuration})
    monkeypatch.chdir(tmp_path)
    for command in (["check"], ["report", "."]):
        try:
            status: object = main([*command, *arguments])
        except SystemExit as error:
            status = error.code
        printed = capsys.readouterr()
        assert (status, printed.out) == (2, "")
        assert f"flake8-launcher {command[0]}: " in printed.err


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux")
@pytest.mark.parametrize(
    "form", ["default", "launcher-github", "launcher-gitlab", "launcher-sarif"]
)
def test_a_name_that_is_no_text(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
    form: str,
) -> None:
    for name in (os.fsdecode(b"odd\xff.py"), "act\x1b[2J\u202e.py"):
        (tmp_path / name).write_text(LAUNCHER)
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--select=LS", f"--format={form}"]) == 1
    said = capsysbinary.readouterr().out
    assert b"odd" in said and b"act" in said
    assert b"\x1b" not in said and "\u202e".encode() not in said


def test_an_environment_without_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    harness.write(tmp_path, {"cmd.py": "", "env/readme": ""})
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--launcher-python=env"]) == 0
    assert "env is no environment: no packages are found there" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("configured", "is_told"),
    [("select = E,F,W", True), ("select = E,LS2", False), ("", False)],
)
def test_a_configuration_that_leaves_all_rules_out(
    project: Path, configured: str, is_told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "setup.cfg").write_text(f"[flake8]\n{configured}\n")
    main(["check", "svc"])
    assert ("no rule is on" in capsys.readouterr().err) == is_told


def test_what_the_project_requires_for_other_checks(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "setup.cfg").write_text(CONFIGURATION)
    assert main(["check", "svc"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_nothing_of_the_project_runs(project: Path) -> None:
    local = "[flake8:local-plugins]\nextension = X = bad:x\nreport = bad = bad:y\npaths = .\n"
    harness.write(project, {"bad.py": "raise SystemExit('ran')\n", "setup.cfg": local})
    assert main(["check", "svc/library.py", "--format=bad"]) == 0


def test_help_names_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="^0$"):
        main(["check", "--help"])
    said = capsys.readouterr().out
    assert said.startswith("usage: flake8-launcher check [options] [PATH ...]")
    assert "--launcher-python" in said


def test_standard_input_and_an_interrupt(project: Path) -> None:
    command = [sys.executable, "-I", "-m", "flake8_launcher", "check", "--select=LS", "-"]
    command += ["--stdin-display-name=svc/new.py"]
    completed = subprocess.run(
        command, input=LAUNCHER.encode(), capture_output=True, check=False, timeout=harness.TIMEOUT
    )
    assert [line.partition(b" ")[0] for line in completed.stdout.splitlines()] == [
        b"svc/new.py:1:1:",
        b"svc/new.py:5:1:",
        b"svc/new.py:9:5:",
    ]
    assert (completed.stderr, completed.returncode) == (b"", 1)
    with subprocess.Popen(
        [*command, "-v"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # what is started in the background ignores interrupts
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stderr is not None
        while b"Making checkers" not in process.stderr.readline():
            pass
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(harness.TIMEOUT) == 130
        finally:
            process.kill()
        assert b"Traceback" not in process.stderr.read()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_on_a_terminal(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    main(["check", "-j1", "svc/library.py"])
    hint = "(the rules that review are off: --extend-select LS)"
    assert terminal.getvalue() == f"0 defects in 1 file {hint}\n"
    terminal.truncate(terminal.seek(0))
    monkeypatch.setattr(standalone, "_SHOW_AFTER", -1.0)
    main(["check", "-j1", "-q", "svc/library.py"])
    assert terminal.getvalue() == "\r1 of 1 files\r\x1b[K"
    main(["check", "-j1", "--select=LS", "svc/library.py"])
    assert terminal.getvalue().endswith("0 defects and 0 to review in 1 file\n")

"""``flake8-launcher report`` prints launch paths."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from importlib.metadata import version
from pathlib import Path

import harness
import pytest

from flake8_launcher.command import SUBCOMMANDS, main

COMMAND = str(Path(sysconfig.get_path("scripts"), "flake8-launcher"))

LAUNCHER = """\
import uvicorn
from oslo_config import cfg
from svc import work


def main():
    try:
        cfg.CONF([])
        work.prepare()
    except Exception:
        raise SystemExit(1)
    if cfg.CONF.green:
        work.patch()
    uvicorn.run("svc.api:app")
"""

WORK = """\
import eventlet


def prepare():
    print("prepared")


def patch():
    eventlet.monkey_patch()
"""

PATH = """\
configuration
     8  oslo_config.cfg.CONF([...])
          if it fails: except Exception (l. 10): exits 1
          LS104 loads configuration, and nothing checks first who may write it
    12  the option CONF.green
          LS407 reads CONF.green, but no module that this launch imports registers it:
            NoSuchOptError is raised
bootstrap
        if cfg.CONF.green:  l. 12
    13    eventlet.monkey_patch()  in work.patch (svc/work.py:9)
            LS101 may replace os, select, socket, subprocess, thread and time of the standard
              library
serve
    14  uvicorn.run('svc.api:app')
          LS103 nothing handles a failure of uvicorn.run
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder that holds a project."""
    harness.write(folder, {"svc/__init__.py": "", "svc/work.py": WORK, "svc/cmd.py": LAUNCHER})
    return subprocess.run(
        [COMMAND, "report", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=harness.TIMEOUT,
        check=False,
    )


def test_a_path_is_printed(tmp_path: Path) -> None:
    completed = run(tmp_path, "svc/cmd.py")
    assert completed.stdout.startswith("svc/cmd.py:6: svc.cmd, main (function)\n")
    assert completed.stdout.endswith(PATH)
    assert (completed.stderr, completed.returncode) == ("", 0)


def test_every_call_is_printed_on_demand(tmp_path: Path) -> None:
    completed = run(tmp_path, "--all", "svc/cmd.py")
    assert "     9  print('...')  in work.prepare (svc/work.py:5)\n" in completed.stdout


def test_the_module_is_the_command(tmp_path: Path) -> None:
    harness.write(tmp_path, {"svc/__init__.py": "", "svc/work.py": WORK, "svc/cmd.py": LAUNCHER})
    command = [sys.executable, "-m", "flake8_launcher", "report", "svc/cmd.py"]
    assert subprocess.check_output(command, cwd=tmp_path, text=True).endswith(PATH)


FAULTS = {
    "broken.py": "invalid syntax",
    "deep.py": "too many nested parentheses",
    "zero.py": "source code string cannot contain null bytes",
    "odd.py": "cannot be read or decoded",
    "absent.py": "there is no such file, folder, module or console script",
    "large.py": "not a regular file of at most 1 MB",
    "endless.py": "not a regular file of at most 1 MB",
    "fifo.py": "not a regular file of at most 1 MB",
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_shown_is_said(tmp_path: Path, name: str) -> None:
    texts = {"broken.py": "def\n", "deep.py": "(" * 5_000, "zero.py": "x = 1\n\0"}
    harness.write(tmp_path, {**texts, "large.py": "#" * 1_000_001})
    (tmp_path / "odd.py").write_bytes(b"x = '\xe4'\n")
    (tmp_path / "endless.py").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "fifo.py")
    completed = run(tmp_path, name)
    assert completed.stdout == ""
    assert completed.returncode == 2
    said = re.sub(r" \((?:line 1, )?read as Python 3\.\d+\)$", "", completed.stderr.rstrip("\n"))
    assert said == f"flake8-launcher report: {name}: {FAULTS[name]}"


def test_a_file_that_starts_nothing(tmp_path: Path) -> None:
    completed = run(tmp_path, "svc/work.py")
    assert completed.returncode == 0
    assert completed.stdout == (
        "svc/work.py: no start of a service was seen: nothing in it is known to begin a process "
        "that may\nserve: it has no main block, and the metadata declares none of its functions "
        "as a script\n"
    )


def test_where_a_file_ends_that_starts_nothing(tmp_path: Path) -> None:
    (tmp_path / "tool.py").write_text(
        "import time\n\n\ndef main():\n    while True:\n        if ready():\n            return\n"
        "        time.sleep(1)\n\n\nif __name__ == '__main__':\n    main()\n"
    )
    assert run(tmp_path, "tool.py").stdout == (
        "tool.py: no start of a service was seen: __main__ ends with time.sleep (l. 8), and "
        "nothing on the\nway serves\n"
    )


def test_what_a_server_loads_is_said(tmp_path: Path) -> None:
    (tmp_path / "web.py").write_text("from flask import Flask\n\napp = Flask(__name__)\n")
    completed = run(tmp_path, "web.py")
    assert completed.stdout.startswith("web.py:1: web, top level (loaded by a server)\n")
    assert "creation\n     3  flask.Flask(__name__)\n" in completed.stdout


def test_nothing_acts_on_the_terminal(tmp_path: Path) -> None:
    name = "a\x1b[31m\n\u202e.py"
    (tmp_path / name).write_text(LAUNCHER)
    completed = run(tmp_path, name)
    assert completed.stdout.splitlines()[0] == (
        "a\\x1b[31m\\n\\u202e.py:6: a\\x1b[31m\\n\\u202e, main (function)"
    )
    assert completed.stderr == ""


def test_names_that_the_terminal_does_not_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    (tmp_path / "\u00e4.py").write_text(LAUNCHER)
    completed = run(tmp_path, "\u00e4.py")
    assert completed.stdout.startswith("\\xe4.py:6: \\xe4, main (function)\n")
    assert completed.stderr == ""


def test_a_reader_that_leaves(tmp_path: Path) -> None:
    harness.write(tmp_path, {"svc/__init__.py": "", "svc/work.py": WORK, "svc/cmd.py": LAUNCHER})
    command = [COMMAND, "report", "svc/cmd.py"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(harness.TIMEOUT) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(("ending", "status"), [(">&-", 0), ("> /dev/full", 2)])
def test_nowhere_to_write(ending: str, status: int) -> None:
    """A descriptor that is closed, and a disk that is full."""
    completed = subprocess.run(
        ["sh", "-c", f'exec "$0" rules {ending}', COMMAND],
        capture_output=True,
        text=True,
        timeout=harness.TIMEOUT,
        check=False,
    )
    assert completed.returncode == status
    assert "Traceback" not in completed.stderr
    assert ("flake8-launcher: " in completed.stderr) is bool(status)


def test_help_lists_the_subcommands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="^0$"):
        main(["--help"])
    said = capsys.readouterr().out
    for name, summary in SUBCOMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(summary)}$", said, re.MULTILINE)
    with pytest.raises(SystemExit, match="^0$"):
        main(["--version"])
    assert capsys.readouterr().out == f"flake8-launcher {version('flake8-launcher')}\n"


@pytest.mark.parametrize("arguments", [[], ["svc/cmd.py"], ["--fast", "report"], ["report"]])
def test_misuse(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="^2$"):
        main(arguments)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Traceback" not in printed.err

"""``python -m flake8_launcher`` prints launch paths."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import harness

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
svc/cmd.py: svc.cmd, main
      8  configuration  oslo_config.cfg.CONF  [guarded]
     13  bootstrap      svc.work.patch -> eventlet.monkey_patch (svc/work.py:9)  [may be skipped]
     14  serve          uvicorn.run
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder that holds a project."""
    harness.write(folder, {"svc/__init__.py": "", "svc/work.py": WORK, "svc/cmd.py": LAUNCHER})
    return subprocess.run(
        [sys.executable, "-m", "flake8_launcher", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=harness.TIMEOUT,
        check=False,
    )


def test_a_path_is_printed(tmp_path: Path) -> None:
    completed = run(tmp_path, "svc/cmd.py")
    assert (completed.stdout, completed.stderr, completed.returncode) == (PATH, "", 0)


def test_every_call_is_printed_on_demand(tmp_path: Path) -> None:
    completed = run(tmp_path, "--all", "svc/cmd.py")
    assert "      9  other          svc.work.prepare -> print (svc/work.py:5)  [guarded]\n" in (
        completed.stdout
    )


def test_what_cannot_be_shown_is_said(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("def\n", encoding="utf-8")
    completed = run(tmp_path, "svc/work.py", "broken.py", "absent.py", "svc/cmd.py")
    assert completed.stdout == PATH
    assert completed.returncode == 1
    lines = completed.stderr.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["svc/work.py", "broken.py", "absent.py"]
    assert lines[0].endswith("starts no service")

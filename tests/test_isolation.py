"""Nothing under review runs, and nothing odd in its place stops the review."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import harness

LAUNCHER = """\
import json
import socket

import uvicorn
from svc import monkey_patch, service

monkey_patch.patch()


def start(port=8000):
    uvicorn.run("svc.api:app", port=port)


def main():
    try:
        start()
    except OSError as error:
        raise SystemExit(f"svc: {error}")
"""

HOSTILE = 'open("ran.txt", "w").write(__name__)\nraise SystemExit("this must not run")\n'

METADATA = '[project]\nname = "svc"\nversion = "1"\n[project.scripts]\nsvc = "svc.cmd.api:start"\n'

PROGRAM = """\
import os
import sys
from pathlib import Path

import harness

harness.configure(["--select=LS"])
path = Path(sys.argv[1])
text = path.read_text()
harness.check(text, "elsewhere.py")
state = (sys.path[:], os.getcwd(), dict(os.environ), sorted(sys.modules))
watching = True


FAMILIES = {"subprocess", "socket", "shutil", "urllib", "ctypes", "marshal", "pickle"}
EVENTS = {"import", "exec", "os.system", "os.exec", "os.fork", "os.chdir", "os.mkdir", "os.remove"}
EVENTS |= {"os.rename", "os.chmod", "os.putenv", "os.unsetenv"}


def is_forbidden(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND))
    return event in EVENTS or event.partition(".")[0] in FAMILIES


def watch(event, arguments):
    if watching and is_forbidden(event, arguments):
        print("forbidden:", event, arguments)


sys.addaudithook(watch)
reports = harness.check(text, str(path))
watching = False
assert (sys.path[:], os.getcwd(), dict(os.environ), sorted(sys.modules)) == state
print(*[report.code for report in reports])
"""


def test_a_hostile_project_is_only_read(tmp_path: Path) -> None:
    names = ["setup.py", "conftest.py", "sitecustomize.py", "json.py", "socket.py", "uvicorn.py"]
    names += ["svc/__init__.py", "svc/monkey_patch.py", "svc/cmd/__init__.py", "svc/service.py"]
    files = dict.fromkeys(names, HOSTILE)
    files |= {"pyproject.toml": METADATA, "svc/cmd/api.py": LAUNCHER, "svc.pth": "import ran\n"}
    harness.write(tmp_path, files)
    completed = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "svc/cmd/api.py")],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        timeout=harness.TIMEOUT,
        check=True,
    )
    assert completed.stdout.split() == ["LS101", "LS103"]
    assert not list(tmp_path.rglob("ran.txt"))


METADATA_FILES = ["pyproject.toml", "setup.cfg", "svc.egg-info/entry_points.txt"]


def check(folder: Path) -> list[str]:
    path = folder / "svc" / "cmd" / "api.py"
    packages = {"svc/__init__.py": "", "svc/cmd/__init__.py": ""}
    harness.write(folder, {**packages, "svc/cmd/api.py": LAUNCHER})
    harness.configure(["--select=LS103"])
    return [report.code for report in harness.check(LAUNCHER, str(path))]


def test_the_project_tells_the_script(tmp_path: Path) -> None:
    harness.write(tmp_path, {"pyproject.toml": METADATA})
    assert check(tmp_path) == ["LS103"]


@pytest.mark.parametrize("name", METADATA_FILES)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00[",
        b"[project.scripts]\nsvc = 1\n",
        b"[project]\nscripts = []\n",
        b"project = 1\n",
        b"[console_scripts]\nsvc\n",
        b"[entry_points]\nconsole_scripts\n",
        b"[entry_points]\nconsole_scripts =\n    svc = \n    = svc.api:start\n    svc = :\n",
        b"[options.entry_points]\nconsole_scripts = %(x)s\n",
        b"[a]\nb = 1\nb = 2\n[a]\n",
        b"[" * 5_000,
        b"x = " + b"[" * 5_000,
    ],
    ids=range(12),
)
def test_metadata_that_cannot_be_read(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    assert check(tmp_path) == []


@pytest.mark.parametrize("name", METADATA_FILES)
def test_metadata_that_is_no_file(tmp_path: Path, name: str) -> None:
    tmp_path.joinpath(name).mkdir(parents=True)
    assert check(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs on this system")
@pytest.mark.parametrize("name", METADATA_FILES)
def test_metadata_that_would_block(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    os.mkfifo(path)
    assert check(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero on this system")
@pytest.mark.parametrize("name", METADATA_FILES)
def test_metadata_without_an_end(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.symlink_to("/dev/zero")
    assert check(tmp_path) == []


@pytest.mark.parametrize("name", METADATA_FILES)
def test_metadata_that_links_to_itself(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(path)
    assert check(tmp_path) == []


@pytest.mark.parametrize(
    "name",
    ["", ".", "-", "stdin", "a\0b.py", "x" * 5_000 + ".py", "no/such/file.py", "a.txt", "..", "/"],
    ids=range(10),
)
def test_names_of_buffers(name: str) -> None:
    harness.configure(["--select=LS101"])
    text = "import eventlet\nimport uvicorn\neventlet.monkey_patch()\nuvicorn.run('svc:app')\n"
    assert [report.line for report in harness.check(text, name)] == [3]

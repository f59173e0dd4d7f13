"""Nothing under review runs, and nothing odd in its place stops the review."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import harness
import pytest

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
from flake8_launcher.knowledge import frameworks, instrumentors

harness.configure(["--select=LS"])
# data of the plugin's own; test_frameworks.py tells what loading it imports
for package in frameworks.PACKAGES:
    frameworks.known_of(package)
assert instrumentors.OBJECTS
path = Path(sys.argv[1])
text = path.read_text()
warm = '''
import collections
import dataclasses

import eventlet
import uvicorn
from oslo_config import cfg

eventlet.monkey_patch()
cfg.CONF.import_opt("workers", "elsewhere.options")
cfg.CONF.register_opt(cfg.StrOpt("password"))

class Server:
    def listen(self):
        uvicorn.run("svc.api:app")

@dataclasses.dataclass
class Service:
    server: Server = dataclasses.field(default_factory=Server)

Odd = type("Odd", (Server,), {})
Pair = collections.namedtuple("Pair", "left right")

def main():
    Service().server.listen()
    Odd().listen()
    Pair(Server(), Server()).left.listen()
    dict(api=Server())["api"].listen()
    next(iter([Server()])).listen()
    max([Server()]).listen()
'''
assert harness.check(warm, os.path.abspath(os.path.join(os.sep, "srv", "elsewhere.py")))
assert "astroid" in sys.modules
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


def review(path: Path) -> list[str]:
    """Check a file in a process of its own that tells when something runs; return the codes."""
    completed = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        timeout=harness.TIMEOUT,
        check=False,
    )
    assert completed.returncode == 0, completed.stdout + completed.stderr
    return completed.stdout.split()


def test_a_hostile_project_is_only_read(tmp_path: Path) -> None:
    names = ["setup.py", "conftest.py", "sitecustomize.py", "json.py", "socket.py", "uvicorn.py"]
    names += ["svc/__init__.py", "svc/monkey_patch.py", "svc/cmd/__init__.py", "svc/service.py"]
    files = dict.fromkeys(names, HOSTILE)
    files |= {"pyproject.toml": METADATA, "svc/cmd/api.py": LAUNCHER, "svc.pth": "import ran\n"}
    harness.write(tmp_path, files)
    assert review(tmp_path / "svc/cmd/api.py") == ["LS101", "LS103"]
    assert not list(tmp_path.rglob("ran.txt"))


OBSERVED = [
    "import ran",
    "__import__('ran')",
    "exec('import ran')",
    "import importlib\nimportlib.import_module('ran')",
    "import importlib.util\nimportlib.util.find_spec('ran.inner')",
    "import subprocess\nsubprocess.run(['touch', 'ran.txt'])",
    "import os\nos.system('touch ran.txt')",
    "import os\nos.chdir('/')",
    "import sys\nsys.path.insert(0, '/')",
    "import sys\nsys.modules['svc'] = sys",
    "open('ran.txt', 'w')",
    "import socket\nsocket.socket()",
    "import ctypes\nctypes.CDLL(None)",
    "import astroid\nastroid.brain = None",
]
"""Ways to do what must not be done; each is the body of every module of a project."""

LISTENER = """\
import uvicorn


class Listener:
    def loop(self, port):
        uvicorn.run("svc.api:app", port=port)


def make():
    return Listener()
"""


@pytest.mark.parametrize("body", OBSERVED, ids=range(len(OBSERVED)))
def test_modules_that_are_followed_are_only_read(tmp_path: Path, body: str) -> None:
    launcher = """\
import eventlet
from svc import green, server
import svc.hub

green.prepare()


def main():
    server.make().loop(8000)


if __name__ == "__main__":
    main()
"""
    green = "\n\nimport eventlet\n\ndef prepare():\n    eventlet.monkey_patch()\n"
    files = {
        "setup.cfg": "[metadata]\nname = svc\n",
        "ran.py": HOSTILE,
        "ran/__init__.py": HOSTILE,
        "svc/__init__.py": body,
        "svc/green.py": body + green,
        "svc/hub.py": f"{body}\nimport eventlet\neventlet.monkey_patch()\n",
        "svc/server.py": f"{LISTENER}\n\n{body}\n",
        "svc/cmd.py": launcher,
    }
    harness.write(tmp_path, files)
    (tmp_path / "ran" / "inner.py").write_text(HOSTILE)
    codes = review(tmp_path / "svc/cmd.py")
    assert codes.count("LS101") >= 1
    assert codes.count("LS103") == 1
    assert not list(tmp_path.rglob("ran.txt"))
    assert not list(tmp_path.rglob("__pycache__"))


SUFFIX = sysconfig.get_config_var("EXT_SUFFIX") or ".so"

NATIVE = [f"_socket{SUFFIX}", f"email/_speed{SUFFIX}", f"lib2to3/_fast{SUFFIX}", "_ssl.so"]
"""Extension modules by the names of the standard library; to load one would fail loudly."""

SHADOWING = [
    "abc",
    "ast",
    "asyncio",
    "calendar",
    "codecs",
    "collections",
    "contextlib",
    "ctypes",
    "dataclasses",
    "email",
    "encodings",
    "enum",
    "functools",
    "gi.repository",
    "importlib",
    "lib2to3",
    "os",
    "platform",
    "re",
    "signal",
    "six.moves",
    "sitecustomize",
    "ssl",
    "subprocess",
    "sys",
    "threading",
    "tokenize",
    "typing",
    "unittest",
    "usercustomize",
    "warnings",
]
"""Modules and packages by the names of what a checker loads, or runs at its start."""

DEPENDENCIES = [
    "astroid",
    "astroid.brain.brain_dataclasses",
    "flake8",
    "flake8_launcher",
    "flake8_launcher.plugin",
    "hypothesis",
    "mccabe",
    "pycodestyle",
    "pyflakes",
    "pytest",
    "tomli",
    "tomllib",
    "typing_extensions",
]

INFERRED = """\
import asyncio
import calendar
import dataclasses
import email
import functools
import platform
import socket
import ssl
from collections import namedtuple
from enum import Enum

import gi.repository
import six.moves
import uvicorn
{imports}

Pair = namedtuple("Pair", "left right")
Odd = type("Odd", (calendar.Calendar,), {{}})


class Kind(Enum):
    API = 1


class Server:
    def listen(self):
        uvicorn.run("svc.api:app")

    def stop(self):
        {first}.stop()


@dataclasses.dataclass
class Service:
    server: Server = dataclasses.field(default_factory=Server)
    other: {first}.Other = {first}.Other()


SERVERS = dict(api=Server(), other={first}.make())


def main():
    service = Service()
    service.server.listen()
    service.other.stop()
    SERVERS["api"].listen()
    SERVERS["other"].stop()
    Pair(Server(), Server()).left.listen()
    platform.uname().stop()
    calendar.Calendar().listen()
    email.message_from_string("").stop()
    ssl.create_default_context().listen()
    functools.partial(Server)().listen()
    Odd().listen()
    {methods}
"""
"""A launcher that leaves calls open, so that astroid is asked, with names of many modules."""


@pytest.mark.parametrize("names", [SHADOWING, DEPENDENCIES], ids=["shadowing", "dependencies"])
@pytest.mark.parametrize("place", ["", "svc/"], ids=["beside", "inside"])
def test_modules_in_the_place_of_others(tmp_path: Path, names: list[str], place: str) -> None:
    files = {"setup.cfg": "[metadata]\nname = svc\n", "svc/__init__.py": HOSTILE}
    for name in [*SHADOWING, *DEPENDENCIES]:
        *folders, last = name.split(".")
        for end in range(1, len(folders) + 1):
            files[place + "/".join([*folders[:end], "__init__.py"])] = HOSTILE
        files.setdefault(place + "/".join([*folders, f"{last}.py"]), HOSTILE)
    for name in ["conftest.py", "setup.py", "svc.pth", "distutils-precedence.pth"]:
        files[name] = HOSTILE
    for name in NATIVE:
        files[place + name] = "no extension module"
    text = INFERRED.format(
        imports="\n".join(f"import {name}" for name in names),
        first=names[0],
        methods="; ".join(f"{name}.listen()" for name in names),
    )
    launcher = tmp_path / place / "serve.py"
    harness.write(tmp_path, {**files, f"{place}serve.py": text})
    assert review(launcher) == ["LS103"]
    assert not list(tmp_path.rglob("ran.txt"))
    assert not list(tmp_path.rglob("__pycache__"))


def loaded_by_python() -> set[str]:
    """Return the modules that ``python -m`` loads before the module that it runs."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "probe.py").write_text("import sys\nprint(*sys.modules)\n")
        command = [sys.executable, "-m", "probe"]
        return set(subprocess.check_output(command, cwd=folder, text=True).split())


WAYS: dict[str, tuple[list[str], list[str], str]] = {
    "flake8": (["{scripts}/flake8"], ["--select=LS"], "LS103"),
    "isolated": (["-I", "-m", "flake8"], ["--select=LS"], "LS103"),
    "command": (["{scripts}/flake8-launcher"], ["report"], "uvicorn.run"),
    "module": (["-m", "flake8_launcher"], ["report"], "uvicorn.run"),
    "isolated module": (["-I", "-m", "flake8_launcher"], ["report"], "uvicorn.run"),
}
"""Ways to start flake8 or the command; each with its arguments and what its output has."""
if sys.version_info >= (3, 11):
    WAYS["safe"] = (["-P", "-m", "flake8"], ["--select=LS"], "LS103")
    WAYS["safe module"] = (["-P", "-m", "flake8_launcher"], ["report"], "uvicorn.run")


@pytest.mark.parametrize(("way", "arguments", "expected"), WAYS.values(), ids=WAYS)
def test_current_folder_is_hostile(
    tmp_path: Path, way: list[str], arguments: list[str], expected: str
) -> None:
    names = [*SHADOWING, *DEPENDENCIES, "uvicorn", "eventlet", "argparse", "json", "runpy"]
    files = {f"{name.partition('.')[0]}.py": HOSTILE for name in names}
    if way[-1] == "flake8_launcher":
        del files["flake8_launcher.py"]  # it would be what is asked for
    launcher = INFERRED.format(imports="", first="platform", methods="pass")
    harness.write(tmp_path, {**files, "serve.py": launcher})
    command = [argument.format(scripts=sysconfig.get_path("scripts")) for argument in way]
    if command == ["-m", "flake8_launcher"]:
        # ``python -m`` itself needs these, before anything of ours runs
        for name in loaded_by_python():
            tmp_path.joinpath(f"{name}.py").unlink(missing_ok=True)
    completed = subprocess.run(
        [sys.executable, *command, *arguments, "serve.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=harness.TIMEOUT,
        check=False,
    )
    assert completed.stderr == ""
    assert expected in completed.stdout
    assert not list(tmp_path.rglob("ran.txt"))
    assert not list(tmp_path.rglob("__pycache__"))


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
def test_names_of_buffers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    folder = tmp_path / "orchard" / "svc"  # the name of the other one begins as that of a test
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    harness.configure(["--select=LS101"])
    text = "import eventlet\nimport uvicorn\neventlet.monkey_patch()\nuvicorn.run('svc:app')\n"
    reports = [report for report in harness.check(text, name) if report.code == "LS101"]
    assert [report.line for report in reports] == [3]

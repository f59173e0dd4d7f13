"""What runs when a module is imported, in order, and what it keeps; nothing is imported."""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import harness
import pytest

from flake8_launcher.imports import closure as closures
from flake8_launcher.imports.closure import Loaded, closure
from flake8_launcher.imports.environment import site_packages
from flake8_launcher.imports.reader import summarize
from flake8_launcher.imports.sources import Origin, Sources, sources_for
from flake8_launcher.imports.summary import (
    Called,
    Event,
    Held,
    Import,
    Patched,
    Read,
    Summary,
    from_json,
    to_json,
)
from flake8_launcher.knowledge import early_bindings
from flake8_launcher.semantic.reading import modules
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.modules import Module


def summary_of(text: str, name: str = "svc.net", package: str = "svc") -> Summary:
    """Return the summary of a module with some text."""
    text = dedent(text)
    return summarize(Module(name, f"/{name}.py", package, given=(text, ast.parse(text))))


def show(event: Event) -> str:
    """Spell an event in one line."""
    match event:
        case Import(module=module, name=name):
            shown = f"import {module}" + (f":{name}" if name else "")
        case Held(name=name, kind=kind, attribute=attribute):
            shown = f"{attribute} = {kind} {name}"
        case Patched(name=name, keywords=keywords):
            arguments = ", ".join(f"{key}={value!r}" for key, value in keywords)
            shown = f"patch {name}({arguments})"
        case Called(name=name):
            shown = f"call {name}"
        case Read(name=name, reader=reader):
            shown = f"read {name} by {reader}"
    needs = "".join(f" [{need}]" for need in event.needs)
    return shown + (" perhaps" if event.perhaps else "") + needs


CASES: Mapping[str, tuple[str, list[str]]] = {
    "a plain import": ("import socket, ssl\nimport os.path\n", []),
    "a module by another name": ("import socket as s\nsockets = s\n", []),
    "names": (
        "from threading import Lock, current_thread as me\n",
        ["Lock = reference threading.Lock", "me = reference threading.current_thread"],
    ),
    "names that nothing replaces": (
        "from socket import AF_INET, error, timeout\nfrom os import path, environ\n"
        "from queue import Empty\nfrom time import time\nfrom threading import main_thread\n",
        [],
    ),
    "an alias": (
        "import threading as t\nThread = t.Thread\nWorker = Thread\n",
        ["Thread = reference threading.Thread", "Worker = reference threading.Thread"],
    ),
    "a base": (
        "import socket\nclass Conn(socket.socket): ...\n",
        ["Conn = base socket.socket"],
    ),
    "a base by its alias": (
        "import socket\nsock = socket.socket\nclass Conn(sock): ...\n",
        ["sock = reference socket.socket", "Conn = base socket.socket"],
    ),
    "a base that an attribute of a module gives": (
        "import queue\nclass Jobs(queue.Queue[int]): ...\n",
        ["Jobs = base queue.Queue"],
    ),
    "a base of a base stands once": (
        "import socket\nclass A(socket.socket): ...\nclass B(A): ...\n",
        ["A = base socket.socket"],
    ),
    "a base with a metaclass": (
        "import six, threading\nclass A(six.with_metaclass(M, threading.local)): ...\n",
        ["import six", "A = base threading.local"],
    ),
    "instances": (
        "import threading\n_lock = threading.Lock()\nlocal: object = threading.local()\n",
        ["_lock = instance threading.Lock", "local = instance threading.local"],
    ),
    "what a function gives is no instance": (
        "import os, threading, socket\nnow = threading.get_ident()\nfd = os.open('x', 0)\n"
        "host = socket.getfqdn()\n",
        [],
    ),
    "a class attribute": (
        "import threading\nclass Pool:\n    lock = threading.Lock()\n"
        "    class Inner:\n        lock = threading.RLock()\n",
        ["Pool.lock = instance threading.Lock", "Pool.Inner.lock = instance threading.RLock"],
    ),
    "defaults": (
        "import time\ndef wait(sleep=time.sleep, *, again=time.sleep): ...\n"
        "class A:\n    def wait(self, sleep=time.sleep): ...\nf = lambda sleep=time.sleep: 0\n",
        [
            "wait = reference time.sleep",
            "A.wait = reference time.sleep",
            "f = reference time.sleep",
        ],
    ),
    "bodies do not run": (
        "import threading\ndef f():\n    from threading import Lock\n    return Lock()\n"
        "class A:\n    def f(self):\n        self.lock = threading.Lock()\n"
        "g = lambda: threading.Lock()\n",
        [],
    ),
    "annotations keep nothing": (
        "import socket\ndef f(sock: socket.socket) -> socket.socket: ...\nx: socket.socket\n",
        [],
    ),
    "containers": (
        "import time, threading\nA = {'sleep': time.sleep}\nB = [threading.Lock(), 1]\n"
        "C = [threading.Lock() for _ in range(3)]\n",
        [
            "A = reference time.sleep",
            "B = instance threading.Lock",
            "C = instance threading.Lock",
        ],
    ),
    "arguments of what is kept": (
        "import functools, time, threading\nnap = functools.partial(time.sleep, 1)\n"
        "shared = Cache(lock=threading.Lock())\n",
        ["nap = reference time.sleep", "shared = instance threading.Lock"],
    ),
    "questions keep nothing": (
        "import socket, select\nA = isinstance(x, socket.socket)\nB = hasattr(select, 'poll')\n"
        "C = callable(select.select)\nD = issubclass(X, socket.socket)\n",
        [],
    ),
    "getattr": (
        "import select\npoll = getattr(select, 'epoll', None)\nother = getattr(select, name)\n",
        ["poll = reference select.epoll"],
    ),
    "a decorator's argument": (
        "import time\n@retry(sleep=time.sleep)\ndef f(): ...\n",
        ["f = reference time.sleep"],
    ),
    "an instance of a class of the module": (
        "import threading\nclass Base:\n    def __init__(self):\n"
        "        self.lock = threading.Lock()\nclass Cache(Base):\n    pass\n"
        "cache = Cache()\nkinds = [Cache]\n",
        ["cache.lock = instance threading.Lock"],
    ),
    "several targets": (
        "import threading\na = b = threading.Lock()\nc, d = threading.Lock(), 1\n",
        [
            "a = instance threading.Lock",
            "b = instance threading.Lock",
            "c = instance threading.Lock",
        ],
    ),
    "attributes and items": (
        "import threading, time\nA.lock = threading.Lock()\nlocks['a'] = threading.Lock()\n"
        "kept.append(time.sleep)\n",
        [
            "A.lock = instance threading.Lock",
            "locks = instance threading.Lock",
            "kept = reference time.sleep",
        ],
    ),
    "a name that is deleted": ("from threading import Lock\ndel Lock\n", []),
    "a name that is bound again": (
        "from time import sleep\ndef sleep(seconds): ...\n"
        "from threading import Lock\nfrom svc.compat import Lock\n",
        ["import svc.compat:Lock"],
    ),
    "a re-export of another module": (
        "from svc.compat import Lock\nfrom .compat import local\n_lock = Lock()\n"
        "class A(local): ...\n",
        ["import svc.compat:Lock", "import svc.compat:local", "call svc.compat.Lock"],
    ),
    "compatibility packages": (
        "from six.moves import queue\nfrom six.moves.queue import Queue\njobs = queue.Queue()\n",
        [
            "import six.moves:queue",
            "import six.moves.queue:Queue",
            "Queue = reference queue.Queue",
            "jobs = instance queue.Queue",
        ],
    ),
    "everything": (
        "from select import *\nfrom .names import *\n",
        [
            "epoll = reference select.epoll",
            "poll = reference select.poll",
            "select = reference select.select",
            "import svc.names:*",
        ],
    ),
    "imports": (
        "import a.b, c\nfrom d import e\nfrom . import f\nfrom .g import h\n",
        ["import a.b", "import c", "import d:e", "import svc:f", "import svc.g:h"],
    ),
    "imports by name": (
        "import importlib\nimportlib.import_module('a.b')\nx = importlib.import_module('.c', p)\n"
        "__import__('d')\nimportlib.import_module(name)\n",
        ["import a.b", "import svc.c", "import d"],
    ),
    "a function that is called": (
        "import threading\ndef setup(n):\n    global lock\n    import a\n"
        "    from threading import Lock\n    lock = threading.Lock()\n    other = Lock()\n"
        "    more()\ndef more():\n    import b\ndef never():\n    import c\nsetup(1)\n",
        ["import a", "lock = instance threading.Lock", "import b"],
    ),
    "functions that call each other": (
        "def f():\n    import a\n    g()\ndef g():\n    import b\n    f()\nf()\n",
        ["import a", "import b"],
    ),
    "a function that may return": (
        "def f():\n    if lazy:\n        return\n    import a\nf()\n",
        ["import a perhaps"],
    ),
    "a coroutine does not run": ("async def f():\n    import a\nf()\n", []),
    "type checking": (
        "from typing import TYPE_CHECKING\nimport typing as t\n"
        "if TYPE_CHECKING:\n    from threading import Lock\nelse:\n    import a\n"
        "if t.TYPE_CHECKING or not lazy():\n    from time import sleep\n"
        "if not TYPE_CHECKING:\n    import b\nif TYPE_CHECKING and x:\n    import c\n",
        ["import a", "import b"],
    ),
    "the main guard": (
        "if __name__ == '__main__':\n    from threading import Lock\nelse:\n    import a\n",
        ["import a"],
    ),
    "the version": (
        "import sys, six\nif sys.version_info >= (3, 8):\n    import a\nelse:\n    import b\n"
        "PY3 = sys.version_info[0] == 3\nif PY3:\n    import c\n"
        "if sys.version_info[:2] < (3, 0) or six.PY2:\n    import d\n"
        "if sys.version_info.major == 2:\n    import e\n",
        ["import six", "import a", "import c"],
    ),
    "the system": (
        "import os, sys, platform\nif sys.platform == 'win32':\n    import a\n"
        "elif sys.platform.startswith('linux'):\n    import b\nif os.name in ('nt', 'ce'):\n"
        "    import c\nif platform.system() == 'Windows':\n    import d\n",
        ["import b"],
    ),
    "constants": (
        "DEBUG = False\nif DEBUG:\n    import a\nif 0:\n    import b\nif 1:\n    import c\n"
        "while False:\n    import d\n",
        ["import c"],
    ),
    "a condition that cannot be told": (
        "from svc import flag\nif flag:\n    from threading import Lock\nelse:\n    import a\n"
        "import b\n",
        [
            "import svc:flag",
            "Lock = reference threading.Lock perhaps",
            "import a perhaps",
            "import b",
        ],
    ),
    "an optional import": (
        "try:\n    import simplejson as json\n    from threading import Lock\n"
        "except ImportError:\n    from queue import Queue\nelse:\n    import a\n"
        "finally:\n    import b\n",
        [
            "import simplejson [simplejson]",
            "Lock = reference threading.Lock [simplejson]",
            "import a [simplejson]",
            "Queue = reference queue.Queue [!simplejson]",
            "import b",
        ],
    ),
    "what hangs on an optional import": (
        "import threading\ntry:\n    import one\nexcept ImportError:\n    one = None\n"
        "if one:\n    a = threading.Lock()\nelse:\n    b = threading.Lock()\n"
        "if one is None:\n    c = threading.Lock()\n",
        [
            "import one [one]",
            "a = instance threading.Lock [one]",
            "b = instance threading.Lock [!one]",
            "c = instance threading.Lock [!one]",
        ],
    ),
    "an import of the standard library that cannot fail": (
        "try:\n    from queue import Queue\nexcept ImportError:\n    from Queue import Queue\n",
        ["Queue = reference queue.Queue"],
    ),
    "a name that nothing binds": (
        "try:\n    __SETUP__\nexcept NameError:\n    __SETUP__ = False\n"
        "if __SETUP__:\n    import a\nelse:\n    import b\n"
        "try:\n    b\nexcept NameError:\n    import c\n",
        ["import b"],
    ),
    "a handler of another failure": (
        "try:\n    import a\nexcept AttributeError:\n    import b\nelse:\n    import c\n",
        ["import a", "import c"],
    ),
    "with, for and match": (
        "with x:\n    import a\nfor y in z:\n    import b\nelse:\n    import c\n"
        "match k:\n    case 1:\n        import d\n",
        ["import a", "import b", "import c", "import d perhaps"],
    ),
    "the end of a module": (
        "import sys\nif sys.version_info < (3,):\n    raise ImportError\nimport a\n"
        "raise ImportError('gone')\nimport b\n",
        ["import a"],
    ),
    "patchers": (
        "import eventlet\neventlet.monkey_patch(thread=False, os=flag, **more)\n"
        "from gevent import monkey as curious\ncurious.patch_all()\n",
        [
            "import eventlet",
            "patch eventlet.monkey_patch(thread=False, os=Ellipsis, **=Ellipsis)",
            "import gevent:monkey",
            "patch gevent.monkey.patch_all()",
        ],
    ),
    "a patcher in a function": (
        "from eventlet import monkey_patch\ndef patch():\n    monkey_patch()\n",
        ["import eventlet:monkey_patch"],
    ),
    "a switch in the environment": (
        "import os\nif not os.getenv('LOCUST_SKIP_MONKEY_PATCH', None):\n"
        "    from gevent import monkey\n    monkey.patch_all()\n",
        [
            "read LOCUST_SKIP_MONKEY_PATCH by os.getenv",
            "import gevent:monkey",
            "patch gevent.monkey.patch_all()",
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_summary(name: str) -> None:
    text, expected = CASES[name]
    assert [show(event) for event in summary_of(text).events] == expected


@pytest.mark.parametrize("name", CASES)
def test_json_gives_the_same_summary(name: str) -> None:
    """Calls and reads are looked for in sources alone."""
    summary = summary_of(CASES[name][0])
    kept = [event for event in summary.events if not isinstance(event, Called | Read)]
    summary = summary._replace(events=tuple(kept))
    data = json.loads(json.dumps(to_json(summary)))
    assert from_json(summary.module, data) == summary


def test_lines() -> None:
    summary = summary_of("import a\n\nfrom threading import Lock\n")
    assert [event.line for event in summary.events] == [1, 3]


LAZY = {
    "a function": """
        def __getattr__(name):
            if name == "Client":
                from .client import Client
                return Client
            raise AttributeError(name)
        """,
    "a table of modules": """
        _MODULES = {"Client": ".client", "Server": "server"}
        def __getattr__(name):
            return getattr(importlib.import_module(_MODULES[name], __name__), name)
        """,
    "a table of names": """
        import lazy_loader
        __getattr__, __dir__, __all__ = lazy_loader.attach(
            __name__, submod_attrs={"client": ["Client", "connect"]}
        )
        """,
    "a module that makes itself again": """
        from .local import recreate_module
        old, new = recreate_module("svc", by_module={"svc.client": ["Client"]})
        """,
}


@pytest.mark.parametrize("name", LAZY)
def test_names_that_are_imported_when_they_are_asked_for(tmp_path: Path, name: str) -> None:
    files = {
        "svc/__init__.py": dedent(LAZY[name]),
        "svc/client.py": "from threading import Lock\nclass Client: ...\n",
        "svc/server.py": "from time import sleep\n",
    }
    assert holders(tmp_path, files, "svc", "Client") == ["svc.client.Lock"]


def test_a_table_in_a_module_without_getattr_is_no_lazy_table() -> None:
    assert summary_of("NAMES = {'Client': 'svc.client'}\n").lazy == {}


@pytest.mark.parametrize(
    "data",
    [
        None,
        3,
        {},
        [],
        [1],
        [2, []],
        [0, {}],
        [0, [], []],
        [0, [3]],
        [0, [[]]],
        [0, [["x", 1, "a"]]],
        [0, [["m", "1", "a", None]]],
        [0, [["h", 1, "a", "z", "b"]]],
        [0, [["h", 1, "a"]]],
        [0, [["p", 1, "a", []]]],
    ],
)
def test_json_of_another_form(data: object) -> None:
    assert from_json("svc", data) is None


# closures


def sources(folder: Path, files: Mapping[str, str], *site: Path) -> Sources:
    """Write a project, and return what it can import."""
    harness.write(folder, {"setup.cfg": "", "launcher.py": "", **files})
    path = folder / "launcher.py"
    name, package = modules.locate(str(path))
    checked = Module(name, str(path), package, given=("", ast.parse("")))
    return Sources(Finder(checked), [str(one) for one in site])


def loaded(
    folder: Path, files: Mapping[str, str], module: str, name: str | None = None
) -> list[Loaded]:
    """Return what happens when a module of a project is imported."""
    return list(closure(module, sources(folder, files), set(), name))


def holders(
    folder: Path, files: Mapping[str, str], module: str, name: str | None = None
) -> list[str]:
    """Return who keeps something when a module of a project is imported."""
    return [
        f"{one.module}.{one.event.attribute}"
        for one in loaded(folder, files, module, name)
        if isinstance(one.event, Held)
    ]


LOCK = "from threading import Lock\n"


def test_order_and_chain(tmp_path: Path) -> None:
    files = {
        "svc/__init__.py": f"from svc import first\n{LOCK}",
        "svc/first.py": f"from .deep import inner\n{LOCK}",
        "svc/deep/__init__.py": LOCK,
        "svc/deep/inner.py": LOCK,
        "svc/api.py": f"import svc.first, svc.last\n{LOCK}",
        "svc/last.py": LOCK,
    }
    found = [
        (one.module, " -> ".join(one.chain))
        for one in loaded(tmp_path, files, "svc.api")
        if isinstance(one.event, Held)
    ]
    assert found == [
        ("svc.deep", "svc -> svc.first -> svc.deep"),
        ("svc.deep.inner", "svc -> svc.first -> svc.deep.inner"),
        ("svc.first", "svc -> svc.first"),
        ("svc", "svc"),
        ("svc.last", "svc.api -> svc.last"),
        ("svc.api", "svc.api"),
    ]


def test_each_module_runs_once(tmp_path: Path) -> None:
    files = {"a.py": f"import b\n{LOCK}", "b.py": f"import a\n{LOCK}", "c.py": "import a, b\n"}
    everything = sources(tmp_path, files)
    seen: set[str] = set()
    first = [one.module for one in closure("c", everything, seen) if isinstance(one.event, Held)]
    assert first == ["b", "a"]
    assert seen == {"a", "b", "c"}
    assert list(closure("a", everything, seen)) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("util", ["svc.util.Lock"]),
        ("NAME", []),
        ("nothing", []),
        ("*", []),
        (None, []),
    ],
)
def test_what_is_taken_may_be_a_module(
    tmp_path: Path, name: str | None, expected: list[str]
) -> None:
    files = {"svc/__init__.py": "NAME = 1\n", "svc/util.py": LOCK}
    assert holders(tmp_path, files, "svc", name) == expected


def test_namespace_package(tmp_path: Path) -> None:
    files = {"space/inner/mod.py": LOCK, "space/inner/sub/__init__.py": LOCK}
    assert holders(tmp_path, files, "space.inner", "mod") == ["space.inner.mod.Lock"]
    assert holders(tmp_path, files, "space.inner.sub") == ["space.inner.sub.Lock"]


def test_optional_packages(tmp_path: Path) -> None:
    files = {
        "a.py": "try:\n    import there\nexcept ImportError:\n    from time import sleep\n",
        "b.py": "try:\n    import missing\nexcept ImportError:\n    from time import sleep\n"
        "else:\n    from threading import Lock\n",
        "there.py": "",
    }
    assert holders(tmp_path, files, "a") == []
    assert holders(tmp_path, files, "b") == ["b.sleep"]


def test_standard_library_and_patchers_are_not_entered(tmp_path: Path) -> None:
    files = {"svc.py": "import logging, eventlet, gevent.pool\n"}
    site = tmp_path / "site"
    harness.write(site, {"eventlet/__init__.py": LOCK, "gevent/pool.py": LOCK, "logging.py": LOCK})
    found = list(closure("svc", sources(tmp_path / "project", files, site), set()))
    assert [show(one.event) for one in found] == ["import eventlet", "import gevent.pool"]


def test_many_modules_and_long_chains(tmp_path: Path) -> None:
    count = closures.MAX_DEPTH + 50
    files = {f"m{number}.py": f"import m{number + 1}\n{LOCK}" for number in range(count)}
    found = loaded(tmp_path, files, "m0")
    assert max(len(one.chain) for one in found) == closures.MAX_DEPTH


def test_so_many_modules_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closures, "MAX_MODULES", 10)
    files = {f"m{number}.py": LOCK for number in range(30)}
    files["all.py"] = "".join(f"import m{number}\n" for number in range(30))
    assert len(holders(tmp_path, files, "all")) == 9


def test_modules_that_import_endlessly_many_names(tmp_path: Path) -> None:
    everything = sources(tmp_path, {"svc/__init__.py": "from .svc import svc\n"})
    (tmp_path / "svc" / "svc").symlink_to(".")
    seen: set[str] = set()
    list(closure("svc", everything, seen))
    assert len(seen) < 100


@pytest.mark.parametrize(
    "text",
    [
        "def broken(:\n",
        "\0",
        "x = " + "(" * 500 + ")" * 500,
        "x = " + "-" * 20_000 + "1",
        "x = " + "f(" * 150 + ")" * 150,
        "x = a" + ".b" * 5_000 + "()\n",
        "import " + ".".join("a" * 200) + "\n",
        "from " + "." * 300 + " import x\n",
        "if x:\n" + "".join(" " * depth + "if x:\n" for depth in range(1, 90)) + " " * 90 + "pass",
        "from . import *\nfrom .. import *\nfrom .bad import *\n",
        "import os\nos.environ[3] = 1\nos.environ.get()\nos.getenv(None)\ngetattr()\n",
        "import importlib\nimportlib.import_module()\nimportlib.import_module('..')\n",
        "import sys\nif sys.version_info[9] or sys.version_info['a'] or (1)['a']: import a\n",
        "if 1 < 'a' or 'a' in 3 or not (yield): import a\n",
        "_T = {**x, 1: 2, 'a': '', 'b': ':'}\ndef __getattr__(name): ...\n",
    ],
)
def test_modules_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    files = {"svc.py": "import bad\nfrom threading import Lock\n", "bad.py": text}
    assert holders(tmp_path, files, "svc") == ["svc.Lock"]


def test_files_that_are_none(tmp_path: Path) -> None:
    everything = sources(tmp_path, {"svc.py": f"import fifo, link, folder\n{LOCK}"})
    os.mkfifo(tmp_path / "fifo.py")
    (tmp_path / "link.py").symlink_to("link.py")
    (tmp_path / "folder.py").mkdir()
    found = [
        one.module for one in closure("svc", everything, set()) if isinstance(one.event, Held)
    ]
    assert found == ["svc"]


@pytest.mark.parametrize("name", ["", ".", "a..b", "os", "a.b.c", "svc/x", "..", "a\0b", "a b"])
def test_names_of_no_module(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    harness.write(site, {"a/__init__.py": ""})
    found = closure(name, sources(tmp_path, {"b.py": ""}, site), set(), "x")
    assert [one for one in found if isinstance(one.event, Held)] == []


# environments


def environment(folder: Path, files: Mapping[str, str], settings: str = "") -> Path:
    """Make the files of a virtual environment, and return its folder of packages."""
    site = folder / "lib" / "python3.12" / "site-packages"
    harness.write(folder, {"pyvenv.cfg": settings, "bin/python": ""})
    harness.write(site, files or {"empty.txt": ""})
    return site


def test_environment_beside_the_project(tmp_path: Path) -> None:
    site = environment(tmp_path / ".venv", {})
    assert site_packages("", str(tmp_path)) == (str(site),)
    (tmp_path / ".venv" / "pyvenv.cfg").unlink()
    assert site_packages("", str(tmp_path)) == ()


def test_environment_that_is_named(tmp_path: Path) -> None:
    environment(tmp_path / ".venv", {})
    site = environment(tmp_path / "other", {})
    active = str(tmp_path / ".venv")
    for python in ("other", "other/bin/python", "other/bin/no-such-python"):
        assert site_packages(str(tmp_path / python), str(tmp_path), active) == (str(site),)
    assert site_packages(str(tmp_path / "nothing"), str(tmp_path), active) == ()


def test_environment_that_is_active(tmp_path: Path) -> None:
    site = environment(tmp_path / "env", {})
    project = str(tmp_path / "project")
    assert site_packages("", project, str(tmp_path / "env")) == (str(site),)
    assert site_packages("", project, str(tmp_path / "none")) == ()


def test_environment_with_the_packages_of_the_system(tmp_path: Path) -> None:
    system = environment(tmp_path / "system", {})
    settings = f"home = {tmp_path / 'system' / 'bin'}\ninclude-system-site-packages = true\n"
    own = environment(tmp_path / ".venv", {}, settings)
    assert site_packages("", str(tmp_path)) == (str(own), str(system))


def test_source_goes_before_the_table(tmp_path: Path) -> None:
    files = {"svc.py": "import requests\n"}
    site = tmp_path / "site"
    harness.write(site, {"requests/__init__.py": "from .x import Lock\n", "requests/x.py": LOCK})
    found = closure("svc", sources(tmp_path / "project", files, site), set())
    held = [(one.module, one.origin) for one in found if isinstance(one.event, Held)]
    assert held == [("requests.x", Origin.ENVIRONMENT)]


def test_project_goes_before_its_environment(tmp_path: Path) -> None:
    site = tmp_path / "site"
    harness.write(site, {"svc.py": LOCK})
    everything = sources(tmp_path / "project", {"svc.py": ""}, site)
    assert list(closure("svc", everything, set())) == []


def test_an_open_file_goes_before_the_disk(tmp_path: Path) -> None:
    harness.write(tmp_path, {"svc.py": ""})
    checked = Module("svc", str(tmp_path / "svc.py"), "", given=(LOCK, ast.parse(LOCK)))
    for _ in range(2):
        found = list(closure("svc", Sources(Finder(checked)), set()))
        assert [show(one.event) for one in found] == ["Lock = reference threading.Lock"]


def test_a_file_that_changes(tmp_path: Path) -> None:
    site = tmp_path / "site"
    harness.write(site, {"dep.py": LOCK})
    everything = sources(tmp_path / "project", {}, site)
    assert len(list(closure("dep", everything, set()))) == 1
    harness.write(site, {"dep.py": "import nothing_more_than_this\n"})
    everything = sources(tmp_path / "project", {}, site)
    assert [show(one.event) for one in closure("dep", everything, set())] == [
        "import nothing_more_than_this"
    ]


def test_sources_for_a_project_with_an_environment(tmp_path: Path) -> None:
    environment(tmp_path / ".venv", {"dep.py": LOCK})
    harness.write(tmp_path, {"setup.cfg": "", "svc/__init__.py": "", "svc/cmd.py": "import dep\n"})
    path = tmp_path / "svc" / "cmd.py"
    checked = Module("svc.cmd", str(path), "svc", given=("", ast.parse("import dep\n")))
    found = list(closure("svc.cmd", sources_for(Finder(checked)), set()))
    assert [show(one.event) for one in found] == [
        "import dep",
        "Lock = reference threading.Lock",
    ]


# the shipped table


def patched(module: str) -> list[str]:
    """Return the calls of patchers when a module of the table is imported."""
    everything = Sources(lambda name: None)
    return [
        show(one.event)
        for one in closure(module, everything, set())
        if isinstance(one.event, Patched)
    ]


def test_every_entry_of_the_table_is_read() -> None:
    count = 0
    for package in early_bindings.packages():
        for module, data in early_bindings.modules_of(package).items():
            summary = from_json(module, data)
            assert summary is not None, module
            assert module.partition(".")[0] == package
            assert json.loads(json.dumps(to_json(summary))) == data, module
            count += 1
    assert count > 1_000


def test_the_table_is_small() -> None:
    folder = Path(early_bindings.__file__).parent
    assert sum(path.stat().st_size for path in folder.glob("*.json")) < 1_500_000


@pytest.mark.parametrize(
    ("module", "holder", "name"),
    [
        ("requests", "urllib3.util.ssl_", "ssl.SSLContext"),
        ("urllib3.connectionpool", "urllib3.connectionpool", "queue.LifoQueue"),
        ("kombu.connection", "kombu.resource", "queue.LifoQueue"),
        ("oslo_context.context", "oslo_context.context", "threading.local"),
        ("oslo_log.log", "oslo_context.context", "threading.local"),
        ("sqlalchemy", "sqlalchemy.util.langhelpers", "threading.Lock"),
    ],
)
def test_who_keeps_what_in_the_table(module: str, holder: str, name: str) -> None:
    found = [
        one
        for one in closure(module, Sources(lambda name: None), set())
        if isinstance(one.event, Held) and (one.module, one.event.name) == (holder, name)
    ]
    assert found, (module, holder)
    assert found[0].origin is Origin.TABLE
    assert found[0].chain[-1] == holder


@pytest.mark.parametrize(
    "module", ["certifi", "idna", "six", "oslo_i18n._lazy", "no_such_package"]
)
def test_modules_of_the_table_that_keep_nothing(module: str) -> None:
    everything = closure(module, Sources(lambda name: None), set())
    assert [one for one in everything if isinstance(one.event, Held)] == []


def test_packages_that_patch_when_they_are_imported() -> None:
    assert patched("grequests") == ["patch gevent.monkey.patch_all(thread=False, select=False)"]
    assert patched("locust") == ["patch gevent.monkey.patch_all()"]
    assert patched("requests") == []


def test_what_a_package_of_the_table_does_not_require_is_not_there() -> None:
    everything = Sources(lambda name: None)
    httpcore = everything.find("httpcore")
    assert httpcore is not None
    assert everything.is_there("h11", httpcore)
    assert everything.is_there("trio")
    assert not everything.is_there("trio", httpcore)
    seen: set[str] = set()
    list(closure("httpcore", everything, seen))
    assert "trio" not in {module.partition(".")[0] for module in seen}


def test_a_module_that_imports_by_a_computed_name(tmp_path: Path) -> None:
    site = tmp_path / "site"
    files = {"__init__.py": "", "service.py": "", "backend/_eventlet/__init__.py": LOCK}
    harness.write(site, {f"oslo_service/{name}": text for name, text in files.items()})
    everything = sources(tmp_path / "project", {}, site)
    held = [
        one.module
        for one in closure("oslo_service.service", everything, set())
        if isinstance(one.event, Held)
    ]
    assert held == ["oslo_service.backend._eventlet"]


def test_the_rest_of_a_module_whose_import_fails(tmp_path: Path) -> None:
    site = tmp_path / "site"
    files = {"dep/__init__.py": f"from . import pool\n{LOCK}", "dep/pool.py": f"import no\n{LOCK}"}
    harness.write(site, files)
    everything = sources(tmp_path / "project", {}, site)
    held = [one.module for one in closure("dep", everything, set()) if isinstance(one.event, Held)]
    assert held == ["dep"]


def test_what_may_not_be_imported_may_not_happen(tmp_path: Path) -> None:
    files = {"a.py": "from flags import x\nif x:\n    import b\n", "b.py": LOCK, "flags.py": ""}
    held = [one for one in loaded(tmp_path, files, "a") if isinstance(one.event, Held)]
    assert [(one.event.perhaps, one.perhaps) for one in held] == [(False, True)]

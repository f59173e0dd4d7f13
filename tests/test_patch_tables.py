"""The tables of what eventlet and gevent replace, and the questions to them."""

from __future__ import annotations

import importlib.metadata
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from flake8_launcher.knowledge.frameworks import PACKAGES, known_of
from flake8_launcher.knowledge.patch_tables import PATCHES, PYTHONS
from flake8_launcher.knowledge.patching import Effect, PatchTable

HERE = Path(__file__).resolve().parent
TOOL = HERE.parent / "tools" / "patch_tables.py"
ORACLE = HERE / "oracle" / "stale.py"

EVENTLET = PATCHES["eventlet.monkey_patch"]
GEVENT = PATCHES["gevent.monkey.patch_all"]
USUAL = {"os", "psycopg", "select", "socket", "subprocess", "thread", "time"}


def reason_to_skip() -> str:
    """Return why the tables cannot be compared with the real libraries here, or nothing."""
    if sys.platform != "linux":
        return "the tables are made on Linux"
    if "{}.{}".format(*sys.version_info) not in PYTHONS:
        return "the tables are not made with this Python"
    for patcher, table in PATCHES.items():
        distribution = patcher.partition(".")[0]
        try:
            installed = importlib.metadata.version(distribution)
        except importlib.metadata.PackageNotFoundError:
            return f"{distribution} is not installed; tox -e tables does that"
        if installed != table.version:
            return f"{distribution} is {installed}, the tables are made from {table.version}"
    return ""


@pytest.mark.skipif(bool(reason_to_skip()), reason=reason_to_skip())
def test_tables_are_what_the_patchers_do() -> None:
    done = subprocess.run(
        [sys.executable, str(TOOL), "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


LATE = """
import sys, threading
from time import sleep
condition, lock = threading.Condition(), threading.RLock()
{}
import queue, time
print(sleep is time.sleep, type(lock) is type(threading.RLock()))
try:
    with condition:
        condition.wait(0.01)
    print("waited")
except RuntimeError:
    print("broken")
"""


@pytest.mark.skipif(bool(reason_to_skip()), reason=reason_to_skip())
@pytest.mark.parametrize(
    ("patch", "said"),
    [
        ("import eventlet; eventlet.monkey_patch()", "False True\nbroken\n"),
        ("import eventlet", "True True\nwaited\n"),
        ("import gevent.monkey; gevent.monkey.patch_all()", "False False\nwaited\n"),
    ],
)
def test_what_stays_unpatched_shows(patch: str, said: str) -> None:
    command = [sys.executable, "-W", "ignore", "-c", LATE.format(patch)]
    assert subprocess.check_output(command, text=True) == said


HOLDER = """
import socket, ssl, threading, time
import concurrent.futures
from time import sleep
from threading import Event, Lock as Mutex, RLock

class Connection(socket.socket):
    pause = staticmethod(sleep)
    class Context(ssl.SSLContext): pass

class Service:
    def __init__(self):
        self.lock = threading.Lock()

def retry(pause=time.sleep, *, find=socket.getaddrinfo): pass

EVENT = Event()
POOL = concurrent.futures.ThreadPoolExecutor()
LOCKS = {"a": Mutex()}
SERVICE = Service()
MONOTONIC = time.monotonic
"""


@pytest.mark.skipif(bool(reason_to_skip()), reason=reason_to_skip())
@pytest.mark.parametrize(
    ("patcher", "table", "more"),
    [
        ("eventlet", EVENTLET, {("RLock", "threading.RLock", "reference")}),
        ("gevent", GEVENT, {("Event", "threading.Event", "reference")}),
    ],
)
def test_what_a_module_holds_after_a_late_patch(
    tmp_path: Path, patcher: str, table: PatchTable, more: set[tuple[str, str, str]]
) -> None:
    (tmp_path / "holder.py").write_text(HOLDER, encoding="utf-8")
    found = json.loads(
        subprocess.check_output(
            [sys.executable, "-W", "ignore", str(ORACLE), patcher, "holder"],
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
        )
    )
    own = [one for one in found if one["module"] == "holder"]
    pool = "concurrent.futures.thread.ThreadPoolExecutor"
    held = {(one["attribute"], one["name"], one["kind"]) for one in own}
    assert held == more | {
        ("sleep", "time.sleep", "reference"),
        ("Mutex", "threading.Lock", "reference"),
        ("Connection", "socket.socket", "base"),
        ("Connection.pause", "time.sleep", "reference"),
        ("Connection.Context", "ssl.SSLContext", "base"),
        ("retry()", "time.sleep", "reference"),
        ("retry()", "socket.getaddrinfo", "reference"),
        ("EVENT", "threading.Event", "instance"),
        ("POOL", pool, "instance"),
        ("LOCKS[]", "threading.Lock", "instance"),
        ("SERVICE", "threading.Lock", "part"),
    }
    # and the tables say so
    on = table.switched_on()
    for _, name, kind in held:
        names = table.stale_instances(on) if kind == "instance" else table.replaced_names(on)
        assert name in names


@pytest.mark.parametrize(
    ("given", "on"),
    [
        ({}, USUAL),
        ({"socket": True}, {"socket"}),
        ({"socket": True, "time": True, "os": False}, {"socket", "time"}),
        ({"thread": False}, USUAL - {"thread"}),
        ({"all": False, "socket": True}, {"socket"}),
        ({"all": True, "socket": True}, USUAL),
        ({"all": True, "thread": False}, USUAL - {"thread"}),
        ({"all": False}, set()),
        ({"builtins": True}, {"builtins"}),
        ({"__builtin__": True}, {"builtins"}),
        ({"__builtin__": False}, USUAL),
        ({"MySQLdb": True, "all": True}, USUAL | {"MySQLdb"}),
        # a value that is not known
        ({"socket": None}, set()),
        ({"socket": None, "time": True}, {"time"}),
        ({"all": None, "time": True}, {"time"}),
    ],
)
def test_one_true_keyword_of_eventlet_switches_the_others_off(
    given: Mapping[str, bool | None], on: set[str]
) -> None:
    assert EVENTLET.switched_on(given) == on


@pytest.mark.parametrize(
    ("given", "off"),
    [
        ({}, {"sys"}),
        ({"socket": True}, {"sys"}),
        ({"sys": True}, set()),
        ({"thread": False}, {"sys", "thread"}),
        ({"thread": None}, {"sys", "thread"}),
        ({"all": False, "threads": False}, {"sys"}),
    ],
)
def test_a_false_keyword_changes_gevent(given: Mapping[str, bool | None], off: set[str]) -> None:
    assert GEVENT.switched_on(given) == set(GEVENT.keywords) - off


@pytest.mark.parametrize(
    ("table", "known", "unknown"),
    [
        (EVENTLET, "all", "ssl"),
        (EVENTLET, "__builtin__", "threads"),
        (EVENTLET, "psycopg", "queue"),
        (GEVENT, "queue", "threads"),
        (GEVENT, "dns", "all"),
        (PATCHES["gevent.monkey.patch_thread"], "Event", "thread"),
    ],
)
def test_keywords_are_known(table: PatchTable, known: str, unknown: str) -> None:
    assert table.knows(known)
    assert not table.knows(unknown)


def test_only_gevent_takes_what_it_does_not_know() -> None:
    lenient = {name for name, table in PATCHES.items() if table.lenient}
    assert lenient == {"gevent.monkey.patch_all"}


def test_every_call_of_eventlet_replaces_two_names() -> None:
    always = {"queue.SimpleQueue", "threading.RLock"}
    assert EVENTLET.replaced_names(frozenset()) == always
    assert EVENTLET.replaced_names(frozenset({"time"})) == always | {"time.sleep"}


@pytest.mark.parametrize(
    ("table", "replaced", "left"),
    [
        (
            EVENTLET,
            {"threading.Lock", "threading.local", "queue.Queue", "ssl.SSLContext", "os.read"},
            {"threading.Thread", "threading.Event", "threading.Condition", "builtins.open"},
        ),
        (
            GEVENT,
            {"threading.Thread", "threading.Event", "queue.Queue", "signal.signal", "os.fork"},
            {"threading.RLock", "threading.Condition", "builtins.open", "os.read"},
        ),
    ],
)
def test_names_that_are_replaced_by_default(
    table: PatchTable, replaced: set[str], left: set[str]
) -> None:
    names = table.replaced_names(table.switched_on())
    assert replaced <= names
    assert names.isdisjoint(left)


def test_keywords_that_work_together() -> None:
    assert "socket.getaddrinfo" in GEVENT.replaced_names(frozenset({"socket", "dns"}))
    assert "socket.getaddrinfo" not in GEVENT.replaced_names(frozenset({"socket"}))
    assert not GEVENT.replaced_names(frozenset({"dns"}))
    assert not GEVENT.replaced_names(frozenset())


def test_names_that_are_gone() -> None:
    selectors = {"selectors.EpollSelector", "selectors.PollSelector"}
    assert EVENTLET.deleted_names(frozenset({"select"})) == selectors | {
        "select.epoll",
        "select.poll",
    }
    assert not GEVENT.deleted_names(frozenset({"select"}))
    assert GEVENT.deleted_names(frozenset({"select", "aggressive"})) == {
        "select.epoll",
        "selectors.EpollSelector",
    }


def test_instances_that_stay_unpatched() -> None:
    both = {"threading.Lock", "threading.Event", "threading.local", "queue.Queue"}
    for table in (EVENTLET, GEVENT):
        stale = table.stale_instances(table.switched_on())
        assert both | {"concurrent.futures.ThreadPoolExecutor"} <= stale
        assert stale.isdisjoint({"logging.StreamHandler", "contextvars.ContextVar"})
    # eventlet looks for these and replaces them
    assert "threading.RLock" not in EVENTLET.stale_instances(EVENTLET.switched_on())
    assert "threading.RLock" in GEVENT.stale_instances(GEVENT.switched_on())
    assert not EVENTLET.stale_instances(frozenset({"time"})) & both


def test_every_measured_patcher_is_known() -> None:
    patches = [known_of(package).patches for package in PACKAGES]
    assert {name for one in patches for name, patcher in one.items() if patcher.table} == {
        *PATCHES,
        "eventlet.patcher.monkey_patch",
        "os_ken.lib.hub.patch",
        "ryu.lib.hub.patch",
    }


def test_effects_hold_together() -> None:
    for table in PATCHES.values():
        assert len({effect.on for effect in table.effects}) == len(table.effects)
        for effect in table.effects:
            assert effect != Effect(effect.on)
            assert effect.on <= table.keywords.keys()
            assert effect.replaced.isdisjoint(effect.deleted)

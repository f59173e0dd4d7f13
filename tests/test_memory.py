"""Nothing is kept of a file that the next does not need; objects are counted, not bytes."""

from __future__ import annotations

import gc
import weakref
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import harness
import pytest

from flake8_launcher import garbage, semantic
from flake8_launcher.launch import Launcher, LaunchPath, Step
from flake8_launcher.semantic.reading import loading
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.running.state import FlowError

LAUNCHER = """\
import sys

import eventlet
import uvicorn
from oslo_config import cfg
from svc import helper{number} as helper

CONF = cfg.CONF
CONF.import_opt("workers", "svc.helper{number}")


def choose():
    if CONF.green:
        return helper.patch
    raise SystemExit(2)


def main():
    try:
        CONF(sys.argv[1:])
        choose()()
        for port in CONF.ports:
            if port:
                break
            print("no port", CONF.password)
    except Exception:
        helper.explain()
        sys.exit(0)
    finally:
        helper.close()
    with helper.open_all() as servers:
        uvicorn.run("svc.api:app", workers=CONF.workers)


if __name__ == "__main__":
    main()
"""

HELPER = """\
import contextlib
import socket

import eventlet
from oslo_config import cfg

cfg.CONF.register_opts([cfg.IntOpt("workers"), cfg.StrOpt("password", secret=True)])
KEPT = socket.socket


def patch():
    eventlet.monkey_patch()


def explain():
    while True:
        raise RuntimeError("no")


def close():
    return None


@contextlib.contextmanager
def open_all():
    try:
        yield []
    except OSError:
        raise SystemExit(1)
"""

FEW, MANY = 20, 200


@pytest.fixture
def collector() -> Iterator[None]:
    """Leave the collector of garbage on afterwards, and nothing set aside."""
    yield
    gc.enable()
    gc.unfreeze()


def project(folder: Path) -> None:
    files = {"setup.cfg": "[metadata]\nname = svc\n", "svc/__init__.py": ""}
    files |= {f"svc/helper{number}.py": HELPER for number in range(MANY)}
    files |= {f"svc/cmd{number}.py": LAUNCHER.format(number=number) for number in range(MANY)}
    harness.write(folder, files)
    harness.configure(["--select=LS"])


def check(folder: Path, number: int) -> list[str]:
    path = folder / f"svc/cmd{number}.py"
    reports = harness.check(path.read_text(encoding="utf-8"), str(path))
    return [report.code for report in reports]


def ours() -> Counter[str]:
    """Return how many objects there are of each class of this package."""
    gc.unfreeze()  # what is set aside is not told
    kinds = Counter(type(one) for one in gc.get_objects())
    return Counter(
        {
            kind.__name__: count
            for kind, count in kinds.items()
            if kind.__module__.startswith(semantic.__name__.partition(".")[0])
        }
    )


@pytest.mark.usefixtures("collector")
def test_a_launch_is_freed_at_once(tmp_path: Path) -> None:
    project(tmp_path)
    check(tmp_path, 0)
    gc.collect()
    gone = (Launcher, LaunchPath, Step, FlowError)
    before = {id(one) for one in gc.get_objects() if isinstance(one, gone)}
    gc.disable()
    for number in range(1, FEW):
        assert "LS101" in check(tmp_path, number)
        gc.disable()
    left = [one for one in gc.get_objects() if isinstance(one, gone) and id(one) not in before]
    assert left == []


def test_many_launchers_leave_what_is_kept_of_modules(tmp_path: Path) -> None:
    project(tmp_path)
    for number in range(FEW):
        check(tmp_path, number)
    gc.collect()
    few = ours()
    for number in range(FEW, MANY):
        check(tmp_path, number)
    gc.collect()
    more = ours() - few
    # each brings in a helper, of which little is kept beside its module
    assert more.pop("Module", 0) <= MANY - FEW
    assert all(count < 20 * (MANY - FEW) for count in more.values()), more
    kept = ("Launcher", "LaunchPath", "Step", "Interpreter", "Frame", "Finder", "Registry")
    assert not [name for name in kept if more[name]], more


def test_findings_follow_a_helper_and_old_versions_go(tmp_path: Path) -> None:
    project(tmp_path)
    helper = tmp_path / "svc" / "helper0.py"
    gc.collect()
    counts = []
    for version in range(60):
        patches = "eventlet.monkey_patch()" if version % 2 else "print('nothing')"
        text = HELPER.replace("eventlet.monkey_patch()", patches)
        helper.write_text(f"# {version:{version + 1}}\n{text}", encoding="utf-8")
        assert ("LS101" in check(tmp_path, 0)) is bool(version % 2)
        if version in (19, 59):
            gc.collect()
            counts.append(ours())
    assert counts[0] == counts[1]
    names = [one.path for one in gc.get_objects() if isinstance(one, Module)]
    assert names.count(str(helper)) == 1


def test_the_number_of_modules_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_CACHED_MODULES", 10)
    harness.write(tmp_path, {f"m{number}.py": "" for number in range(30)})
    for number in range(30):
        assert loading.load(f"m{number}", str(tmp_path / f"m{number}.py")) is not None
    assert len(loading._cache._modules) <= 10


@pytest.mark.usefixtures("collector")
@pytest.mark.parametrize(
    ("lines", "enabled", "is_set_aside"),
    [(10, True, True), (10, False, False), (garbage._SHORT, True, False)],
)
def test_what_a_review_keeps_is_set_aside(
    monkeypatch: pytest.MonkeyPatch, lines: int, enabled: bool, is_set_aside: bool
) -> None:
    monkeypatch.setattr(garbage, "_aside", garbage._Aside())
    gc.unfreeze()
    if not enabled:
        gc.disable()
    with garbage.undisturbed(lines):
        assert not gc.isenabled()
        kept = [[number] for number in range(garbage._MANY + 1)]
    assert gc.isenabled() is enabled
    assert (gc.get_freeze_count() > len(kept)) is is_set_aside


@pytest.mark.usefixtures("collector")
def test_what_waits_is_set_aside_with_the_next_short_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(garbage, "_aside", garbage._Aside())
    gc.unfreeze()
    with garbage.undisturbed(garbage._SHORT):
        kept = [[number] for number in range(garbage._MANY + 1)]
    with garbage.undisturbed(10):
        pass
    assert gc.get_freeze_count() > len(kept)


@pytest.mark.usefixtures("collector")
def test_garbage_that_is_set_aside_goes_when_there_is_twice_as_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Node:
        def __init__(self) -> None:
            self.own = self

    monkeypatch.setattr(garbage, "_aside", garbage._Aside())
    gc.unfreeze()
    node = Node()
    gone = weakref.ref(node)
    many = [[number] for number in range(garbage._MANY + 1)]
    with garbage.undisturbed(10):
        many += [[number] for number in range(garbage._MANY + 1)]
    del node
    gc.collect()
    assert gone() is not None
    before = gc.get_freeze_count()
    while gone() is not None:
        assert gc.get_freeze_count() < 4 * before
        with garbage.undisturbed(10):
            many += [[number] for number in range(garbage._MANY + 1)]

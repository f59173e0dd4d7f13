"""What is predicted to stay unpatched, against what stays so in real processes.

Runs in the tox environment ``oracle``, which has the packages; elsewhere it is skipped.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from flake8_launcher.imports.closure import closure
from flake8_launcher.imports.sources import Origin, Sources
from flake8_launcher.imports.summary import Held, Import
from flake8_launcher.knowledge import patchers

PACKAGES = Path(__file__).parent / "oracle" / "packages.txt"
STALE = Path(__file__).parent / "oracle" / "stale.py"
PATCHERS = {"eventlet": "eventlet.monkey_patch", "gevent": "gevent.monkey.patch_all"}
ENOUGH = 40


def packages() -> Iterator[list[str]]:
    """Yield the modules to import together, for each distribution that is installed."""
    for line in PACKAGES.read_text(encoding="utf-8").splitlines():
        _, *modules = line.split()
        if modules and importlib.util.find_spec(modules[0].partition(".")[0]):
            yield modules


def truth(patcher: str, modules: list[str]) -> set[tuple[str, str]] | None:
    """Return the holders and attributes of a real process, or none when it cannot import."""
    command = [sys.executable, "-W", "ignore", str(STALE), patcher, *modules]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if run.returncode:
        return None
    found = json.loads(run.stdout)
    return {(one["module"], one["attribute"]) for one in found if not one.get("stdlib")}


def prediction(patcher: str, modules: list[str]) -> tuple[set[str], set[tuple[str, str]]]:
    """Return the modules that are predicted to hold something, and what is taken from others."""
    sources = Sources(lambda name: None, [sysconfig.get_path("purelib")])
    effect = patchers.effect_of(PATCHERS[patcher], {})
    assert effect is not None
    seen: set[str] = set()
    holders: set[str] = set()
    taken: set[tuple[str, str]] = set()
    for loaded in (one for module in modules for one in closure(module, sources, seen)):
        event = loaded.event
        if isinstance(event, Held) and loaded.origin is Origin.ENVIRONMENT:
            stale = effect.instances if event.kind == "instance" else effect.replaced
            if event.name in stale or event.name in effect.deleted:
                holders.add(loaded.module)
        elif isinstance(event, Import) and event.name:
            taken.add((loaded.module, event.name))
    return holders, taken


@pytest.mark.parametrize("patcher", PATCHERS)
def test_prediction_against_the_truth(patcher: str) -> None:
    pytest.importorskip(patcher)
    chosen = list(packages())
    if len(chosen) < ENOUGH:
        pytest.skip(f"{len(chosen)} of the packages are installed: run tox -e oracle")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        truths = list(pool.map(lambda modules: truth(patcher, modules), chosen))
    counts = {"packages": Counter[str](), "modules": Counter[str]()}
    for modules, found in zip(chosen, truths, strict=True):
        if found is None:
            continue
        predicted, taken = prediction(patcher, modules)
        # who takes it from another module that keeps it is not the cause
        real = {module for module, attribute in found if (module, attribute) not in taken}
        both = predicted & real
        counts["modules"].update(told=len(predicted), true=len(real), right=len(both))
        counts["packages"].update(told=bool(predicted), true=bool(real), right=bool(both))
    for level, count in counts.items():
        recall, precision = count["right"] / count["true"], count["right"] / count["told"]
        print(
            f"{patcher}, {level}: {count['true']}, recall {recall:.2f}, precision {precision:.2f}"
        )
        assert recall >= (0.95 if level == "packages" else 0.7)
        assert precision >= (0.95 if level == "packages" else 0.9)

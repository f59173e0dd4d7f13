"""The option registry against what oslo.config holds after a real import.

It needs the packages of the dependency group ``options``: ``tox -e options``.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import harness
import pytest

from flake8_launcher.knowledge import options as known
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.settings.registry import Registry

PROGRAM = """
import importlib, json, sys

from oslo_config import cfg

importlib.import_module(sys.argv[1])
found = [["", name] for name in cfg.CONF._opts]
for group, holder in cfg.CONF._groups.items():
    found += [[group, name] for name in holder._opts]
print("\\n" + json.dumps(found))
"""
MODULES = (
    "designate.central",
    "designate.conf",
    "designate.service",
    "designate.worker.service",
    "glance.api.v2.images",
    "glance.common.config",
    "glance.common.wsgi",
    "glance.db",
    "octavia.common.config",
    "octavia.controller.worker.v2.controller_worker",
    "octavia.db.api",
)


def registry_of(package: str, folder: Path) -> Registry:
    """Return the registry of an installed package, from a copy that is a project of its own."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        pytest.skip(f"{package} is not installed")
    copy = shutil.copytree(Path(spec.origin).parent, folder / package)
    path = copy / "__init__.py"
    module = Module(package, str(path), package)
    return Registry(Finder(module), module)


def really_registered(module: str) -> set[tuple[str, str]]:
    """Import a module in a process of its own; return the groups and names of the options."""
    completed = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM, module],
        capture_output=True,
        text=True,
        timeout=harness.TIMEOUT,
        check=False,
        cwd=Path(__file__).parent,
    )
    assert completed.returncode == 0, completed.stderr
    return {(group, name) for group, name in json.loads(completed.stdout.splitlines()[-1])}


@pytest.mark.parametrize("module", MODULES)
def test_registry_is_what_an_import_registers(module: str, tmp_path: Path) -> None:
    registry = registry_of(module.partition(".")[0], tmp_path)
    real = really_registered(module)
    missed = {one for one in real if registry.registers(module, one[1], one[0]) is False}
    assert not missed
    told = {
        (one.group, one.option.name)
        for one in registry.registered(module)
        if one.group is not None and one.option.name is not None
    }
    # what a condition decides is told of both its branches
    assert len(told - real) <= len(told) // 20, sorted(told - real)
    own = {(group, name) for group, name in real if not known.is_of_library(name, group)}
    read = {(group, name) for group, name in own if registry.registers(module, name, group)}
    assert len(read) >= 0.9 * len(own), sorted(own - read)

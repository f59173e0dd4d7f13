"""What well-known packages keep when they are imported: one JSON file a top-level package.

``tools/early_bindings.py`` writes the files. Each has the distributions with their versions, the
packages that these require, and the summaries of those modules that keep something, patch, or
import one that does.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Mapping

from flake8_launcher import files

_FOLDER = os.path.dirname(__file__)


@functools.cache
def packages() -> frozenset[str]:
    """Return the names of the top-level packages that are known."""
    try:
        names = os.listdir(_FOLDER)
    except OSError:
        return frozenset()
    return frozenset(name.removesuffix(".json") for name in names if name.endswith(".json"))


@functools.cache
def modules_of(package: str) -> Mapping[str, object]:
    """Return what is known of the modules of a top-level package, by their qualified names."""
    modules = _file(package).get("modules")
    return modules if isinstance(modules, dict) else {}


@functools.cache
def required_by(package: str) -> frozenset[str]:
    """Return the top-level packages that are there wherever a package is, itself among them."""
    found: set[str] = set()
    pending = [package]
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            required = _file(name).get("requires")
            if isinstance(required, list):
                pending += [one for one in required if isinstance(one, str)]
    return frozenset(found)


@functools.cache
def _file(package: str) -> Mapping[str, object]:
    if package not in packages():
        return {}
    text = files.read_text(os.path.join(_FOLDER, f"{package}.json"))
    try:
        data = json.loads(text or "")
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}

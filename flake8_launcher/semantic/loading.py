"""Reads modules from files, and keeps those that were read lately."""

from __future__ import annotations

import os
import stat
from collections import OrderedDict

from flake8_launcher.semantic.modules import Module, State

MAX_BYTES = 1_000_000
_CACHED_BYTES = 3_000_000

_cache: OrderedDict[tuple[str, str], Module] = OrderedDict()
"""Modules that were read lately, by name and path; what is kept of them never changes."""


def load(name: str, path: str) -> Module | None:
    """Return the module in a regular file that is not too large, from the cache if unchanged."""
    state = state_of(path)
    if state is None:
        return None
    known = _cache.get((name, path))
    if known is not None and known.state == state:
        _cache.move_to_end((name, path))
        return known
    module = module_in(name, path, state)
    _cache[name, path] = module
    held = sum(one.size for one in _cache.values())
    while held > _CACHED_BYTES and len(_cache) > 1:
        held -= _cache.popitem(last=False)[1].size
    return module


def module_in(name: str, path: str, state: State) -> Module:
    """Return the module in a file, whose text is read when it is asked for."""
    is_package = os.path.basename(path) == "__init__.py"
    return Module(name, path, name if is_package else name.rpartition(".")[0], state)


def state_of(path: str) -> State | None:
    """Return what changes when a file does, or none when it is no regular file, or too large."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino

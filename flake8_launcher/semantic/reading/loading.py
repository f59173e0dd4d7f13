"""Reads modules from files, and keeps those that were read lately."""

from __future__ import annotations

import os
from collections import OrderedDict

from flake8_launcher.files import State, state_of
from flake8_launcher.semantic.reading.modules import Module

_CACHED_BYTES = 3_000_000
_CACHED_MODULES = 2_000


class _Cache:
    """Modules that were read lately, by name and path; what is kept of them never changes."""

    def __init__(self) -> None:
        self._modules: OrderedDict[tuple[str, str], Module] = OrderedDict()
        self._bytes = 0

    def get(self, key: tuple[str, str], state: State) -> Module | None:
        """Return a module whose file is still in some state."""
        known = self._modules.get(key)
        if known is None or known.state != state:
            return None
        self._modules.move_to_end(key)
        return known

    def keep(self, key: tuple[str, str], module: Module) -> None:
        """Keep a module, and give up those that were not asked for lately."""
        known = self._modules.pop(key, None)
        self._modules[key] = module
        self._bytes += module.size - (known.size if known else 0)
        while len(self._modules) > 1 and self._is_full():
            self._bytes -= self._modules.popitem(last=False)[1].size

    def _is_full(self) -> bool:
        return self._bytes > _CACHED_BYTES or len(self._modules) > _CACHED_MODULES


_cache = _Cache()


def load(name: str, path: str) -> Module | None:
    """Return the module in a regular file that is not too large, from the cache if unchanged."""
    state = state_of(path)
    if state is None:
        return None
    known = _cache.get((name, path), state)
    if known is not None:
        return known
    module = module_in(name, path, state)
    _cache.keep((name, path), module)
    return module


def module_in(name: str, path: str, state: State) -> Module:
    """Return the module in a file, whose text is read when it is asked for."""
    is_package = os.path.basename(path) == "__init__.py"
    return Module(name, path, name if is_package else name.rpartition(".")[0], state)

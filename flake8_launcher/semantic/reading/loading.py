"""Reads modules from files, and keeps those that were read lately."""

from __future__ import annotations

import os
from collections import OrderedDict

from flake8_launcher.files import State, state_of
from flake8_launcher.semantic.reading.modules import Module

_CACHED_LENGTH = 1_500_000
_CACHED_MODULES = 2_000


class _Cache:
    """Modules that were read lately, by name and path; what is kept of them never changes.

    A module is read and parsed as far as it is asked for, long after it is kept: what is held of
    all of them is counted when it may have become too much.
    """

    def __init__(self) -> None:
        self._modules: OrderedDict[tuple[str, str], Module] = OrderedDict()
        self._length = 0
        """What was held when it was counted last, and all of the files that came since."""

    def get(self, key: tuple[str, str], state: State) -> Module | None:
        """Return a module whose file is still in some state."""
        known = self._modules.get(key)
        if known is None or known.state != state:
            return None
        self._modules.move_to_end(key)
        return known

    def keep(self, key: tuple[str, str], module: Module) -> None:
        """Keep a module, and give up those that were not asked for lately."""
        self._modules.pop(key, None)
        self._modules[key] = module
        self._length += module.size
        if self._length > _CACHED_LENGTH:
            self._length = sum(known.held for known in self._modules.values())
        while len(self._modules) > 1 and self._is_full():
            self._length -= self._modules.popitem(last=False)[1].held

    def _is_full(self) -> bool:
        return self._length > _CACHED_LENGTH or len(self._modules) > _CACHED_MODULES


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

"""Keeps what was read from modules for as long as their files stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from flake8_launcher.files import State
from flake8_launcher.semantic.reading.modules import Module

_MAX_KEPT = 4_000

Read = TypeVar("Read")


class Kept(Generic[Read]):
    """What a function reads from modules, each read once for each state of its file.

    :param read: reads a module; what it returns must depend on that module alone.
    """

    def __init__(self, read: Callable[[Module], Read]) -> None:
        self._read = read
        self._known: dict[tuple[str, str], tuple[State, Read]] = {}

    def __call__(self, module: Module) -> Read:
        """Return what the function reads from a module; of an open file nothing is kept."""
        if module.state is None:
            return self._read(module)
        key = module.name, module.path
        known = self._known.get(key)
        if known is not None and known[0] == module.state:
            return known[1]
        found = self._read(module)
        while len(self._known) >= _MAX_KEPT:
            del self._known[next(iter(self._known))]
        self._known[key] = (module.state, found)
        return found

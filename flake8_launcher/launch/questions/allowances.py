"""Which names that a user allows stand on the launch paths of a file."""

from __future__ import annotations

from collections.abc import Iterable

from flake8_launcher.knowledge import canonical
from flake8_launcher.launch.launcher import Launcher
from flake8_launcher.launch.questions.rebinding import rebindings


def needed(launcher: Launcher, names: Iterable[str]) -> frozenset[str]:
    """Return which of some qualified names are called or replaced on a path."""
    left = {canonical(name): name for name in names}
    found = set()
    for path in dict.fromkeys((*launcher.paths, *launcher.starts)):
        for step in path.steps:
            found |= {canonical(step.name), *map(canonical, step.chain)} & left.keys()
        found |= {rebinding.name for rebinding in rebindings(path)} & left.keys()
        if len(found) == len(left):
            break
    return frozenset(left[name] for name in found)

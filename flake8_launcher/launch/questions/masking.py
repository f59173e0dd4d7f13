"""What on a launch path may take the secrets out of a mapping before that is shown."""

from __future__ import annotations

import math
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from flake8_launcher.knowledge import canonical, secrets, shown
from flake8_launcher.launch.launcher import Launcher
from flake8_launcher.launch.model import Argument, Call, LaunchPath, Step, Store

_COPY = ".copy()"


def is_masked(launcher: Launcher, path: LaunchPath, shows: Step, name: str) -> bool:
    """Tell whether something may have taken the secrets out of a mapping before it is shown."""
    if name == shown.ENVIRONMENT or shown.is_in_application(name):
        return False  # what is put in there is for others
    if path not in _known:
        _known[path] = _Changes(launcher, path)
    return _known[path].comes_before(shows, name)


class _Changes:
    """Where on a path something is first changed, or given to what may change it, by its name.

    What is part of another thing changes that as well.
    """

    def __init__(self, launcher: Launcher, path: LaunchPath) -> None:
        self._places = {id(step): at for at, step in enumerate(path.steps)}
        self._changed: dict[str, int] = {}
        self._within: dict[str, int] = {}
        self._given: dict[str, int] = {}
        for at, step in enumerate(path.steps):
            changed = _changed_by(step)
            if changed is not None:
                self._changed.setdefault(changed, at)
                for around in _around(changed):
                    if not changed.startswith(f"{around}{_COPY}"):
                        self._within.setdefault(around, at)
            elif isinstance(step, Call) and step.use == "dropped" and _may_mask(launcher, step):
                for argument in step.arguments:
                    for name in map(canonical, argument.names):
                        self._given.setdefault(name, at)

    def comes_before(self, shows: Step, name: str) -> bool:
        """Tell whether something of a name may be changed before a step shows it."""
        first = min(
            self._within.get(name, math.inf),
            self._given.get(name, math.inf),
            *(self._changed.get(around, math.inf) for around in (name, *_around(name))),
        )
        return first < self._places[id(shows)]


_known: WeakKeyDictionary[LaunchPath, _Changes] = WeakKeyDictionary()


def _changed_by(step: Step) -> str | None:
    """Return the name of what a step changes so that a secret may be gone, if it does."""
    called = canonical(step.name)
    holder, _, method = called.rpartition(".")
    if isinstance(step, Store):
        return called.rstrip("[]") if _may_hold_secret(step.key) else None
    return holder if method in shown.CHANGERS else None


def _around(name: str) -> Iterator[str]:
    """Yield the names of what something is a part of."""
    return (name[:at] for at, character in enumerate(name) if character in ".[")


def _may_hold_secret(key: Argument | None) -> bool:
    """Tell whether what is assigned in a mapping may take the place of a secret, by its key."""
    return key is None or key.text is None or secrets.holds_secret(key.text)


def _may_mask(launcher: Launcher, step: Call) -> bool:
    """Tell whether a function may change the mapping that it is given, as far as is seen of it."""
    if shown.MASKS.search(step.name.rpartition(".")[2]):
        return True
    return not step.seen and not shown.shows(step.name) and launcher.project.owns(step.name)

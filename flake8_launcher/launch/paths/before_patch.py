"""What is loaded before the first patch of a launch, and what of it keeps what that replaces."""

from __future__ import annotations

from typing import NamedTuple

from flake8_launcher.imports.summary import Held, Import, Patched
from flake8_launcher.knowledge import Role, canonical, patchers
from flake8_launcher.knowledge.patching import Effect
from flake8_launcher.launch.launcher import Launcher
from flake8_launcher.launch.model import Call, LaunchPath, Moment, Step


class BeforePatch(NamedTuple):
    """What is loaded before the first patch.

    :ivar patch: what patches: its qualified name.
    :ivar line: the line of the checked file that leads to it.
    :ivar loaded: the modules that are loaded before, in order, but for the standard library's.
    :ivar kept: what keeps something that the patch replaces.
    """

    patch: str
    line: int
    loaded: tuple[str, ...]
    kept: tuple[Moment, ...]


def before_patch(launcher: Launcher, path: LaunchPath) -> BeforePatch | None:
    """Return what is loaded before the first patch of a path; none where nothing known patches."""
    loaded: dict[str, None] = {}
    held: list[Moment] = []
    for moment in launcher.moments(path, patches(path)):
        event = moment.event
        if isinstance(event, Held):
            held.append(moment)
        elif isinstance(event, Import):
            loaded[event.module] = None
        done = effect(event)
        if done is not None and isinstance(event, Patched | Step):
            kept = tuple(one for one in held if not one.perhaps and is_stale(one, done))
            return BeforePatch(event.name, moment.line, tuple(loaded), kept)
    return None


def patches(path: LaunchPath) -> list[Step]:
    """Return the steps of a path that patch, or import what does so by itself."""
    several = path.having(Role.PATCH, Role.IMPORT)
    return [
        one for one in several if one.role is Role.PATCH or patchers.patches_at_import(one.name)
    ]


def effect(event: object) -> Effect | None:
    """Return what a patch does; none for anything else, and where its keywords are not known."""
    if isinstance(event, Patched):
        return patchers.effect_of(event.name, dict(event.keywords))
    if isinstance(event, Call) and event.role is Role.PATCH and event.has_plain_keywords:
        return patchers.effect_of(canonical(event.name), event.keywords)
    return None


def is_stale(moment: Moment, done: Effect) -> bool:
    """Tell whether what is kept at a moment is what a patch replaces."""
    held = moment.event
    assert isinstance(held, Held)
    if held.kind == "instance":
        return held.name in done.instances
    return held.name in done.replaced or held.name in done.deleted

"""What is loaded before the first patch of a launch, and what of it keeps what that replaces."""

from __future__ import annotations

from typing import NamedTuple

from flake8_launcher.imports.summary import Held, Import, Patched
from flake8_launcher.knowledge import Role, canonical, patchers
from flake8_launcher.knowledge.patching import Effect
from flake8_launcher.launch.launcher import Launcher
from flake8_launcher.launch.model import LaunchPath, Moment, Step


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
    patches = [step for step in path.having(Role.PATCH, Role.IMPORT) if _patches(step)]
    loaded: dict[str, None] = {}
    held: list[Moment] = []
    for moment in launcher.moments(path, patches):
        event = moment.event
        if isinstance(event, Held):
            held.append(moment)
        elif isinstance(event, Import):
            loaded[event.module] = None
        found = _effect(event)
        if found is not None:
            name, effect = found
            kept = tuple(one for one in held if not one.perhaps and _is_stale(one, effect))
            return BeforePatch(name, moment.line, tuple(loaded), kept)
    return None


def _patches(step: Step) -> bool:
    return step.role is Role.PATCH or patchers.patches_at_import(step.name)


def _effect(event: object) -> tuple[str, Effect] | None:
    if isinstance(event, Patched):
        effect = patchers.effect_of(event.name, dict(event.keywords))
        return (event.name, effect) if effect else None
    if isinstance(event, Step) and event.role is Role.PATCH:
        effect = patchers.effect_of(canonical(event.name), event.keywords)
        return (event.name, effect) if effect else None
    return None


def _is_stale(moment: Moment, effect: Effect) -> bool:
    held = moment.event
    if not isinstance(held, Held):
        return False
    if held.kind == "instance":
        return held.name in effect.instances
    return held.name in effect.replaced or held.name in effect.deleted

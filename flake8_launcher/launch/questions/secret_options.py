"""Options and other settings that hold a secret, among those that a file declares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_launcher.knowledge import secrets
from flake8_launcher.launch.launcher import Launcher
from flake8_launcher.launch.model import Part

if TYPE_CHECKING:
    from flake8_launcher.settings.model import Declaration


def secret_options(launcher: Launcher) -> Iterator[Declaration]:
    """Yield the settings that hold a secret, as their names tell; none of a test."""
    for option in launcher.declared if launcher.part is not Part.TEST else ():
        if option.kind in secrets.KINDS and not option.is_limited:
            if secrets.is_secret(option.name, option.help, option.default):
                yield option
    yield from launcher.settings

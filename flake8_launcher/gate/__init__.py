"""Decides from a file's text and place alone whether it is worth reading.

This runs on every file that flake8 checks; nothing of the rest is imported before it lets one by.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from flake8_launcher.gate import metadata, place, words


def may_launch(text: str, filename: str, entry_points: Iterable[str] = ()) -> bool:
    """Tell whether a file may start a service, or patch what services use.

    :param text: its text.
    :param filename: its path, absolute or relative to the current folder; it need not exist.
    :param entry_points: more entry functions, in the form ``package.module:function``.
    """
    path = os.path.abspath(filename)
    declared = metadata.declared_for(path)
    return (
        metadata.names(path, entry_points, *declared.values())
        or words.may_launch(text, filename)
        or place.is_gateway(path, text)
    )


def may_matter(text: str, filename: str, entry_points: Iterable[str] = ()) -> bool:
    """Tell whether any rule may have something to say about a file."""
    return (
        may_launch(text, filename, entry_points)
        or words.may_weaken(text)
        or words.may_import(text)
    )

"""The files that processes of a project may begin with, as their texts and the metadata tell."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from weakref import WeakKeyDictionary

from flake8_launcher import files as opened
from flake8_launcher.gate import metadata, place, starts, words
from flake8_launcher.semantic.reading.project import Project

_MAX_FILES = 3_000
_MAX_LEADING = 16
_known: WeakKeyDictionary[Project, dict[str, str]] = WeakKeyDictionary()
"""The files of projects that processes may begin with, and their texts."""


def files(
    path: str, project: Project, targets: Sequence[str], is_script: bool = False
) -> Iterator[str]:
    """Yield the files of a project that processes may begin with, a bounded number.

    Those come first that name a module, and of these the nearest.

    :param path: the file of that module.
    :param targets: the entry points that the project declares.
    :param is_script: whether the module is there to be run: only who names it leads there.
    """
    if project not in _known:
        _known[project] = dict(_beginning(project, targets))
    texts = _known[project]
    folder, name = os.path.split(path)
    stem = name.removesuffix(".py")
    wanted = os.path.basename(folder) if stem == "__init__" else stem

    def distance(other: str) -> tuple[bool, int, str]:
        return wanted not in texts[other], -len(os.path.commonpath((path, other))), other

    others = (one for one in texts if one != path and (not is_script or wanted in texts[one]))
    return iter(sorted(others, key=distance)[:_MAX_LEADING])


def _beginning(project: Project, targets: Iterable[str]) -> Iterator[tuple[str, str]]:
    declared = [*targets]
    for path in project.everything(_MAX_FILES):
        is_declared = metadata.names(path, declared)
        if place.is_aside(path, project.top) and not is_declared:
            continue
        text = opened.read_source(path)
        if text is None or not (path.endswith(".py") or "python" in text.partition("\n")[0]):
            continue
        if (
            is_declared
            or words.is_made_ready(text)
            or words.may_launch(text, path)
            or place.is_gateway(path, text)
            or starts.starts_own(text, path)
        ):
            yield path, text

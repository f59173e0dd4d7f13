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
_known: WeakKeyDictionary[Project, tuple[str, ...]] = WeakKeyDictionary()


def files(path: str, project: Project, targets: Sequence[str]) -> Iterator[str]:
    """Yield the files of a project that processes may begin with, a bounded number.

    Those come first that name a module, and of these the nearest.

    :param path: the file of that module.
    :param targets: the entry points that the project declares.
    """
    if project not in _known:
        _known[project] = tuple(_beginning(project, targets))
    folder, name = os.path.split(path)
    stem = name.removesuffix(".py")
    wanted = os.path.basename(folder) if stem == "__init__" else stem

    def distance(other: str) -> tuple[bool, int, str]:
        names_it = wanted in (opened.read_source(other) or "")
        return not names_it, -len(os.path.commonpath((path, other))), other

    others = (other for other in _known[project] if other != path)
    return iter(sorted(others, key=distance)[:_MAX_LEADING])


def _beginning(project: Project, targets: Iterable[str]) -> Iterator[str]:
    declared = [*targets]
    for path in project.everything(_MAX_FILES):
        if place.is_aside(path, project.top) and not metadata.names(path, declared):
            continue
        text = opened.read_source(path)
        if text is None or not (path.endswith(".py") or "python" in text.partition("\n")[0]):
            continue
        if metadata.names(path, declared) or words.is_made_ready(text):
            yield path
        elif words.may_launch(text, path) or place.is_gateway(path, text):
            yield path
        elif starts.starts_own(text, path):
            yield path

"""The files that processes of a project may begin with, as their texts and the metadata tell."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence
from weakref import WeakKeyDictionary

from flake8_launcher import files as opened
from flake8_launcher.gate import metadata, place, served, starts, words
from flake8_launcher.semantic.reading.project import Project

_MAX_FILES = 3_000
_MAX_LEADING = 16
_MAX_WAITING = 16_000_000
"""How long the texts are together that wait until somebody asks about their files."""
_known: WeakKeyDictionary[Project, _Beginnings] = WeakKeyDictionary()


def files(
    path: str, project: Project, targets: Sequence[str], is_script: bool = False
) -> Iterator[str]:
    """Yield the files of a project that processes may begin with, a bounded number.

    Those come first that name a module, then those that name its package, which may hand on what
    it has, and of these the nearest. A file is looked at when its turn comes: who asks seldom
    needs all.

    :param path: the file of that module.
    :param targets: the entry points that the project declares.
    :param is_script: whether the module is there to be run: only who names it leads there.
    """
    if project not in _known:
        _known[project] = _Beginnings(project, targets)
    beginnings = _known[project]
    folder, name = os.path.split(path)
    stem = name.removesuffix(".py")
    package = os.path.basename(folder)
    wanted = package if stem == "__init__" else stem
    found = beginnings.nearest(wanted, package, path, is_script)
    return itertools.islice(found, _MAX_LEADING)


class _Beginnings:
    """The files of a project that processes may begin with, and their texts.

    :param targets: the entry points that the project declares.
    """

    def __init__(self, project: Project, targets: Sequence[str]) -> None:
        self._targets = targets
        self._texts: dict[str, str] = {}
        self._waiting: set[str] = set()
        size = 0
        for path in project.everything(_MAX_FILES):
            if place.is_aside(path, project.top) and not metadata.names(path, targets):
                continue
            text = opened.read_source(path)
            if text is None or not (path.endswith(".py") or "python" in text.partition("\n")[0]):
                continue
            self._texts[path] = text
            self._waiting.add(path)
            size += len(text)
            if size > _MAX_WAITING:
                self._begins(path)

    def nearest(self, wanted: str, second: str, path: str, must_name: bool) -> Iterator[str]:
        """Yield the files, those first that have a word, and of these the nearest.

        :param wanted: the word.
        :param second: that of those which come next.
        :param path: the file from which others are near or far.
        :param must_name: whether the others are left out.
        """
        near: dict[str, int] = {}
        ordered: list[tuple[bool, bool, int, str]] = []
        for other, text in self._texts.items():
            folder = os.path.dirname(other)
            if folder not in near:
                near[folder] = len(os.path.commonpath((path, folder)))
            is_named = wanted in text
            if other != path and (is_named or not must_name):
                ordered.append((not is_named, second not in text, -near[folder], other))
        return (other for *_, other in sorted(ordered) if self._begins(other))

    def _begins(self, path: str) -> bool:
        """Tell whether a process may begin with a file."""
        text = self._texts.get(path)
        if text is None or path not in self._waiting:
            return text is not None
        self._waiting.discard(path)
        if (
            metadata.names(path, self._targets)
            or words.is_made_ready(text)
            or words.may_launch(text, path)
            or place.is_gateway(path, text)
            or starts.starts_own(text, path)
            or served.is_by_text(text)
        ):
            return True
        del self._texts[path]
        return False

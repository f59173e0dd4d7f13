"""Decides from a file's text and place alone whether it is worth reading.

This runs on every file that flake8 checks; nothing of the rest is imported before it lets one by.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from flake8_launcher.gate import metadata, place, served, starts, words
from flake8_launcher.gate.targets import Target, Targets
from flake8_launcher.gate.words import Subject

__all__ = ["Admission", "Gate", "Subject"]


class Admission(NamedTuple):
    """What the gate has found out about a file that it lets by.

    :ivar path: its absolute path.
    :ivar declared: the scripts that its project declares.
    :ivar entry_points: the entry functions that the user names.
    :ivar subjects: what there may be something to say about.
    :ivar served: what a server that loads the file runs of it: functions, and its top level
        (the empty name); none where none loads it.
    :ivar told: what the project tells servers to load of such a file.
    :ivar processes: what the project tells servers to load of any file, for one that may have to
        do something while a process imports it.
    """

    path: str
    declared: metadata.Declared
    entry_points: Sequence[str]
    subjects: frozenset[Subject]
    served: frozenset[str] = frozenset()
    told: tuple[Target, ...] = ()
    processes: tuple[Target, ...] = ()


_AT_IMPORT = frozenset({Subject.IMPORTED, Subject.OPTION, Subject.ORDER})
"""What a module may do while a process imports it."""


class Gate:
    """Lets files by during one run of flake8: what a folder's project declares is read once.

    :param entry_points: more entry functions, in the form ``package.module:function``.
    """

    def __init__(self, entry_points: Sequence[str] = ()) -> None:
        self._entry_points = entry_points
        self._declared: dict[str, metadata.Declared] = {}
        self._targets = Targets()

    def admit(self, text: str, filename: str) -> Admission | None:
        """Let a file by that some rule may have something to say about; none for any other.

        :param text: its text.
        :param filename: its path, absolute or relative to the current folder; it need not exist.
        """
        path = os.path.abspath(filename)
        declared = self._declared_for(path)
        is_named = metadata.names(path, *declared.values())
        is_entry = is_named or metadata.names(path, self._entry_points)
        loaded: frozenset[str] = frozenset()
        if not is_entry and not words.begins(text, path) and place.is_surely_test(path):
            # two of three files of a large project are tests, and start nothing
            subjects = set[Subject]()
        else:
            subjects = set(words.subjects(text, filename))
            if Subject.LAUNCH not in subjects and starts.starts_own(text, path):
                subjects.add(Subject.LAUNCH)
            loaded = served.entries(path, text, self._targets)
            if loaded:
                subjects |= {Subject.LAUNCH, Subject.ORDER}
        if is_entry:
            subjects.add(Subject.LAUNCH)
        if place.is_gateway(path, text):
            subjects |= {Subject.LAUNCH, Subject.PATCH}
        if is_named or metadata.may_lack(path, *declared.values()):
            subjects.add(Subject.SCRIPTS)
        if not subjects:
            return None
        told = tuple(self._targets.of(path)) if loaded else ()
        processes = () if subjects.isdisjoint(_AT_IMPORT) else self._targets.loaded(path)
        return Admission(
            path, declared, self._entry_points, frozenset(subjects), loaded, told, processes
        )

    def admit_anyway(self, filename: str) -> Admission:
        """Let a file by, as one that may start something, whatever its text tells."""
        path = os.path.abspath(filename)
        subjects = frozenset({Subject.LAUNCH})
        return Admission(path, self._declared_for(path), self._entry_points, subjects)

    def _declared_for(self, path: str) -> metadata.Declared:
        folder = os.path.dirname(path)
        if folder not in self._declared:
            self._declared[folder] = metadata.declared_for(path)
        return self._declared[folder]

"""Decides from a file's text and place alone whether it is worth reading.

This runs on every file that flake8 checks; nothing of the rest is imported before it lets one by.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from flake8_launcher.gate import metadata, place, words
from flake8_launcher.gate.words import Subject

__all__ = ["Admission", "Subject", "admit"]


class Admission(NamedTuple):
    """What the gate has found out about a file that it lets by.

    :ivar path: its absolute path.
    :ivar declared: the scripts that its project declares.
    :ivar entry_points: the entry functions that the user names.
    :ivar subjects: what there may be something to say about.
    """

    path: str
    declared: metadata.Declared
    entry_points: Sequence[str]
    subjects: frozenset[Subject]


def admit(text: str, filename: str, entry_points: Sequence[str] = ()) -> Admission | None:
    """Let a file by that some rule may have something to say about; none for any other.

    :param text: its text.
    :param filename: its path, absolute or relative to the current folder; it need not exist.
    :param entry_points: more entry functions, in the form ``package.module:function``.
    """
    path = os.path.abspath(filename)
    declared = metadata.declared_for(path)
    is_named = metadata.names(path, *declared.values())
    is_entry = is_named or metadata.names(path, entry_points)
    if not is_entry and not words.begins(text, path) and place.is_surely_test(path):
        # two of three files of a large project are tests, and start nothing
        subjects = {Subject.IMPORT} if words.may_import(text) else set()
    else:
        subjects = set(words.subjects(text, filename))
    if is_entry:
        subjects.add(Subject.LAUNCH)
    if place.is_gateway(path, text):
        subjects |= {Subject.LAUNCH, Subject.PATCH}
    if is_named or metadata.may_lack(path, *declared.values()):
        subjects.add(Subject.SCRIPTS)
    if not subjects:
        return None
    return Admission(path, declared, entry_points, frozenset(subjects))

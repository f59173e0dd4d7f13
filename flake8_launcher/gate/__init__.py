"""Decides from a file's text and place alone whether it is worth reading.

This runs on every file that flake8 checks; nothing of the rest is imported before it lets one by.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from flake8_launcher.gate import metadata, place, words


class Admission(NamedTuple):
    """What the gate has found out about a file that it lets by.

    :ivar path: its absolute path.
    :ivar declared: the scripts that its project declares.
    :ivar entry_points: the entry functions that the user names.
    :ivar launches: whether it may start a service, or patch what services use; any other file
        is read for what it takes away, imports by name or declares alone.
    :ivar reads: whether it may read options of oslo.config.
    :ivar only_reads: whether nothing else about it is worth reading.
    """

    path: str
    declared: metadata.Declared
    entry_points: Sequence[str]
    launches: bool
    reads: bool = False
    only_reads: bool = False


def admit(text: str, filename: str, entry_points: Sequence[str] = ()) -> Admission | None:
    """Let a file by that some rule may have something to say about; none for any other.

    :param text: its text.
    :param filename: its path, absolute or relative to the current folder; it need not exist.
    :param entry_points: more entry functions, in the form ``package.module:function``.
    """
    path = os.path.abspath(filename)
    declared = metadata.declared_for(path)
    launches = (
        metadata.names(path, entry_points, *declared.values())
        or words.may_launch(text, filename)
        or place.is_gateway(path, text)
    )
    reads = words.may_read_options(text)
    more = (
        launches
        or metadata.may_lack(path, *declared.values())
        or words.may_weaken(text)
        or words.may_import(text)
        or words.may_reflect(text)
        or words.may_extend_path(text)
        or words.may_declare_secret(text)
    )
    if reads or more:
        return Admission(path, declared, entry_points, launches, reads, not more)
    return None

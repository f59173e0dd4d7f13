"""What is to be reported on: a file, or all that a folder holds."""

from __future__ import annotations

import ast
import os
import sys
import warnings
from collections.abc import Callable, Iterable
from dataclasses import replace

from flake8_launcher import files
from flake8_launcher.causes import Causes
from flake8_launcher.gate import Admission, Gate, Subject, metadata
from flake8_launcher.launch import Folders, Launcher, Part
from flake8_launcher.options import Options
from flake8_launcher.report.build import looked_at, report
from flake8_launcher.report.model import Overview, Report
from flake8_launcher.report.review import Accepted, Review

_BUILD = "setup.py"
"""What builds a distribution, and starts nothing else."""

Accepting = Callable[[str, str], Accepted]
"""Gives what tells by what the findings of a file are accepted, from its name and text."""


class Unreadable(Exception):
    """A file is not there, or is no Python: the text says why."""


class Project:
    """Reports on files of one project.

    :param options: the user's options.
    :param accepting: gives what tells by what findings are accepted.
    """

    def __init__(self, options: Options, accepting: Accepting) -> None:
        self._options = options
        self._accepting = accepting
        self._gate = Gate(options.entry_points)
        self._folders = Folders()
        self._review = Review(Causes(self._gate, self._folders, options))

    def file(self, name: str, entry: str | None = None, everything: bool = False) -> Report:
        """Return the report of one file.

        :param name: its path, as it is shown.
        :param entry: the entry function that is wanted; none for all.
        :param everything: whether calls that play no part in a start are shown, too.
        :raises Unreadable: when it cannot be read or is no Python.
        """
        text = _text(name)
        launcher = self._launcher(name, text)
        if launcher is None:
            return Report(name, "", (), self._looked_at(name, text), ())
        told = self._report(launcher, name, text, entry, everything)
        if Subject.LAUNCH in launcher.subjects:
            return told
        return replace(told, note=self._looked_at(name, text))

    def overview(self, folder: str, names: Iterable[str], brief: bool = False) -> Overview:
        """Return the report of a folder.

        :param names: the files in it.
        :param brief: whether the steps of the starts are not shown.
        """
        reports: list[Report] = []
        others: list[Report] = []
        faults: list[tuple[str, str]] = []
        for name in sorted(map(os.path.normpath, names)):
            if os.path.basename(name) == _BUILD:
                continue
            try:
                text = _text(name)
                admission = self._gate.admit(text, name)
                if admission is None or Subject.LAUNCH not in admission.subjects:
                    continue
                launcher = self._admitted(text, admission)
                if launcher.launches:
                    reports.append(self._report(launcher, name, text, thorough=not brief))
                elif (
                    launcher.not_serving
                    and launcher.part is Part.START
                    and not launcher.standing.is_aside
                ):
                    others.append(Report(name, launcher.module, (), looked_at(launcher), ()))
            except Unreadable as error:
                faults.append((name, str(error)))
        return Overview(folder, tuple(reports), tuple(others), tuple(faults))

    def module(self, name: str, folder: str) -> str | None:
        """Return the file of a module of the project in a folder, if it is there."""
        path = self._folders.project(folder).path(name)
        return os.path.relpath(path, folder) if path else None

    def script(self, name: str, folder: str) -> tuple[str, str] | None:
        """Return the file and the function of a script that the project in a folder declares."""
        target = metadata.target_of(os.path.join(folder, "setup.py"), name)
        module, _, function = (target or "").partition(":")
        path = self.module(module, folder) if module else None
        return (path, function) if path else None

    def _report(
        self,
        launcher: Launcher,
        name: str,
        text: str,
        entry: str | None = None,
        everything: bool = False,
        thorough: bool = True,
    ) -> Report:
        found = self._review.found(launcher, self._accepting(name, text))
        return report(launcher, name, found, self._review.silent, entry, everything, thorough)

    def _looked_at(self, name: str, text: str) -> str:
        """Return where the paths of a file end, of which nothing tells that it starts anything."""
        launcher = self._admitted(text, self._gate.admit_anyway(name))
        return looked_at(None if launcher.launches else launcher)

    def _launcher(self, name: str, text: str) -> Launcher | None:
        """Return what is asked about a file; none where the gate holds it back.

        :raises Unreadable: when it does not parse.
        """
        admission = self._gate.admit(text, name)
        if admission is None:
            _parsed(text)
            return None
        return self._admitted(text, admission)

    def _admitted(self, text: str, admission: Admission) -> Launcher:
        return Launcher(_parsed(text), text, admission, self._options.python, self._folders)


def _text(name: str) -> str:
    """Return the text of a file.

    :raises Unreadable: when it cannot be read.
    """
    text = files.read_source(name)
    if text is not None:
        return text
    try:
        os.stat(name)
    except FileNotFoundError as error:
        raise Unreadable("there is no such file, folder, module or console script") from error
    except OSError as error:
        raise Unreadable(error.strerror or "cannot be read") from error
    if files.state_of(name) is None:
        raise Unreadable(f"not a regular file of at most {files.MAX_BYTES // 1_000_000} MB")
    raise Unreadable("cannot be read or decoded")


def _parsed(text: str) -> ast.Module:
    """Return the syntax tree of a text.

    :raises Unreadable: when it has none.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        version = ".".join(map(str, sys.version_info[:2]))
        where = f"line {error.lineno}, " * bool(error.lineno)
        raise Unreadable(f"{error.msg} ({where}read as Python {version})") from error
    except ValueError as error:
        raise Unreadable(str(error)) from error
    except (MemoryError, RecursionError) as error:
        raise Unreadable("nested more deeply than Python can parse") from error

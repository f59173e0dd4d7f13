"""What the files of a project say that configure logging."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice

from flake8_launcher import files
from flake8_launcher.imports.reader import summarize
from flake8_launcher.imports.summary import Called
from flake8_launcher.knowledge import order
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading.loading import module_in
from flake8_launcher.semantic.reading.project import Folders

_KINDS = (".cfg", ".conf", ".ini", ".template", ".tmpl")
"""What is in the names of such files."""
_LOGGERS = "[loggers]"
_NAME = deferred(r"^[ \t]*qualname[ \t]*[=:][ \t]*([\w.]+)")
_MAX_FOLDERS = 200
_MAX_FILES = 100
_SKIPPED = frozenset({"node_modules", "site-packages", "tests", "venv"})
_OF_MIGRATIONS, _RUNS = "env.py", "run_migrations("
"""What Alembic calls the file that runs migrations, and what that calls."""


def loggers_in(top: str, folders: Folders) -> Iterator[str]:
    """Yield the loggers that files for ``fileConfig`` name, those of templates among them.

    :param top: the folder of the project.
    """
    paths = (path for path in _files(top, folders) if any(kind in _last(path) for kind in _KINDS))
    for path in islice(paths, _MAX_FILES):
        text = files.read_text(path) or ""
        for line in text.split("\n") if _LOGGERS in text else ():
            if found := _NAME.match(line):
                yield found[1]


def silencing_migrations(top: str, folders: Folders) -> str | None:
    """Return the file of a project's migrations that disables the loggers which are there.

    :param top: the folder of the project.
    :returns: its path from there; none where some of several such files does not.
    """
    paths = [path for path in _files(top, folders) if _last(path) == _OF_MIGRATIONS]
    running = [path for path in paths if _RUNS in (files.read_text(path) or "")]
    if running and all(map(_disables, running)):
        return os.path.relpath(running[0], top)
    return None


def _disables(path: str) -> bool:
    """Tell whether a file surely disables loggers when it runs."""
    state = files.state_of(path)
    if state is None:
        return False
    return any(
        isinstance(event, Called)
        and event.name == order.FILE_CONFIG
        and not event.perhaps
        and dict(event.keywords).get(order.DISABLES, True) is True
        for event in summarize(module_in(_last(path), path, state)).events
    )


def _files(top: str, folders: Folders) -> Iterator[str]:
    """Yield the files of a project, those of its upper folders first."""
    pending = [top]
    for folder in pending:
        for name in sorted(folders.names(folder)):
            path = os.path.join(folder, name)
            if "." in name:
                yield path
            elif name not in _SKIPPED and len(pending) < _MAX_FOLDERS and os.path.isdir(path):
                pending.append(path)


def _last(path: str) -> str:
    return path.rpartition(os.sep)[2]

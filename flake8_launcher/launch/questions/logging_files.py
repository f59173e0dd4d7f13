"""What the files of a project that configure logging name."""

from __future__ import annotations

import os
from collections.abc import Iterator

from flake8_launcher import files
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading.project import Folders

_KINDS = (".cfg", ".conf", ".ini", ".template", ".tmpl")
"""What is in the names of such files."""
_LOGGERS = "[loggers]"
_NAME = deferred(r"^[ \t]*qualname[ \t]*[=:][ \t]*([\w.]+)")
_MAX_FOLDERS = 200
_MAX_FILES = 100
_SKIPPED = frozenset({"node_modules", "site-packages", "venv"})


def loggers_in(top: str, folders: Folders) -> Iterator[str]:
    """Yield the loggers that files for ``fileConfig`` name, those of templates among them.

    :param top: the folder of the project.
    """
    pending, left = [top], _MAX_FILES
    for folder in pending:
        for name in sorted(folders.names(folder)):
            path = os.path.join(folder, name)
            if "." not in name:
                if name not in _SKIPPED and len(pending) < _MAX_FOLDERS and os.path.isdir(path):
                    pending.append(path)
            elif left and any(kind in name for kind in _KINDS):
                left -= 1
                text = files.read_text(path) or ""
                for line in text.split("\n") if _LOGGERS in text else ():
                    if found := _NAME.match(line):
                        yield found[1]

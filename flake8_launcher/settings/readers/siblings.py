"""Settings modules beside one that take all of it over, and set some of it again."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from flake8_launcher import files
from flake8_launcher.knowledge import settings
from flake8_launcher.settings.readers.names import Names

_MAX_FILES = 40


def is_overridden(name: str, names: Names) -> bool:
    """Tell whether each module that a service runs with sets a name of its base again.

    :param names: those of the base, of which others take all (``from .base import *``).
    """
    again = re.compile(rf"^[ \t]*{re.escape(name)}\b[^=\n]*=", re.MULTILINE)
    texts = list(_derived(names))
    return bool(texts) and all(again.search(text) for text in texts)


def _derived(names: Names) -> Iterator[str]:
    """Yield the texts of the modules in the same folder that take all names of a module."""
    folder, file = os.path.split(names.module.path)
    stem = file.removesuffix(".py")
    takes = re.compile(rf"^from [\w.]*\b{re.escape(stem)} import \*", re.MULTILINE)
    for other in sorted(names.find.folders.names(folder))[:_MAX_FILES]:
        if other.endswith(".py") and other not in (file, "__init__.py"):
            if not settings.is_aside(other):
                text = files.read_source(os.path.join(folder, other)) or ""
                if takes.search(text):
                    yield text

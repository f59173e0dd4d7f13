"""Whether other modules of a project import one, as their texts tell."""

from __future__ import annotations

import os
import re

from flake8_launcher import files
from flake8_launcher.gate import place
from flake8_launcher.semantic.reading.project import Project

_MAX_FILES = 1_000


def is_imported(path: str, project: Project) -> bool:
    """Tell whether a module of a project, no test, imports another one.

    :param path: the file of that other one.
    :param project: the project.
    """
    folder, name = os.path.split(path)
    module = re.escape(name.removesuffix(".py"))
    package = re.escape(os.path.basename(folder))
    line = re.compile(
        rf"^[ \t]*(?:from[ \t]+(?:[\w.]*\b{package})?\.{module}[ \t]+import\b"
        rf"|from[ \t]+(?:[\w.]*\b{package}|\.)[ \t]+import[ \t][^\n]*\b{module}\b"
        rf"|import[ \t]+[\w.]*\b{package}\.{module}\b)",
        re.MULTILINE,
    )
    for other in project.everything(_MAX_FILES):
        if other != path and not place.is_test(other, project.top):
            text = files.read_source(other)
            if text is not None and line.search(text):
                return True
    return False

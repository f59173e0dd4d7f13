"""Which other module of a project imports one, as their texts tell."""

from __future__ import annotations

import os
import re

from flake8_launcher import files
from flake8_launcher.gate import place
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading.kept import Kept
from flake8_launcher.semantic.reading.loading import module_in
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.reading.project import Project

_MAX_FILES = 1_000
_MAX_LENGTH = 2_000
_MAX_KEPT = 20_000
_NAME = deferred(r"\w+")
_IMPORT = deferred(r"^[ \t]*(?:from|import)[ \t][^\n]*", re.MULTILINE)


def importer(path: str, project: Project, function: str = "") -> str:
    """Return the file of a module of a project, no test, that imports another one.

    It is empty where there is none.

    :param path: the file of that other one.
    :param project: the project.
    :param function: a function of that one which nobody may take of it.
    """
    folder, name = os.path.split(path)
    module = re.escape(name.removesuffix(".py"))
    package = re.escape(os.path.basename(folder))
    inside = (
        rf"from[ \t]+(?:[\w.]*\b{package}|\.*)\.{module}[ \t]+import\b"
        rf"|from[ \t]+(?:[\w.]*\b{package}|\.)[ \t]+import[ \t][^\n]*\b{module}\b"
        rf"|import[ \t]+[\w.]*\b{package}\.{module}\b"
    )
    beside = rf"from[ \t]+{module}[ \t]+import\b|import[ \t]+{module}\b"
    lines = re.compile(rf"^[ \t]*(?:{inside})", re.MULTILINE)
    lines_beside = re.compile(rf"^[ \t]*(?:{inside}|{beside})", re.MULTILINE)
    takes = re.compile(rf"\b{module}\.{re.escape(function)}\b")
    found = ""
    for other in project.everything(_MAX_FILES):
        state = files.state_of(other) if other != path else None
        if state is None:
            continue
        pattern = lines_beside if os.path.dirname(other) == folder else lines
        imports = _imports(module_in("", other, state))
        if pattern.search(imports) is None or place.is_test(other, project.top):
            continue
        if not function:
            return other
        text = files.read_source(other) or ""
        bringing = [*pattern.finditer(text)]
        # what brings something of the module leaves the module's own name to others
        of_it = [line for line in bringing if line[0].endswith("import")]
        if any(function in _names(text, line.end()) for line in of_it):
            return ""
        if len(of_it) < len(bringing) and takes.search(text):
            return ""
        found = found or other
    return found


def _importing(module: Module) -> str:
    """Return the lines of a module that import something, as many as may be kept."""
    return "\n".join(_IMPORT.findall(module.text))[:_MAX_KEPT]


_imports = Kept(_importing)


def _names(text: str, start: int) -> list[str]:
    """Return the names that an import brings, from where they begin.

    :param start: the end of the word ``import``.
    """
    line = text[start : start + _MAX_LENGTH]
    is_long = line.lstrip(" \t").startswith("(")
    return _NAME.findall(line.partition(")" if is_long else "\n")[0])

"""What sets a setting again where a service runs: a condition on the mode, or the settings modules
beside one that take all of it over.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from functools import cached_property

from flake8_launcher import files
from flake8_launcher.knowledge import settings
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.settings.readers.names import Names
from flake8_launcher.settings.readers.walk import asks_mode

_MAX_FILES = 40
_SIMPLE = (ast.Attribute, ast.Name)
"""Conditions that mostly hold where somebody develops: ``DEBUG``."""
_SETS = deferred(
    r"^[ \t]*(\w{1,100})(?:\[[\"']\w{1,60}[\"']\])?"
    r"(?:\[[\"']\w{0,60}(?:KEY|PASS|PWD|SECRET|TOKEN|key|pass|secret|token)\w{0,20}[\"']\])?"
    r"[ \t]*(?::[^=\n]{0,80})?=(?!=)",
    re.MULTILINE,
)
"""A variable that is set, or of which the secret is."""
_TAKES_OVER = deferred(
    r"^[ \t]*(?:vars|globals|locals)\(\)(?:\.update\(|\[(?![\"'])[^\n]{1,80}\][ \t]*=(?!=))",
    re.MULTILINE,
)
"""What sets variables that a file or the environment names."""
_OF_NO_SERVICE = deferred(r"(?:collect_?)?static(?:_?files)?\.py", re.IGNORECASE)
"""Files of settings with which a build collects what servers send as it is."""


class Siblings:
    """The modules that take all names of a base (``from .base import *``).

    :param names: those of the base.
    """

    def __init__(self, names: Names) -> None:
        self._names = names

    def override(self, line: int) -> bool:
        """Tell whether what the base sets is set again, by itself where it does not develop, or by
        each module that a service runs with.

        :param line: a line of the assignment in the base.
        """
        _, name = self._names.set_by(line)
        if not name:
            return False
        if name in self._for_modes:
            return True
        return bool(self._set) and all(some is None or name in some for some in self._set)

    @cached_property
    def _for_modes(self) -> frozenset[str]:
        """The variables that a condition on the mode sets, to what is no literal."""
        return frozenset(
            target.id
            for node in self._names.module.tree.body
            if isinstance(node, ast.If) and asks_mode(node.test)
            for part in (node.orelse if isinstance(node.test, _SIMPLE) else [node])
            for one in ast.walk(part)
            if isinstance(one, ast.Assign) and self._names.literal(one.value) is ...
            for target in one.targets
            if isinstance(target, ast.Name)
        )

    @cached_property
    def _set(self) -> list[frozenset[str] | None]:
        """The variables that each module sets which takes all names of the base.

        None where a file or the environment names them.
        """
        return [
            None if _TAKES_OVER.search(text) else frozenset(_SETS.findall(text))
            for text in _derived(self._names)
        ]


def _derived(names: Names) -> Iterator[str]:
    folder, file = os.path.split(names.module.path)
    stem = file.removesuffix(".py")
    takes = re.compile(rf"^from [\w.]*\b{re.escape(stem)} import \*", re.MULTILINE)
    for other in sorted(names.find.folders.names(folder))[:_MAX_FILES]:
        if other.endswith(".py") and other != file:
            if not (settings.is_aside(other) or _OF_NO_SERVICE.fullmatch(other)):
                text = files.read_source(os.path.join(folder, other)) or ""
                if takes.search(text):
                    yield text

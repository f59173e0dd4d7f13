"""Finds the modules of a project by their names.

What is not found here is outside the project and stays a symbol.
"""

from __future__ import annotations

import os
import sys
from functools import cached_property

from flake8_launcher.knowledge.frameworks import PACKAGES
from flake8_launcher.semantic.reading.loading import load
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.reading.project import Folders
from flake8_launcher.semantic.reading.search_paths import added_folders

_MAX_NAMES = 2_000


class Finder:
    """The modules of the project that holds one file.

    :ivar project: the project.
    :param checked: the file's own module, whose text may differ from the disk.
    :param folders: gives the names in folders, as they are for all files that are checked.
    """

    def __init__(self, checked: Module, folders: Folders | None = None) -> None:
        self._checked = checked
        self._found: dict[str, Module | None] = {}
        if checked.path.endswith(".py"):
            self._found[checked.name] = checked
        base = os.path.dirname(checked.path)
        for _ in range(checked.package.count(".") + bool(checked.package)):
            base = os.path.dirname(base)
        self.folders = folders or Folders()
        self.project = self.folders.project(base)
        self._alone = checked.name if self._found and not checked.package else ""
        # a file that is run finds the modules beside it, though its folder is a package, too
        self._beside = os.path.dirname(checked.path) if _is_run(checked) else ""

    def __call__(self, name: str) -> Module | None:
        """Return the module of a qualified name, or none when the project has no such file."""
        if name not in self._found:
            if len(self._found) > _MAX_NAMES:
                return None
            path = self.project.path(name) or self._sibling(name) or self._added(name)
            self._found[name] = load(name, path) if path else None
        return self._found[name]

    def _sibling(self, name: str) -> str | None:
        """Return the file of a module beside a file that is run, unless it may be another."""
        root = name.partition(".")[0]
        if not self._beside or root in sys.stdlib_module_names or root in PACKAGES:
            return None
        return self.folders.find(self._beside, name)

    def _added(self, name: str) -> str | None:
        """Return the file of a module in a folder that the checked module adds to the path."""
        root = name.partition(".")[0]
        if root in sys.stdlib_module_names or root in PACKAGES:
            return None
        found = (self.folders.find(folder, name) for folder in self._search_path)
        return next(filter(None, found), None)

    @property
    def adds_folders(self) -> bool:
        """Whether the checked module finds what others of its project do not."""
        return bool(self._beside or self._search_path)

    @cached_property
    def _search_path(self) -> list[str]:
        """The folders of the project that the checked module adds to the search path."""
        top = os.path.join(self.project.top, "")
        return [one for one in added_folders(self._checked) if one.startswith(top)]

    def lacks(self, name: str) -> bool:
        """Tell whether a name surely names no module, in a package of the project."""
        return self.project.lacks(name, self._alone)


def _is_run(checked: Module) -> bool:
    """Tell whether a module of a package may be run by its path, too."""
    is_file = os.path.basename(checked.path) not in ("__init__.py", "__main__.py")
    return bool(checked.package) and is_file and "__main__" in checked.text

"""Where the summaries of modules come from: the project, its environment, and a shipped table."""

from __future__ import annotations

import enum
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from flake8_launcher.files import state_of
from flake8_launcher.imports import environment
from flake8_launcher.imports.reader import summarize
from flake8_launcher.imports.summary import Summary, from_json
from flake8_launcher.knowledge import early_bindings
from flake8_launcher.knowledge.replaced import PATCHING_PACKAGES
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.kept import Kept
from flake8_launcher.semantic.reading.loading import module_in
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.reading.project import Folders


def _read_apart(module: Module) -> Summary:
    """Return the summary of a module; of one on disk the whole tree is needed only for that."""
    return summarize(replace(module) if module.state is not None else module)


_summary = Kept(_read_apart)


class Origin(enum.Enum):
    """Where a summary comes from."""

    PROJECT = "the project"
    ENVIRONMENT = "the project's environment"
    TABLE = "the shipped table"


class Found(NamedTuple):
    """A module that is known.

    :ivar summary: what it does when it is imported.
    :ivar origin: where that was learnt.
    """

    summary: Summary
    origin: Origin


class Sources:
    """The modules that a project may import; source that is there goes before the table.

    :param project: gives the modules of the project.
    :param site_packages: the folders of the project's environment.
    :param folders: gives the names in folders.
    :ivar imported: the modules that imports have been found to ask for, by what they name and by
        the module that they stand in.
    """

    def __init__(
        self,
        project: Callable[[str], Module | None],
        site_packages: Sequence[str] = (),
        folders: Folders | None = None,
    ) -> None:
        self._project = project
        self._site_packages = site_packages
        self._folders = folders or Folders()
        self._installed_packages: frozenset[str] | None = None
        self._found: dict[str, Found | None] = {}
        self.imported: dict[tuple[str, str | None, str | None], tuple[tuple[str, Found], ...]] = {}

    def add(self, name: str, module: Module) -> None:
        """Let a module be found under a name."""
        self._found[name] = Found(_summary(module), Origin.PROJECT)

    def find(self, name: str, importer: Found | None = None) -> Found | None:
        """Return a module, or none for the standard library's and those that are not known.

        :param importer: the module that imports it, where that is not the checked file.
        """
        if name not in self._found:
            self._found[name] = self._find(name)
        found = self._found[name]
        if found and found.origin is Origin.TABLE and not _is_listed(name, importer):
            return None
        return found

    def is_there(self, package: str, importer: Found | None = None) -> bool:
        """Tell whether a top-level package can be imported, as far as is known.

        :param importer: the module that imports it, where that is not the checked file.
        """
        if package in sys.stdlib_module_names or self._is_installed(package):
            return True
        return self._project(package) is not None or _is_listed(package, importer)

    def lacks(self, name: str) -> bool:
        """Tell whether a package of the environment surely does not have a module.

        :param name: qualified name of the module.
        """
        package = name.partition(".")[0]
        if package in sys.stdlib_module_names or not self._is_installed(package):
            return False
        if not all(part.isidentifier() for part in name.split(".")):
            return False
        holding = [
            folder
            for folder in self._site_packages
            if any(one.partition(".")[0] == package for one in self._folders.names(folder))
        ]
        return all(self._folders.lack(folder, name) for folder in holding)

    def _find(self, name: str) -> Found | None:
        package = name.partition(".")[0]
        if package in sys.stdlib_module_names or package in PATCHING_PACKAGES:
            return None
        module = self._project(name)
        if module is not None:
            return Found(_summary(module), Origin.PROJECT)
        if self._is_installed(package):
            return self._installed(name)
        summary = from_json(name, early_bindings.modules_of(package).get(name))
        return Found(summary, Origin.TABLE) if summary else None

    def _is_installed(self, package: str) -> bool:
        if self._installed_packages is None:
            # an extension module has the version in its name
            self._installed_packages = frozenset(
                name.partition(".")[0]
                for folder in self._site_packages
                for name in self._folders.names(folder)
            )
        return package in self._installed_packages

    def _installed(self, name: str) -> Found | None:
        for folder in self._site_packages:
            path = self._folders.find(folder, name)
            state = state_of(path) if path else None
            if path and state:
                return Found(_summary(module_in(name, path, state)), Origin.ENVIRONMENT)
        return None


def _is_listed(name: str, importer: Found | None) -> bool:
    """Tell whether the table has a module's package, and it is there where its importer is.

    What is installed does not import what is not, and what is in the table only what it requires.
    """
    package = name.partition(".")[0]
    if package not in early_bindings.packages():
        return False
    if importer is None or importer.origin is Origin.PROJECT:
        return True
    importing = importer.summary.module.partition(".")[0]
    return importer.origin is Origin.TABLE and package in early_bindings.required_by(importing)


def sources_for(finder: Finder, pythons: Iterable[str] = ()) -> Sources:
    """Return what a project may import.

    :param finder: gives the modules of the project.
    :param pythons: the paths of interpreters or environments that the user names.
    """
    active = os.environ.get("VIRTUAL_ENV", "")
    folders = [
        folder
        for python in tuple(pythons) or ("",)
        for folder in environment.site_packages(python, finder.project.top, active, finder.folders)
    ]
    return Sources(finder, folders, finder.folders)

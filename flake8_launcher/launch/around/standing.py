"""What a module is for, as its place in the project, its text and the metadata tell."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cached_property

from flake8_launcher import files
from flake8_launcher.gate import Admission, metadata, place, words
from flake8_launcher.launch.beginnings import leading
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.modules import Module

_MAX_REQUIREMENTS = 64_000
"""Size of a file above which it asks for nothing."""


class Standing:
    """Where a module stands in its project.

    :param module: the module.
    :param finder: finds the modules of the project.
    :param admission: what the gate knows of the module's file.
    """

    def __init__(self, module: Module, finder: Finder, admission: Admission) -> None:
        self._module = module
        self._path = module.path
        self._finder = finder
        self._admission = admission

    @property
    def _top(self) -> str:
        return self._finder.project.top

    @cached_property
    def targets(self) -> list[str]:
        """What the scripts of the project name, in the form ``package.module:function``."""
        return sorted({target for group in self._admission.declared.values() for target in group})

    @cached_property
    def is_test(self) -> bool:
        """Whether the module is a test."""
        return place.is_test(self._path, self._top)

    @cached_property
    def is_aside(self) -> bool:
        """Whether the file is no part of the program, as its folder tells.

        It documents the program, or is a tool, an example or a copy.
        """
        return (
            self._is_copy
            or place.is_aside(self._path, self._top)
            or place.is_no_service(self._path, self._top)
        )

    @property
    def is_apart(self) -> bool:
        """Whether the file is a test, or no part of the program."""
        return self.is_test or self.is_aside

    @cached_property
    def is_no_service(self) -> bool:
        """Whether the file is a test, shows how something is used or is a copy, undeclared."""
        is_aside = self._is_copy or self.is_test
        if not is_aside and not place.is_no_service(self._path, self._top):
            return False
        groups = (*self._admission.declared.values(), self._admission.entry_points)
        return not metadata.names(self._path, *groups)

    @cached_property
    def _is_copy(self) -> bool:
        return place.is_copy(self._path, self._module.text)

    @cached_property
    def is_importable(self) -> bool:
        """Whether the module is there to be imported: part of a package, and no script."""
        is_module = place.is_importable(self._path, self._module.package, self._module.text)
        return is_module and not self.is_test

    @property
    def is_of_package(self) -> bool:
        """Whether the module is part of a package, though its first line may be a script's."""
        return place.is_importable(self._path, self._module.package, "") and not self.is_test

    def importer(self, function: str) -> str:
        """Return a file of the project that imports the module, if that is there for others.

        It is not if they take the function that the file begins with, nor if it is named like
        what is started. That costs a look at the texts of all.

        :param function: the function; empty where the block for scripts has it all.
        """
        from flake8_launcher.launch.around.importers import importer

        if self.is_test or not place.is_for_others(self._path, self._module.package, function):
            return ""
        return importer(self._path, self._finder.project, function)

    @property
    def is_run_alone(self) -> bool:
        """Whether the module is there to be run, and not to be imported."""
        return not self.is_importable and words.begins(self._module.text, self._path)

    @property
    def is_main_module(self) -> bool:
        """Whether the file is the ``__main__.py`` of a package."""
        return os.path.basename(self._path) == "__main__.py"

    @property
    def is_of_program(self) -> bool:
        """Whether the module is part of what is installed."""
        return place.is_of_program(self._path, self._module.package, self._module.text)

    @property
    def is_of_python_2(self) -> bool:
        """Whether the project says that it runs with Python 2, and not that it does with 3.

        A module says so with what it imports.
        """
        is_told = place.is_of_python_2(self._module.text)
        return is_told or metadata.is_of_python_2(self._top)

    @cached_property
    def oldest_python(self) -> int:
        """The oldest version of Python 3 that the project runs on; 0 where that is not told."""
        return metadata.oldest_python(self._path)

    def asks_for(self, requirement: re.Pattern[str]) -> bool:
        """Tell whether the project asks for some version of a distribution.

        :param requirement: matches the name with such a version, as a requirement spells it.
        """
        texts = (
            files.read_text(path, _MAX_REQUIREMENTS, "replace")
            for path in self._finder.project.requirements()
        )
        return any(text is not None and requirement.search(text) for text in texts)

    @cached_property
    def starts_process(self) -> bool:
        """Whether a process begins with the module, as its place, text and the metadata tell."""
        return place.starts_process(self._path, self._module.text, self.targets)

    def is_helper(self, name: str) -> bool:
        """Tell whether a module of the project is there for others: no process begins with it."""
        module = self._finder(name)
        return (
            module is not None
            and not words.begins(module.text, module.path)
            and not place.starts_process(module.path, module.text, self.targets)
        )

    def leading(self) -> Iterator[str]:
        """Yield the files that processes of the project may begin with, for this module."""
        return self.leading_to(self._path, self.is_run_alone)

    def leading_to(self, path: str, is_script: bool = False) -> Iterator[str]:
        """Yield the files that processes of the project may begin with.

        Those that name a module come first, and of these the nearest.

        :param path: the file of the module.
        :param is_script: whether it is there to be run: only who names it leads there.
        """
        targets = (*self.targets, *self._admission.entry_points)
        return leading.files(path, self._finder.project, targets, is_script)

    def shown(self, file: str) -> str:
        """Return the path of a file of the project as messages show it."""
        return self._finder.project.relative(file)

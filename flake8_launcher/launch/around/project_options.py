"""The options of oslo.config that a project registers, as one of its modules meets them."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from flake8_launcher.knowledge import root_of
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.modules import Module

if TYPE_CHECKING:
    from flake8_launcher.settings.mentions import Named
    from flake8_launcher.settings.model import Registered
    from flake8_launcher.settings.registry import Registry


class ProjectOptions:
    """What options the modules of a project register.

    What reads them is large, and few launchers ask: it is loaded when one does.

    :param module: the checked module.
    :param finder: finds the others.
    """

    def __init__(self, module: Module, finder: Finder) -> None:
        self._module = module
        self._finder = finder

    @cached_property
    def registry(self) -> Registry:
        """What options each module registers."""
        from flake8_launcher.settings.registry import Registry

        return Registry(self._finder, self._module)

    @cached_property
    def of_command_line(self) -> tuple[Registered, ...]:
        """What is registered where options of the command line are, by what a launch imports."""
        from flake8_launcher.settings import mentions

        modules = mentions.of_command_line(self._module, self._finder)
        return tuple(itertools.chain.from_iterable(map(self.registry.own_options, modules)))

    def unregistered(self, options: set[Named], imported: frozenset[str] | None) -> set[Named]:
        """Return those of some options that surely nothing registers that the launch imports.

        :param imported: the modules that are imported before, beside what top levels import; none
            where any may be.
        """
        from flake8_launcher.settings import mentions

        left, reach = mentions.missing(options, self._module, self._finder, imported)
        # a package beside is a root of the project that is not seen
        if not left or any(map(self._finder.project.is_beside, reach.outside)):
            return set()
        left = {one for one in left if self.registry.lacks(one[1], one[0], reach)}
        if left and reach.loads and imported is None:
            left -= mentions.anywhere(left, self._finder.project.files(self._module.name))
        return left

    def is_late(self, option: Named, imported: frozenset[str], ran: Iterable[str]) -> bool:
        """Tell whether surely nothing that ran has registered an option.

        :param imported: the modules that are imported before, beside what top levels import.
        :param ran: the functions that have run and register something.
        """
        from flake8_launcher.settings import mentions

        group, name = option
        quiet: dict[str, bool] = {}
        for module, found in mentions.imported(self._module, self._finder, imported):
            if found is None:
                root = root_of(module)
                if self._finder(root) is None and self._may_register(root):
                    return False
                continue
            quiet[module] = not mentions.registers(found)
            if mentions.asks(found, option):
                return False
            # in most launches one of these registers it, and the others are not read
            if not quiet[module] and not self.registry.lacks_at_import(name, group, module):
                return False
        return all(
            (not quiet[module] or self.registry.lacks_at_import(name, group, module))
            and self._imports_only(module, quiet)
            for module in quiet
        ) and all(self.registry.lacks_called(name, group, function) for function in ran)

    def _imports_only(self, module: str, others: Container[str]) -> bool:
        """Tell whether a module imports no others of the project, in functions that it calls."""
        found = self.registry.own(module)
        return found is not None and all(
            one in others or self._finder(one) is None for one in found.imports
        )

    def _may_register(self, package: str) -> bool:
        """Tell whether a top-level package that is not the project's may register its options."""
        from flake8_launcher.knowledge import options as known

        if package == "?" or self._finder.project.is_beside(package):
            return True
        return known.is_service(package) or known.may_register(package)

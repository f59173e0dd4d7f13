"""The option registry of a project: what its modules register when they are imported."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator

from flake8_launcher.knowledge import canonical
from flake8_launcher.knowledge import options as known
from flake8_launcher.semantic.budget import Budget
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.settings.mentions import Reach, plain
from flake8_launcher.settings.model import Registered, Registrations
from flake8_launcher.settings.reader import MAX_UNITS, Reader
from flake8_launcher.settings.values import UNKNOWN, Function, Name, Space, Taken, Value

_MAX_MODULES = 1_500
_MAX_LOOKUPS = 24


class Registry:
    """Answers for the modules of one project; a module is read when it is first asked for.

    :param finder: gives the project's modules.
    :param checked: the module of the checked file, which need not be one that can be imported.
    """

    def __init__(self, finder: Finder, checked: Module) -> None:
        self._finder = finder
        self._checked = checked
        self._readers: dict[str, Reader | None] = {}
        self._looking_up: list[tuple[str, str]] = []
        self._budget = Budget(MAX_UNITS)

    def has(self, module: str) -> bool:
        """Tell whether the project has a module."""
        return self._finder(module) is not None

    def is_missing(self, module: str) -> bool:
        """Tell whether a name surely names no module, in a package of the project."""
        return self._finder.lacks(module)

    def own(self, module: str) -> Registrations | None:
        """Return what a module's own top level registers; none for one outside the project."""
        reader = self._reader(module)
        return reader.found if reader else None

    def own_options(self, module: str) -> tuple[Registered, ...]:
        """Return the options that a module's own top level registers, as far as that is known."""
        found = self.own(module)
        return tuple(found.options) if found else ()

    def registered(self, *modules: str) -> Iterator[Registered]:
        """Yield the options that are registered when some modules are imported, in turn."""
        for _, found in self._loaded(*modules):
            yield from found.options if found else ()

    def is_limited(self, module: str, name: str, group: str) -> bool:
        """Tell whether the values of an option that a module imports are limited to choices.

        :param group: its group, empty for ``DEFAULT``.
        """
        return any(
            one.option.limited
            for one in self.registered(module)
            if one.option.name == name and one.group in (group, None)
        )

    def registers(self, module: str, name: str, group: str) -> bool | None:
        """Tell whether an import of a module registers an option, or none where that is unknown.

        :param group: its group, empty for ``DEFAULT``.
        """
        answer: bool | None = False
        for loaded, found in self._loaded(module):
            if found is None:
                if not known.is_known(loaded) or known.is_of_library(name, group):
                    answer = None
            elif found.has(name, group):
                return True
            elif found.unread:
                answer = None
        return answer

    def lacks(self, name: str, group: str, reach: Reach) -> bool:
        """Tell whether surely nothing registers an option of what a launch may import.

        A group that is registered on import gets its options there, and from the project alone
        unless it says so. Any other may be registered later, by what names group and option.

        :param group: its group, empty for ``DEFAULT``.
        """
        if any(map(known.is_service, reach.outside)):
            return False
        is_own = False
        words_of_all: set[str] = set()
        for module, words in reach.registering.items():
            found = self.own(module)
            if found is None or found.has(name, group) or found.unknown_groups:
                return False
            if found.unread and (not group or plain(group) in words):
                return False
            is_own = is_own or bool(group and found.has_group(group))
            words_of_all |= words
        # what is read without a group may be a group
        named = reach.names if group else words_of_all
        is_made = plain(name) in named and (not group or plain(group) in words_of_all)
        if is_own or is_made:
            return is_own
        return not any(map(known.may_register, reach.outside))

    def lacks_at_import(self, name: str, group: str, module: str) -> bool:
        """Tell whether surely the top level of a module itself does not register an option.

        :param group: its group, empty for ``DEFAULT``.
        """
        return _lacks(self.own(module), name, group)

    def lacks_called(self, name: str, group: str, function: str) -> bool:
        """Tell whether surely a call of a function does not register an option.

        :param group: its group, empty for ``DEFAULT``.
        :param function: its qualified name.
        """
        module, _, own = function.rpartition(".")
        reader = self._reader(module) if self.has(module) else None
        code = reader.scope.names.get(own) if reader else None
        if reader is None or not isinstance(code, Function):
            return False
        return _lacks(reader.called(code), name, group)

    def registers_group(self, module: str, group: str) -> bool | None:
        """Tell whether an import of a module registers a group, or none where that is unknown."""
        answer: bool | None = False
        for loaded, found in self._loaded(module):
            if found is None:
                if not known.is_known(loaded) or known.is_group_of_library(group):
                    answer = None
            elif found.has_group(group):
                return True
            elif found.unread or found.unknown_groups:
                answer = None
        return answer

    def _loaded(self, *modules: str) -> Iterator[tuple[str, Registrations | None]]:
        """Yield some modules, each and what it imports before the next, with what they register.

        Of what is outside the project, only the top-level package is told; what cannot be found
        is outside, too.
        """
        seen: set[str] = set()
        later = deque(modules)
        pending: deque[str] = deque()
        while pending or later:
            name = (pending or later).popleft()
            if name in seen:
                continue
            seen.add(name)
            if len(seen) > _MAX_MODULES:
                yield "?", None
                return
            root = name.partition(".")[0]
            reader = None if canonical(name).startswith(known.PACKAGE) else self._reader(name)
            if reader is None:
                if root in sys.stdlib_module_names and not self.has(root):
                    continue
                package = canonical(name).partition(".")[0]
                yield "?" if package == root and self.has(root) else package, None
                continue
            yield name, reader.found
            parent = name.rpartition(".")[0]
            pending.extend([parent] if parent and self.has(parent) else [])
            pending.extend(reader.found.imports)

    def _reader(self, name: str) -> Reader | None:
        if name not in self._readers:
            module = self._checked if name == self._checked.name else self._finder(name)
            reader = Reader(module, self._look_up, self.has, self._budget) if module else None
            # kept before it has run: modules import each other
            self._readers[name] = reader
            if reader:
                reader.run()
        return self._readers[name]

    def _look_up(self, module: str, name: str) -> Value:
        """Return what a name of a module is; all names for a star."""
        whole = f"{module}.{name}"
        if canonical(whole).startswith(known.PACKAGE):
            return Name(canonical(whole))
        if (module, name) in self._looking_up or len(self._looking_up) > _MAX_LOOKUPS:
            return UNKNOWN
        self._looking_up.append((module, name))
        try:
            return self._found(module, name)
        finally:
            self._looking_up.pop()

    def _found(self, module: str, name: str) -> Value:
        whole = f"{module}.{name}"
        reader = self._reader(module)
        if reader is None:
            if self.has(whole):
                return Space(whole)
            return UNKNOWN if self.has(module.partition(".")[0]) else Name(canonical(whole))
        names = reader.scope.names
        if name == "*":
            return {key: value for key, value in names.items() if key[0] != "_"}
        value = names.get(name, UNKNOWN)
        if isinstance(value, Taken) and (value.module, value.name) != (module, name):
            return self._look_up(value.module, value.name)
        if name in names and not isinstance(value, Taken):
            return value
        return Space(whole) if self.has(whole) else UNKNOWN


def _lacks(found: Registrations | None, name: str, group: str) -> bool:
    """Tell whether surely no option of a name is among what something registers.

    What is read without a group may be one. What options of its own switch on is off.
    """
    if found is None or found.unread_by_default or found.unknown_groups:
        return False
    is_group = not group and (found.has_group(name) or name in found.open_groups)
    return not is_group and not found.has(name, group)

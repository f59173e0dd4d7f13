"""The modules of the project around a module, as rules ask about them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from flake8_launcher.gate import words
from flake8_launcher.knowledge import order, root_of, with_packages
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.kept import Kept
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.reading.pieces import split

if TYPE_CHECKING:
    from flake8_launcher.imports.sources import Sources
    from flake8_launcher.imports.summary import Called, Read


_DOCSTRING = deferred(r"\A(?:\s|#.*\n)*[rRuU]?(\"{3}|'{3})[\s\S]*?\1")
_WORDS = deferred(r"[\"']\w+[\"']|(\w+)")
"""Each word, but empty for one that stands in quotes by itself."""
_may_fill = Kept(lambda module: order.LOADS_WORD.search(module.text) is not None)


class ProjectModules:
    """The modules of the project, found by their names.

    :param module: the checked module, whose text is what is checked and not what is on the disk.
    :param finder: finds the others.
    :param pythons: interpreters or environments whose packages are read.
    """

    def __init__(self, module: Module, finder: Finder, pythons: Sequence[str]) -> None:
        self._module = module
        self._finder = finder
        self._pythons = pythons
        self._done: dict[str, tuple[Called | Read, ...]] = {}

    @cached_property
    def sources(self) -> Sources:
        """What reads the imports of modules, of the project and of what is installed."""
        # it is large, and few rules ask
        from flake8_launcher.imports.sources import sources_for

        return sources_for(self._finder, self._pythons)

    def owns(self, name: str) -> bool:
        """Tell whether a qualified name is that of something of the project."""
        root = root_of(name)
        if root == root_of(self._module.name):
            return True
        if root in sys.stdlib_module_names:
            return False
        return any(self._finder(package) for package in with_packages(name.rpartition(".")[0]))

    def not_installed(self, name: str) -> bool:
        """Tell whether a package that is installed, outside the project, lacks a module."""
        return self._finder(root_of(name)) is None and self.sources.lacks(name)

    def text_of(self, module: str) -> str:
        """Return the text of a module of the project, empty if it has none of that name."""
        found = self._module if module == self._module.name else self._finder(module)
        return found.text if found else ""

    def texts_around(self, names: Iterable[str]) -> Iterator[str]:
        """Yield the text of each module of the project that some qualified names are of."""
        told: set[str] = set()
        for name in names:
            while name and name not in told:
                told.add(name)
                if text := self.text_of(name):
                    yield text
                    break
                name = name.rpartition(".")[0]

    def text_at_import(self, module: str) -> str:
        """Return the text of a module that may run when it is imported, without its docstring.

        Functions and classes are left out whose names stand in none of the rest, or only in
        quotes, as what ``__all__`` has.
        """
        text = self.text_of(module)
        divided = split(text)
        if divided is None:
            return text
        pieces, rest = divided
        rest = _DOCSTRING.sub("", rest)
        used = {word for word in _WORDS.findall(rest) if word}
        return "".join([rest, *(piece.text for piece in pieces if piece.name in used)])

    def may_patch(self, module: str) -> bool:
        """Tell whether a module of the project has the words of a patch, or cannot be read."""
        found = self._finder(module)
        return found is None or words.may_patch(found.text)

    def may_fill(self, module: str) -> bool:
        """Tell whether a module of the project may load a file into the environment."""
        found = self._module if module == self._module.name else self._finder(module)
        return found is not None and _may_fill(found)

    def done_when_called(self, name: str, mentioned: Iterable[str]) -> tuple[Called | Read, ...]:
        """Return what a function of the project surely reads, and calls, when it is called.

        :param mentioned: words: a module that has none of them does nothing of interest.
        """
        known = self._done.get(name)
        if known is None:
            holder, _, function = name.rpartition(".")
            module = self._finder(holder)
            if module is None or not any(word in module.text for word in mentioned):
                return ()
            from flake8_launcher.imports.reader import done_when_called

            known = self._done[name] = done_when_called(module, function)
        return known

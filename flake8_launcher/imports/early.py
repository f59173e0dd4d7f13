"""What a process imports before it does anything else: the imports of the top level alone.

They are read from the text, line by line: of a large project some hundred modules are looked at,
and none has to be parsed. An import that stands under a condition does not count.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from weakref import WeakKeyDictionary

from flake8_launcher.knowledge import options
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.import_lines import import_lines, modules_taken
from flake8_launcher.semantic.reading.kept import Kept
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.reading.pieces import first_unquoted
from flake8_launcher.semantic.reading.project import Project

_MAX_DEPTH = 150
_MAX_MODULES = 2_000


class _Outline(NamedTuple):
    """What a top level imports, up to the call that parses the configuration.

    :ivar names: what may be modules, in order, packages before what they hold.
    :ivar parses: whether there is such a call.
    """

    names: tuple[str, ...]
    parses: bool


def parse_line(text: str) -> int | None:
    """Return the line of the top level that parses the configuration, if one may."""
    start = _parse(text)
    return None if start is None else text.count("\n", 0, start) + 1


def _parse(text: str) -> int | None:
    """Return where the top level parses the configuration, if it may."""
    return first_unquoted(options.PARSED_TEXT, text)


def way_to(wanted: Module, begins: Iterable[str], finder: Finder) -> tuple[str, ...]:
    """Return how a module is imported before a process can have parsed its configuration.

    :param wanted: the module, which others may know by a longer name: that of a file in a folder
        without ``__init__.py`` does not tell of the folders around it.
    :param begins: the modules that processes begin with.
    :param finder: gives the modules of the project.
    :returns: the modules that import each other, the last of them the one that is wanted; empty
        where none of them surely imports it so early.
    """
    names = tuple(begins)
    if wanted.name in names[:1]:
        return names[:1]
    if finder.adds_folders:
        return _Imports(names).way_to(wanted, finder)
    known = _known.setdefault(finder.project, {})
    if names not in known:
        known[names] = _Imports(names)
    return known[names].way_to(wanted, finder.project.module)


class _Way(NamedTuple):
    """A module that is imported, and how that has come about."""

    name: str
    before: _Way | None = None
    depth: int = 1


class _Imports:
    """What processes import before they can have parsed their configuration.

    :param begins: the modules that they begin with: one is followed after the other, as far as
        somebody asks.
    """

    def __init__(self, begins: Iterable[str]) -> None:
        self._left = deque(begins)
        self._seen: set[str] = set()
        self._ways: dict[str, _Way] = {}
        self._by_file: dict[tuple[str, str], _Way] = {}

    def way_to(self, wanted: Module, find: Callable[[str], Module | None]) -> tuple[str, ...]:
        """Return how a module is first imported; empty where it is not.

        :param find: gives the modules of the project.
        """
        by_file = wanted.name.rpartition(".")[2], wanted.path
        while True:
            way = self._ways.get(wanted.name) or self._by_file.get(by_file)
            if way is not None:
                return tuple(_names(way))[::-1]
            if not self._left:
                return ()
            last = self._follow(_Way(self._left.popleft()), find)
            self._seen.difference_update(_names(last))

    def _follow(self, way: _Way, find: Callable[[str], Module | None]) -> _Way | None:
        """Follow imports depth first, as they run; return the one that parses the configuration.

        There it ends, and those that lead there are not followed to their ends.
        """
        name = way.name
        self._seen.add(name)
        module = find(name)
        self._ways.setdefault(name, way)
        if module is None:
            return None
        if "." in name:
            self._by_file.setdefault((name.rpartition(".")[2], module.path), way)
        if way.depth >= _MAX_DEPTH or len(self._seen) > _MAX_MODULES:
            return None
        outline = _outline(module)
        for inner in outline.names:
            if inner not in self._seen and find(inner) is not None:
                last = self._follow(_Way(inner, way, way.depth + 1), find)
                if last is not None:
                    return last
        return way if outline.parses else None


_known: WeakKeyDictionary[Project, dict[tuple[str, ...], _Imports]] = WeakKeyDictionary()
"""What the processes of each project import: projects are read anew in each run of flake8."""


def _names(way: _Way | None) -> Iterator[str]:
    """Yield the names of the modules on a way, the last first."""
    while way is not None:
        yield way.name
        way = way.before


def _read(module: Module) -> _Outline:
    text = module.text
    parse = _parse(text)
    return _Outline(modules_taken(import_lines(text[:parse]), module), parse is not None)


_outline = Kept(_read)

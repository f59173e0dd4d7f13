"""What a process imports before it does anything else: the imports of the top level alone.

They are read from the text, line by line: of a large project some hundred modules are looked at,
and none has to be parsed. An import that stands under a condition does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from flake8_launcher.knowledge import options
from flake8_launcher.semantic.reading.import_lines import ImportLine, import_lines, modules_of
from flake8_launcher.semantic.reading.kept import Kept
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.reading.pieces import first_unquoted

_MAX_DEPTH = 150


class _Outline(NamedTuple):
    """The imports of a top level, up to the call that parses the configuration.

    :ivar parses: whether there is such a call.
    """

    imports: tuple[ImportLine, ...]
    parses: bool


def parse_line(text: str) -> int | None:
    """Return the line of the top level that parses the configuration, if one may."""
    start = _parse(text)
    return None if start is None else text.count("\n", 0, start) + 1


def _parse(text: str) -> int | None:
    """Return where the top level parses the configuration, if it may."""
    return first_unquoted(options.PARSED_TEXT, text)


def way_to(
    wanted: Module, begins: Iterable[str], find: Callable[[str], Module | None]
) -> tuple[str, ...]:
    """Return how a module is imported before a process can have parsed its configuration.

    :param wanted: the module, which others may know by a longer name: that of a file in a folder
        without ``__init__.py`` does not tell of the folders around it.
    :param begins: the modules that processes begin with.
    :param find: gives the modules of the project.
    :returns: the modules that import each other, the last of them the one that is wanted; empty
        where none of them surely imports it so early.
    """
    seen: set[str] = set()
    for begin in begins:
        chain: list[str] = []
        outcome = _walk(begin, wanted, find, seen, chain)
        if outcome and _is(chain[-1], wanted, find):
            return tuple(chain)
        seen.difference_update(chain)
    return ()


def _walk(
    name: str,
    wanted: Module,
    find: Callable[[str], Module | None],
    seen: set[str],
    chain: list[str],
) -> bool:
    """Follow imports depth first, as they run; tell whether that ends here.

    It ends with the module that is wanted, or where the configuration is parsed.
    """
    seen.add(name)
    chain.append(name)
    if _is(name, wanted, find):
        return True
    module = find(name)
    if module is not None and len(chain) < _MAX_DEPTH:
        outline = _outline(module)
        for line in outline.imports:
            for inner in modules_of(line, module):
                if inner not in seen and find(inner) is not None:
                    if _walk(inner, wanted, find, seen, chain):
                        return True
        if outline.parses:
            return True
    chain.pop()
    return False


def _is(name: str, wanted: Module, find: Callable[[str], Module | None]) -> bool:
    """Tell whether a name is that of a module."""
    if name == wanted.name:
        return True
    last = wanted.name.rpartition(".")[2]
    if not name.endswith(f".{last}"):
        return False
    found = find(name)
    return found is not None and found.path == wanted.path


def _read(module: Module) -> _Outline:
    text = module.text
    parse = _parse(text)
    return _Outline(tuple(import_lines(text[:parse])), parse is not None)


_outline = Kept(_read)

"""What a process imports before it does anything else: the imports of the top level alone.

They are read from the text, line by line: of a large project some hundred modules are looked at,
and none has to be parsed. An import that stands under a condition does not count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from flake8_launcher.knowledge import options, with_packages
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.kept import Kept
from flake8_launcher.semantic.modules import Module

_IMPORT = deferred(
    r"^(?:from[ \t]+(?P<source>\.*[ \t]*[\w.]*)[ \t]+import[ \t]+"
    r"(?P<names>\([^)]*\)|(?:[^\n\\]|\\\n)*)"
    r"|import[ \t]+(?P<modules>(?:[^\n\\]|\\\n)*))",
    re.MULTILINE,
)
_COMMENT = deferred(r"#[^\n]*")
_MAX_DEPTH = 150


class _Outline(NamedTuple):
    """The imports of a top level, up to the call that parses the configuration.

    :ivar imports: each the module, how many packages up it begins, and the names taken from it.
    :ivar parses: whether there is such a call.
    """

    imports: tuple[tuple[str, int, tuple[str, ...]], ...]
    parses: bool


def parse_line(text: str) -> int | None:
    """Return the line of the top level that parses the configuration, if one may."""
    found = options.PARSED_TEXT.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else None


def way_to(
    wanted: str, begins: Iterable[str], find: Callable[[str], Module | None]
) -> tuple[str, ...]:
    """Return how a module is imported before a process can have parsed its configuration.

    :param wanted: the module.
    :param begins: the modules that processes begin with.
    :param find: gives the modules of the project.
    :returns: the modules that import each other, the last of them the one that is wanted; empty
        where none of them surely imports it so early.
    """
    seen: set[str] = set()
    for begin in begins:
        chain: list[str] = []
        outcome = _walk(begin, wanted, find, seen, chain)
        if outcome and chain[-1] == wanted:
            return tuple(chain)
        seen.difference_update(chain)
    return ()


def _walk(
    name: str,
    wanted: str,
    find: Callable[[str], Module | None],
    seen: set[str],
    chain: list[str],
) -> bool:
    """Follow imports depth first, as they run; tell whether that ends here.

    It ends with the module that is wanted, or where the configuration is parsed.
    """
    seen.add(name)
    chain.append(name)
    if name == wanted:
        return True
    module = find(name)
    if module is not None and len(chain) < _MAX_DEPTH:
        outline = _outline(module)
        for inner in _imported(outline, module, find):
            if inner not in seen and _walk(inner, wanted, find, seen, chain):
                return True
        if outline.parses:
            return True
    chain.pop()
    return False


def _imported(
    outline: _Outline, module: Module, find: Callable[[str], Module | None]
) -> Iterator[str]:
    """Yield the modules of the project that a module imports, packages before what they hold."""
    for source, level, names in outline.imports:
        base = module.absolute_name(source, level)
        if base is None:
            continue
        for name in with_packages(base):
            if find(name) is not None:
                yield name
        for taken in names:
            inner = f"{base}.{taken}"
            if find(inner) is not None:
                yield inner


def _read(module: Module) -> _Outline:
    text = module.text
    parsed = options.PARSED_TEXT.search(text)
    imports: list[tuple[str, int, tuple[str, ...]]] = []
    for found in _IMPORT.finditer(text, 0, parsed.start() if parsed else len(text)):
        if found["modules"] is not None:
            plain = _COMMENT.sub("", found["modules"]).replace("\\\n", " ")
            imports += [(name, 0, ()) for name in _names(plain)]
        else:
            source = found["source"].replace(" ", "")
            plain = _COMMENT.sub("", found["names"]).replace("\\\n", " ").strip("() \t\n")
            name = source.lstrip(".")
            imports.append((name, len(source) - len(name), tuple(_names(plain))))
    return _Outline(tuple(imports), parsed is not None)


def _names(text: str) -> Iterator[str]:
    """Yield the names of a list of imports, without what they are called here."""
    for part in text.partition(";")[0].split(","):
        words = part.split()
        if words:
            yield words[0]


_outline = Kept(_read)

"""The imports of a module as its text tells, line by line: nothing has to be parsed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flake8_launcher.knowledge import with_packages
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading.modules import Module

_SPACE = r"(?:[ \t]|\\\n)+"
_IMPORT = (
    rf"(?:from{_SPACE}(?P<source>\.+(?:[ \t]*\w[\w.]*)?|\w[\w.]*){_SPACE}import(?:{_SPACE}|(?=\())"
    r"(?P<names>\([^()#]*(?:#[^\n]*\n[^()#]*)*\)|(?:[^\n\\]|\\\n)*)"
    rf"|import{_SPACE}(?P<modules>(?:[^\n\\]|\\\n)*))"
)
_AT_TOP = deferred(rf"\n{_IMPORT}")
_ANYWHERE = deferred(rf"\n[ \t]*{_IMPORT}")
_COMMENT = deferred(r"#[^\n]*")


class ImportLine(NamedTuple):
    """What one statement imports.

    :ivar source: the module, as it is written after the dots.
    :ivar level: the number of dots.
    :ivar names: what is taken from it.
    """

    source: str
    level: int = 0
    names: tuple[str, ...] = ()


def import_lines(text: str, anywhere: bool = False) -> Iterator[ImportLine]:
    """Yield what the imports of a text import.

    :param anywhere: whether those count that are indented.
    """
    pattern = _ANYWHERE if anywhere else _AT_TOP
    # an end of line is found much faster than a beginning
    for found in pattern.finditer(f"\n{text}"):
        if found["modules"] is not None:
            plain = _COMMENT.sub("", found["modules"]).replace("\\\n", " ")
            yield from (ImportLine(name) for name in _names(plain))
        else:
            source = found["source"].replace(" ", "")
            plain = _COMMENT.sub("", found["names"]).replace("\\\n", " ").strip("() \t\n")
            name = source.lstrip(".")
            yield ImportLine(name, len(source) - len(name), tuple(_names(plain)))


def _modules_of(line: ImportLine, module: Module) -> Iterator[str]:
    """Yield what may be modules of what a module imports, packages before what they hold."""
    base = module.absolute_name(line.source or None, line.level)
    if base is not None:
        yield from with_packages(base)
        yield from (f"{base}.{taken}" for taken in line.names)


def modules_taken(lines: Iterable[ImportLine], module: Module) -> tuple[str, ...]:
    """Return what may be modules of what some lines of a module import, each once.

    Many modules import the same, whose name is kept once.
    """
    names = (sys.intern(name) for line in lines for name in _modules_of(line, module))
    return tuple(dict.fromkeys(names))


def _names(text: str) -> Iterator[str]:
    """Yield the names of a list of imports, without what they are called here."""
    for part in text.partition(";")[0].split(","):
        words = part.split()
        if words:
            yield words[0]

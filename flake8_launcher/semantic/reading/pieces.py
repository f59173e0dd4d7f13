"""Parses a module piece by piece: of most modules on a launch path, one function in fifty is read.

A piece is one function or class of the top level, with its decorators; the rest of the text is
one more. Lines keep their numbers.
"""

from __future__ import annotations

import ast
import itertools
import re
import warnings
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TypeAlias

from flake8_launcher.knowledge.deferred import deferred

Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

_STATEMENT = deferred(
    r"\n(?:(?P<decorator>@)|(?:async[ \t]+)?(?:def|class)[ \t]+(?P<name>\w+)|[^\s#)\]}])"
)
"""A statement of the top level, with the end of the line before it."""
_FAR_DOWN = 5_000
"""Lines above which a piece is read without the lines before it."""
_MAX_LOOKED = 100


def parse(text: str) -> ast.Module | None:
    """Return the syntax tree of a text, or none when it does not parse."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


class Piece:
    """One function or class of a module's top level.

    :ivar name: its name.
    :ivar line: where it begins, its decorators included.
    :ivar text: its text.
    """

    def __init__(self, name: str, line: int, text: str) -> None:
        self.name = name
        self.line = line
        self.text = text

    @property
    def is_parsed(self) -> bool:
        """Whether somebody has asked for its syntax tree."""
        return "node" in self.__dict__

    @cached_property
    def node(self) -> Definition | None:
        """Its syntax tree; none when it does not parse."""
        before = self.line - 1
        # to move the nodes takes longer, but not the longer the further down they are
        tree = parse(self.text if before > _FAR_DOWN else "\n" * before + self.text)
        if tree is not None and before > _FAR_DOWN:
            ast.increment_lineno(tree, before)
        if tree is None or len(tree.body) != 1:
            return None
        node = tree.body[0]
        return node if isinstance(node, Definition) else None


def split(text: str) -> tuple[list[Piece], str] | None:
    """Return the definitions of a module's top level, and its text without them.

    :returns: none when a definition could stand inside a text of several lines.
    """
    if "\f" in text:
        return None
    pieces: list[Piece] = []
    rest: list[str] = []
    end = 0
    line = 1
    for name, first, last in _spans(text):
        between = text[end:first]
        inside = text[first:last]
        if is_quoted(between, len(between)) or is_quoted(inside, len(inside)):
            return None
        line += between.count("\n")
        pieces.append(Piece(name, line, inside))
        lines = inside.count("\n")
        rest += (between, "\n" * lines)
        line += lines
        end = last
    rest.append(text[end:])
    return pieces, "".join(rest)


def lines_of(starts: Iterable[int], text: str) -> Iterator[int]:
    """Yield the lines in which some places of a text are, which are in order."""
    line, end = 1, 0
    for start in starts:
        line += text.count("\n", end, start)
        end = start
        yield line


def places(text: str, word: str) -> Iterator[int]:
    """Yield where a word stands in a text, in order."""
    at = text.find(word)
    while at != -1:
        yield at
        at = text.find(word, at + len(word))


def is_quoted(text: str, at: int) -> bool:
    """Tell whether a place may be inside a text of several lines."""
    return text.count('"""', 0, at) % 2 != 0 or text.count("'''", 0, at) % 2 != 0


def first_unquoted(pattern: re.Pattern[str], text: str) -> int | None:
    """Return where a text first has some shape, outside the texts that it writes elsewhere.

    Of a bounded number of places it is told whether they are inside of a text.
    """
    found = itertools.islice(pattern.finditer(text), _MAX_LOOKED)
    return next((one.start() for one in found if not is_quoted(text, one.start())), None)


def _spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the name, the beginning and the end of each definition."""
    name: str | None = None
    first: int | None = None
    for statement in _STATEMENT.finditer(f"\n{text}"):
        start = statement.start()  # in the text itself
        if name is not None and first is not None:
            yield name, first, start
            name = first = None
        if statement["decorator"]:
            first = start if first is None else first
        elif statement["name"]:
            name = statement["name"]
            first = start if first is None else first
        else:
            first = None
    if name is not None and first is not None:
        yield name, first, len(text)

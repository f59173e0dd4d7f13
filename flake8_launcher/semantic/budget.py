"""What thinking code through may cost: whoever does or makes something pays for it first.

An expression costs one unit, a statement or call :data:`STEP`, what is put together of many parts
one unit a part. So neither time nor memory can grow beyond what the units buy, whatever the code
under review looks like.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

STEP = 16
"""The units that a statement or call costs, with the events and the copies that it brings."""

MAX_ITEMS = 1_000
"""How many parts something may be put together of."""

MAX_TEXT = 1_000
"""How long a text may be that is put together."""

_NODES = 8
_MAX_LITERAL = 10_000
_MAX_BITS = 64


class BoundReachedError(Exception):
    """The code is too large to follow to its end."""


class Budget:
    """Units to spend.

    :param limit: how many there are.
    :ivar spent: how many are gone.
    """

    __slots__ = ("limit", "spent")

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.spent = 0

    def spend(self, units: int = 1) -> None:
        """Pay for something, before it is done.

        :raises BoundReachedError: when there is not as much left.
        """
        self.spent += units
        if self.spent > self.limit:
            raise BoundReachedError

    def copy(self) -> Budget:
        """Return another with as much left."""
        other = Budget(self.limit)
        other.spent = self.spent
        return other

    def walk(self, node: ast.AST) -> Iterator[ast.AST]:
        """Yield a node and all below it, as :func:`ast.walk` does; a few cost one unit.

        :raises BoundReachedError: when there is not as much left.
        """
        for number, inner in enumerate(ast.walk(node)):
            if not number % _NODES:
                self.spend()
            yield inner


def is_large(value: object) -> bool:
    """Tell whether a literal is one that nothing on a launch path needs, costly to look at."""
    if isinstance(value, str | bytes):
        return len(value) > _MAX_LITERAL
    return isinstance(value, int) and value.bit_length() > _MAX_BITS

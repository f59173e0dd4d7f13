"""The values that the reader of registrations computes with.

Texts, numbers, ``None``, lists, tuples and dictionaries stand for themselves.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.reading.pieces import Definition, Piece

Value: TypeAlias = object


class Unknown:
    """The value of what cannot be told."""


UNKNOWN: Final = Unknown()


@dataclass(slots=True, unsafe_hash=True, repr=False)
class Name:
    """Something outside the project, by its qualified name; ``()`` is the result of a call."""

    name: str


@dataclass(slots=True, unsafe_hash=True, repr=False)
class Group:
    """A group of options; the name is none when it is computed."""

    name: str | None


@dataclass(slots=True, unsafe_hash=True, repr=False)
class Space:
    """A module of the project."""

    name: str


@dataclass(slots=True, unsafe_hash=True, repr=False)
class Taken:
    """What a ``from`` import takes from a module, looked up when it is used."""

    module: str
    name: str


@dataclass(slots=True, eq=False)
class Scope:
    """Names that are bound, of a module, function, class or comprehension.

    :ivar shared: names that belong to the module although a function binds them.
    :ivar returned: what the function returns, wherever it does.
    :ivar yielded: what it yields; none where nothing does.
    """

    module: Module
    names: dict[str, Value] = field(default_factory=dict)
    outer: Scope | None = None
    is_function: bool = False
    shared: set[str] = field(default_factory=set)
    returned: list[Value] = field(default_factory=list)
    yielded: list[Value] | None = None

    @property
    def top(self) -> Scope:
        """The scope of the module."""
        scope = self
        while scope.outer is not None:
            scope = scope.outer
        return scope


@dataclass(slots=True, eq=False)
class Function:
    """A function of the project, which may still have to be parsed.

    :ivar receiver: what its first parameter is, for a method; none for a plain function.
    """

    source: Piece | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    scope: Scope
    is_method: bool = False

    @property
    def node(self) -> ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | None:
        """The syntax tree; none when it does not parse."""
        node = self.source.node if isinstance(self.source, Piece) else self.source
        return None if isinstance(node, ast.ClassDef) else node


@dataclass(slots=True, eq=False)
class Class:
    """A class of the project, which may still have to be parsed.

    :ivar members: what its body binds, once that is asked for.
    """

    source: Piece | ast.ClassDef
    scope: Scope
    members: dict[str, Value] | None = None

    @property
    def node(self) -> ast.ClassDef | None:
        """The syntax tree; none when it does not parse."""
        node: Definition | None = (
            self.source.node if isinstance(self.source, Piece) else self.source
        )
        return node if isinstance(node, ast.ClassDef) else None


@dataclass(slots=True, eq=False)
class Partial:
    """A callable with some of its arguments."""

    target: Value
    positional: tuple[Value, ...]
    keywords: Mapping[str, Value]


_CONTAINERS = (list, tuple, dict)
_PLAIN = (str, bytes, int, Name, Space, Group)


def merged(one: Value, other: Value) -> Value:
    """Return what a name is that one of two branches binds to each of two values."""
    if one is other:
        return one
    if isinstance(one, _CONTAINERS) and other is None:
        return one
    if isinstance(other, _CONTAINERS) and one is None:
        return other
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        known = {id(item) for item in one}
        return [*one, *(item for item in other if id(item) not in known)]
    if isinstance(one, _PLAIN) and type(one) is type(other) and one == other:
        return one
    return UNKNOWN

"""What an expression may be: the values that the interpreter computes with.

An expression has several candidate values where the code leaves a choice (:data:`Values`).
What cannot be read is a :class:`Symbol`: a qualified name, with ``()`` for the result of a call.

Values are never changed once made. They are not frozen: that makes each of them three times as
costly, and there are thousands.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from flake8_launcher.semantic.modules import Module

MAX_CANDIDATES = 8
_MAX_NAME = 200
_MAX_PIECES = 64

FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(slots=True, repr=False)
class Symbol:
    """Something whose definition is not read, by its qualified name.

    A name that begins with ``?`` is not known either; the rest is what the code calls it
    (``?launcher.launch_service``: a method of a parameter ``launcher``).
    """

    name: str


UNKNOWN = Symbol("?")


@dataclass(slots=True, repr=False)
class Constant:
    """A literal."""

    value: object


@dataclass(slots=True, repr=False)
class Sequence:
    """A tuple, list or set display, element by element."""

    items: tuple[Values, ...]


@dataclass(slots=True, repr=False)
class Mapping:
    """A dictionary display with literal keys."""

    items: tuple[tuple[object, Values], ...]

    def get(self, key: object) -> Values:
        """Return the values under one key, or none."""
        return next((values for known, values in self.items if known == key), ())

    def all(self) -> Values:
        """Return the values under every key."""
        return union(*(values for _, values in self.items))


@dataclass(slots=True, repr=False)
class Namespace:
    """A module of the project."""

    module: Module


@dataclass(slots=True, eq=False, repr=False)
class Frame:
    """The local names of one running function.

    :ivar parent: the enclosing function's frame, if there is one.
    :ivar has_failed: whether only a failure leads to the statements that follow.
    """

    module: Module
    parent: Frame | None = None
    function: Function | None = None
    variables: dict[str, Values] = field(default_factory=dict)
    global_names: set[str] = field(default_factory=set)
    returned: list[Values] = field(default_factory=list)
    has_failed: bool = False


@dataclass(slots=True, eq=False, repr=False)
class Function:
    """A function, method or lambda whose body can be read.

    :ivar owner: the class that defines it, if one does.
    :ivar kind: ``function``, ``staticmethod``, ``classmethod`` or ``property``.
    :ivar decorators: qualified names of its decorators that cannot be read.
    """

    node: FunctionNode
    module: Module
    qualified_name: str
    frame: Frame | None = None
    owner: Class | None = None
    kind: str = "function"
    decorators: tuple[str, ...] = ()


@dataclass(slots=True, eq=False, repr=False)
class Class:
    """A class whose body can be read."""

    node: ast.ClassDef
    module: Module
    qualified_name: str
    frame: Frame | None = None


@dataclass(slots=True, eq=False, repr=False)
class Instance:
    """What calling a :class:`Class` gives, with the attributes set so far."""

    cls: Class
    attributes: dict[str, Values] = field(default_factory=dict)


@dataclass(slots=True, repr=False)
class Super:
    """What ``super()`` gives in a method: the instance, seen from above a class."""

    receiver: Value
    above: Class


@dataclass(slots=True, repr=False)
class Method:
    """A function bound to an instance or class."""

    function: Function
    receiver: Value


@dataclass(slots=True, repr=False)
class Arguments:
    """What a call passes.

    :ivar complete: whether nothing unknown came with ``*`` or ``**``.
    """

    positional: tuple[Values, ...] = ()
    keywords: tuple[tuple[str, Values], ...] = ()
    complete: bool = True

    def keyword(self, name: str) -> Values:
        """Return the values passed under a name, or none."""
        return next((values for known, values in self.keywords if known == name), ())

    def get(self, position: int, name: str) -> Values:
        """Return the values passed at a position or under a name, or none."""
        if position < len(self.positional):
            return self.positional[position]
        return self.keyword(name)

    def all(self) -> Iterable[Values]:
        """Return the values of every argument, in order."""
        return (*self.positional, *(values for _, values in self.keywords))

    def after(self, first: Arguments) -> Arguments:
        """Return the arguments of a call that passes others first, as ``partial`` does."""
        own = dict(first.keywords) | dict(self.keywords)
        return Arguments(
            first.positional + self.positional,
            tuple(own.items()),
            first.complete and self.complete,
        )


@dataclass(slots=True, eq=False, repr=False)
class Made(Symbol):
    """A symbol of which it is known what it is made of.

    :ivar arguments: what a call is given; the operands of an operation; the key of an item.
    :ivar owner: what an attribute or item belongs to, and what the call of a method is of.
    :ivar operator: ``+`` for a sum or a text with place-holders, ``/`` and ``|``.
    """

    arguments: Arguments = field(default_factory=Arguments)
    owner: Values = ()
    operator: str = ""

    def __eq__(self, other: object) -> bool:
        """Tell whether another is made of the same; what that is made of is not compared."""
        return self is other or (
            isinstance(other, Made)
            and self.name == other.name
            and self.operator == other.operator
            and _are_same(self.owner, other.owner)
            and _are_passed_same(self.arguments, other.arguments)
        )

    __hash__ = None  # type: ignore[assignment]


def _are_same(some: Values, others: Values) -> bool:
    return len(some) == len(others) and all(
        one is other or (type(one) in (Symbol, Constant) and one == other)
        for one, other in zip(some, others, strict=True)
    )


def _are_passed_same(some: Arguments, others: Arguments) -> bool:
    return (
        len(some.positional) == len(others.positional)
        and [name for name, _ in some.keywords] == [name for name, _ in others.keywords]
        and all(map(_are_same, some.all(), others.all()))
    )


@dataclass(slots=True, repr=False)
class Partial:
    """A callable with some of its arguments."""

    targets: Values
    arguments: Arguments


@dataclass(slots=True, eq=False, repr=False)
class Coroutine:
    """What a call of asynchronous functions gives: they run when something awaits or takes it.

    :ivar callees: the functions or methods that the call may be of.
    :ivar node: the call.
    :ivar use: what becomes of its result, as in :class:`.events.Called`.
    :ivar frame: where the call stands.
    """

    callees: Values
    arguments: Arguments
    node: ast.Call
    use: str
    frame: Frame


Value: TypeAlias = (
    Symbol
    | Constant
    | Sequence
    | Mapping
    | Namespace
    | Function
    | Class
    | Instance
    | Super
    | Method
    | Partial
    | Coroutine
)
Values: TypeAlias = tuple[Value, ...]

NOTHING: Values = (UNKNOWN,)


def union(*choices: Values) -> Values:
    """Return every candidate once, in order, at most :data:`MAX_CANDIDATES`."""
    if len(choices) == 1:
        return choices[0]
    merged: list[Value] = []
    for values in choices:
        for value in values:
            if value not in merged:
                merged.append(value)
                if len(merged) == MAX_CANDIDATES:
                    return tuple(merged)
    return tuple(merged)


def symbol(name: str) -> Symbol:
    """Return the symbol of a name, or of the unknown when it is empty or has grown without end."""
    return Symbol(name) if 0 < len(name) <= _MAX_NAME else UNKNOWN


def made(name: str, arguments: Arguments, owner: Values = ()) -> Symbol:
    """Return the symbol of a call or item whose parts are kept."""
    return Made(name, arguments, owner) if len(name) <= _MAX_NAME else UNKNOWN


def attribute(whole: Symbol, name: str) -> Symbol:
    """Return an attribute of a symbol."""
    name = f"{whole.name}.{name}"
    return made(name, Arguments(), (whole,)) if isinstance(whole, Made) else symbol(name)


def combined(operator: str, *operands: Values) -> Values:
    """Return what an operation gives whose operands are not all known."""
    first = operands[0][0] if operands and len(operands[0]) == 1 else None
    if isinstance(first, Made) and first.operator == operator:
        if len(pieces := first.arguments.positional) < _MAX_PIECES:
            operands = pieces + operands[1:]
    return (Made(UNKNOWN.name, Arguments(operands), operator=operator),)


def filled(
    pieces: Iterable[tuple[str, int | str | None]], given: Callable[[int | str], Values]
) -> Values:
    """Return a text with place-holders.

    :param pieces: its literal texts, each with the key of the place-holder behind it, if any.
    :param given: tells what stands for a key.
    """
    operands: list[Values] = []
    for text, key in itertools.islice(pieces, _MAX_PIECES):
        if text:
            operands.append((Constant(text),))
        if key is not None:
            operands.append(given(key))
    return combined("+", *operands)


def texts(values: Values) -> tuple[str, ...]:
    """Return the candidates that are literal strings."""
    return tuple(
        value.value
        for value in values
        if isinstance(value, Constant) and isinstance(value.value, str)
    )


def qualified_name(value: Value) -> str:
    """Return the dotted name of a value, beginning with ``?`` where it has none."""
    match value:
        case Symbol(name=name):
            return name
        case Function(qualified_name=name) | Class(qualified_name=name):
            return name
        case Method(function=function):
            return function.qualified_name
        case Instance(cls=cls):
            return f"{cls.qualified_name}()"
        case Namespace(module=module):
            return module.name
        case Partial(targets=targets) if targets:
            return qualified_name(targets[0])
        case Coroutine(callees=[callee, *_]):
            return f"{qualified_name(callee)}()"
        case Sequence():
            return "list()"
        case Mapping():
            return "dict()"
        case Constant(value=constant) if constant is not None:
            return f"{type(constant).__name__}()"
    return "?"

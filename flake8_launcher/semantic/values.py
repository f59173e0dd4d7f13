"""What an expression may be: the values that the interpreter computes with.

An expression has several candidate values where the code leaves a choice (:data:`Values`).
What cannot be read is a :class:`Symbol`: a qualified name, with ``()`` for the result of a call.

Values are never changed once made. They are not frozen: that makes each of them three times as
costly, and there are thousands.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from flake8_launcher.semantic.budget import MAX_ITEMS, MAX_TEXT, is_large

if TYPE_CHECKING:
    from flake8_launcher.semantic.reading.modules import Module

MAX_CANDIDATES = 8
_MAX_NAME = 300
_MAX_PIECES = 64
_MAX_COMPARED = 64
"""How many parts of two values are compared before they are taken to differ."""

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


@dataclass(slots=True, eq=False, repr=False)
class Sequence:
    """A tuple, list or set display, element by element."""

    items: tuple[Values, ...]


@dataclass(slots=True, eq=False, repr=False)
class Mapping:
    """A dictionary display.

    :ivar items: what is under each key; what is under keys that are not known is under ``...``.
    """

    items: Mapped[Any, Values]

    def get(self, key: object) -> Values:
        """Return the values under one key, or none."""
        return self.items.get(key, ())

    def all(self) -> Values:
        """Return the values under every key."""
        return union(*self.items.values())


@dataclass(slots=True, repr=False)
class Namespace:
    """A module of the project."""

    module: Module


@dataclass(slots=True, eq=False, repr=False)
class Frame:
    """The local names of one running function.

    :ivar parent: the enclosing function's frame, if there is one.
    :ivar has_failed: whether only a failure leads to the statements that follow.
    :ivar left: the variables where a ``break`` has left the loop that is followed.
    """

    module: Module
    parent: Frame | None = None
    function: Function | None = None
    variables: dict[str, Values] = field(default_factory=dict)
    global_names: set[str] = field(default_factory=set)
    returned: list[Values] = field(default_factory=list)
    has_failed: bool = False
    left: list[dict[str, Values]] = field(default_factory=list)


@dataclass(slots=True, eq=False, repr=False)
class Function:
    """A function, method or lambda whose body can be read.

    :ivar owner: the class that defines it, if one does.
    :ivar kind: ``function``, ``staticmethod``, ``classmethod`` or ``property``.
    :ivar decorators: qualified names of its decorators that cannot be read.
    :ivar command: the library that makes a command line of it, if one does that ends the process
        whatever it returns.
    """

    node: FunctionNode
    module: Module
    qualified_name: str
    frame: Frame | None = None
    owner: Class | None = None
    kind: str = "function"
    decorators: tuple[str, ...] = ()
    command: str = ""


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


@dataclass(slots=True, eq=False, repr=False)
class Super:
    """What ``super()`` gives in a method: the instance, seen from above a class."""

    receiver: Value
    above: Class


@dataclass(slots=True, eq=False, repr=False)
class Method:
    """A function bound to an instance or class."""

    function: Function
    receiver: Value


@dataclass(slots=True, eq=False, repr=False)
class Arguments:
    """What a call passes.

    :ivar complete: whether nothing unknown came with ``*`` or ``**``.
    :ivar rest: what came with ``**`` and has unknown keys.
    """

    positional: tuple[Values, ...] = ()
    keywords: tuple[tuple[str, Values], ...] = ()
    complete: bool = True
    rest: Values = ()

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
            self.rest or first.rest,
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


@dataclass(slots=True, eq=False, repr=False)
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

_DISTINCT = (Function, Class, Instance, Frame)
"""What is equal to nothing but itself."""

_COMPOSED = (tuple, Sequence, Mapping, Super, Method, Partial, Arguments, Made)
_GAP = "\N{HORIZONTAL ELLIPSIS}"
_SHOWN = (str, int, float, type(None))
"""Literals whose text is the same wherever it is made."""


_TEXTS = frozenset({"repr()", "str()", "str().format()", "str().join()"})


def union(*choices: Values) -> Values:
    """Return every candidate once, in order, at most :data:`MAX_CANDIDATES`."""
    if len(choices) == 1:
        return choices[0]
    merged: list[Value] = []
    for values in choices:
        for value in values:
            for known in merged:
                if known is value or (type(known) is type(value) and is_same(known, value)):
                    break
            else:
                merged.append(value)
                if len(merged) == MAX_CANDIDATES:
                    return tuple(merged)
    return tuple(merged)


def is_same(one: Value, other: Value) -> bool:
    """Tell whether two values are equal, as far as a few of their parts show."""
    pairs: list[tuple[object, object]] = [(one, other)]
    compared = 0
    while pairs and compared < _MAX_COMPARED:
        compared += 1
        first, second = pairs.pop()
        if first is second:
            continue
        if type(first) is not type(second) or isinstance(first, _DISTINCT):
            return False
        if not isinstance(first, _COMPOSED):
            if first != second:
                return False
            continue
        some, others = _parts(first), _parts(second)
        if len(some) != len(others) or len(some) > _MAX_COMPARED:
            return False
        pairs.extend(zip(some, others, strict=True))
    return not pairs


def _parts(whole: object) -> tuple[object, ...]:
    """Return what something is equal by."""
    match whole:
        case tuple():
            return whole
        case Sequence(items=items):
            return items
        case Mapping(items=mapped):
            return (*mapped, *mapped.values()) if len(mapped) <= _MAX_COMPARED else (whole,)
        case Arguments(positional=positional, keywords=keywords, complete=complete):
            return positional, keywords, complete
        case Made(name=name, operator=operator, owner=owner, arguments=arguments):
            return name, operator, owner, arguments
        case Partial(targets=targets, arguments=arguments):
            return targets, arguments
        case Method(function=function, receiver=receiver):
            return function, receiver
        case Super(above=above, receiver=receiver):
            return above, receiver
    return (whole,)


def constant(value: object) -> Value:
    """Return a literal; of a very long one only what it is."""
    return Symbol(f"{type(value).__name__}()") if is_large(value) else Constant(value)


def symbol(name: str) -> Symbol:
    """Return the symbol of a name, or of the unknown when it is empty or has grown without end."""
    return Symbol(name) if 0 < len(name) <= _MAX_NAME else UNKNOWN


def unresolved(name: str) -> Symbol:
    """Return the symbol of what the code calls by a name and nothing tells about."""
    return Symbol(f"?{name}") if len(name) < _MAX_NAME else UNKNOWN


def dotted(owner: str, name: str) -> str:
    """Return the qualified name of what an owner has, unknown when it has grown without end."""
    return f"{owner}.{name}" if len(owner) + len(name) < _MAX_NAME else UNKNOWN.name


def made(name: str, arguments: Arguments, owner: Values = ()) -> Symbol:
    """Return the symbol of a call or item whose parts are kept."""
    return Made(name, arguments, owner) if len(name) <= _MAX_NAME else UNKNOWN


def attribute(whole: Symbol, name: str) -> Symbol:
    """Return an attribute of a symbol."""
    name = dotted(whole.name, name)
    if name == UNKNOWN.name:
        return UNKNOWN
    return Made(name, Arguments(), (whole,)) if isinstance(whole, Made) else Symbol(name)


def copied(mapping: Symbol) -> Symbol:
    """Return a plain mapping with what another holds."""
    return attribute(mapping, "copy()")


def combined(operator: str, *operands: Values) -> Values:
    """Return what an operation gives whose operands are not all known."""
    first = operands[0][0] if operands and len(operands[0]) == 1 else None
    if isinstance(first, Made) and first.operator == operator:
        if len(pieces := first.arguments.positional) < _MAX_PIECES:
            operands = pieces + operands[1:]
    return (Made(UNKNOWN.name, Arguments(operands), operator=operator),)


def put_together(pieces: Iterable[Values]) -> Values:
    """Return the text that some pieces make: a literal where all of them are known.

    :param pieces: texts, and what a plain place-holder makes a text of.
    """
    several = list(pieces)
    known: list[str] = []
    length = 0
    for piece in several:
        value = piece[0].value if len(piece) == 1 and isinstance(piece[0], Constant) else ...
        if not isinstance(value, _SHOWN):
            return combined("+", *several[:_MAX_PIECES])
        known.append(value if isinstance(value, str) else str(value))
        length += len(known[-1])
        if length > MAX_TEXT:
            return NOTHING
    return (Constant("".join(known)),)


def filled(
    pieces: Iterable[tuple[str, int | str | None, bool]], given: Callable[[int | str], Values]
) -> Values:
    """Return a text with place-holders.

    :param pieces: its literal texts, each with the key of the place-holder behind it, if any, and
        whether that is a plain one.
    :param given: tells what stands for a key.
    """
    operands: list[Values] = []
    for text, key, is_plain in itertools.islice(pieces, _MAX_PIECES):
        if text:
            operands.append((Constant(text),))
        if key is not None:
            operands.append(given(key) if is_plain else unlike(given(key)))
    return put_together(operands)


def unlike(values: Values) -> Values:
    """Return what a place-holder that is not plain makes of values: literals are unknown."""
    return tuple(value for value in values if not isinstance(value, Constant)) or NOTHING


def texts(values: Values) -> tuple[str, ...]:
    """Return the candidates that are literal strings."""
    return tuple(
        value.value
        for value in values
        if isinstance(value, Constant) and isinstance(value.value, str)
    )


def are_texts(values: Values) -> bool:
    """Tell whether something surely is a text, whatever it says."""
    return bool(values) and all(map(_is_text, values))


def _is_text(value: Value) -> bool:
    if isinstance(value, Constant):
        return isinstance(value.value, str)
    if isinstance(value, Made) and value.operator == "+":
        return any(map(texts, value.arguments.positional))
    return isinstance(value, Symbol) and value.name in _TEXTS


def beginnings(values: Values) -> Iterator[str]:
    """Yield the literal texts that something may be, or begin with."""
    for value in values:
        if isinstance(value, Made) and value.operator == "+":
            pieces = itertools.takewhile(bool, map(texts, value.arguments.positional))
            yield from ["".join(text for text, *_ in pieces)]
        else:
            yield from texts((value,))


def readable(values: Values) -> Iterator[str]:
    """Yield what people read of texts: with an ellipsis for each piece that is not known."""
    for value in values:
        if isinstance(value, Made) and value.operator == "+":
            pieces = map(texts, value.arguments.positional)
            yield "".join(one[0] if len(one) == 1 else _GAP for one in pieces)
        else:
            yield from texts((value,))


def words(values: Values) -> Values:
    """Return the words of a text; of one with place-holders, those that surely come first.

    :returns: nothing where that cannot be told.
    """
    begun = next(beginnings(values), "") if len(values) == 1 else ""
    known = begun.split(None, MAX_ITEMS)[:MAX_ITEMS]
    if not texts(values) and not begun[-1:].isspace():
        known = known[:-1]  # more of that word may follow
    listed: Values = (Sequence(tuple((Constant(word),) for word in known)),)
    if texts(values):
        return listed
    return combined("+", listed, NOTHING) if known else ()


def qualified_name(value: Value) -> str:
    """Return the dotted name of a value, beginning with ``?`` where it has none."""
    while isinstance(value, Partial) and value.targets:
        value = value.targets[0]
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
        case Coroutine(callees=[callee, *_]):
            return f"{qualified_name(callee)}()"
        case Sequence():
            return "list()"
        case Mapping():
            return "dict()"
        case Constant(value=constant) if constant is not None:
            return f"{type(constant).__name__}()"
    return "?"

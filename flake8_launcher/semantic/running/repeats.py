"""Which calls say nothing new: a function is not followed again with the same arguments.

Nor is one followed again and again with others that is expensive, and tells nothing new.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

from flake8_launcher.semantic.budget import STEP, Budget
from flake8_launcher.semantic.values import (
    Arguments,
    Class,
    Constant,
    Function,
    Instance,
    Made,
    Mapping,
    Method,
    Sequence,
    Symbol,
    Value,
    Values,
)

_MAX_FOLLOWED = 2
"""How often the same is followed: the first time may be the one that makes what others find."""
_MAX_EXPENSIVE = 3
"""How often a function is followed that tells nothing new, where that costs more than it gives."""
_EXPENSIVE = 500 * STEP
"""What it has cost then, in units."""
_MAX_DEPTH = 4
"""From where on it does not matter how deep a call may go."""
_MAX_HEIGHT = 2
_MAX_PARTS = 8
"""Up to which depth it is told what something is made of."""
_MAX_ITEMS = 8
"""Up to which height and length collections are compared; larger ones are never the same."""


@dataclass(slots=True, eq=False, repr=False)
class _Known:
    """What came of a call.

    :ivar held: what the key tells apart by its identity, which must live as long.
    """

    result: Values
    held: object
    times: int = 0


class Repeats:
    """What came of the calls that were followed, but for those that tell something of a launch."""

    def __init__(self) -> None:
        self._known: dict[Hashable, _Known] = {}
        self._spent: dict[Hashable, tuple[int, int]] = {}

    def continued(self) -> Repeats:
        """Return what goes on from here, and leaves this as it is."""
        other = Repeats()
        other._known = {key: replace(known) for key, known in self._known.items()}
        other._spent = dict(self._spent)
        return other

    def key(
        self, function: Function, arguments: Arguments, height: int, quiet: bool, budget: Budget
    ) -> Hashable:
        """Return what two calls have in common that say the same.

        :param function: what is called.
        :param arguments: what it is given.
        :param height: how many calls below it are followed.
        :param quiet: whether it is only looked up what it gives.
        :param budget: pays for it.
        """
        said = _said(arguments, budget)
        return function.node, id(function.frame), min(height, _MAX_DEPTH), quiet, said

    def result(self, key: Hashable) -> Values | None:
        """Return what such a call gives that need not be followed again; none for any other."""
        known = self._known.get(key)
        return known.result if known is not None and known.times >= _MAX_FOLLOWED else None

    def is_futile(self, function: Function, quiet: bool) -> bool:
        """Tell whether a function has told nothing new so often that it is not worth its cost."""
        times, units = self._spent.get((function.node, quiet), (0, 0))
        return times >= _MAX_EXPENSIVE and units > _EXPENSIVE

    def add_cost(self, function: Function, quiet: bool, units: int, has_news: bool) -> None:
        """Note what it cost to follow a function, and whether that told something new."""
        key = (function.node, quiet)
        times, spent = self._spent.get(key, (0, 0))
        self._spent[key] = (0, spent) if has_news else (times + 1, spent + units)

    def add(
        self, key: Hashable, function: Function, arguments: Arguments, result: Values
    ) -> None:
        """Note what a call gave that told nothing of a launch."""
        held = (function.frame, arguments)
        self._known.setdefault(key, _Known(result, held)).times += 1


def _said(arguments: Arguments, budget: Budget) -> Hashable:
    positional = tuple(_told(values, _MAX_HEIGHT, budget) for values in arguments.positional)
    named = tuple((name, _told(one, _MAX_HEIGHT, budget)) for name, one in arguments.keywords)
    return positional, named, arguments.complete


def _told(values: Values, height: int, budget: Budget) -> Hashable:
    """Return what some values say, as far as calls are told apart by it."""
    budget.spend(len(values))
    return tuple(_one(value, height, budget) for value in values)


def _one(value: Value, height: int, budget: Budget) -> Hashable:
    match value:
        case Constant(value=constant):
            # ``1``, ``1.0`` and ``True`` are equal
            return type(constant), constant
        case Made() if height:
            return _made(value, _MAX_PARTS, budget)
        case Symbol(name=name):
            return name
        case Function() | Class():
            return value.node, id(value.frame)
        case Instance():
            return id(value)
        case Method(function=function, receiver=receiver):
            return function.node, _one(receiver, height, budget)
        case Sequence(items=items) if height and len(items) <= _MAX_ITEMS:
            return tuple(_told(item, height - 1, budget) for item in items)
        case Mapping(items=pairs) if height and len(pairs) <= _MAX_ITEMS:
            return tuple(
                (type(key), key, _told(item, height - 1, budget)) for key, item in pairs.items()
            )
    return object()


def _made(value: Made, depth: int, budget: Budget) -> Hashable:
    """Return what something made says, with what it is made of."""
    given = (value.owner, *value.arguments.all())[:_MAX_ITEMS]
    parts: list[Hashable] = [value.name]
    for values in given if depth else ():
        budget.spend(len(values))
        for one in values[:_MAX_ITEMS]:
            parts.append(
                _made(one, depth - 1, budget) if isinstance(one, Made) else _one(one, 0, budget)
            )
    return tuple(parts)

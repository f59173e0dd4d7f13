"""What stands in for an argument of the command line that is not given."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.launch.model import Call
from flake8_launcher.semantic.values import Constant, Values

_PARSED = deferred(r"\.parse_(?:known_)?args\(\)(?:\[\])?\.(\w+)$")
_ADDS = (".add_argument", ".add_option")


def is_parsed(name: str) -> bool:
    """Tell whether a qualified name stands for an argument of a parsed command line."""
    return _PARSED.search(name) is not None


def defaults(calls: Sequence[Call]) -> Callable[[str], Values]:
    """Return what tells the default of something parsed, by its qualified name.

    :param calls: what runs before.
    """

    def default(name: str) -> Values:
        parsed = _PARSED.search(name)
        if parsed is None:
            return ()
        for step in reversed(calls):
            if step.name.endswith(_ADDS) and parsed[1] in _destinations(step):
                given = (one.values for one in step.arguments if one.keyword == "default")
                # an empty text stands for what was not given
                return tuple(one for one in next(given, ()) if one != Constant(""))
        return ()

    return default


def _destinations(step: Call) -> set[str]:
    """Return the attributes that an argument may be kept as."""
    named = {
        value.value
        for argument in step.arguments
        if argument.keyword in (None, "dest")
        for value in argument.values
        if isinstance(value, Constant) and isinstance(value.value, str)
    }
    return {name.lstrip("-").replace("-", "_") for name in named}

"""What is known of the options that are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from flake8_launcher.knowledge import options as known
from flake8_launcher.knowledge import quoting

if TYPE_CHECKING:
    from flake8_launcher.settings.registry import Registry


_MOST_PARTS = 2
"""How many parts a name has with its group."""


class OptionName(NamedTuple):
    """An option that something reads.

    :ivar group: its group, empty for ``DEFAULT``.
    :ivar default: its default as messages say it, where it has been looked up: that is done only
        where a name may be that of a group, too.
    """

    group: str
    name: str
    default: str = "the default"

    def __str__(self) -> str:
        return ".".join(("CONF", *([self.group] if self.group else []), self.name))


def option_name(registry: Registry, parts: Sequence[str], *modules: str) -> OptionName | None:
    """Return the option that something reads; none where it may be a group, and no option.

    :param parts: the parts of its name.
    :param modules: the modules whose imports tell what is registered.
    """
    first, *rest = parts
    if rest and rest[0] in known.GROUP_MEMBERS:
        return None
    if rest and rest[0] not in known.VALUE_MEMBERS:
        return OptionName(first, rest[0])
    if known.is_of_library(first, ""):
        return OptionName("", first)
    for one in registry.registered(*modules):
        if one.option.name == first and one.group == "":
            default = quoting.default(one.option.name, one.option.default, one.option.secret)
            return OptionName("", first, default)
    return None


def default_of(registry: Registry, parts: Sequence[str], *modules: str) -> object:
    """Return the default of the option that something reads; ``...`` where that is not known.

    :param parts: the parts of its name, and no more.
    :param modules: the modules whose imports tell what is registered.
    """
    group, name = ("", *parts)[-2:]
    found = {
        repr(one.option.default): one.option.default
        for one in registry.registered(*modules)
        if one.option.name == name and one.group == group
    }
    return next(iter(found.values())) if len(found) == 1 and len(parts) <= _MOST_PARTS else ...

"""Runs a module with all its functions, for what they may register whoever calls them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from flake8_launcher.knowledge import options as known
from flake8_launcher.semantic.modules import Module
from flake8_launcher.settings.expressions import Arguments, group_of, text_of
from flake8_launcher.settings.reader import Reader
from flake8_launcher.settings.values import Class, Function, Group, TooLargeError, Value

_FILLS = re.compile("regist|opt|conf|load|auth|session|adapter|set|init", re.IGNORECASE)
_RECEIVERS = frozenset({"cfg", "cls", "conf", "config", "self"})
_MANY = 2


LookUp: TypeAlias = Callable[[str, str], Value]
Has: TypeAlias = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Explored:
    """What a module may register.

    :ivar options: the options by name, each with its group, none where that is not known, and
        the module and line that make it.
    :ivar groups: the groups that it registers.
    :ivar open_groups: those that get options which are not all known.
    :ivar is_blind: whether it may register any option in any group.
    """

    options: dict[str, set[tuple[str | None, str, int]]]
    groups: frozenset[str]
    open_groups: frozenset[str]
    is_blind: bool

    def may_have(self, name: str, group: str) -> bool:
        """Tell whether an option may be registered."""
        if self.is_blind or group in self.open_groups:
            return True
        return any(one in (group, None) for one, *_ in self.options.get(name, ()))

    def registers_each(self, name: str, count: int) -> bool:
        """Tell whether the module itself registers each of some options of a name."""
        return len({line for _, _, line in self.options.get(name, ())}) >= count


def explored(module: Module | None, look_up: LookUp, has: Has) -> Explored:
    """Return what a module may register, whoever calls its functions."""
    if module is None:
        return Explored({}, frozenset(), frozenset(), is_blind=True)
    explorer = Explorer(module, look_up, has)
    explorer.explore()
    options: dict[str, set[tuple[str | None, str, int]]] = {}
    for option, group, _ in explorer.found.options:
        place = (option.module, option.line)
        for name in {option.name or "", *option.deprecated}:
            given = group if name == option.name else None
            options.setdefault(name, set()).add((given, *place))
    found = explorer.found
    return Explored(
        options, frozenset(found.groups), frozenset(found.open_groups), explorer.is_blind
    )


class Explorer(Reader):
    """Runs one module, and then its functions with arguments of which nothing is known.

    :ivar is_blind: whether options are registered of which neither the names nor the group is
        known, other than by a function that is given both.
    """

    is_blind = False
    _is_given_both = False

    def explore(self) -> None:
        """Run the module and its functions."""
        self.run()
        try:
            for value in list(self.scope.names.values()):
                self._explore(value)
        except (TooLargeError, RecursionError):
            self.is_blind = True

    def _explore(self, value: Value) -> None:
        if not isinstance(value, Function | Class) or value.scope.module is not self.scope.module:
            return
        if "regist" not in text_of(value):
            return
        if isinstance(value, Class):
            for member in list(self.members(value).values()):
                if not isinstance(member, Class):
                    self._explore(member)
            return
        spec = value.node.args if value.node else None
        names = [one.arg for one in (*spec.posonlyargs, *spec.args)] if spec else []
        self._is_given_both = len([one for one in names if one not in _RECEIVERS]) >= _MANY
        self._run(value, ([], {}, False), 1)
        self._is_given_both = False

    def give_up(self, line: int, why: str) -> None:
        """Note that options may be registered of which nothing is known."""
        if not why.endswith(("may register options", "a computed name")):
            self.is_blind = self.is_blind or not self._is_given_both

    def _outside(self, name: str, arguments: Arguments, line: int) -> Value:
        last = name.rpartition(".")[2]
        if _FILLS.search(last) and last not in known.GROUP_TAKERS and not last.endswith("Opt"):
            for value in (*arguments[0], *arguments[1].values()):
                group = group_of(value) if isinstance(value, Group | str) else None
                if group:
                    self.found.open_groups.add(group)
        return super()._outside(name, arguments, line)

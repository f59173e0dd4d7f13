"""Options, and what a module registers; a plain form that nothing of the reader shows in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

Refused: TypeAlias = Literal["never", "elsewhere", "always"]


class Option(NamedTuple):
    """One option of oslo.config, as its constructor is called.

    :ivar name: what it is read by, dashes made underscores; none when it is computed.
    :ivar kind: the name of its class, such as ``StrOpt``.
    :ivar module: the module that makes it.
    :ivar line: the line there.
    :ivar deprecated: its older names.
    :ivar secret: whether its value is kept out of the log; none when it is computed.
    :ivar default: its default where that is a literal, else ``...``.
    :ivar limited: whether its values are limited to choices.
    """

    name: str | None
    kind: str
    module: str
    line: int
    deprecated: tuple[str, ...] = ()
    secret: bool | None = False
    default: object = None
    limited: bool = False


class Declaration(NamedTuple):
    """A call that makes an option, in any place of a module.

    :ivar name: its name, as it is written.
    :ivar kind: the name of its class, such as ``StrOpt``.
    :ivar line: the first line of the call.
    :ivar column: 0-based column there.
    :ivar secret: whether its value is kept out of the log; none when it is computed.
    :ivar default: its default where that is a literal, else ``...``.
    :ivar help: its description, empty without one; none when it is computed.
    :ivar is_limited: whether it says which values, or values of which type, it takes.
    :ivar noun: what a message calls it.
    :ivar hides: what would keep its value out of the log; empty where nothing of the kind exists.
    :ivar is_fixed: whether nobody can set it: the code has its value.
    :ivar bare: its name without that of the project in front, which tells whose secret it is.
    :ivar refused: whether the process refuses the default: not at all (``never``), where it is
        not there for development (``elsewhere``), or in any case (``always``).
    """

    name: str
    kind: str
    line: int
    column: int
    secret: bool | None
    default: object
    help: str | None
    is_limited: bool
    noun: str = "option"
    hides: str = "secret=True"
    is_fixed: bool = False
    bare: str = ""
    refused: Refused = "never"


class Registered(NamedTuple):
    """An option that is registered.

    :ivar group: its group, empty for ``DEFAULT``; none when it is computed.
    :ivar cli: whether the command line takes it.
    """

    option: Option
    group: str | None
    cli: bool


@dataclass(slots=True)
class Registrations:
    """What the top level of one module registers, and what it imports.

    :ivar options: the options.
    :ivar groups: the groups, those that options bring among them.
    :ivar open_groups: groups that get options which are not all known.
    :ivar unknown_groups: whether it registers groups whose names are computed.
    :ivar imports: the modules that are imported, in order.
    :ivar unread: why it may register more than is known, with the line; empty when it does not.
    :ivar unread_by_default: whether it may where its own options have their defaults.
    """

    options: list[Registered] = field(default_factory=list)
    groups: set[str] = field(default_factory=set)
    open_groups: set[str] = field(default_factory=set)
    unknown_groups: bool = False
    imports: dict[str, None] = field(default_factory=dict)
    unread: str = ""
    unread_by_default: bool = False

    def has(self, name: str, group: str) -> bool:
        """Tell whether an option is registered, perhaps under an older name.

        :param group: its group, empty for ``DEFAULT``.
        """
        return group in self.open_groups or any(
            name in registered.option.deprecated
            or (registered.option.name == name and registered.group in (group, None))
            for registered in self.options
        )

    def has_group(self, group: str) -> bool:
        """Tell whether a group is registered."""
        return group in self.groups

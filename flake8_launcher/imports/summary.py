"""What one module does when it is imported, in order; a form that is kept and shipped as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from flake8_launcher.knowledge import with_packages

Kind: TypeAlias = Literal["reference", "base", "instance"]
"""How something is kept: by name, as the base of a class, or as what a call of it gave."""

Needs: TypeAlias = tuple[str, ...]
"""Packages that must be there: ``a`` is one, and ``!a,b`` holds when ``a`` or ``b`` is not."""

Literals: TypeAlias = tuple[tuple[str, object], ...]


class Import(NamedTuple):
    """A module is imported; those of the standard library are left out.

    :ivar module: its absolute name.
    :ivar name: what is taken from it, ``*`` for everything; it may be a module, too.
    :ivar line: the line of the statement.
    :ivar perhaps: whether it stands under a condition that cannot be told.
    :ivar needs: the packages that must be there, or not, for it to run.
    """

    module: str
    name: str | None
    line: int
    perhaps: bool = False
    needs: Needs = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The qualified names that it asks for: packages, the module, and what is taken."""
        whole = f"{self.module}.{self.name}" if self.name else self.module
        return with_packages(whole)


class Held(NamedTuple):
    """The module keeps something that a monkey patch replaces.

    :ivar name: the qualified name of what is kept, or of what was called or subclassed.
    :ivar kind: how it is kept.
    :ivar attribute: where: the name in the module, with its class (``Pool.lock``).
    """

    name: str
    kind: Kind
    attribute: str
    line: int
    perhaps: bool = False
    needs: Needs = ()


class Patched(NamedTuple):
    """A known patcher is called.

    :ivar name: its qualified name.
    :ivar keywords: its keywords, with what is known of their values; ``...`` is unknown.
    """

    name: str
    keywords: Literals
    line: int
    perhaps: bool = False
    needs: Needs = ()


class Called(NamedTuple):
    """Something is called that matters only if it comes before, or after, something else.

    :ivar name: its qualified name.
    :ivar argument: its first argument, where that is a literal text; ``__name__`` is the module's.
    :ivar keywords: its keywords, with what is known of their values; ``...`` is unknown.
    """

    name: str
    argument: str | None
    keywords: Literals
    line: int
    perhaps: bool = False
    needs: Needs = ()


class Read(NamedTuple):
    """The module reads a variable of the environment.

    :ivar name: the variable; empty where that cannot be told.
    :ivar reader: the qualified name of what reads it.
    """

    name: str
    reader: str
    line: int
    perhaps: bool = False
    needs: Needs = ()


Event: TypeAlias = Import | Held | Patched | Called | Read


class Summary(NamedTuple):
    """What a module does when it is imported.

    :ivar module: its qualified name.
    :ivar is_package: whether it is the ``__init__`` of a package.
    :ivar events: what happens, in order.
    :ivar lazy: names that it imports when they are asked for (PEP 562), with their modules.
    """

    module: str
    is_package: bool
    events: tuple[Event, ...]
    lazy: Mapping[str, tuple[str, ...]]


_KINDS: Mapping[str, Kind] = {"r": "reference", "b": "base", "i": "instance"}
_UNKNOWN = "..."


def to_json(summary: Summary) -> list[Any]:
    """Return a summary as JSON values, without its name.

    What matters only of the project's own modules is left out.
    """
    events = (event for event in summary.events if not isinstance(event, Called | Read))
    data: list[Any] = [int(summary.is_package), [_listed(event) for event in events]]
    if summary.lazy:
        data.append({name: list(modules) for name, modules in summary.lazy.items()})
    return data


def from_json(module: str, data: object) -> Summary | None:
    """Return the summary in JSON values, or none when they are not of that form.

    :param module: the qualified name of the module.
    """
    match data:
        case [0 | 1 as is_package, list(listed)]:
            lazy: object = {}
        case [0 | 1 as is_package, list(listed), dict(lazy)]:
            pass
        case _:
            return None
    events = tuple(_event(one) for one in listed)
    if not isinstance(lazy, dict) or None in events:
        return None
    return Summary(
        module,
        bool(is_package),
        tuple(event for event in events if event),
        {str(name): tuple(map(str, modules)) for name, modules in lazy.items()},
    )


def _listed(event: Import | Held | Patched) -> list[Any] | str:
    match event:
        case Import(name=None, line=0, perhaps=False, needs=()):
            return event.module
        case Import():
            fields = ["m", event.line, event.module, event.name]
        case Held():
            fields = ["h", event.line, event.name, event.kind[0], event.attribute]
        case Patched():
            keywords = {
                name: _UNKNOWN if value is ... else value for name, value in event.keywords
            }
            fields = ["p", event.line, event.name, keywords]
    if event.perhaps or event.needs:
        fields.append(int(event.perhaps))
    if event.needs:
        fields.append(list(event.needs))
    return fields


def _event(data: object) -> Import | Held | Patched | None:
    match data:
        case str(module):
            return Import(module, None, 0)
        case ["m", int(line), str(module), str() | None as name, *rest]:
            return Import(module, name, line, *_conditions(rest))
        case ["h", int(line), str(name), "r" | "b" | "i" as kind, str(attribute), *rest]:
            return Held(name, _KINDS[kind], attribute, line, *_conditions(rest))
        case ["p", int(line), str(name), dict(keywords), *rest]:
            literals = tuple(
                (str(key), ... if value == _UNKNOWN else value) for key, value in keywords.items()
            )
            return Patched(name, literals, line, *_conditions(rest))
    return None


def _conditions(rest: list[Any]) -> tuple[bool, Needs]:
    perhaps = bool(rest and rest[0])
    needs = rest[1] if len(rest) > 1 and isinstance(rest[1], list) else ()
    return perhaps, tuple(map(str, needs))

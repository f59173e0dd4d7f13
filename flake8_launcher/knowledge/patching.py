"""What a call of a patcher replaces, with the keywords that it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

_NONE: frozenset[str] = frozenset()


class Effect(NamedTuple):
    """What a patcher does when some of its keywords are on, besides what fewer of them do.

    All names are qualified.

    :ivar on: the keywords that must be on together; none for what each call does.
    :ivar replaced: names that then stand for another object. Who imported one of them before
        holds what is no longer used.
    :ivar deleted: names that are then gone.
    :ivar instances: classes and functions whose results stay unpatched when they were made
        before. ``threading.Event`` is one for eventlet, which leaves the class alone: an event
        holds a lock. An ``RLock`` is none, because eventlet replaces the ones that it finds.
    """

    on: frozenset[str] = _NONE
    replaced: frozenset[str] = _NONE
    deleted: frozenset[str] = _NONE
    instances: frozenset[str] = _NONE


class PatchTable(NamedTuple):
    """What a patcher can do.

    The questions take the keywords that are on, as :meth:`switched_on` gives them.

    :ivar version: the release that the table was made from.
    :ivar keywords: each keyword that chooses what is patched, with its default, in the order of
        the signature.
    :ivar accepted: what else it takes: ``all`` stands for the default of all keywords,
        ``__builtin__`` for ``builtins``.
    :ivar lenient: whether it ignores keywords that it does not know, and does not raise
        :exc:`TypeError`.
    :ivar only_named: whether a keyword that is true switches those off that are not named
        (eventlet). Otherwise nothing but a false keyword changes the default (gevent).
    :ivar effects: what it does, by the keywords that are on.
    """

    version: str
    keywords: Mapping[str, bool] = {}
    accepted: frozenset[str] = _NONE
    lenient: bool = False
    only_named: bool = False
    effects: tuple[Effect, ...] = ()

    def knows(self, keyword: str) -> bool:
        """Tell whether a keyword means something to the patcher."""
        return keyword in self.keywords or keyword in self.accepted

    def switched_on(self, given: Mapping[str, bool | None] | None = None) -> frozenset[str]:
        """Return the keywords that are on when some are given.

        :param given: the keywords of the call; None stands for a value that is not known.
        :returns: those that are on whatever the unknown values are.
        """
        named = dict(given or {})
        if "__builtin__" in self.accepted and "__builtin__" in named:
            named["builtins"] = named.pop("__builtin__")
        others: bool | None = True
        if "all" in self.accepted and "all" in named:
            others = named.pop("all")
        elif self.only_named and not all(value is False for value in named.values()):
            others = False
        return frozenset(
            name for name, usual in self.keywords.items() if named.get(name, usual and others)
        )

    @property
    def choices(self) -> frozenset[str]:
        """The keywords that make a difference to the standard library."""
        return _NONE.union(*(effect.on for effect in self.effects))

    def replaced_names(self, on: frozenset[str]) -> frozenset[str]:
        """Return the qualified names that then stand for another object."""
        return self._names(on, lambda effect: effect.replaced)

    def deleted_names(self, on: frozenset[str]) -> frozenset[str]:
        """Return the qualified names that are then gone."""
        return self._names(on, lambda effect: effect.deleted)

    def stale_instances(self, on: frozenset[str]) -> frozenset[str]:
        """Return the classes and functions whose earlier results stay unpatched."""
        return self._names(on, lambda effect: effect.instances)

    def _names(
        self, on: frozenset[str], chosen: Callable[[Effect], frozenset[str]]
    ) -> frozenset[str]:
        return _NONE.union(*(chosen(effect) for effect in self.effects if effect.on <= on))

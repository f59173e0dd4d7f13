"""Tables of qualified names, in some of which ``*`` stands for any run of characters.

The last part of a name is matched by itself, so that ``reactor.listen*`` is not a method of what
``reactor.listenTCP()`` returns.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Generic, TypeVar

Known = TypeVar("Known")


def root_of(name: str) -> str:
    """Return the top-level package of a qualified name."""
    return name.partition(".")[0].removesuffix("()")


class Table(Generic[Known]):
    """What is known of qualified names.

    :param known: by name; a ``*`` stands for no part of a name's top-level package.
    """

    def __init__(self, known: Mapping[str, Known]) -> None:
        self._known = known
        self._starred: dict[str, list[tuple[str, Known]]] = {}
        for name, one in known.items():
            if "*" in name:
                self._starred.setdefault(root_of(name), []).append((name, one))

    def get(self, name: str) -> Known | None:
        """Return what is known of a name: by itself, or by the first that it matches."""
        if name in self._known:
            return self._known[name]
        starred = self._starred.get(root_of(name), ())
        return next((known for pattern, known in starred if _fits(name, pattern)), None)


def _fits(name: str, pattern: str) -> bool:
    """Tell whether a name is one that a pattern stands for."""
    if not fnmatchcase(name, pattern):
        return False
    return fnmatchcase(name.rpartition(".")[2], pattern.rpartition(".")[2])

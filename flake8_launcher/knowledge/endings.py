"""How calls that serve, start or wait end: who is told when the start fails.

Most of it was seen in real processes, on CPython 3.12 and Linux: ``tests/oracle/endings.py`` runs
them again. What was only read in a framework's source is marked so.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from flake8_launcher.knowledge import canonical
from flake8_launcher.knowledge.frameworks import known_of
from flake8_launcher.knowledge.model import Ending
from flake8_launcher.knowledge.table import Table, root_of

__all__ = ["Ending", "ending_of"]


@functools.lru_cache(maxsize=256)
def _endings_in(package: str) -> Table[Ending]:
    return Table(known_of(package).endings)


@functools.lru_cache(maxsize=4096)
def _found(name: str) -> Ending | None:
    known = canonical(name)
    return _endings_in(root_of(known)).get(known)


def ending_of(name: str, keywords: Mapping[str, object] | None = None) -> Ending | None:
    """Return how a call ends, or none where nothing is known of it.

    :param name: its qualified name.
    :param keywords: its keywords, with their values where they are literal and None elsewhere; a
        keyword that decides and is not known leaves open what it decides.
    """
    ending = _found(name)
    for keyword, instead in ending.when if ending and keywords else ():
        if ending is None or keywords is None or keyword not in keywords:
            continue
        value = keywords[keyword]
        if value is None:
            ending = ending._replace(
                blocks=ending.blocks if ending.blocks == instead.blocks else None,
                status=ending.status if ending.status == instead.status else None,
                needs=ending.needs if ending.needs == instead.needs else None,
            )
        elif value is True or (isinstance(value, int) and value > 1):
            ending = instead
    return ending

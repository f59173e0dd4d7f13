"""Keeps the collector of garbage from what a run has read, and keeps for the next files.

That is hundreds of thousands of small objects, and each collection of the oldest ones would visit
them all: over the whole of nova that took twice as long as the reviews themselves.
"""

from __future__ import annotations

import atexit
import functools
import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 50_000
"""So many objects that a review has made, and that are still there, are worth setting aside."""
_SHORT = 500
"""Lines of a file whose tree may be set aside with the rest, though nothing collects it then."""


class _Aside:
    """What is set aside.

    :ivar waits: whether there is more that is worth it.
    :ivar looked_at: how many objects it were when all of it was looked at last.
    """

    def __init__(self) -> None:
        self.waits = False
        self.looked_at = 0

    def add(self) -> None:
        """Take what is alive out of the collections to come, flake8's own objects among it.

        When it has doubled, all is looked at once more: some of it may be garbage by then.
        """
        self.waits = False
        is_doubled = gc.get_freeze_count() > 2 * self.looked_at
        if is_doubled:
            gc.unfreeze()
        gc.collect()
        gc.freeze()
        if is_doubled or not self.looked_at:
            self.looked_at = gc.get_freeze_count()


_aside = _Aside()


@contextmanager
def undisturbed(lines: int) -> Iterator[None]:
    """Import, read and ask without collections of garbage, and set aside what is kept of it.

    :param lines: the length of the file under review, which flake8 holds meanwhile.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        made, *_ = gc.get_count()
        _aside.waits |= made > _MANY
        if _aside.waits and lines < _SHORT:
            _aside.add()
        gc.enable()


@functools.cache
def leave_at_exit() -> None:
    """Spare the trees that are kept the collections of garbage with which Python exits."""
    atexit.register(gc.freeze)

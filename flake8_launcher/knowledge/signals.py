"""Calls that set signal handlers."""

from __future__ import annotations

import functools

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.frameworks import known_of
from flake8_launcher.knowledge.model import Signals
from flake8_launcher.knowledge.table import Table, root_of

OF_MAIN_THREAD = frozenset({"signal.signal", "asyncio.AbstractEventLoop().add_signal_handler"})
"""Those that fail in every other thread."""

SETS_HANDLER = deferred(r"^signal\.signal$|\.add_signal_handler$|^gevent\.signal(?:_handler)?$")
"""The canonical names of all: loops of events call it alike."""

NO_HANDLERS = frozenset({"signal.SIG_DFL", "signal.SIG_IGN", "signal.default_int_handler"})
"""What such a call is given that is no handler of the service's own."""


@functools.lru_cache(maxsize=256)
def _signals_in(package: str) -> Table[Signals]:
    return Table(known_of(package).signals)


def sets_own(name: str) -> Signals | None:
    """Return whether a call that serves sets signal handlers of its own, if that is known.

    :param name: its canonical name.
    """
    return _signals_in(root_of(name)).get(name)

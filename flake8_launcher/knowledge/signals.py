"""Calls that set signal handlers."""

from __future__ import annotations

from flake8_launcher.knowledge.deferred import deferred

OF_MAIN_THREAD = frozenset({"signal.signal", "asyncio.AbstractEventLoop().add_signal_handler"})
"""Those that fail in every other thread."""

SETS_HANDLER = deferred(r"^signal\.signal$|\.add_signal_handler$|^gevent\.signal(?:_handler)?$")
"""The canonical names of all: loops of events call it alike."""

NO_HANDLERS = frozenset({"signal.SIG_DFL", "signal.SIG_IGN", "signal.default_int_handler"})
"""What such a call is given that is no handler of the service's own."""

"""Calls that set signal handlers."""

from __future__ import annotations

import functools
from typing import NamedTuple

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.table import Table

OF_MAIN_THREAD = frozenset({"signal.signal", "asyncio.AbstractEventLoop().add_signal_handler"})
"""Those that fail in every other thread."""

SETS_HANDLER = deferred(r"^signal\.signal$|\.add_signal_handler$|^gevent\.signal(?:_handler)?$")
"""The canonical names of all: loops of events call it alike."""

NO_HANDLERS = frozenset({"signal.SIG_DFL", "signal.SIG_IGN", "signal.default_int_handler"})
"""What such a call is given that is no handler of the service's own."""


class Own(NamedTuple):
    """Whether a call that serves sets signal handlers of its own, which fails in a thread.

    :ivar keywords: the parameters of which the first that is given says so.
    :ivar position: where that of the first of them stands, if it may be given by position.
    :ivar otherwise: whether it does so where none of them is given.
    """

    keywords: tuple[str, ...] = ()
    position: int = -1
    otherwise: bool = True


_ALWAYS = Own()
_RELOADER = Own(("use_reloader", "debug"), otherwise=False)
_TELEGRAM = Own(("stop_signals",))
_OWN = {
    "aiogram.Dispatcher().run_polling": Own(("handle_signals",)),
    "aiohttp.web.run_app": Own(("handle_signals",)),
    "dash.Dash().run": _RELOADER,
    "flask.Flask().run": _RELOADER,
    "flask_socketio.SocketIO().run": _RELOADER,
    "gunicorn.app.*Application().run": _ALWAYS,
    "huey.*Huey().create_consumer().run": _ALWAYS,
    "hypercorn.asyncio.serve": Own(("shutdown_trigger",)),
    "pyrogram.*Client().run": _ALWAYS,
    "pyrogram.idle": _ALWAYS,
    "rq.*Worker().work": _ALWAYS,
    "sanic.Sanic().run": Own(("register_sys_signals",)),
    "scrapy.crawler.CrawlerProcess().start": Own(("install_signal_handlers",), 1),
    "streamlit.web.bootstrap.run": _ALWAYS,
    "telegram.ext.Application*().run_*": _TELEGRAM,
    "telegram.ext.Updater().idle": _TELEGRAM,
    "twisted.internet.reactor.run": Own(("installSignalHandlers",), 0),
    "werkzeug.*run_simple": Own(("use_reloader",), otherwise=False),
}


@functools.cache
def sets_own() -> Table[Own]:
    """Return which calls that serve set signal handlers of their own.

    Each was seen to fail in a thread, but those of pyrogram's client, scrapy and the updater of
    python-telegram-bot 13, whose sources (``pyrogram/methods/utilities/run.py``,
    ``scrapy/crawler.py``, ``telegram/ext/updater.py``) say so.
    """
    return Table(_OWN)

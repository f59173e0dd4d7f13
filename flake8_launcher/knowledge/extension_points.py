"""Attributes of other distributions that are there to be assigned, and places to add some to.

Only attributes that may hold a function or class are listed: other values are settings.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.language import BUILTINS

EXTENSION_POINTS = frozenset(
    {
        # docs.python.org, sys
        "sys.breakpointhook",
        "sys.displayhook",
        "sys.excepthook",
        "sys.stderr",
        "sys.stdin",
        "sys.stdout",
        "sys.unraisablehook",
        # pydoc.pager rebinds itself to the pager that it finds
        "pydoc.getpager",
        "pydoc.pager",
        # lists, which programs set for others that they run
        "sys.argv",
        "sys.path",
        # docs.python.org, threading.excepthook
        "threading.excepthook",
        # docs.python.org, warnings.showwarning and warnings.formatwarning
        "warnings.formatwarning",
        "warnings.showwarning",
        # docs.python.org, logging.Formatter.formatTime and logging.lastResort
        "logging.Formatter.converter",
        "logging.lastResort",
        # docs.python.org, tarfile: supporting older Python versions
        "tarfile.TarFile.extraction_filter",
        # flask.palletsprojects.com, flask.Flask: what an application is made with
        "flask.Flask.json_decoder",
        "flask.Flask.json_encoder",
        "flask.Flask.json_provider_class",
        "flask.Flask.request_class",
        "flask.Flask.response_class",
        "flask.Flask.session_interface",
        # eventlet.readthedocs.io, eventlet.wsgi, and gevent.org, gevent.hub.Hub
        "eventlet.wsgi.MAX_HEADER_LINE",
        "gevent.hub.Hub.NOT_ERROR",
        # uwsgi-docs.readthedocs.io, The uwsgi Python module, and uwsgidecorators.py of uWSGI
        "uwsgi.atexit",
        "uwsgi.message_manager_marshal",
        "uwsgi.mule_msg_hook",
        "uwsgi.post_fork_hook",
        "uwsgi.spooler",
    }
)

INSTANCES = frozenset(
    {
        "bottle.request",
        "bottle.response",
        "cherrypy.config",
        "cherrypy.engine",
        "cherrypy.log",
        "cherrypy.request",
        "cherrypy.response",
        "cherrypy.tools",
        "django.conf.settings",
        "flask.current_app",
        "flask.g",
        "flask.request",
        "flask.session",
        "gevent.config",
        "logging.root",
        "tornado.options.options",
        "twisted.internet.reactor",
    }
)
"""Objects with the names of modules: what is set on them is no patch of a module or class."""

_LOGURU = frozenset(
    {
        "add",
        "bind",
        "catch",
        "complete",
        "configure",
        "contextualize",
        "critical",
        "debug",
        "disable",
        "enable",
        "error",
        "exception",
        "info",
        "level",
        "log",
        "opt",
        "parse",
        "patch",
        "remove",
        "start",
        "stop",
        "success",
        "trace",
        "warning",
    }
)
"""The methods of Loguru's logger; its documentation adds others for levels of one's own."""

_CHOICE = deferred(r"(?i:(?:^|_)(?:cls|class|factory))$")
"""Attributes of a class that say by their name which other class it makes objects of."""

_SESSIONS = frozenset(
    {
        "FileSession",
        "MemcachedSession",
        "RamSession",
        "Session",
        "close",
        "expire",
        "init",
        "save",
        "set_response_cookie",
    }
)
"""What CherryPy has for sessions; it finds others by their name, once they are put beside."""

PRESENT: Mapping[str, frozenset[str]] = {
    "__builtin__": BUILTINS,
    "builtins": BUILTINS,
    "cherrypy.lib.sessions": _SESSIONS,
    "logging": frozenset(dir(logging)),
    "logging.Logger": frozenset(dir(logging.Logger)),
    "loguru.logger.__class__": _LOGURU,
    "six.moves.builtins": BUILTINS,
}
"""Where attributes are added by custom (levels and their methods, ``_``), and what is there."""


def is_open(name: str) -> bool:
    """Tell whether an attribute may be assigned: it is made for that, or it is added.

    :param name: its qualified name.
    """
    holder, _, attribute = name.rpartition(".")
    if name in EXTENSION_POINTS or holder in INSTANCES:
        return True
    if holder.rpartition(".")[2][:1].isupper() and _CHOICE.search(attribute):
        return True
    return holder in PRESENT and attribute not in PRESENT[holder]

"""Programs that serve, as a command line names them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from flake8_launcher.knowledge.deferred import deferred

_SERVERS = frozenset(
    {
        "arq",
        "chainlit",
        "circusd",
        "daphne",
        "dask-scheduler",
        "dask-worker",
        "dramatiq",
        "faust",
        "granian",
        "gunicorn",
        "hypercorn",
        "jupyter-lab",
        "jupyter-notebook",
        "jupyterhub",
        "kopf",
        "osken-manager",
        "rqworker",
        "ryu-manager",
        "supervisord",
        "taskiq",
        "tritonserver",
        "twist",
        "twistd",
        "uvicorn",
        "uwsgi",
        "voila",
        "waitress-serve",
    }
)
"""Programs that do nothing else."""
_SUBCOMMANDS: Mapping[str, frozenset[str]] = {
    "celery": frozenset({"beat", "flower", "worker"}),
    "fastapi": frozenset({"dev", "run"}),
    "flask": frozenset({"run"}),
    "litestar": frozenset({"run"}),
    "manage.py": frozenset({"qcluster", "rqworker", "runserver", "runserver_plus"}),
    "streamlit": frozenset({"run"}),
}
"""Programs that serve with some of their commands."""
_FOREGROUND: Mapping[str, frozenset[str]] = {
    "apache2": frozenset({"-DFOREGROUND", "FOREGROUND"}),
    "apache2ctl": frozenset({"-DFOREGROUND", "FOREGROUND"}),
    "apachectl": frozenset({"-DFOREGROUND", "FOREGROUND"}),
    "dnsmasq": frozenset({"-k", "--keep-in-foreground"}),
    "dovecot": frozenset({"-F"}),
    "httpd": frozenset({"-DFOREGROUND", "FOREGROUND"}),
    "nginx": frozenset({"daemon off;", "off"}),
    "php-fpm": frozenset({"-F", "--nodaemonize"}),
    "postfix": frozenset({"start-fg"}),
    "rspamd": frozenset({"-f", "--no-fork"}),
    "sshd": frozenset({"-D"}),
    "unbound": frozenset({"-d"}),
}
"""Servers that a start script ends with, and what keeps them in the foreground."""
LOAD_BY_DOTS = ("arq", "dramatiq", "huey_consumer", "nameko", "saq")
"""Programs that load a module of the project, or what they take of it, named with dots alone."""
LOAD_BY_OPTION = ("celery", "faust", "procrastinate")
"""Those that are told it with ``-A`` or ``--app``."""
RUN_FILES = ("streamlit",)
"""Those that run a file of it as a script, again and again."""
LOAD_FILES = (
    "bokeh",
    "chainlit",
    "fastapi",
    "fastmcp",
    "flask",
    "kopf",
    "mcp run",
    "mod_wsgi-express",
    "panel serve",
    "sanic",
    "solara",
    "uwsgi",
)
"""Those that load a file of it."""
LOADERS = frozenset(
    {
        "aiohttp.web",
        "bentoml",
        "chaussette",
        "cheroot",
        "daphne",
        "faststream",
        "granian",
        "gunicorn",
        "gunicorn3",
        "huey_consumer.py",
        "hypercorn",
        "litestar",
        "quart",
        "serve run",
        "taskiq",
        "twist",
        "twistd",
        "unit",
        "unitd",
        "uvicorn",
        "waitress-serve",
        *LOAD_BY_DOTS,
        *LOAD_BY_OPTION,
        *LOAD_FILES,
        *RUN_FILES,
    }
)
"""Those, and those to which ``package.module:name`` tells it."""
WORDS = (*sorted(_SERVERS | _SUBCOMMANDS.keys() | _FOREGROUND.keys()),)
"""The names of all of them."""
_BEFORE = deferred(
    r"-.*|\w+=.*|ddtrace-run|dumb-init|env|exec|gosu|newrelic-admin|nice|nohup"
    r"|opentelemetry-instrument|pipenv|poetry|pypy\d?|python[\d.]*|run|run-program|setsid|stdbuf"
    r"|sudo|tini|uv|uvx"
)
"""What may stand before the program, that starts it."""
_PARTS = deferred(r"[^&|;\n]{1,2000}(?:&&|[|]{2}|[;\n|]|&(?!&))?")
_ANSWERS = frozenset({"--check-config", "--help", "--version", "-V", "-h"})
"""Options with which a server only answers."""


def serves(words: Sequence[str | None]) -> bool:
    """Tell whether the words of a command start a server.

    :param words: those of the program and what it is given; none for what is not known.
    """
    for at, word in enumerate(words):
        if word is None:
            continue  # ``sys.executable``
        program = os.path.basename(word)
        if program in _SERVERS:
            return _ANSWERS.isdisjoint(words[at:])
        if program in _SUBCOMMANDS:
            return not _SUBCOMMANDS[program].isdisjoint(words[at:])
        if program in _FOREGROUND:
            return not _FOREGROUND[program].isdisjoint(words[at:])
        if _BEFORE.fullmatch(program) is None:
            return False
    return False


def is_served_by(line: str) -> bool:
    """Tell whether a line that a shell runs starts a server, and waits for it."""
    return any(
        serves(part.strip("&|;\n").replace("'", " ").replace('"', " ").split())
        for part in _PARTS.findall(line)
        if part.endswith("&&") or not part.endswith("&")
    )


def has_words(text: str) -> bool:
    """Tell whether a text names such a program."""
    return any(word in text for word in WORDS)

"""Flask, a web framework."""

from __future__ import annotations

from flake8_launcher.knowledge.model import (
    INTERRUPT,
    RELOADER_SETS_SIGNALS,
    Ending,
    Framework,
    alike,
)

_WERKZEUG = Ending(
    blocks=True,
    status="exits",
    binds=True,
    code=1,
    tells="prints a message and exits with status 1",
    swallows=INTERRUPT,
)

FRAMEWORK = Framework(
    distributions=("Flask",),
    create=(
        "flask.Flask",
        "flask.app.Flask",
    ),
    serve=(
        "flask.Flask().run",
        "flask.app.Flask().run",
        "flask.cli.FlaskGroup()",
    ),
    load=(
        "flask.Config().from_envvar",
        "flask.Config().from_file",
        "flask.Config().from_json",
        "flask.Config().from_pyfile",
        "flask.config.Config().from_envvar",
        "flask.config.Config().from_file",
        "flask.config.Config().from_json",
        "flask.config.Config().from_pyfile",
        "flask.Flask().config.from_envvar",
        "flask.Flask().config.from_file",
        "flask.Flask().config.from_json",
        "flask.Flask().config.from_pyfile",
        "flask.app.Flask().config.from_envvar",
        "flask.app.Flask().config.from_file",
        "flask.app.Flask().config.from_json",
        "flask.app.Flask().config.from_pyfile",
    ),
    endings=alike(
        _WERKZEUG,
        "flask.Flask().run",
        "flask.app.Flask().run",
        # the command that serves is one of several, and calls run_simple
        "flask.cli.FlaskGroup()",
    ),
    signals={
        "flask.Flask().run": RELOADER_SETS_SIGNALS,
    },
)

"""Flask, a web framework."""

from __future__ import annotations

from flake8_launcher.knowledge.model import (
    RELOADER_SETS_SIGNALS,
    RUNS_WERKZEUG,
    Framework,
    alike,
)

FRAMEWORK = Framework(
    distributions=("Flask",),
    create=(
        "flask.Flask",
        "flask.app.Flask",
    ),
    serve=(
        "flask.Flask().run",
        "flask.cli.FlaskGroup()",
        "flask.cli.FlaskGroup().main",
    ),
    load=(
        "flask.Flask().config.from_envvar",
        "flask.Flask().config.from_file",
        "flask.Flask().config.from_json",
        "flask.Flask().config.from_pyfile",
    ),
    returns={
        "flask.Config()": "flask.Flask().config",
        "flask.app.Flask()": "flask.Flask()",
        "flask.config.Config()": "flask.Flask().config",
    },
    endings=alike(
        RUNS_WERKZEUG,
        "flask.Flask().run",
        # the command that serves is one of several, and calls run_simple
        "flask.cli.FlaskGroup()",
        "flask.cli.FlaskGroup().main",
    ),
    signals={
        "flask.Flask().run": RELOADER_SETS_SIGNALS,
    },
)

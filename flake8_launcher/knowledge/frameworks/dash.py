"""Dash, web applications for data."""

from __future__ import annotations

from flake8_launcher.knowledge.model import (
    RELOADER_SETS_SIGNALS,
    RUNS_WERKZEUG,
    Framework,
    alike,
)

FRAMEWORK = Framework(
    distributions=("dash",),
    create=(
        "dash.Dash",
        "dash.dash.Dash",
    ),
    serve=(
        "dash.Dash().run",
        "dash.dash.Dash().run",
        # Dash before 3.
        "dash.Dash().run_server",
        "dash.dash.Dash().run_server",
    ),
    holds={
        "dash.Dash().server": "flask.Flask()",
        "dash.dash.Dash().server": "flask.Flask()",
    },
    endings=alike(
        RUNS_WERKZEUG,
        "dash.*Dash().run",
        "dash.*Dash().run_server",
    ),
    signals={
        "dash.Dash().run": RELOADER_SETS_SIGNALS,
    },
)

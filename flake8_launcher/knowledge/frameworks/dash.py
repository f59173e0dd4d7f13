"""Dash, web applications for data."""

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
    endings=alike(
        _WERKZEUG,
        "dash.*Dash().run",
        "dash.*Dash().run_server",
    ),
    signals={
        "dash.Dash().run": RELOADER_SETS_SIGNALS,
    },
)

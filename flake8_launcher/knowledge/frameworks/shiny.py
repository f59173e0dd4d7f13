"""Shiny, interactive pages."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("shiny",),
    create=(
        "shiny.App",
    ),
    serve=(
        "shiny.App().run",
        "shiny.run_app",
    ),
    endings={
        # source only
        # what serves is uvicorn
        "shiny.*run*": UNKNOWN,
    },
)

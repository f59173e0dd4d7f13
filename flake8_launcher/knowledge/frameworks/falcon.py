"""Falcon, a web framework."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("falcon",),
    create=(
        "falcon.API",
        "falcon.App",
        "falcon.app.App",
        "falcon.asgi.App",
    ),
)

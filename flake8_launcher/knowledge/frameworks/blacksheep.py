"""BlackSheep, a web framework."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("blacksheep",),
    create=(
        "blacksheep.Application",
        "blacksheep.server.Application",
        "blacksheep.server.application.Application",
    ),
)

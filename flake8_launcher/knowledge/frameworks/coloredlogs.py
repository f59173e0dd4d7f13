"""coloredlogs, a log in colours."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("coloredlogs",),
    log=(
        "coloredlogs.auto_install",
        "coloredlogs.install",
    ),
)

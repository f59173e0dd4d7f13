"""structlog, structured logging."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("structlog",),
    log=(
        "structlog.configure",
        "structlog.configure_once",
    ),
)

"""Loguru, logging."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("loguru",),
    log=(
        "loguru.logger.add",
        "loguru.logger.configure",
    ),
)

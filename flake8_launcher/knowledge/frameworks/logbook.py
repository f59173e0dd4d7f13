"""Logbook, logging."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("Logbook",),
    log=(
        "logbook.*Handler().push_application",
        "logbook.*Handler().push_context",
        "logbook.*Handler().push_thread",
        "logbook.NestedSetup().push_application",
        "logbook.NestedSetup().push_context",
        "logbook.NestedSetup().push_thread",
        "logbook.compat.redirect_logging",
    ),
)

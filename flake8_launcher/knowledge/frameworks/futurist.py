"""futurist, executors and periodic tasks."""

from __future__ import annotations

from flake8_launcher.knowledge.model import FUTURE, Framework

FRAMEWORK = Framework(
    distributions=("futurist",),
    endings={
        "futurist.*Executor().submit": FUTURE,
    },
)

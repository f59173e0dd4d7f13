"""Locust, load tests."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("locust",),
    application=True,
    create=("locust.env.Environment",),
    serve=(
        "locust.main.main",
        # Does not block.
        "locust.env.Environment().create_web_ui",
    ),
    log=("locust.log.setup_logging",),
    endings={
        "locust.main.main": UNKNOWN,
    },
    patches_at_import=True,
)

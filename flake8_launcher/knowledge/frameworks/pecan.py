"""Pecan, a web framework."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("pecan",),
    create=(
        "pecan.Pecan",
        "pecan.core.Pecan",
        "pecan.make_app",
    ),
    load=(
        "pecan.load_app",
        "pecan.core.load_app",
        "pecan.configuration.conf_from_file",
        "pecan.deploy.deploy",
    ),
)

"""FastAPI, a web framework."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("fastapi",),
    create=(
        "fastapi.FastAPI",
        "fastapi.applications.FastAPI",
    ),
)

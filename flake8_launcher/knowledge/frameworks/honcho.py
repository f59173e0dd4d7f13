"""Honcho, which runs the processes of a Procfile."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("honcho",),
    create=("honcho.manager.Manager",),
    serve=("honcho.manager.Manager().loop",),
)

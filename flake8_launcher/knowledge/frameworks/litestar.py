"""Litestar, a web framework."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("litestar",),
    create=(
        "litestar.Litestar",
        "litestar.app.Litestar",
    ),
)

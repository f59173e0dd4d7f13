"""Responder, web applications."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("responder",),
    create=("responder.API",),
    serve=(
        "responder.API().run",
        "responder.API().serve",
    ),
    endings={
        # source only: uvicorn
        "responder.API().*": UNKNOWN,
    },
)

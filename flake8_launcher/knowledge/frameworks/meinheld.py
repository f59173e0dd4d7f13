"""Meinheld, a WSGI server."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("meinheld",),
    create=(
        "meinheld.listen",
        "meinheld.server.listen",
    ),
    serve=(
        "meinheld.run",
        "meinheld.server.run",
    ),
    endings={
        "meinheld.*run": UNKNOWN,
    },
)

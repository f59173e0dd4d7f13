"""Quix Streams, for processing what comes from Kafka."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("quixstreams",),
    create=("quixstreams.Application",),
    serve=(
        "quixstreams.Application().run",
        "quixstreams.app.Application().run",
    ),
    endings={
        # source only
        "quixstreams.*Application().run": UNKNOWN,
    },
)

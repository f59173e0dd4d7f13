"""Arroyo, consumers of Kafka topics."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework, alike

FRAMEWORK = Framework(
    distributions=("sentry-arroyo",),
    create=(
        "arroyo.StreamProcessor",
        "arroyo.processing.StreamProcessor",
        "arroyo.processing.processor.StreamProcessor",
    ),
    serve=(
        "arroyo.StreamProcessor().run",
        "arroyo.processing.StreamProcessor().run",
        "arroyo.processing.processor.StreamProcessor().run",
    ),
    endings=alike(
        CONSUMES,  # source only
        "arroyo.StreamProcessor().run",
        "arroyo.processing.StreamProcessor().run",
        "arroyo.processing.processor.StreamProcessor().run",
    ),
)

"""The SDK of Runpod, with which workers are made that take jobs."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("runpod",),
    serve=("runpod.serverless.start",),
    endings={
        # source only
        "runpod.serverless.start": UNKNOWN,
    },
)

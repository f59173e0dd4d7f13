"""Temporal, workflows."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework

FRAMEWORK = Framework(
    distributions=("temporalio",),
    create=("temporalio.worker.Worker",),
    serve=("temporalio.worker.Worker().run",),
    endings={
        "temporalio.worker.Worker().run": CONSUMES,
    },
)

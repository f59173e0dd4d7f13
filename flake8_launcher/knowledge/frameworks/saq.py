"""SAQ, a task queue on asyncio."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework

FRAMEWORK = Framework(
    distributions=("saq",),
    create=(
        "saq.Worker",
        "saq.worker.Worker",
    ),
    serve=(
        "saq.Worker().start",
        "saq.worker.Worker().start",
        "saq.worker.start",
    ),
    endings={
        # source only
        "saq.*start": CONSUMES._replace(handles_termination=True),
    },
)

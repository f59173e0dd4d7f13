"""gearman, workers of Gearman."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework

FRAMEWORK = Framework(
    distributions=("gearman",),
    create=("gearman.GearmanWorker",),
    serve=("gearman.GearmanWorker().work",),
    endings={
        # source only
        "gearman.GearmanWorker().work": CONSUMES,
    },
)

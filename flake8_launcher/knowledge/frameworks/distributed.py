"""The scheduler and the workers of Dask."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, WAITS, Framework

FRAMEWORK = Framework(
    distributions=("distributed",),
    create=(
        "distributed.Nanny",
        "distributed.Scheduler",
        "distributed.Worker",
    ),
    serve=(
        "distributed.Nanny().finished",
        "distributed.Scheduler().finished",
        "distributed.Worker().finished",
        "distributed.cli.dask_scheduler.main",
        "distributed.cli.dask_worker.main",
    ),
    endings={
        # as seen with 2026.8
        "distributed.*().finished": WAITS,
        # source only
        "distributed.cli.*.main": UNKNOWN,
    },
)

"""Dask, parallel computing."""

from __future__ import annotations

from flake8_launcher.knowledge.model import WAITS, Framework

FRAMEWORK = Framework(
    distributions=("dask",),
    create=(
        "dask.distributed.Nanny",
        "dask.distributed.Scheduler",
        "dask.distributed.Worker",
    ),
    serve=(
        "dask.distributed.Nanny().finished",
        "dask.distributed.Scheduler().finished",
        "dask.distributed.Worker().finished",
    ),
    endings={
        # as seen with 2026.8
        "dask.distributed.*().finished": WAITS,
    },
)

"""arq, a task queue on asyncio."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, CONSUMES, Framework, alike

FRAMEWORK = Framework(
    distributions=("arq",),
    create=(
        "arq.Worker",
        "arq.worker.Worker",
        "arq.worker.create_worker",
    ),
    serve=(
        "arq.run_worker",
        "arq.worker.run_worker",
        "arq.Worker().async_run",
        "arq.Worker().main",
        "arq.Worker().run",
        "arq.worker.Worker().async_run",
        "arq.worker.Worker().main",
        "arq.worker.Worker().run",
    ),
    limits=alike(
        ("burst",),
        "arq.run_worker",
        "arq.worker.run_worker",
        "arq.Worker",
        "arq.worker.Worker",
        "arq.worker.create_worker",
    ),
    returns={"arq.worker.create_worker()": "arq.worker.Worker()"},
    # the signals from the source only
    endings=alike(
        CONSUMES._replace(swallows=BOTH, handles_termination=True),
        "arq.*run_worker",
        "arq.*Worker().*",
    ),
)

"""taskiq, a task queue on asyncio."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework

FRAMEWORK = Framework(
    distributions=("taskiq",),
    create=(
        "taskiq.InMemoryBroker",
        "taskiq.TaskiqScheduler",
        "taskiq.ZeroMQBroker",
    ),
    serve=(
        "taskiq.api.run_receiver_task",
        "taskiq.api.run_scheduler_task",
        "taskiq.cli.scheduler.run.run_scheduler",
        "taskiq.cli.worker.run.run_worker",
    ),
    endings={
        # source only
        "taskiq.*run_*": CONSUMES,
    },
)

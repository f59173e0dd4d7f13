"""Procrastinate, a task queue on PostgreSQL."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework, alike

FRAMEWORK = Framework(
    distributions=("procrastinate",),
    create=("procrastinate.App",),
    serve=(
        "procrastinate.App().run_worker",
        "procrastinate.App().run_worker_async",
    ),
    endings=alike(
        CONSUMES._replace(handles_termination=True),  # source only: 3.10
        "procrastinate.App().run_worker",
        "procrastinate.App().run_worker_async",
    ),
)

"""RQ Scheduler, which puts jobs into the queues of RQ at their time."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Ending, Framework, alike

FRAMEWORK = Framework(
    distributions=("rq-scheduler",),
    create=(
        "rq_scheduler.Scheduler",
        "rq_scheduler.scheduler.Scheduler",
    ),
    serve=(
        "rq_scheduler.Scheduler().run",
        "rq_scheduler.scheduler.Scheduler().run",
    ),
    # source only
    endings=alike(
        Ending(blocks=True, status="raises", handles_termination=True),
        "rq_scheduler.Scheduler().run",
        "rq_scheduler.scheduler.Scheduler().run",
    ),
)

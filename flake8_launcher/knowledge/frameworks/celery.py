"""Celery, a task queue."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, Ending, Framework, alike

_CELERY = Ending(
    blocks=True,
    status="swallowed",
    tells="logs a critical message and returns",
    swallows=BOTH,
    handles_termination=True,
)

FRAMEWORK = Framework(
    distributions=("celery",),
    create=(
        "celery.Celery",
        "celery.Celery().Beat",
        "celery.Celery().Worker",
        "celery.Celery().WorkController",
    ),
    serve=(
        "celery.Celery().worker_main",
        "celery.current_app.worker_main",
        "celery.Celery().Worker().start",
        "celery.Celery().WorkController().start",
        "celery.Celery().Beat().run",
        "celery.Celery().events.Receiver().capture",
        "celery.apps.beat.Beat().run",
        "celery.apps.worker.Worker().start",
        "celery.beat.Service().start",
        "celery.events.EventReceiver().capture",
        "celery.events.receiver.EventReceiver().capture",
        "celery.worker.WorkController().start",
        # Celery 3 and 4.
        "celery.bin.worker.worker().run",
    ),
    load=("celery.Celery().config_from_pyfile",),
    log=(
        "celery.Celery().log.setup",
        "celery.Celery().log.setup_logging_subsystem",
    ),
    endings={
        **alike(
            _CELERY,
            "celery.*.worker_main",
            "celery.bin.worker.worker().run",
        ),
        **alike(
            _CELERY._replace(attribute="exitcode"),
            "celery.Celery().Work*().start",
            "celery.apps.worker.Worker().start",
            "celery.worker.WorkController().start",
        ),
        "celery.*Beat().run": Ending(
            blocks=True,
            status="raises",
            swallows=BOTH,
            handles_termination=True,
            version="only logged by the command of Celery 3",
        ),
        # source only
        "celery.*Receiver().capture": Ending(blocks=True, status="raises"),
        "celery.beat.Service().start": Ending(blocks=True, status="raises", swallows=BOTH),
    },
    errors=alike(
        ("SystemExit",),
        "celery.exceptions.WorkerShutdown",
        "celery.exceptions.WorkerTerminate",
    ),
)

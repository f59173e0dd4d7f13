"""Dramatiq, a task queue."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Ending, Framework, alike

FRAMEWORK = Framework(
    distributions=("dramatiq",),
    create=(
        "dramatiq.Worker",
        "dramatiq.worker.Worker",
    ),
    serve=(
        "dramatiq.cli.main",
        # Does not block.
        "dramatiq.Worker().start",
        "dramatiq.worker.Worker().start",
    ),
    wait=(
        "dramatiq.Worker().join",
        "dramatiq.worker.Worker().join",
    ),
    endings={
        **alike(
            Ending(blocks=False, status="none", needs="threading.Event().wait"),
            # its threads are daemons
            "dramatiq.Worker().start",
            "dramatiq.worker.Worker().start",
        ),
        # it ends when the queues are empty
        **alike(
            Ending(blocks=False, status="none"),
            "dramatiq.Worker().join",
            "dramatiq.worker.Worker().join",
        ),
        # source only: 2 for an import, 3 for a connection, 4 for the PID file
        "dramatiq.cli.main": Ending(
            blocks=True,
            status="returned",
            code=2,
            tells="returns 2, 3 or 4",
            handles_termination=True,
        ),
    },
)

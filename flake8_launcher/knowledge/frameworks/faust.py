"""Faust, stream processing on Kafka."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Ending, Framework, alike

FRAMEWORK = Framework(
    distributions=("faust-streaming",),
    create=(
        "faust.App",
        "faust.Worker",
        "faust.app.App",
        "faust.app.base.App",
        "faust.worker.Worker",
    ),
    serve=(
        "faust.App().main",
        "faust.app.App().main",
        "faust.app.base.App().main",
        "faust.App().Worker().execute_from_commandline",
        "faust.Worker().execute_from_commandline",
        "faust.worker.Worker().execute_from_commandline",
    ),
    endings=alike(
        # source only: the worker of mode ends the process
        Ending(blocks=True, status="exits", code=1, handles_termination=True),
        "faust.*.main",
        "faust.*Worker().execute_from_commandline",
    ),
)

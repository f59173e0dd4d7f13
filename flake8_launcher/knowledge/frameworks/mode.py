"""mode, services on asyncio."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Ending, Framework

FRAMEWORK = Framework(
    distributions=("mode-streaming",),
    create=("mode.Worker",),
    serve=("mode.Worker().execute_from_commandline",),
    endings={
        # source only: the worker of mode ends the process
        "mode.Worker().execute_from_commandline": Ending(
            blocks=True, status="exits", code=1, handles_termination=True
        ),
    },
)

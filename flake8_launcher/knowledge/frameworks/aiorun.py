"""aiorun, a runner of asyncio programs."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, CONSUMES, Ending, Framework

FRAMEWORK = Framework(
    distributions=("aiorun",),
    serve=(
        "aiorun.run",
    ),
    endings={
        # source only
        "aiorun.run": Ending(
            blocks=True,
            status="swallowed",
            tells="goes on without its coroutine where that fails, until a signal stops it",
            swallows=BOTH,
            lingers=True,
            handles_termination=True,
            detached=True,
            when=(
                (
                    "stop_on_unhandled_errors",
                    CONSUMES._replace(
                        swallows=BOTH, handles_termination=True, detached=True
                    ),
                ),
            ),
        ),
    },
)

"""aiorun, a runner of asyncio programs."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, SERVES, Framework

FRAMEWORK = Framework(
    distributions=("aiorun",),
    serve=(
        "aiorun.run",
    ),
    endings={
        # source only
        "aiorun.run": SERVES._replace(swallows=BOTH, handles_termination=True),
    },
)

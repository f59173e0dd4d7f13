"""Nameko, microservices."""

from __future__ import annotations

from flake8_launcher.knowledge.model import INTERRUPT, Ending, Framework

FRAMEWORK = Framework(
    distributions=("nameko",),
    create=(
        "nameko.containers.ServiceContainer",
        "nameko.runners.ServiceRunner",
    ),
    serve=(
        "nameko.cli.run.run",
        # These do not block.
        "nameko.containers.ServiceContainer().start",
        "nameko.runners.ServiceRunner().start",
    ),
    wait=(
        "nameko.containers.ServiceContainer().wait",
        "nameko.runners.ServiceRunner().wait",
    ),
    endings={
        # source only
        "nameko.*().start": Ending(
            blocks=False,
            status="raises",
            respawns=True,
            tells="tries to reach the broker again for ever",
            needs="nameko.runners.ServiceRunner().wait",
        ),
        "nameko.*().wait": Ending(blocks=True, status="raises"),
        "nameko.cli.run.run": Ending(blocks=True, status="raises", swallows=INTERRUPT),
    },
)

"""Cotyledon, which starts the services of a daemon."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Ending, Framework

FRAMEWORK = Framework(
    distributions=("cotyledon",),
    create=(
        "cotyledon.ServiceManager",
        "cotyledon.ServiceManager().add",
    ),
    serve=("cotyledon.ServiceManager().run",),
    endings={
        "cotyledon.ServiceManager().run": Ending(
            blocks=True,
            status="none",
            swallows=("SystemExit",),
            handles_termination=True,
            respawns=True,
            tells="starts the failed worker again for ever",
        ),
    },
    raises={
        "cotyledon.ServiceManager": ("RuntimeError",),
    },
)

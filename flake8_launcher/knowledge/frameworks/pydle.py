"""Pydle, a client of IRC."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("pydle",),
    create=(
        "pydle.Client",
        "pydle.ClientPool",
        "pydle.MinimalClient",
    ),
    serve=(
        "pydle.Client().run",
        "pydle.ClientPool().handle_forever",
        "pydle.MinimalClient().run",
    ),
    endings={
        # source only
        "pydle.*().handle_forever": UNKNOWN,
        "pydle.*().run": UNKNOWN,
    },
)

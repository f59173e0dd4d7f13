"""Quart, Flask on asyncio."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, BOTH, Ending, Framework

FRAMEWORK = Framework(
    distributions=("Quart",),
    create=(
        "quart.Quart",
        "quart.app.Quart",
    ),
    serve=(
        "quart.Quart().run",
        "quart.Quart().run_task",
        "quart.app.Quart().run",
        "quart.app.Quart().run_task",
    ),
    load=(
        "quart.Quart().config.from_envvar",
        "quart.Quart().config.from_file",
        "quart.Quart().config.from_pyfile",
    ),
    returns={
        "quart.Config()": "quart.Quart().config",
        "quart.app.Quart()": "quart.Quart()",
        "quart.config.Config()": "quart.Quart().config",
    },
    endings={
        "quart.*Quart().run": Ending(
            blocks=True, status="raises", binds=True, swallows=BOTH, handles_termination=True
        ),
        "quart.*Quart().run_task": BINDS,
    },
)

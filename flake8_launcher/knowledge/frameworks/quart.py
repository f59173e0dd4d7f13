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
        "quart.Config().from_envvar",
        "quart.Config().from_file",
        "quart.Config().from_pyfile",
        "quart.config.Config().from_envvar",
        "quart.config.Config().from_file",
        "quart.config.Config().from_pyfile",
        "quart.Quart().config.from_envvar",
        "quart.Quart().config.from_file",
        "quart.Quart().config.from_pyfile",
        "quart.app.Quart().config.from_envvar",
        "quart.app.Quart().config.from_file",
        "quart.app.Quart().config.from_pyfile",
    ),
    endings={
        "quart.*Quart().run": Ending(
            blocks=True, status="raises", binds=True, swallows=BOTH, handles_termination=True
        ),
        "quart.*Quart().run_task": BINDS,
    },
)

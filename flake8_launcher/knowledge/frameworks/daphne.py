"""Daphne, the ASGI server of Django Channels."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, Ending, Framework, alike

FRAMEWORK = Framework(
    distributions=("daphne",),
    create=("daphne.server.Server",),
    serve=(
        "daphne.cli.CommandLineInterface().run",
        "daphne.cli.CommandLineInterface.entrypoint",
        "daphne.server.Server().run",
    ),
    endings={
        "daphne.server.Server().run": Ending(
            blocks=True,
            status="swallowed",
            binds=True,
            tells="logs that it cannot listen and returns",
            swallows=BOTH,
            handles_termination=True,
        ),
        **alike(
            Ending(
                blocks=True,
                status="exits",
                binds=True,
                code=1,
                tells="exits with status 1",
                swallows=BOTH,
                handles_termination=True,
                version="returns, as if all were well, before 4.2",
            ),
            "daphne.cli.CommandLineInterface().run",
            "daphne.cli.CommandLineInterface.entrypoint",
        ),
    },
)

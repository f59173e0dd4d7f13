"""Granian, an ASGI, RSGI and WSGI server."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, Ending, Framework

FRAMEWORK = Framework(
    distributions=("granian",),
    create=(
        "granian.Granian",
        "granian.server.Server",
        "granian.server.embed.Server",
        "granian.server.mp.MPServer",
        "granian.server.mt.MTServer",
    ),
    serve=(
        "granian.Granian().serve",
        "granian.server.Server().serve",
        "granian.server.embed.Server().serve",
        "granian.server.mp.MPServer().serve",
        "granian.server.mt.MTServer().serve",
    ),
    endings={
        "granian.*().serve": Ending(
            blocks=True,
            status="exits",
            code=1,
            tells="exits with status 1",
            swallows=BOTH,
            handles_termination=True,
            version="a taken port raises RuntimeError: it is bound before the workers start",
        ),
    },
)

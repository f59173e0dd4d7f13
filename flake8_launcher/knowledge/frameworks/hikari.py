"""hikari, bots for Discord."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, INTERRUPT, Framework

FRAMEWORK = Framework(
    distributions=("hikari",),
    create=(
        "hikari.GatewayBot",
        "hikari.RESTBot",
    ),
    serve=(
        "hikari.GatewayBot().run",
        "hikari.RESTBot().run",
    ),
    endings={
        # source only
        "hikari.*Bot().run": CONSUMES._replace(swallows=INTERRUPT),
    },
)

"""interactions.py, bots for Discord."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework

FRAMEWORK = Framework(
    distributions=("discord-py-interactions",),
    create=(
        "interactions.AutoShardedClient",
        "interactions.Client",
    ),
    serve=(
        "interactions.AutoShardedClient().start",
        "interactions.Client().astart",
        "interactions.Client().start",
    ),
    endings={
        # source only
        "interactions.*Client().*start": CONSUMES,
    },
)

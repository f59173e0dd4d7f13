"""nextcord, bots for Discord."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, INTERRUPT, Framework

FRAMEWORK = Framework(
    distributions=("nextcord",),
    create=(
        "nextcord.AutoShardedClient",
        "nextcord.Client",
        "nextcord.ext.commands.AutoShardedBot",
        "nextcord.ext.commands.Bot",
    ),
    serve=(
        "nextcord.AutoShardedClient().run",
        "nextcord.AutoShardedClient().start",
        "nextcord.Client().run",
        "nextcord.Client().start",
        "nextcord.ext.commands.AutoShardedBot().run",
        "nextcord.ext.commands.AutoShardedBot().start",
        "nextcord.ext.commands.Bot().run",
        "nextcord.ext.commands.Bot().start",
    ),
    endings={
        # source only
        "nextcord.*().run": CONSUMES._replace(swallows=INTERRUPT),
        "nextcord.*().start": CONSUMES,
    },
)

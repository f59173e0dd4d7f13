"""discord.py, bots for Discord."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, INTERRUPT, Ending, Framework

FRAMEWORK = Framework(
    distributions=("discord.py",),
    create=(
        "discord.AutoShardedClient",
        "discord.Client",
        "discord.ext.commands.AutoShardedBot",
        "discord.ext.commands.Bot",
    ),
    serve=(
        "discord.AutoShardedClient().run",
        "discord.AutoShardedClient().start",
        "discord.Client().run",
        "discord.Client().start",
        "discord.ext.commands.AutoShardedBot().run",
        "discord.ext.commands.AutoShardedBot().start",
        "discord.ext.commands.Bot().run",
        "discord.ext.commands.Bot().start",
    ),
    log=("discord.utils.setup_logging",),
    endings={
        "discord.*().run": Ending(blocks=True, status="raises", swallows=INTERRUPT),
        "discord.*().start": CONSUMES,
    },
)

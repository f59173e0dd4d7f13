"""discord.py and py-cord, bots for Discord."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, INTERRUPT, Ending, Framework

_CLIENTS = (
    "discord.AutoShardedBot",
    "discord.AutoShardedClient",
    "discord.Bot",
    "discord.Client",
    "discord.ext.bridge.AutoShardedBot",
    "discord.ext.bridge.Bot",
    "discord.ext.commands.AutoShardedBot",
    "discord.ext.commands.Bot",
)

FRAMEWORK = Framework(
    distributions=("discord.py", "py-cord"),
    create=_CLIENTS,
    serve=tuple(f"{client}().{way}" for client in _CLIENTS for way in ("run", "start")),
    log=("discord.utils.setup_logging",),
    endings={
        "discord.*().run": Ending(blocks=True, status="raises", swallows=INTERRUPT),
        "discord.*().start": CONSUMES,
    },
)

"""TwitchIO, bots for Twitch."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, INTERRUPT, Framework

FRAMEWORK = Framework(
    distributions=("twitchio",),
    create=(
        "twitchio.Client",
        "twitchio.ext.commands.AutoBot",
        "twitchio.ext.commands.Bot",
    ),
    serve=(
        "twitchio.Client().run",
        "twitchio.Client().start",
        "twitchio.ext.commands.AutoBot().run",
        "twitchio.ext.commands.AutoBot().start",
        "twitchio.ext.commands.Bot().run",
        "twitchio.ext.commands.Bot().start",
    ),
    endings={
        # source only
        "twitchio.*().run": CONSUMES._replace(swallows=INTERRUPT),
        "twitchio.*().start": CONSUMES,
    },
)

"""disnake, bots for Discord."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, INTERRUPT, Framework, alike

FRAMEWORK = Framework(
    distributions=("disnake",),
    create=(
        "disnake.Client",
        "disnake.ext.commands.Bot",
        "disnake.ext.commands.InteractionBot",
    ),
    serve=(
        "disnake.Client().run",
        "disnake.Client().start",
        "disnake.ext.commands.Bot().run",
        "disnake.ext.commands.Bot().start",
        "disnake.ext.commands.InteractionBot().run",
        "disnake.ext.commands.InteractionBot().start",
    ),
    endings={
        # source only: 2.12
        **alike(CONSUMES._replace(swallows=INTERRUPT), "disnake.*().run"),
        **alike(CONSUMES, "disnake.*().start"),
    },
)

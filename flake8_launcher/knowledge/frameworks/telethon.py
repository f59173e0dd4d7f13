"""Telethon, clients and bots of Telegram."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, INTERRUPT, Framework, alike

FRAMEWORK = Framework(
    distributions=("Telethon",),
    create=(
        "telethon.TelegramClient",
        "telethon.client.telegramclient.TelegramClient",
        "telethon.sync.TelegramClient",
    ),
    serve=(
        "telethon.TelegramClient().run_until_disconnected",
        "telethon.client.telegramclient.TelegramClient().run_until_disconnected",
        "telethon.sync.TelegramClient().run_until_disconnected",
    ),
    returns={
        "telethon.TelegramClient().start()": "telethon.TelegramClient()",
        "telethon.sync.TelegramClient().start()": "telethon.sync.TelegramClient()",
    },
    # source only
    endings=alike(
        CONSUMES._replace(swallows=INTERRUPT),
        "telethon.*TelegramClient().run_until_disconnected",
    ),
)

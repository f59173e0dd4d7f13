"""pyTelegramBotAPI, bots for Telegram."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, CONSUMES, INTERRUPT, Ending, Framework

FRAMEWORK = Framework(
    distributions=("pyTelegramBotAPI",),
    create=(
        "telebot.TeleBot",
        "telebot.async_telebot.AsyncTeleBot",
    ),
    serve=(
        "telebot.TeleBot().infinity_polling",
        "telebot.TeleBot().polling",
        "telebot.TeleBot().run_webhooks",
        "telebot.async_telebot.AsyncTeleBot().infinity_polling",
        "telebot.async_telebot.AsyncTeleBot().polling",
        "telebot.async_telebot.AsyncTeleBot().run_webhooks",
    ),
    endings={
        "telebot.*TeleBot().polling": CONSUMES._replace(swallows=INTERRUPT),
        "telebot.*TeleBot().infinity_polling": Ending(
            blocks=True,
            status="none",
            swallows=INTERRUPT,
            respawns=True,
            tells="logs what fails and tries again for ever",
        ),
        # source only
        "telebot.*TeleBot().run_webhooks": BINDS,
    },
)

"""Pyrogram, clients and bots for Telegram."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, CONSUMES, SETS_SIGNALS, WAITS, Framework

FRAMEWORK = Framework(
    distributions=("Pyrogram",),
    create=(
        "pyrogram.Client",
        "pyrogram.client.Client",
    ),
    start=(
        "pyrogram.Client().start",
        "pyrogram.client.Client().start",
    ),
    serve=(
        "pyrogram.Client().run",
        "pyrogram.client.Client().run",
    ),
    wait=(
        "pyrogram.idle",
    ),
    endings={
        # source only
        "pyrogram.*Client().run": CONSUMES._replace(swallows=BOTH, handles_termination=True),
        "pyrogram.*Client().start": CONSUMES._replace(blocks=False),
        "pyrogram.idle": WAITS._replace(swallows=BOTH, handles_termination=True),
    },
    signals={
        # source: pyrogram/methods/utilities/run.py
        "pyrogram.*Client().run": SETS_SIGNALS,
        "pyrogram.idle": SETS_SIGNALS,
    },
)

"""python-telegram-bot, bots for Telegram."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, WAITS, Ending, Framework, Signals

FRAMEWORK = Framework(
    distributions=("python-telegram-bot",),
    create=(
        "telegram.ext.Application",
        "telegram.ext.Updater",
        "telegram.ext.Application.builder()*.build",
        "telegram.ext.ApplicationBuilder()*.build",
    ),
    serve=(
        "telegram.ext.Application().run_polling",
        "telegram.ext.Application().run_webhook",
        "telegram.ext.Application.builder()*.build().run_polling",
        "telegram.ext.Application.builder()*.build().run_webhook",
        "telegram.ext.ApplicationBuilder()*.build().run_polling",
        "telegram.ext.ApplicationBuilder()*.build().run_webhook",
        # These do not block.
        "telegram.ext.Updater().start_polling",
        "telegram.ext.Updater().start_webhook",
    ),
    wait=(
        # python-telegram-bot before 20.
        "telegram.ext.Updater().idle",
    ),
    endings={
        # source only
        "telegram.ext.Application*.run_*": Ending(
            blocks=True, status="raises", swallows=BOTH, handles_termination=True
        ),
        "telegram.ext.Updater().start_*": Ending(
            blocks=False, status="raises", needs="telegram.ext.Updater().idle"
        ),
        "telegram.ext.Updater().idle": WAITS._replace(handles_termination=True),
    },
    signals={
        "telegram.ext.Application*().run_*": Signals(("stop_signals",)),
        # source: telegram/ext/updater.py of version 13
        "telegram.ext.Updater().idle": Signals(("stop_signals",)),
    },
)

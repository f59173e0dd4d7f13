"""aiogram, bots for Telegram."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, Ending, Framework, Signals, alike

_POLLS = Ending(blocks=True, status="raises", swallows=BOTH, handles_termination=True)

FRAMEWORK = Framework(
    distributions=("aiogram",),
    create=(
        "aiogram.Bot",
        "aiogram.Dispatcher",
        "aiogram.client.bot.Bot",
        "aiogram.dispatcher.Dispatcher",
        "aiogram.dispatcher.dispatcher.Dispatcher",
    ),
    serve=(
        "aiogram.Dispatcher().run_polling",
        "aiogram.Dispatcher().start_polling",
        "aiogram.dispatcher.Dispatcher().run_polling",
        "aiogram.dispatcher.Dispatcher().start_polling",
        "aiogram.dispatcher.dispatcher.Dispatcher().run_polling",
        "aiogram.dispatcher.dispatcher.Dispatcher().start_polling",
        # aiogram 2.
        "aiogram.executor.start_polling",
        "aiogram.executor.start_webhook",
        "aiogram.utils.executor.start_polling",
        "aiogram.utils.executor.start_webhook",
    ),
    endings={
        **alike(
            _POLLS,
            "aiogram.*Dispatcher().run_polling",
            "aiogram.*Dispatcher().start_polling",
        ),
        # source only: aiogram 2.25
        "aiogram.*executor.start_*": Ending(blocks=True, status="raises", swallows=BOTH),
    },
    signals={
        "aiogram.Dispatcher().run_polling": Signals(("handle_signals",)),
    },
)

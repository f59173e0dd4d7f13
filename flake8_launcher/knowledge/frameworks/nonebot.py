"""NoneBot, for bots of several networks."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("nonebot2",),
    serve=(
        "nonebot.get_driver().run",
        "nonebot.run",
    ),
    endings={
        # source only
        "nonebot.get_driver().run": UNKNOWN,
        "nonebot.run": UNKNOWN,
    },
)

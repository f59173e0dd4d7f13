"""VKBottle, for bots of VK."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

_CLASSES = (
    "vkbottle.Bot",
    "vkbottle.User",
    "vkbottle.bot.Bot",
    "vkbottle.framework.Bot",
    "vkbottle.framework.User",
    "vkbottle.user.User",
)

FRAMEWORK = Framework(
    distributions=("vkbottle",),
    create=_CLASSES,
    serve=(
        "vkbottle.run_multibot",
        *(f"{one}().{method}" for one in _CLASSES for method in ("run_forever", "run_polling")),
    ),
    endings={
        # source only
        "vkbottle.*().run_forever": UNKNOWN,
        "vkbottle.*().run_polling": UNKNOWN,
        "vkbottle.run_multibot": UNKNOWN,
    },
)

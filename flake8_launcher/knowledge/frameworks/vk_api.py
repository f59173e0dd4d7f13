"""vk_api, a client of VK."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("vk-api",),
    streams=(
        # one poll, which bots repeat in a ``listen`` of their own that outlives time-outs
        "vk_api.bot_longpoll.VkBotLongPoll().check()",
        "vk_api.bot_longpoll.VkBotLongPoll().listen()",
        "vk_api.longpoll.VkLongPoll().check()",
        "vk_api.longpoll.VkLongPoll().listen()",
    ),
)

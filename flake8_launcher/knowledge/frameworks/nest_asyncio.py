"""nest_asyncio, an event loop within another."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, Patcher

FRAMEWORK = Framework(
    distributions=("nest-asyncio",),
    patches={
        "nest_asyncio.apply": Patcher("the event loop of asyncio"),
    },
)

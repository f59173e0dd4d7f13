"""uvloop, another event loop for asyncio."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("uvloop",),
    returns={
        "uvloop.Loop()": "asyncio.AbstractEventLoop()",
        "uvloop.new_event_loop()": "asyncio.AbstractEventLoop()",
    },
    backends=("uvloop.install",),
)

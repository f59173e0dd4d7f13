"""nats-py, a client of NATS for asyncio."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("nats-py",),
    streams=(
        "nats.connect().subscribe().messages",
        "nats.aio.client.Client().subscribe().messages",
    ),
)

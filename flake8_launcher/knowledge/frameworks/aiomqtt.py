"""aiomqtt, a client of MQTT for asyncio."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("aiomqtt",),
    streams=(
        "aiomqtt.Client().messages",
        # aiomqtt 1
        "aiomqtt.Client().messages()",
    ),
)

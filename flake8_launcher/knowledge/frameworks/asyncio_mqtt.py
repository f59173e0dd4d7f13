"""asyncio-mqtt, which aiomqtt was called before."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("asyncio-mqtt",),
    streams=(
        "asyncio_mqtt.Client().filtered_messages()",
        "asyncio_mqtt.Client().messages()",
        "asyncio_mqtt.Client().unfiltered_messages()",
    ),
)

"""aiokafka, a client of Kafka for asyncio."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("aiokafka",),
    streams=(
        "aiokafka.AIOKafkaConsumer()",
        "aiokafka.consumer.AIOKafkaConsumer()",
    ),
)

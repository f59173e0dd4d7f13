"""aiokafka, a client of Kafka for asyncio."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, alike

FRAMEWORK = Framework(
    distributions=("aiokafka",),
    streams=(
        "aiokafka.AIOKafkaConsumer()",
        "aiokafka.consumer.AIOKafkaConsumer()",
    ),
    raises={
        # they connect when they are started
        **alike(
            ("TypeError", "ValueError", "AssertionError"),
            "aiokafka.*AIOKafkaConsumer",
            "aiokafka.*AIOKafkaProducer",
        ),
        "aiokafka.*().start": (
            "aiokafka.errors.KafkaConnectionError",
            "aiokafka.errors.KafkaError",
            "TypeError",
            "ValueError",
            "AssertionError",
        ),
    },
    errors={
        "aiokafka.errors.KafkaError": ("RuntimeError",),
        "aiokafka.errors.KafkaConnectionError": ("aiokafka.errors.KafkaError",),
    },
)

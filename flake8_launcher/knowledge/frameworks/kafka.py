"""kafka-python, a client of Kafka."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, alike

FRAMEWORK = Framework(
    distributions=("kafka-python",),
    streams=(
        "kafka.KafkaConsumer()",
        "kafka.consumer.KafkaConsumer()",
        "kafka.consumer.group.KafkaConsumer()",
    ),
    limits=alike(
        ("consumer_timeout_ms",),
        "kafka.KafkaConsumer",
        "kafka.consumer.KafkaConsumer",
        "kafka.consumer.group.KafkaConsumer",
    ),
    errors={
        "kafka.errors.KafkaError": ("RuntimeError",),
        "kafka.errors.NoBrokersAvailable": ("kafka.errors.KafkaError",),
    },
    raises={
        "kafka.*KafkaConsumer": ("kafka.errors.NoBrokersAvailable",),
    },
)

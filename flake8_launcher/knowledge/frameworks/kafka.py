"""kafka-python, a client of Kafka."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("kafka-python",),
    streams=(
        "kafka.KafkaConsumer()",
        "kafka.consumer.KafkaConsumer()",
        "kafka.consumer.group.KafkaConsumer()",
    ),
    errors={
        "kafka.errors.KafkaError": ("RuntimeError",),
        "kafka.errors.NoBrokersAvailable": ("kafka.errors.KafkaError",),
    },
    raises={
        "kafka.*KafkaConsumer": ("kafka.errors.NoBrokersAvailable",),
    },
)

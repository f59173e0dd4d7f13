"""aio-pika, a client of RabbitMQ for asyncio."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

_CHANNELS = (
    "aio_pika.connect().channel()",
    "aio_pika.connect_robust().channel()",
    "aio_pika.abc.AbstractChannel()",
    "aio_pika.abc.AbstractConnection().channel()",
    "aio_pika.abc.AbstractRobustChannel()",
    "aio_pika.abc.AbstractRobustConnection().channel()",
)
_QUEUES = (
    "aio_pika.abc.AbstractQueue()",
    "aio_pika.abc.AbstractRobustQueue()",
    *(f"{one}.{method}()" for one in _CHANNELS for method in ("declare_queue", "get_queue")),
)

FRAMEWORK = Framework(
    distributions=("aio-pika",),
    streams=(
        *_QUEUES,
        *(f"{one}.iterator()" for one in _QUEUES),
    ),
)

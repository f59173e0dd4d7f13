"""Pika, a client of RabbitMQ."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework

FRAMEWORK = Framework(
    distributions=("pika",),
    create=(
        "pika.BlockingConnection",
        "pika.SelectConnection",
        "pika.adapters.BlockingConnection",
        "pika.adapters.SelectConnection",
        "pika.adapters.blocking_connection.BlockingConnection",
        "pika.adapters.select_connection.SelectConnection",
    ),
    serve=(
        "pika.BlockingConnection().channel().start_consuming",
        "pika.adapters.BlockingConnection().channel().start_consuming",
        "pika.adapters.blocking_connection.BlockingConnection().channel().start_consuming",
        "pika.adapters.blocking_connection.BlockingChannel().start_consuming",
        "pika.SelectConnection().ioloop.start",
        "pika.adapters.SelectConnection().ioloop.start",
        "pika.adapters.select_connection.SelectConnection().ioloop.start",
    ),
    streams=(
        "pika.BlockingConnection().channel().consume()",
        "pika.adapters.BlockingConnection().channel().consume()",
        "pika.adapters.blocking_connection.BlockingConnection().channel().consume()",
    ),
    endings={
        "pika.*().start_consuming": CONSUMES,
        "pika.*SelectConnection().ioloop.start": CONSUMES,
    },
    errors={
        "pika.exceptions.AMQPError": ("Exception",),
        "pika.exceptions.AMQPConnectionError": ("pika.exceptions.AMQPError",),
    },
    aliases={
        "pika.AMQPConnectionError": "pika.exceptions.AMQPConnectionError",
    },
)

"""Pika, a client of RabbitMQ."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework, alike

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
    raises={
        **alike(
            (
                "pika.exceptions.AMQPConnectionError",
                # the host has no address
                "socket.gaierror",
                "pika.exceptions.AMQPError",
                "pika.adapters.utils.connection_workflow.AMQPConnectorException",
                "TypeError",
                "ValueError",
            ),
            "pika.*BlockingConnection",
        ),
        **alike(
            ("TypeError", "ValueError"),
            "pika.*ConnectionParameters",
            "pika.*URLParameters",
            "pika.*PlainCredentials",
        ),
        **alike(
            ("pika.exceptions.AMQPError", "TypeError", "ValueError"),
            "pika.*BlockingConnection().channel",
            "pika.*BlockingConnection().channel().basic_*",
            "pika.*BlockingConnection().channel().exchange_*",
            "pika.*BlockingConnection().channel().queue_*",
        ),
    },
    errors={
        "pika.adapters.utils.connection_workflow.AMQPConnectorException": ("Exception",),
        "pika.exceptions.AMQPError": ("Exception",),
        "pika.exceptions.AMQPChannelError": ("pika.exceptions.AMQPError",),
        "pika.exceptions.AMQPConnectionError": ("pika.exceptions.AMQPError",),
        **alike(
            ("pika.exceptions.AMQPConnectionError",),
            "pika.exceptions.ConnectionClosed",
            "pika.exceptions.ConnectionOpenAborted",
            "pika.exceptions.StreamLostError",
        ),
    },
    aliases={
        "pika.AMQPConnectionError": "pika.exceptions.AMQPConnectionError",
    },
)

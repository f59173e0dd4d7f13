"""huey, a task queue."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, SETS_SIGNALS, Ending, Framework

FRAMEWORK = Framework(
    distributions=("huey",),
    create=(
        "huey.consumer.Consumer",
        "huey.FileHuey().create_consumer",
        "huey.Huey().create_consumer",
        "huey.MemoryHuey().create_consumer",
        "huey.PostgresHuey().create_consumer",
        "huey.PriorityRedisExpireHuey().create_consumer",
        "huey.PriorityRedisHuey().create_consumer",
        "huey.RedisExpireHuey().create_consumer",
        "huey.RedisHuey().create_consumer",
        "huey.SqliteHuey().create_consumer",
    ),
    serve=(
        "huey.consumer.Consumer().run",
        # Does not block.
        "huey.consumer.Consumer().start",
    ),
    returns={
        "huey.FileHuey().create_consumer()": "huey.consumer.Consumer()",
        "huey.Huey().create_consumer()": "huey.consumer.Consumer()",
        "huey.MemoryHuey().create_consumer()": "huey.consumer.Consumer()",
        "huey.PostgresHuey().create_consumer()": "huey.consumer.Consumer()",
        "huey.PriorityRedisExpireHuey().create_consumer()": "huey.consumer.Consumer()",
        "huey.PriorityRedisHuey().create_consumer()": "huey.consumer.Consumer()",
        "huey.RedisExpireHuey().create_consumer()": "huey.consumer.Consumer()",
        "huey.RedisHuey().create_consumer()": "huey.consumer.Consumer()",
        "huey.SqliteHuey().create_consumer()": "huey.consumer.Consumer()",
    },
    endings={
        "huey.consumer.Consumer().run": Ending(
            blocks=True, status="raises", swallows=BOTH, handles_termination=True
        ),
        "huey.consumer.Consumer().start": Ending(
            blocks=False, status="raises", needs="huey.consumer.Consumer().run"
        ),
    },
    signals={
        "huey.*Huey().create_consumer().run": SETS_SIGNALS,
    },
)

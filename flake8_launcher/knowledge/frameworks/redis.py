"""redis-py, a client of Redis."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("redis",),
    streams=(
        "redis.*().pubsub().listen()",
        "redis.client.PubSub().listen()",
    ),
    errors={
        "redis.exceptions.RedisError": ("Exception",),
        "redis.exceptions.ConnectionError": ("redis.exceptions.RedisError",),
    },
    aliases={
        "redis.ConnectionError": "redis.exceptions.ConnectionError",
        "redis.RedisError": "redis.exceptions.RedisError",
    },
)

"""redis-py, a client of Redis."""

from __future__ import annotations

from flake8_launcher.knowledge.model import LOST, WAITS, Framework, alike

FRAMEWORK = Framework(
    distributions=("redis",),
    start=(
        "redis.*().pubsub().run_in_thread",
        "redis.client.PubSub().run_in_thread",
    ),
    streams=(
        "redis.*().pubsub().listen()",
        "redis.client.PubSub().listen()",
    ),
    wait=(
        "redis.*().pubsub().run_in_thread().join",
        "redis.client.PubSub().run_in_thread().join",
    ),
    endings={
        "redis.*().run_in_thread": LOST,
        "redis.*().run_in_thread().join": WAITS,
    },
    raises={
        **alike(
            # it connects when it is first asked for something
            ("ValueError", "TypeError", "redis.exceptions.DataError"),
            "redis.*Redis",
            "redis.*from_url",
        ),
        **alike(
            (
                "redis.exceptions.ConnectionError",
                "redis.exceptions.TimeoutError",
                "redis.exceptions.RedisError",
                "TypeError",
                "ValueError",
            ),
            "redis.*Redis().*",
            "redis.*from_url().*",
        ),
    },
    errors={
        "redis.exceptions.RedisError": ("Exception",),
        **alike(
            ("redis.exceptions.RedisError",),
            "redis.exceptions.ConnectionError",
            "redis.exceptions.DataError",
            "redis.exceptions.ResponseError",
            "redis.exceptions.TimeoutError",
        ),
        **alike(
            ("redis.exceptions.ConnectionError",),
            "redis.exceptions.AuthenticationError",
            "redis.exceptions.BusyLoadingError",
        ),
    },
    aliases={
        "redis.AuthenticationError": "redis.exceptions.AuthenticationError",
        "redis.BusyLoadingError": "redis.exceptions.BusyLoadingError",
        "redis.DataError": "redis.exceptions.DataError",
        "redis.ResponseError": "redis.exceptions.ResponseError",
        "redis.TimeoutError": "redis.exceptions.TimeoutError",
        "redis.ConnectionError": "redis.exceptions.ConnectionError",
        "redis.RedisError": "redis.exceptions.RedisError",
    },
)

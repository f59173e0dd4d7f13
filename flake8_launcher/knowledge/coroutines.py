"""Calls that serve, or start to, and only make a coroutine: it runs when something awaits it.

Each was asked with ``inspect.iscoroutinefunction``.
"""

from __future__ import annotations

from flake8_launcher.knowledge import canonical
from flake8_launcher.knowledge.table import Table

_TABLE = Table(
    dict.fromkeys(
        (
            "aiogram.*Dispatcher().start_polling",
            "aiohttp.web*AppRunner().setup",
            "aiohttp.web*Site().start",
            "asyncio.*().serve_forever",
            "asyncio.start_server",
            "asyncio.start_unix_server",
            "asyncua.Server().start",
            "discord.*().start",
            "grpc.aio.server().start",
            "grpc.aio.server().wait_for_termination",
            "hypercorn.asyncio.serve",
            "nio.*AsyncClient().sync_forever",
            "slack_bolt.*AsyncSocketModeHandler().start_async",
            "uvicorn.*Server().serve",
        ),
        True,
    )
)


def makes_coroutine(name: str) -> bool:
    """Tell whether a call of a qualified name only makes a coroutine that serves."""
    return _TABLE.get(canonical(name)) is not None

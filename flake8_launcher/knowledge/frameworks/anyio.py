"""AnyIO, structured concurrency on asyncio or Trio."""

from __future__ import annotations

from flake8_launcher.knowledge.model import SERVES, Framework, alike

FRAMEWORK = Framework(
    distributions=("anyio",),
    create=(
        "anyio.create_tcp_listener",
        "anyio.create_unix_listener",
    ),
    serve=(
        "anyio.create_tcp_listener().serve",
        "anyio.create_unix_listener().serve",
    ),
    wait=("anyio.sleep_forever",),
    endings=alike(
        SERVES,
        "anyio.create_tcp_listener().serve",
        "anyio.create_unix_listener().serve",
        "anyio.sleep_forever",
    ),
)

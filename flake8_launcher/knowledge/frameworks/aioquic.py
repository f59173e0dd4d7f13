"""aioquic, QUIC and HTTP/3."""

from __future__ import annotations

from flake8_launcher.knowledge.model import LISTENS, Framework

FRAMEWORK = Framework(
    distributions=("aioquic",),
    start=(
        "aioquic.asyncio.serve",
        "aioquic.asyncio.server.serve",
    ),
    endings={
        # source only
        "aioquic.asyncio.*serve": LISTENS,
    },
)

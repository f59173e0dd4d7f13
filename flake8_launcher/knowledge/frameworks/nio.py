"""matrix-nio, clients and bots for Matrix."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework

FRAMEWORK = Framework(
    distributions=("matrix-nio",),
    create=(
        "nio.AsyncClient",
    ),
    serve=(
        "nio.AsyncClient().sync_forever",
    ),
    endings={
        # source only
        "nio.AsyncClient().sync_forever": CONSUMES,
    },
)

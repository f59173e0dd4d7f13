"""Xoscar, actors of Xinference and Xorbits."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, SERVES, Framework

FRAMEWORK = Framework(
    distributions=("xoscar",),
    start=("xoscar.create_actor_pool",),
    serve=("xoscar.create_actor_pool().join",),
    endings={
        # source only
        "xoscar.create_actor_pool": BINDS._replace(blocks=False),
        "xoscar.create_actor_pool().join": SERVES,
    },
)

"""Channels, Django's part that serves ASGI."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("channels",),
    create=(
        "channels.routing.ProtocolTypeRouter",
        "channels.routing.get_default_application",
    ),
)

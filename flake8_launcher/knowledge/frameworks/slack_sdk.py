"""The SDK of Slack: its Socket Mode."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Ending, Framework, alike

FRAMEWORK = Framework(
    distributions=("slack_sdk",),
    create=(
        "slack_sdk.socket_mode.SocketModeClient",
        "slack_sdk.socket_mode.aiohttp.SocketModeClient",
    ),
    start=(
        "slack_sdk.socket_mode.SocketModeClient().connect",
        "slack_sdk.socket_mode.aiohttp.SocketModeClient().connect",
    ),
    endings=alike(
        Ending(blocks=False, status="raises"),  # source only
        "slack_sdk.socket_mode.SocketModeClient().connect",
        "slack_sdk.socket_mode.aiohttp.SocketModeClient().connect",
    ),
)

"""Bolt, bots for Slack."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, CONSUMES, Framework

FRAMEWORK = Framework(
    distributions=("slack_bolt",),
    create=(
        "slack_bolt.App",
        "slack_bolt.app.App",
        "slack_bolt.app.async_app.AsyncApp",
        "slack_bolt.async_app.AsyncApp",
        "slack_bolt.adapter.socket_mode.SocketModeHandler",
        "slack_bolt.adapter.socket_mode.aiohttp.AsyncSocketModeHandler",
        "slack_bolt.adapter.socket_mode.async_handler.AsyncSocketModeHandler",
        "slack_bolt.adapter.socket_mode.websocket_client.SocketModeHandler",
        "slack_bolt.adapter.socket_mode.websockets.AsyncSocketModeHandler",
    ),
    serve=(
        "slack_bolt.App().start",
        "slack_bolt.app.App().start",
        "slack_bolt.app.async_app.AsyncApp().start",
        "slack_bolt.async_app.AsyncApp().start",
        "slack_bolt.adapter.socket_mode.SocketModeHandler().start",
        "slack_bolt.adapter.socket_mode.aiohttp.AsyncSocketModeHandler().start_async",
        "slack_bolt.adapter.socket_mode.async_handler.AsyncSocketModeHandler().start_async",
        "slack_bolt.adapter.socket_mode.websocket_client.SocketModeHandler().start",
        "slack_bolt.adapter.socket_mode.websockets.AsyncSocketModeHandler().start_async",
    ),
    endings={
        "slack_bolt.*App().start": BINDS,
        # source only
        "slack_bolt.adapter.*Handler().start*": CONSUMES,
    },
)

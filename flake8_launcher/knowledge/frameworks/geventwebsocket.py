"""gevent-websocket, a WebSocket server on gevent."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, Framework

FRAMEWORK = Framework(
    distributions=("gevent-websocket",),
    create=(
        "geventwebsocket.WebSocketServer",
        "geventwebsocket.server.WebSocketServer",
    ),
    serve=(
        "geventwebsocket.WebSocketServer().serve_forever",
        "geventwebsocket.server.WebSocketServer().serve_forever",
    ),
    endings={
        # source only
        "geventwebsocket.*WebSocketServer().serve_forever": BINDS,
    },
)

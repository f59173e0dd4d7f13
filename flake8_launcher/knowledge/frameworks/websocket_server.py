"""websocket-server, a small server of WebSocket."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, INTERRUPT, SERVES, Framework

FRAMEWORK = Framework(
    distributions=("websocket-server",),
    create=("websocket_server.WebsocketServer",),  # it binds
    serve=("websocket_server.WebsocketServer().run_forever",),
    endings={
        "websocket_server.WebsocketServer": BINDS._replace(blocks=False),
        "websocket_server.WebsocketServer().run_forever": SERVES._replace(swallows=INTERRUPT),
    },
)

"""SimpleWebSocketServer, a server of WebSockets."""

from __future__ import annotations

from flake8_launcher.knowledge.model import SERVES, Framework, alike

_CLASSES = tuple(
    f"SimpleWebSocketServer.{module}{one}"
    for module in ("", "SimpleWebSocketServer.")
    for one in ("SimpleWebSocketServer", "SimpleSSLWebSocketServer")
)

FRAMEWORK = Framework(
    distributions=("SimpleWebSocketServer",),
    create=_CLASSES,
    serve=tuple(f"{one}().serveforever" for one in _CLASSES),
    endings=alike(SERVES, "SimpleWebSocketServer.*().serveforever"),
)

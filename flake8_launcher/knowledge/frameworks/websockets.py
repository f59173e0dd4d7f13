"""websockets, servers and clients of WebSockets."""

from __future__ import annotations

from flake8_launcher.knowledge.model import LISTENS, SERVES, WAITS, Framework, alike

FRAMEWORK = Framework(
    distributions=("websockets",),
    create=(
        # Unlike the asynchronous ones, it serves only when told to.
        "websockets.sync.server.serve",
        "websockets.sync.server.unix_serve",
    ),
    start=(
        "websockets.asyncio.server.serve",
        "websockets.legacy.server.serve",
        "websockets.serve",
        "websockets.server.serve",
        "websockets.asyncio.server.unix_serve",
        "websockets.legacy.server.unix_serve",
        "websockets.server.unix_serve",
        "websockets.unix_serve",
    ),
    serve=(
        "websockets.asyncio.server.serve().serve_forever",
        "websockets.legacy.server.serve().serve_forever",
        "websockets.serve().serve_forever",
        "websockets.server.serve().serve_forever",
        "websockets.asyncio.server.unix_serve().serve_forever",
        "websockets.legacy.server.unix_serve().serve_forever",
        "websockets.server.unix_serve().serve_forever",
        "websockets.unix_serve().serve_forever",
        "websockets.Server().serve_forever",
        "websockets.asyncio.server.Server().serve_forever",
        "websockets.sync.server.Server().serve_forever",
        "websockets.sync.server.serve().serve_forever",
        "websockets.sync.server.unix_serve().serve_forever",
    ),
    wait=(
        "websockets.asyncio.server.serve().wait_closed",
        "websockets.legacy.server.serve().wait_closed",
        "websockets.serve().wait_closed",
        "websockets.server.serve().wait_closed",
        "websockets.asyncio.server.unix_serve().wait_closed",
        "websockets.legacy.server.unix_serve().wait_closed",
        "websockets.server.unix_serve().wait_closed",
        "websockets.unix_serve().wait_closed",
        "websockets.Server().wait_closed",
        "websockets.asyncio.server.Server().wait_closed",
    ),
    streams=(  # a new connection each time that one has ended
        "websockets.asyncio.client.connect()",
        "websockets.client.connect()",
        "websockets.connect()",
        "websockets.legacy.client.connect()",
    ),
    endings={
        **alike(
            LISTENS._replace(needs="websockets.serve().serve_forever"),
            "websockets.serve",
            "websockets.unix_serve",
            "websockets.asyncio.server.*serve",
            "websockets.legacy.server.*serve",
            "websockets.server.*serve",
        ),
        **alike(
            LISTENS,
            "websockets.sync.server.serve",
            "websockets.sync.server.unix_serve",
        ),
        "websockets.*().serve_forever": SERVES,
        "websockets.*().wait_closed": WAITS,
    },
    errors={
        "websockets.exceptions.WebSocketException": ("Exception",),
        **alike(
            ("websockets.exceptions.WebSocketException",),
            "websockets.exceptions.ConnectionClosed",
            "websockets.exceptions.InvalidHandshake",
            "websockets.exceptions.InvalidURI",
        ),
    },
    aliases={
        "websockets.ConnectionClosed": "websockets.exceptions.ConnectionClosed",
        "websockets.InvalidHandshake": "websockets.exceptions.InvalidHandshake",
        "websockets.InvalidURI": "websockets.exceptions.InvalidURI",
        "websockets.WebSocketException": "websockets.exceptions.WebSocketException",
    },
)

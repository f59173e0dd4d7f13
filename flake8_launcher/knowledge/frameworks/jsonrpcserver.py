"""jsonrpcserver, a server for development."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, Framework

FRAMEWORK = Framework(
    distributions=("jsonrpcserver",),
    serve=("jsonrpcserver.serve", "jsonrpcserver.server.serve"),
    endings={"jsonrpcserver.*serve": BINDS},
)

"""FastStream, services on message brokers."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework

FRAMEWORK = Framework(
    distributions=("faststream",),
    create=(
        "faststream.FastStream",
        "faststream.app.FastStream",
        "faststream.asgi.AsgiFastStream",
    ),
    serve=(
        "faststream.FastStream().run",
        "faststream.app.FastStream().run",
        "faststream.asgi.AsgiFastStream().run",
    ),
    endings={
        # source only
        "faststream.*FastStream().run": CONSUMES._replace(handles_termination=True),
    },
)

"""fastapi_poe, bots of Poe behind a server of their own."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, Framework

FRAMEWORK = Framework(
    distributions=("fastapi-poe",),
    create=("fastapi_poe.make_app",),
    serve=("fastapi_poe.run",),
    endings={
        "fastapi_poe.run": BINDS,
    },
)

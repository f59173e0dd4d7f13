"""PyWebIO, pages of scripts."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("pywebio",),
    serve=(
        "pywebio.start_server",
        "pywebio.platform.fastapi.start_server",
        "pywebio.platform.flask.start_server",
        "pywebio.platform.tornado.start_server",
    ),
    endings={
        # source only
        "pywebio.*start_server": UNKNOWN,
    },
)

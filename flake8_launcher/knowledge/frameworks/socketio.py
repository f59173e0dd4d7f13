"""python-socketio, Socket.IO in other servers."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("python-socketio",),
    create=(
        "socketio.ASGIApp",
        "socketio.AsyncServer",
        "socketio.Server",
        "socketio.WSGIApp",
    ),
)

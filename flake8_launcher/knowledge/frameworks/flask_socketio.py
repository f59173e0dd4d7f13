"""Flask-SocketIO, Socket.IO for Flask."""

from __future__ import annotations

from flake8_launcher.knowledge.model import (
    RELOADER_SETS_SIGNALS,
    RUNS_WERKZEUG,
    Framework,
)

FRAMEWORK = Framework(
    distributions=("Flask-SocketIO",),
    create=("flask_socketio.SocketIO",),
    serve=("flask_socketio.SocketIO().run",),
    endings={
        "flask_socketio.SocketIO().run": RUNS_WERKZEUG,
    },
    signals={
        "flask_socketio.SocketIO().run": RELOADER_SETS_SIGNALS,
    },
)

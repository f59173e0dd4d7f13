"""Flask-SocketIO, Socket.IO for Flask."""

from __future__ import annotations

from flake8_launcher.knowledge.model import INTERRUPT, RELOADER_SETS_SIGNALS, Ending, Framework

_WERKZEUG = Ending(
    blocks=True,
    status="exits",
    binds=True,
    code=1,
    tells="prints a message and exits with status 1",
    swallows=INTERRUPT,
)

FRAMEWORK = Framework(
    distributions=("Flask-SocketIO",),
    create=("flask_socketio.SocketIO",),
    serve=("flask_socketio.SocketIO().run",),
    endings={
        "flask_socketio.SocketIO().run": _WERKZEUG,
    },
    signals={
        "flask_socketio.SocketIO().run": RELOADER_SETS_SIGNALS,
    },
)

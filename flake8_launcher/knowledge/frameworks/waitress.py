"""Waitress, a WSGI server."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, BOTH, SERVES, Framework, alike

FRAMEWORK = Framework(
    distributions=("waitress",),
    create=(
        "waitress.create_server",
        "waitress.server.create_server",
        "waitress.server.TcpWSGIServer",
        "waitress.server.UnixWSGIServer",
        "waitress.server.WSGIServer",
    ),
    serve=(
        "waitress.runner.run",
        "waitress.serve",
        "waitress.serve_paste",
        "waitress.create_server().run",
        "waitress.server.create_server().run",
        "waitress.server.MultiSocketServer().run",
        "waitress.server.TcpWSGIServer().run",
        "waitress.server.UnixWSGIServer().run",
        "waitress.server.WSGIServer().run",
    ),
    endings={
        **alike(
            BINDS._replace(swallows=BOTH),
            "waitress.serve",
            "waitress.serve_paste",
            "waitress.runner.run",
        ),
        "waitress.*().run": SERVES._replace(swallows=BOTH),
    },
)

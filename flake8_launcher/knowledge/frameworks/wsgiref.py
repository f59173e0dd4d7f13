"""The WSGI server of the standard library."""

from __future__ import annotations

from flake8_launcher.knowledge.model import PORT_ERRORS, SERVES, Framework, alike

FRAMEWORK = Framework(
    create=(
        "wsgiref.simple_server.WSGIServer",
        "wsgiref.simple_server.make_server",
    ),
    serve=(
        "wsgiref.simple_server.WSGIServer().serve_forever",
        "wsgiref.simple_server.make_server().serve_forever",
    ),
    endings={
        "wsgiref.simple_server.*().serve_forever": SERVES,
    },
    raises=alike(
        PORT_ERRORS,
        "wsgiref.simple_server.WSGIServer",
        "wsgiref.simple_server.make_server",
    ),
)

"""HTTP servers of the standard library."""

from __future__ import annotations

from flake8_launcher.knowledge.model import PORT_ERRORS, SERVES, Framework

FRAMEWORK = Framework(
    create=(
        "http.server.HTTPServer",
        "http.server.ThreadingHTTPServer",
    ),
    serve=(
        "http.server.HTTPServer().serve_forever",
        "http.server.ThreadingHTTPServer().serve_forever",
    ),
    endings={
        "http.server.*Server().serve_forever": SERVES,
    },
    raises={
        "http.server.*Server": PORT_ERRORS,
    },
)

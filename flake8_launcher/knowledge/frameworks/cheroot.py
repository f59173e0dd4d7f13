"""Cheroot, the WSGI server of CherryPy."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, SERVES, Framework, alike

FRAMEWORK = Framework(
    distributions=("cheroot",),
    create=(
        "cheroot.server.HTTPServer",
        "cheroot.wsgi.Server",
        "cheroot.wsgi.WSGIServer",
    ),
    serve=(
        "cheroot.server.HTTPServer().safe_start",
        "cheroot.server.HTTPServer().serve",
        "cheroot.server.HTTPServer().start",
        "cheroot.wsgi.Server().safe_start",
        "cheroot.wsgi.Server().serve",
        "cheroot.wsgi.Server().start",
        "cheroot.wsgi.WSGIServer().safe_start",
        "cheroot.wsgi.WSGIServer().serve",
        "cheroot.wsgi.WSGIServer().start",
    ),
    endings={
        **alike(
            BINDS._replace(lingers=True),
            "cheroot.server.HTTPServer().start",
            "cheroot.wsgi.*Server().start",
        ),
        # source only: stops the threads, then raises again
        **alike(
            BINDS,
            "cheroot.server.HTTPServer().safe_start",
            "cheroot.wsgi.*Server().safe_start",
        ),
        **alike(
            SERVES._replace(lingers=True),
            "cheroot.server.HTTPServer().serve",
            "cheroot.wsgi.*Server().serve",
        ),
    },
)

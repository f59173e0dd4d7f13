"""Paste, a WSGI server, and PasteDeploy, which makes applications of a file."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, INTERRUPT, SERVES, Framework, alike

FRAMEWORK = Framework(
    distributions=(
        "Paste",
        "PasteDeploy",
    ),
    create=(
        "paste.httpserver.WSGIServer",
        "paste.httpserver.WSGIThreadPoolServer",
    ),
    serve=(
        "paste.httpserver.serve",
        "paste.httpserver.server_runner",
        "paste.httpserver.WSGIServer().serve_forever",
        "paste.httpserver.WSGIThreadPoolServer().serve_forever",
        # What loadserver() returns is called with the application.
        "paste.deploy.loadserver()",
        "paste.deploy.loadwsgi.loadserver()",
    ),
    load=(
        "paste.deploy.appconfig",
        "paste.deploy.loadapp",
        "paste.deploy.loadfilter",
        "paste.deploy.loadserver",
        "paste.deploy.loadwsgi.appconfig",
        "paste.deploy.loadwsgi.loadapp",
        "paste.deploy.loadwsgi.loadcontext",
        "paste.deploy.loadwsgi.loadfilter",
        "paste.deploy.loadwsgi.loadobj",
        "paste.deploy.loadwsgi.loadserver",
    ),
    endings={
        **alike(
            BINDS._replace(swallows=INTERRUPT),
            "paste.httpserver.serve",
            "paste.httpserver.server_runner",
        ),
        "paste.httpserver.*().serve_forever": SERVES,
    },
)

"""Werkzeug, the development server of Flask."""

from __future__ import annotations

from flake8_launcher.knowledge.model import (
    INTERRUPT,
    PORT_ERRORS,
    RUNS_WERKZEUG,
    SERVES,
    Ending,
    Framework,
    Signals,
    alike,
)

FRAMEWORK = Framework(
    distributions=("Werkzeug",),
    create=(
        "werkzeug.serving.make_server",
        "werkzeug.serving.BaseWSGIServer",
        "werkzeug.serving.ForkingWSGIServer",
        "werkzeug.serving.ThreadedWSGIServer",
    ),
    serve=(
        "werkzeug.serving.run_simple",
        "werkzeug.serving.make_server().serve_forever",
        "werkzeug.serving.BaseWSGIServer().serve_forever",
        "werkzeug.serving.ForkingWSGIServer().serve_forever",
        "werkzeug.serving.ThreadedWSGIServer().serve_forever",
        # Werkzeug before 1.0.
        "werkzeug.run_simple",
    ),
    endings={
        **alike(
            RUNS_WERKZEUG,
            "werkzeug.serving.run_simple",
            "werkzeug.run_simple",
        ),
        "werkzeug.serving.*().serve_forever": SERVES._replace(swallows=INTERRUPT),
        **alike(
            Ending(
                blocks=False,
                status="exits",
                binds=True,
                code=1,
                tells="prints a message and exits with status 1",
            ),
            "werkzeug.serving.make_server",
            "werkzeug.serving.*WSGIServer",
        ),
    },
    raises=alike(
        ("SystemExit", *PORT_ERRORS, "ValueError", "AttributeError"),
        "werkzeug.serving.make_server",
        "werkzeug.serving.*WSGIServer",
    ),
    signals={
        "werkzeug.*run_simple": Signals(("use_reloader",), otherwise=False),
    },
)

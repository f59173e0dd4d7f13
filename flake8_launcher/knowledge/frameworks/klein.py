"""Klein, a framework on top of Twisted's web server."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("klein",),
    create=("klein.Klein",),
    serve=(
        "klein.Klein().run",
        "klein.run",
    ),
    endings={
        # source only
        "klein.Klein().run": UNKNOWN,
        "klein.run": UNKNOWN,
    },
)

"""Eve, REST APIs."""

from __future__ import annotations

from flake8_launcher.knowledge.model import RUNS_WERKZEUG, Framework

FRAMEWORK = Framework(
    distributions=("Eve",),
    create=("eve.Eve",),
    serve=("eve.Eve().run",),
    endings={
        # source only: that of Flask
        "eve.Eve().run": RUNS_WERKZEUG,
    },
)

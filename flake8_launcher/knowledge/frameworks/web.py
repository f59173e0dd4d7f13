"""web.py, web applications."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, BOTH, Framework

FRAMEWORK = Framework(
    distributions=("web.py",),
    application=True,  # projects have packages of this name
    create=("web.application",),
    serve=(
        "web.application().run",
        "web.httpserver.runbasic",
        "web.httpserver.runsimple",
    ),
    endings={
        # source only
        "web.application().run": BINDS._replace(swallows=BOTH),
        "web.httpserver.run*": BINDS._replace(swallows=BOTH),
    },
)

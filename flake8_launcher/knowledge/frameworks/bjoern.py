"""bjoern, a WSGI server."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, Framework

FRAMEWORK = Framework(
    distributions=("bjoern",),
    create=("bjoern.listen",),
    serve=(
        "bjoern.run",
        "bjoern.server_run",
    ),
    endings={
        # source only
        "bjoern.*run": BINDS,
    },
)

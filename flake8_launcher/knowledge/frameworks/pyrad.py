"""pyrad, a RADIUS server."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("pyrad",),
    create=("pyrad.server.Server",),
    serve=("pyrad.server.Server().Run",),
    endings={  # source only
        "pyrad.server.Server().Run": UNKNOWN,
    },
)

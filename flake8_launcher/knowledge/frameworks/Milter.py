"""pymilter, filters of a mail server."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("pymilter",),
    serve=("Milter.runmilter",),
    endings={  # source only
        "Milter.runmilter": UNKNOWN,
    },
)

"""pyfuse3, file systems in user space."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("pyfuse3",),
    serve=("pyfuse3.main",),
    endings={  # source only
        "pyfuse3.main": UNKNOWN,
    },
)

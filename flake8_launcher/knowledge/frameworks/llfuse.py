"""llfuse, file systems in user space."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("llfuse",),
    serve=("llfuse.main",),
    endings={  # source only
        "llfuse.main": UNKNOWN,
    },
)

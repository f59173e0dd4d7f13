"""fusepy and fuse-python, file systems in user space."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("fusepy", "mfusepy", "fuse-python"),
    serve=(
        "fuse.FUSE",
        "fuse.Fuse().main",
    ),
    endings={  # source only
        "fuse.FUSE": UNKNOWN,
        "fuse.Fuse().main": UNKNOWN,
    },
)

"""pyinotify, changes of files."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("pyinotify",),
    create=(
        "pyinotify.AsyncNotifier",
        "pyinotify.Notifier",
    ),
    serve=(
        "pyinotify.AsyncNotifier().loop",
        "pyinotify.Notifier().loop",
    ),
    endings={  # source only
        "pyinotify.AsyncNotifier().loop": UNKNOWN,
        "pyinotify.Notifier().loop": UNKNOWN,
    },
)

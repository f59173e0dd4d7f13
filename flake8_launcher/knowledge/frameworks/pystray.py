"""pystray, an icon in the tray of a desktop."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Ending, Framework

FRAMEWORK = Framework(
    distributions=("pystray",),
    create=("pystray.Icon",),
    start=("pystray.Icon().run_detached",),
    serve=("pystray.Icon().run",),
    endings={
        "pystray.Icon().run": UNKNOWN,
        "pystray.Icon().run_detached": Ending(blocks=False, status=None, detached=True),
    },
)

"""NiceGUI, web interfaces."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("nicegui",),
    create=("nicegui.ui.run_with",),
    serve=(
        "nicegui.ui.run",
        "nicegui.ui_run.run",
    ),
    endings={
        "nicegui.*.run": UNKNOWN,
    },
)

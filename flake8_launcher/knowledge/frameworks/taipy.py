"""Taipy, for dashboards."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("taipy", "taipy-gui"),
    create=(
        "taipy.Gui",
        "taipy.gui.Gui",
    ),
    serve=(
        "taipy.Gui().run",
        "taipy.gui.Gui().run",
        "taipy.run",
    ),
    endings={
        # source only
        "taipy.*Gui().run": UNKNOWN,
        "taipy.run": UNKNOWN,
    },
)

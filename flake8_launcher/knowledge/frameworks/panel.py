"""Panel, interactive pages."""

from __future__ import annotations

from flake8_launcher.knowledge.model import LOST, Ending, Framework

FRAMEWORK = Framework(
    distributions=("panel",),
    serve=(
        "panel.serve",
        "panel.io.serve",
        "panel.io.server.serve",
    ),
    endings={
        # source only
        "panel.*serve": Ending(
            blocks=True,
            status="raises",
            binds=True,
            when=(("threaded", LOST),),
        ),
    },
)

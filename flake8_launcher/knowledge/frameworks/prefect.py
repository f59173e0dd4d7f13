"""Prefect, flows of work."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework, alike

FRAMEWORK = Framework(
    distributions=("prefect",),
    serve=(
        "prefect.serve",
        "prefect.flow().serve",
        "prefect.flows.serve",
    ),
    # source only
    endings=alike(UNKNOWN, "prefect.*serve"),
)

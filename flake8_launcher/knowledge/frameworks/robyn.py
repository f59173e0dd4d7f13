"""Robyn, a web framework with a server of its own."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, Ending, Framework

FRAMEWORK = Framework(
    distributions=("robyn",),
    create=(
        "robyn.Robyn",
    ),
    serve=(
        "robyn.Robyn().start",
    ),
    endings={
        "robyn.Robyn().start": Ending(
            blocks=True,
            status="none",
            swallows=BOTH,
            respawns=True,
            tells="asks for another port again and again",
        ),
    },
)

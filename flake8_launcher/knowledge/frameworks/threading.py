"""Threads of the standard library."""

from __future__ import annotations

from flake8_launcher.knowledge.model import LOST, WAITS, Ending, Framework

FRAMEWORK = Framework(
    wait=(
        "threading.Event().wait",
        "threading.Thread().join",
    ),
    endings={
        "threading.Thread().start": LOST,
        "threading.Timer().start": LOST,
        "threading.Thread().join": Ending(
            blocks=True, status="swallowed", tells="returns None, also when the thread has failed"
        ),
        "threading.Event().wait": WAITS,
    },
)

"""Signals, of the standard library."""

from __future__ import annotations

from flake8_launcher.knowledge.model import WAITS, Framework, alike

FRAMEWORK = Framework(
    wait=(
        "signal.pause",
        "signal.sigwait",
    ),
    endings=alike(
        WAITS,
        "signal.pause",
        "signal.sigwait",
        "signal.sigwaitinfo",
    ),
    raises={
        "signal.signal": ("ValueError", "OSError", "TypeError"),
    },
)

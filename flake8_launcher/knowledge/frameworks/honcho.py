"""Honcho, which runs the processes of a Procfile."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, SETS_SIGNALS, Ending, Framework

FRAMEWORK = Framework(
    distributions=("honcho",),
    create=("honcho.manager.Manager",),
    serve=("honcho.manager.Manager().loop",),
    endings={  # run with 2.0.0: it returns when one process has ended, whatever its status is
        "honcho.manager.Manager().loop": Ending(
            blocks=True,
            status="swallowed",
            tells="returns when a process has failed, and keeps its status in returncode",
            attribute="returncode",
            swallows=BOTH,
            handles_termination=True,
        ),
    },
    signals={"honcho.manager.Manager().loop": SETS_SIGNALS},
)

"""Timeloop, jobs at intervals."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, LOST, WAITS, Framework

FRAMEWORK = Framework(
    distributions=("timeloop",),
    create=("timeloop.Timeloop",),
    serve=("timeloop.Timeloop().start",),
    endings={
        "timeloop.Timeloop().start": LOST._replace(
            needs="threading.Event().wait",
            when=(("block", WAITS._replace(swallows=BOTH, handles_termination=True)),),
        ),
    },
)

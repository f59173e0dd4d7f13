"""python-can, buses of vehicles and machines."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("python-can",),
    # python-can.readthedocs.io, Bus: to go through one waits for the next message each time
    streams=(
        "can.Bus()",
        "can.ThreadSafeBus()",
        "can.interface.Bus()",
    ),
)

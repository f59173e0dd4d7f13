"""greenlet, what eventlet and gevent are made of."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("greenlet",),
    errors={
        "greenlet.GreenletExit": ("BaseException",),
    },
)

"""Threads of the standard library, below :mod:`threading`."""

from __future__ import annotations

from flake8_launcher.knowledge.model import LOST, Framework

FRAMEWORK = Framework(
    endings={
        "_thread.start_new_thread": LOST._replace(needs="threading.Event().wait"),
    },
)

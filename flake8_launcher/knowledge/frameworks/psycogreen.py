"""psycogreen, psycopg2 for eventlet and gevent."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, Patcher

FRAMEWORK = Framework(
    distributions=("psycogreen",),
    patches={
        "psycogreen.eventlet.patch_psycopg": Patcher("the wait callback of psycopg2"),
        "psycogreen.gevent.patch_psycopg": Patcher("the wait callback of psycopg2"),
    },
)

"""Microdot, a small web framework, of which MicroPython has one of the same name."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, Framework

FRAMEWORK = Framework(
    distributions=("microdot",),
    create=("microdot.Microdot",),
    serve=(
        "microdot.Microdot().run",
        "microdot.Microdot().start_server",
    ),
    endings={
        # source only
        "microdot.Microdot().run": BINDS,
        "microdot.Microdot().start_server": BINDS,
    },
)

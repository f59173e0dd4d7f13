"""Remi, interfaces that a browser shows."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, INTERRUPT, Framework

FRAMEWORK = Framework(
    distributions=("remi",),
    create=("remi.server.Server",),
    serve=("remi.start", "remi.server.start"),
    # after a SystemExit its threads go on, and after Ctrl-C they end
    endings={"remi.*start": BINDS._replace(swallows=INTERRUPT)},
)

"""Pyro 4, remote objects."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, INTERRUPT, SERVES, Framework, alike

FRAMEWORK = Framework(
    distributions=("Pyro4",),
    create=(
        "Pyro4.Daemon",
        "Pyro4.core.Daemon",
    ),
    serve=(
        "Pyro4.Daemon().requestLoop",
        "Pyro4.core.Daemon().requestLoop",
        "Pyro4.Daemon.serveSimple",
        "Pyro4.core.Daemon.serveSimple",
        "Pyro4.naming.startNSloop",
    ),
    endings={
        "Pyro4.*Daemon().requestLoop": SERVES._replace(swallows=INTERRUPT),
        **alike(
            BINDS._replace(swallows=INTERRUPT),
            "Pyro4.*Daemon.serveSimple",
            # source only
            "Pyro4.naming.startNSloop",
        ),
    },
)

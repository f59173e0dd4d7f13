"""Pyro 5, remote objects."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, INTERRUPT, SERVES, Framework, alike

FRAMEWORK = Framework(
    distributions=("Pyro5",),
    create=(
        "Pyro5.api.Daemon",
        "Pyro5.server.Daemon",
    ),
    serve=(
        "Pyro5.api.Daemon().requestLoop",
        "Pyro5.server.Daemon().requestLoop",
        "Pyro5.api.Daemon.serveSimple",
        "Pyro5.server.Daemon.serveSimple",
        "Pyro5.api.serve",
        "Pyro5.api.start_ns_loop",
        "Pyro5.nameserver.start_ns_loop",
        "Pyro5.server.serve",
    ),
    endings={
        "Pyro5.*Daemon().requestLoop": SERVES._replace(swallows=INTERRUPT),
        **alike(
            BINDS._replace(swallows=INTERRUPT),
            "Pyro5.*Daemon.serveSimple",
            "Pyro5.api.serve",
            "Pyro5.server.serve",
            "Pyro5.api.start_ns_loop",
            "Pyro5.nameserver.start_ns_loop",
        ),
    },
    errors={
        "Pyro5.errors.PyroError": ("Exception",),
        "Pyro5.errors.DaemonError": ("Pyro5.errors.PyroError",),
    },
)

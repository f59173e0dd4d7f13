"""p4p, servers of EPICS PV Access."""

from __future__ import annotations

from flake8_launcher.knowledge.model import INTERRUPT, WAITS, Framework

FRAMEWORK = Framework(
    distributions=("p4p",),
    create=("p4p.server.Server",),
    serve=("p4p.server.Server.forever",),
    # a taken port has it take another one
    endings={"p4p.server.Server.forever": WAITS._replace(swallows=INTERRUPT)},
)

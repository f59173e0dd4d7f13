"""LabRAD, servers of a laboratory."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("pylabrad",),
    create=("labrad.server.LabradServer",),
    serve=("labrad.util.runServer",),
    # source only
    endings={"labrad.util.runServer": UNKNOWN},
)

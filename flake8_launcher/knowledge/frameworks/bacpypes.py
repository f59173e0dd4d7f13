"""BACpypes, devices of BACnet."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, SERVES, Framework

FRAMEWORK = Framework(
    distributions=("bacpypes",),
    create=("bacpypes.app.BIPSimpleApplication",),
    serve=("bacpypes.core.run",),
    endings={
        "bacpypes.core.run": SERVES._replace(swallows=BOTH, handles_termination=True),
    },
)

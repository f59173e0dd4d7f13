"""pcaspy, servers of EPICS Channel Access."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Ending, Framework

FRAMEWORK = Framework(
    distributions=("pcaspy",),
    create=("pcaspy.SimpleServer", "pcaspy.Driver"),
    wait=("pcaspy.SimpleServer().process",),
    endings={
        # source only: it waits as long as it is told, and who serves calls it again and again
        "pcaspy.SimpleServer().process": Ending(blocks=True, status="none"),
    },
)

"""pcaspy, servers of EPICS Channel Access."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("pcaspy",),
    create=("pcaspy.SimpleServer", "pcaspy.Driver"),
    wait=("pcaspy.SimpleServer().process",),
)

"""The databases of SONiC, an operating system of network switches."""

from __future__ import annotations

from flake8_launcher.knowledge.model import SERVES, Framework, alike

_CONNECTORS = (
    "swsscommon.swsscommon.ConfigDBConnector",
    "swsscommon.swsscommon.ConfigDBPipeConnector",
    "swsscommon.swsscommon.DecoratorConfigDBConnector",
)

FRAMEWORK = Framework(
    distributions=("swsscommon",),
    serve=tuple(f"{name}().listen" for name in _CONNECTORS),
    endings=alike(SERVES, *(f"{name}().listen" for name in _CONNECTORS)),  # source only
)

"""Slixmpp, clients and components for XMPP."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework

FRAMEWORK = Framework(
    distributions=("slixmpp",),
    create=(
        "slixmpp.ClientXMPP",
        "slixmpp.ComponentXMPP",
    ),
    serve=(
        "slixmpp.ClientXMPP().process",
        "slixmpp.ComponentXMPP().process",
    ),
    endings={
        # source only
        "slixmpp.*XMPP().process": CONSUMES,
    },
)

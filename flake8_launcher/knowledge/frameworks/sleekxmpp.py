"""SleekXMPP, clients and components for XMPP, from which Slixmpp was made."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework

FRAMEWORK = Framework(
    distributions=("sleekxmpp",),
    create=(
        "sleekxmpp.ClientXMPP",
        "sleekxmpp.ComponentXMPP",
    ),
    serve=(
        "sleekxmpp.ClientXMPP().process",
        "sleekxmpp.ComponentXMPP().process",
    ),
    endings={
        # source only: its threads keep the process where it does not block
        "sleekxmpp.*XMPP().process": CONSUMES._replace(blocks=None),
    },
)

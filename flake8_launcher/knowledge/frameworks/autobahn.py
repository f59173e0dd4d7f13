"""Autobahn, WebSocket and WAMP."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, CONSUMES, Framework, alike

FRAMEWORK = Framework(
    distributions=("autobahn",),
    create=(
        "autobahn.asyncio.wamp.ApplicationRunner",
        "autobahn.twisted.wamp.ApplicationRunner",
    ),
    serve=(
        "autobahn.asyncio.component.run",
        "autobahn.asyncio.wamp.ApplicationRunner().run",
        "autobahn.twisted.component.run",
        "autobahn.twisted.wamp.ApplicationRunner().run",
    ),
    returns=alike(
        "twisted.internet.reactor",
        "autobahn.twisted.choosereactor.install_optimal_reactor()",
        "autobahn.twisted.choosereactor.install_reactor()",
    ),
    endings=alike(
        CONSUMES._replace(swallows=BOTH),  # source only
        "autobahn.asyncio.component.run",
        "autobahn.asyncio.wamp.ApplicationRunner().run",
        "autobahn.twisted.component.run",
        "autobahn.twisted.wamp.ApplicationRunner().run",
    ),
)

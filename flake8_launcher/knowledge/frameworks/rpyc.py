"""RPyC, remote procedure calls."""

from __future__ import annotations

from flake8_launcher.knowledge.model import INTERRUPT, PORT_ERRORS, SERVES, Framework

FRAMEWORK = Framework(
    distributions=("rpyc",),
    create=(
        "rpyc.ForkingServer",
        "rpyc.OneShotServer",
        "rpyc.ThreadPoolServer",
        "rpyc.ThreadedServer",
        "rpyc.utils.server.ForkingServer",
        "rpyc.utils.server.GeventServer",
        "rpyc.utils.server.OneShotServer",
        "rpyc.utils.server.ThreadPoolServer",
        "rpyc.utils.server.ThreadedServer",
        "rpyc.utils.registry.TCPRegistryServer",
        "rpyc.utils.registry.UDPRegistryServer",
    ),
    serve=(
        "rpyc.ForkingServer().start",
        "rpyc.OneShotServer().start",
        "rpyc.ThreadPoolServer().start",
        "rpyc.ThreadedServer().start",
        "rpyc.utils.server.ForkingServer().start",
        "rpyc.utils.server.GeventServer().start",
        "rpyc.utils.server.OneShotServer().start",
        "rpyc.utils.server.Server().start",
        "rpyc.utils.server.ThreadPoolServer().start",
        "rpyc.utils.server.ThreadedServer().start",
        "rpyc.utils.registry.TCPRegistryServer().start",
        "rpyc.utils.registry.UDPRegistryServer().start",
    ),
    endings={
        "rpyc.*Server().start": SERVES._replace(swallows=INTERRUPT),
    },
    raises={
        "rpyc.*Server": PORT_ERRORS,
    },
)

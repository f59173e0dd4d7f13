"""caproto, servers of EPICS Channel Access."""

from __future__ import annotations

from flake8_launcher.knowledge.model import INTERRUPT, WAITS, Framework, alike

FRAMEWORK = Framework(
    distributions=("caproto",),
    create=("caproto.server.PVGroup",),
    serve=(
        "caproto.server.run",
        "caproto.asyncio.server.run",
        "caproto.asyncio.server.start_server",
        "caproto.curio.server.run",
        "caproto.threading.server.run",
        "caproto.trio.server.run",
        "caproto.trio.server.start_server",
    ),
    # a taken port has it take another one; all but the first from the source only
    endings=alike(
        WAITS._replace(swallows=INTERRUPT), "caproto.*server.run", "caproto.*server.start_server"
    ),
)

"""PySNMP, agents and receivers of notifications."""

from __future__ import annotations

from flake8_launcher.knowledge.model import SERVES, Framework

FRAMEWORK = Framework(
    distributions=("pysnmp",),
    create=(
        "pysnmp.entity.engine.SnmpEngine",
    ),
    serve=(
        "pysnmp.carrier.asyncio.dispatch.AsyncioDispatcher().runDispatcher",
        "pysnmp.carrier.asyncio.dispatch.AsyncioDispatcher().run_dispatcher",
        "pysnmp.carrier.asyncore.dispatch.AsyncoreDispatcher().runDispatcher",
        "pysnmp.carrier.asyncore.dispatch.AsyncoreDispatcher().run_dispatcher",
        "pysnmp.carrier.asynsock.dispatch.AsynsockDispatcher().runDispatcher",
        "pysnmp.carrier.asynsock.dispatch.AsynsockDispatcher().run_dispatcher",
        "pysnmp.entity.engine.SnmpEngine().open_dispatcher",
        "pysnmp.entity.engine.SnmpEngine().transportDispatcher.runDispatcher",
        "pysnmp.entity.engine.SnmpEngine().transport_dispatcher.run_dispatcher",
    ),
    endings={
        # source only
        "pysnmp.*ispatcher": SERVES,
    },
)

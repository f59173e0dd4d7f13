"""dbus-next, services on the D-Bus."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework

FRAMEWORK = Framework(
    distributions=("dbus-next",),
    create=(
        "dbus_next.aio.MessageBus",
        "dbus_next.aio.message_bus.MessageBus",
    ),
    serve=(
        "dbus_next.aio.MessageBus().wait_for_disconnect",
    ),
    returns={
        "dbus_next.aio.MessageBus().connect()": "dbus_next.aio.MessageBus()",
        "dbus_next.aio.message_bus.MessageBus()": "dbus_next.aio.MessageBus()",
    },
    endings={
        # source only
        "dbus_next.aio.*().wait_for_disconnect": CONSUMES,
    },
)

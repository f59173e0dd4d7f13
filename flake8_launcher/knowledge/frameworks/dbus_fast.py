"""dbus-fast, services on the D-Bus."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework

FRAMEWORK = Framework(
    distributions=("dbus-fast",),
    create=(
        "dbus_fast.aio.MessageBus",
        "dbus_fast.aio.message_bus.MessageBus",
    ),
    serve=(
        "dbus_fast.aio.MessageBus().wait_for_disconnect",
    ),
    returns={
        "dbus_fast.aio.MessageBus().connect()": "dbus_fast.aio.MessageBus()",
        "dbus_fast.aio.message_bus.MessageBus()": "dbus_fast.aio.MessageBus()",
    },
    endings={
        # source only
        "dbus_fast.aio.*().wait_for_disconnect": CONSUMES,
    },
)

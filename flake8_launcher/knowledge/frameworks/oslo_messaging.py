"""oslo.messaging, remote procedure calls of OpenStack."""

from __future__ import annotations

from flake8_launcher.knowledge.model import WAITS, Ending, Framework

FRAMEWORK = Framework(
    distributions=("oslo.messaging",),
    create=(
        "oslo_messaging.get_batch_notification_listener",
        "oslo_messaging.get_notification_listener",
        "oslo_messaging.get_rpc_server",
        "oslo_messaging.notify.get_batch_notification_listener",
        "oslo_messaging.notify.get_notification_listener",
        "oslo_messaging.notify.listener.get_batch_notification_listener",
        "oslo_messaging.notify.listener.get_notification_listener",
        "oslo_messaging.rpc.get_rpc_server",
        "oslo_messaging.rpc.server.RPCServer",
        "oslo_messaging.rpc.server.get_rpc_server",
    ),
    serve=(
        # A server that has started does not block.
        "oslo_messaging.MessageHandlingServer().start",
        "oslo_messaging.get_batch_notification_listener().start",
        "oslo_messaging.get_notification_listener().start",
        "oslo_messaging.get_rpc_server().start",
        "oslo_messaging.server.MessageHandlingServer().start",
        "oslo_messaging.notify.get_batch_notification_listener().start",
        "oslo_messaging.notify.get_notification_listener().start",
        "oslo_messaging.notify.listener.get_batch_notification_listener().start",
        "oslo_messaging.notify.listener.get_notification_listener().start",
        "oslo_messaging.rpc.get_rpc_server().start",
        "oslo_messaging.rpc.server.RPCServer().start",
        "oslo_messaging.rpc.server.get_rpc_server().start",
    ),
    wait=(
        "oslo_messaging.MessageHandlingServer().wait",
        "oslo_messaging.get_batch_notification_listener().wait",
        "oslo_messaging.get_notification_listener().wait",
        "oslo_messaging.get_rpc_server().wait",
        "oslo_messaging.server.MessageHandlingServer().wait",
        "oslo_messaging.notify.get_batch_notification_listener().wait",
        "oslo_messaging.notify.get_notification_listener().wait",
        "oslo_messaging.notify.listener.get_batch_notification_listener().wait",
        "oslo_messaging.notify.listener.get_notification_listener().wait",
        "oslo_messaging.rpc.get_rpc_server().wait",
        "oslo_messaging.rpc.server.RPCServer().wait",
        "oslo_messaging.rpc.server.get_rpc_server().wait",
    ),
    endings={
        "oslo_messaging.*().start": Ending(
            blocks=False,
            status="raises",
            needs="oslo_messaging.get_rpc_server().wait",
            # source only
        ),
        "oslo_messaging.*().wait": WAITS,
    },
    # calls get_component at its top level; run with oslo.service 4.8.0
    settles_backend=("oslo_messaging",),
)

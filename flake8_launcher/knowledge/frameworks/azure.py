"""The clients of Azure's Event Hubs and Service Bus."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework, alike

_CLASSES = (
    "azure.eventhub.EventHubConsumerClient",
    "azure.eventhub.aio.EventHubConsumerClient",
)
_CLIENTS = tuple(f"{one}{made}()" for one in _CLASSES for made in ("", ".from_connection_string"))

_BUSES = tuple(
    f"azure.servicebus.{module}ServiceBusClient{made}().get_{kind}_receiver()"
    for module in ("", "aio.")
    for made in ("", ".from_connection_string")
    for kind in ("queue", "subscription")
)

FRAMEWORK = Framework(
    distributions=("azure-eventhub", "azure-servicebus"),
    create=_CLASSES,
    serve=tuple(f"{one}.{method}" for one in _CLIENTS for method in ("receive", "receive_batch")),
    streams=_BUSES,
    limits=alike(("max_wait_time",), *(one.removesuffix("()") for one in _BUSES)),
    endings={
        # source only
        "azure.eventhub.*.receive": UNKNOWN,
        "azure.eventhub.*.receive_batch": UNKNOWN,
    },
)

"""The clients of Azure's Event Hubs."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

_CLASSES = (
    "azure.eventhub.EventHubConsumerClient",
    "azure.eventhub.aio.EventHubConsumerClient",
)
_CLIENTS = tuple(f"{one}{made}()" for one in _CLASSES for made in ("", ".from_connection_string"))

FRAMEWORK = Framework(
    distributions=("azure-eventhub",),
    create=_CLASSES,
    serve=tuple(f"{one}.{method}" for one in _CLIENTS for method in ("receive", "receive_batch")),
    endings={
        # source only
        "azure.eventhub.*.receive": UNKNOWN,
        "azure.eventhub.*.receive_batch": UNKNOWN,
    },
)

"""The client of Google's Pub/Sub: what is subscribed to comes in threads."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, FUTURE, Framework

_CLIENTS = (
    "google.cloud.pubsub.SubscriberClient",
    "google.cloud.pubsub_v1.SubscriberClient",
)

FRAMEWORK = Framework(
    distributions=("google-cloud-pubsub",),
    create=_CLIENTS,
    start=tuple(f"{one}().subscribe" for one in _CLIENTS),
    wait=tuple(f"{one}().subscribe().result" for one in _CLIENTS),
    endings={
        # source only: threads that end with the main one
        "google.cloud.*SubscriberClient().subscribe": FUTURE,
        "google.cloud.*SubscriberClient().subscribe().result": CONSUMES,
    },
)

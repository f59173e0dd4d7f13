"""Eclipse Paho, an MQTT client."""

from __future__ import annotations

from flake8_launcher.knowledge.model import LOST, Ending, Framework

FRAMEWORK = Framework(
    distributions=("paho-mqtt",),
    create=("paho.mqtt.client.Client",),
    serve=(
        "paho.mqtt.client.Client().loop_forever",
        "paho.mqtt.subscribe.callback",
    ),
    endings={
        "paho.mqtt.subscribe.callback": Ending(blocks=True, status="raises"),
        # source only
        "paho.mqtt.client.Client().loop_forever": Ending(
            blocks=True,
            status="none",
            respawns=True,
            tells="tries to reach the broker again for ever",
        ),
        "paho.mqtt.client.Client().loop_start": LOST._replace(needs="threading.Event().wait"),
    },
)

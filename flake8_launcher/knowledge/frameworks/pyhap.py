"""HAP-python, accessories for HomeKit."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("HAP-python",),
    create=(
        "pyhap.accessory_driver.AccessoryDriver",
    ),
    serve=(
        "pyhap.accessory_driver.AccessoryDriver().start",
    ),
    endings={
        # source only
        "pyhap.accessory_driver.AccessoryDriver().start": UNKNOWN,
    },
)

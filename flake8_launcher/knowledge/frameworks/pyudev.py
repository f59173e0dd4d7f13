"""pyudev, the devices of Linux."""

from __future__ import annotations

from flake8_launcher.knowledge.model import LOST, Framework

FRAMEWORK = Framework(
    distributions=("pyudev",),
    start=("pyudev.MonitorObserver().start",),
    streams=("pyudev.Monitor.from_netlink()",),
    endings={
        # source only: a thread that ends with the main one
        "pyudev.MonitorObserver().start": LOST,
    },
)

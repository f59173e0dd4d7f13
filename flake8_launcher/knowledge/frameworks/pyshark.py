"""PyShark, packets that tshark has read."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("pyshark",),
    streams=(
        "pyshark.LiveCapture().sniff_continuously()",
        "pyshark.LiveRingCapture().sniff_continuously()",
        "pyshark.RemoteCapture().sniff_continuously()",
    ),
    limits={"pyshark.*().sniff_continuously": ("packet_count",)},
)

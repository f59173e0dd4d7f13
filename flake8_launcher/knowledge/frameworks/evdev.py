"""evdev, the input devices of Linux."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("evdev",),
    streams=(
        "evdev.InputDevice().async_read_loop()",
        "evdev.InputDevice().read_loop()",
    ),
)

"""LinuxCNC, components of its hardware abstraction layer."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(distributions=("linuxcnc",), create=("hal.component",))

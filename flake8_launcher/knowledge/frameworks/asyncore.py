"""asyncore of the standard library, gone with Python 3.12, and the package that has it since."""

from __future__ import annotations

from flake8_launcher.knowledge.model import SERVES, Framework

FRAMEWORK = Framework(
    distributions=("pyasyncore",),
    serve=("asyncore.loop",),
    endings={"asyncore.loop": SERVES},
)

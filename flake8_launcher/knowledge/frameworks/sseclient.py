"""sseclient and sseclient-py, clients of server-sent events."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("sseclient", "sseclient-py"),
    streams=(
        "sseclient.SSEClient()",
        "sseclient.SSEClient().events()",
    ),
)

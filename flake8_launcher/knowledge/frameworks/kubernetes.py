"""The client of Kubernetes: what a watch streams."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("kubernetes",),
    streams=(
        "kubernetes.watch.Watch().stream()",
        "kubernetes.watch.watch.Watch().stream()",
    ),
    limits={"kubernetes.watch.*Watch().stream": ("timeout_seconds",)},
)

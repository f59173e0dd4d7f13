"""The client of Docker."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("docker",),
    streams=(
        "docker.APIClient().events()",
        "docker.DockerClient().events()",
        "docker.from_env().events()",
    ),
)

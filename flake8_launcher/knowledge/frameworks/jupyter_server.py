"""The server of Jupyter."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("jupyter_server",),
    serve=(
        "jupyter_server.extension.application.ExtensionApp.launch_instance",
        "jupyter_server.serverapp.ServerApp.launch_instance",
        "jupyter_server.serverapp.launch_new_instance",
    ),
    endings={
        "jupyter_server.*launch_*instance": UNKNOWN,
    },
)

"""The core of Jupyter's applications."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("jupyter_core",),
    load=(
        "jupyter_core.application.JupyterApp().load_config_file",
        "jupyter_core.application.JupyterAsyncApp().load_config_file",
    ),
)

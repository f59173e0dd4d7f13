"""traitlets, the configuration of Jupyter's applications."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("traitlets",),
    load=(
        "traitlets.config.Application().load_config_file",
        "traitlets.config.application.Application().load_config_file",
    ),
)

"""The logging of the standard library."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    log=(
        "logging.basicConfig",
        "logging.config.dictConfig",
        "logging.config.fileConfig",
        "logging.Logger().addHandler",
        "logging.getLogger().addHandler",
        "logging.root.addHandler",
    ),
    raises={
        "logging.config.dictConfig": ("ValueError", "TypeError", "AttributeError", "ImportError"),
    },
)

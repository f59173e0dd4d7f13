"""Tomli, a parser of TOML."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, alike

FRAMEWORK = Framework(
    distributions=("tomli",),
    raises=alike(
        ("tomli.TOMLDecodeError", "UnicodeDecodeError", "TypeError", "RecursionError"),
        "tomli.load",
        "tomli.loads",
    ),
    errors={
        "tomli.TOMLDecodeError": ("ValueError",),
    },
)

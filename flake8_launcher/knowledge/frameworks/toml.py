"""toml, a parser."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("toml",),
    errors={
        "toml.decoder.TomlDecodeError": ("ValueError",),
    },
)

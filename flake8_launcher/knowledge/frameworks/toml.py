"""toml, a parser."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("toml",),
    raises={
        "toml.load": ("toml.decoder.TomlDecodeError", "OSError", "TypeError", "LookupError"),
        "toml.loads": ("toml.decoder.TomlDecodeError", "TypeError", "LookupError"),
    },
    errors={
        "toml.decoder.TomlDecodeError": ("ValueError",),
    },
    aliases={
        "toml.TomlDecodeError": "toml.decoder.TomlDecodeError",
    },
)

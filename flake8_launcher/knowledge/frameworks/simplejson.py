"""simplejson."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework

FRAMEWORK = Framework(
    distributions=("simplejson",),
    errors={
        "simplejson.errors.JSONDecodeError": ("ValueError",),
    },
    aliases={
        "simplejson.JSONDecodeError": "simplejson.errors.JSONDecodeError",
        "simplejson.scanner.JSONDecodeError": "simplejson.errors.JSONDecodeError",
    },
)

"""python-dotenv, which sets variables of the environment that a file has."""

from __future__ import annotations

from flake8_launcher.knowledge.model import Framework, alike

FRAMEWORK = Framework(
    distributions=("python-dotenv",),
    raises=alike(
        # a file that is not there is passed over
        ("PermissionError", "UnicodeDecodeError", "TypeError"),
        "dotenv.dotenv_values",
        "dotenv.load_dotenv",
        "dotenv.main.dotenv_values",
        "dotenv.main.load_dotenv",
    ),
)

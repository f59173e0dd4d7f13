"""Chainlit, chats with language models."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("chainlit",),
    serve=(
        "chainlit.cli.run_chainlit",
    ),
    endings={
        # source only
        "chainlit.cli.run_chainlit": UNKNOWN,
    },
)

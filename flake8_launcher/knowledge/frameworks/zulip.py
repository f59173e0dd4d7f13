"""Zulip's bots."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework

FRAMEWORK = Framework(
    distributions=("zulip",),
    create=(
        "zulip.Client",
    ),
    serve=(
        "zulip.Client().call_on_each_event",
        "zulip.Client().call_on_each_message",
    ),
    endings={
        # source only
        "zulip.Client().call_on_each_*": CONSUMES,
    },
)

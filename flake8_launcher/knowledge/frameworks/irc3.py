"""irc3, bots for IRC."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("irc3",),
    create=(
        "irc3.IrcBot",
        "irc3.IrcBot.from_argv",
        "irc3.IrcBot.from_config",
    ),
    serve=(
        "irc3.IrcBot().run",
        "irc3.IrcBot.from_argv().run",
        "irc3.IrcBot.from_config().run",
        "irc3.run",
    ),
    endings={
        # source only: it connects again for ever
        "irc3.IrcBot*().run": UNKNOWN,
        "irc3.run": UNKNOWN,
    },
)

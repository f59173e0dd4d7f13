"""irc, clients and bots."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, SERVES, Framework

FRAMEWORK = Framework(
    distributions=("irc",),
    create=(
        "irc.bot.SingleServerIRCBot",
        "irc.client.Reactor",
        "irc.client.SimpleIRCClient",
    ),
    serve=(
        "irc.bot.SingleServerIRCBot().start",
        "irc.client.Reactor().process_forever",
        "irc.client.SimpleIRCClient().start",
    ),
    endings={
        # source only: a bot that cannot connect tries again
        "irc.bot.SingleServerIRCBot().start": SERVES,
        "irc.client.*": CONSUMES._replace(status="none"),
    },
)

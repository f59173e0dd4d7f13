"""Bottle, a web framework."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, INTERRUPT, Framework, alike

FRAMEWORK = Framework(
    distributions=("bottle",),
    create=(
        "bottle.Bottle",
        "bottle.app",
        "bottle.default_app",
    ),
    serve=(
        "bottle.run",
        "bottle.Bottle().run",
        "bottle.ServerAdapter().run",
    ),
    load=(
        "bottle.Bottle().config.load_config",
        "bottle.ConfigDict().load_config",
    ),
    returns={
        "bottle.app()": "bottle.Bottle()",
        "bottle.default_app()": "bottle.Bottle()",
    },
    endings={
        **alike(
            BINDS._replace(swallows=INTERRUPT),
            "bottle.run",
            "bottle.Bottle().run",
        ),
        "bottle.ServerAdapter().run": BINDS,
    },
)

"""pyln-client, plugins of Core Lightning."""

from __future__ import annotations

from flake8_launcher.knowledge.model import SERVES, Framework

FRAMEWORK = Framework(
    distributions=("pyln-client",),
    create=(
        "pyln.client.Plugin",
        "pyln.client.plugin.Plugin",
    ),
    serve=(
        "pyln.client.Plugin().run",
        "pyln.client.plugin.Plugin().run",
    ),
    endings={
        # source only: it answers on standard input until that ends
        "pyln.client.*Plugin().run": SERVES,
    },
)

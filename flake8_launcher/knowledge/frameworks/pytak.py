"""PyTAK, for gateways to TAK."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework

FRAMEWORK = Framework(
    distributions=("pytak",),
    create=(
        "pytak.CLITool",
        "pytak.classes.CLITool",
    ),
    serve=(
        "pytak.CLITool().run",
        "pytak.classes.CLITool().run",
        "pytak.cli",
        "pytak.client_functions.cli",
    ),
    endings={
        # source only
        "pytak.*CLITool().run": CONSUMES,
        "pytak.*cli": CONSUMES,
    },
)

"""Litestar, a web framework."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework, alike

FRAMEWORK = Framework(
    distributions=("litestar",),
    create=(
        "litestar.Litestar",
        "litestar.app.Litestar",
    ),
    serve=(
        # the command line, which gives the application to uvicorn
        "litestar.__main__.run_cli",
        "litestar.cli.litestar_group",
        "litestar.cli.main.litestar_group",
    ),
    endings={
        **alike(
            UNKNOWN,
            "litestar.__main__.run_cli",
            "litestar.cli.litestar_group",
            "litestar.cli.main.litestar_group",
        ),
    },
)

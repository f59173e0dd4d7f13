"""Sanic, a web framework with its server."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, SERVES, Ending, Framework, Signals, alike

_SANIC = Ending(
    blocks=True,
    status="raises",
    binds=True,
    swallows=BOTH,
    handles_termination=True,
    version="the workers of its manager are processes: what they raise is printed by them",
)

FRAMEWORK = Framework(
    distributions=("sanic",),
    create=(
        "sanic.Sanic",
        "sanic.app.Sanic",
        "sanic.Sanic().create_server",
        "sanic.Sanic().prepare",
        "sanic.app.Sanic().create_server",
        "sanic.app.Sanic().prepare",
    ),
    serve=(
        "sanic.Sanic().run",
        "sanic.app.Sanic().run",
        "sanic.Sanic.serve",
        "sanic.Sanic.serve_single",
        "sanic.app.Sanic.serve",
        "sanic.app.Sanic.serve_single",
        "sanic.Sanic().create_server().serve_forever",
        "sanic.app.Sanic().create_server().serve_forever",
    ),
    load=("sanic.Sanic().update_config",),
    returns={
        "sanic.Sanic.get_app()": "sanic.Sanic()",
        "sanic.app.Sanic.get_app()": "sanic.app.Sanic()",
    },
    endings={
        **alike(
            _SANIC,
            "sanic.*Sanic().run",
            "sanic.*Sanic.serve",
            "sanic.*Sanic.serve_single",
        ),
        "sanic.*create_server().serve_forever": SERVES,
    },
    signals={
        "sanic.Sanic().run": Signals(("register_sys_signals",)),
    },
)

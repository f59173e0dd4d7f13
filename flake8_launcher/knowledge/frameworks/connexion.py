"""Connexion, APIs from their description."""

from __future__ import annotations

from flake8_launcher.knowledge.model import UNKNOWN, Framework

FRAMEWORK = Framework(
    distributions=("connexion",),
    create=(
        "connexion.AioHttpApp",
        "connexion.App",
        "connexion.AsyncApp",
        "connexion.FlaskApp",
    ),
    serve=(
        "connexion.AioHttpApp().run",
        "connexion.App().run",
        "connexion.AsyncApp().run",
        "connexion.FlaskApp().run",
    ),
    holds={
        "connexion.App().app": "flask.Flask()",
        "connexion.FlaskApp().app": "flask.Flask()",
    },
    endings={
        # source only
        # what serves is uvicorn in version 3, and that of Flask or aiohttp before
        "connexion.*App().run": UNKNOWN,
    },
)

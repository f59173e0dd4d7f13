"""The driver of Mattermost."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, Framework

FRAMEWORK = Framework(
    distributions=("mattermostdriver",),
    create=("mattermostdriver.Driver",),
    serve=("mattermostdriver.Driver().init_websocket",),
    endings={
        # source only
        "mattermostdriver.Driver().init_websocket": CONSUMES,
    },
)

"""botpy, for bots of QQ."""

from __future__ import annotations

from flake8_launcher.knowledge.model import CONSUMES, INTERRUPT, Framework

FRAMEWORK = Framework(
    distributions=("qq-botpy",),
    create=("botpy.Client",),
    serve=("botpy.Client().run",),
    endings={
        # source only
        "botpy.Client().run": CONSUMES._replace(swallows=INTERRUPT),
    },
)

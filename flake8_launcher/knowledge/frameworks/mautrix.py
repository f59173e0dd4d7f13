"""mautrix, bridges and bots for Matrix."""

from __future__ import annotations

from flake8_launcher.knowledge.model import LISTENS, Ending, Framework, alike

_PROGRAM = Ending(  # source only: 0.20
    blocks=True,
    status="exits",
    code=10,
    tells="logs a critical message and exits with status 10",
    swallows=("KeyboardInterrupt",),
    handles_termination=True,
)

FRAMEWORK = Framework(
    distributions=("mautrix",),
    create=("mautrix.appservice.AppService",),
    start=("mautrix.appservice.AppService().start",),
    serve=(
        "mautrix.bridge.Bridge().run",
        "mautrix.bridge.bridge.Bridge().run",
        "mautrix.util.program.Program().run",
    ),
    endings=alike(
        _PROGRAM,
        "mautrix.bridge.Bridge().run",
        "mautrix.bridge.bridge.Bridge().run",
        "mautrix.util.program.Program().run",
    )
    | {"mautrix.appservice.AppService().start": LISTENS},  # source only
)

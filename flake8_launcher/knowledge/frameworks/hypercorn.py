"""Hypercorn, an ASGI server."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, Ending, Framework, Signals, alike

_HYPERCORN = Ending(
    blocks=True,
    status="raises",
    binds=True,
    swallows=BOTH,
    handles_termination=True,
)

FRAMEWORK = Framework(
    distributions=("Hypercorn",),
    create=(
        "hypercorn.Config",
        "hypercorn.config.Config",
    ),
    serve=(
        "hypercorn.asyncio.serve",
        "hypercorn.run.run",
        "hypercorn.trio.serve",
    ),
    load=(
        "hypercorn.Config.from_pyfile",
        "hypercorn.Config.from_toml",
        "hypercorn.config.Config.from_pyfile",
        "hypercorn.config.Config.from_toml",
    ),
    endings={
        **alike(
            _HYPERCORN,
            "hypercorn.asyncio.serve",
            "hypercorn.trio.serve",
        ),
        # it loses the exit status of its last worker: 0.18.0, _join_exited
        "hypercorn.run.run": Ending(
            blocks=True,
            status="swallowed",
            tells="returns 0 when its worker has failed to start",
            swallows=BOTH,
            handles_termination=True,
            version="a taken port raises OSError: it is bound before the workers start",
        ),
    },
    errors={
        "hypercorn.utils.LifespanFailureError": ("Exception",),
    },
    signals={
        "hypercorn.asyncio.serve": Signals(("shutdown_trigger",)),
    },
)

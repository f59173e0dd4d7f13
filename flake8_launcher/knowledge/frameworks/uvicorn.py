"""Uvicorn, an ASGI server."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, INTERRUPT, Ending, Framework, alike

_UVICORN = Ending(
    blocks=True,
    status="exits",
    binds=True,
    code=3,
    tells="exits with status 3",
    handles_termination=True,
)

FRAMEWORK = Framework(
    distributions=("uvicorn",),
    create=(
        "uvicorn.Config",
        "uvicorn.Server",
        "uvicorn.config.Config",
        "uvicorn.main.Server",
        "uvicorn.server.Server",
    ),
    serve=(
        "uvicorn.main",
        "uvicorn.main.callback",
        "uvicorn.main.main",
        "uvicorn.main.run",
        "uvicorn.run",
        "uvicorn.Server().run",
        "uvicorn.Server().serve",
        "uvicorn.main.Server().run",
        "uvicorn.main.Server().serve",
        "uvicorn.server.Server().run",
        "uvicorn.server.Server().serve",
        "uvicorn.supervisors.ChangeReload().run",
        "uvicorn.supervisors.Multiprocess().run",
    ),
    endings={
        **alike(
            _UVICORN._replace(
                swallows=INTERRUPT,
                version="1 in the place of 3 for a taken port, in 0.35",
                when=(
                    (
                        "workers",
                        Ending(
                            blocks=True,
                            status="swallowed",
                            handles_termination=True,
                            swallows=BOTH,
                            tells="returns when its workers have failed to start",
                            version="starts them again for ever, in 0.35",
                        ),
                    ),
                ),
            ),
            "uvicorn.run",
            "uvicorn.main.run",
        ),
        **alike(
            _UVICORN._replace(swallows=INTERRUPT),
            "uvicorn.main",
            "uvicorn.main.callback",
            "uvicorn.main.main",
        ),
        **alike(
            _UVICORN._replace(
                attribute="started",
                version="returns None, and only started tells, where the lifespan fails in 0.35",
            ),
            "uvicorn.*Server().run",
            "uvicorn.*Server().serve",
        ),
        "uvicorn.supervisors.*().run": Ending(
            blocks=True,
            status="swallowed",
            swallows=BOTH,
            handles_termination=True,
            tells="returns when its workers have failed to start",
        ),
    },
    errors={
        "uvicorn.importer.ImportFromStringError": ("Exception",),
    },
)

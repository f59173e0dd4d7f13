"""Processes of the standard library."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, FUTURE, WAITS, Ending, Framework, alike

_PROCESS = Ending(
    blocks=False,
    status="swallowed",
    attribute="exitcode",
    detached=True,
    tells="leaves what fails to a process whose exit status has to be asked for",
)
_PROCESS_JOIN = Ending(
    blocks=True,
    status="swallowed",
    attribute="exitcode",
    tells="returns None, whatever exitcode says",
)

FRAMEWORK = Framework(
    create=(
        "multiprocessing.managers.BaseManager().get_server",
        "multiprocessing.managers.SyncManager().get_server",
    ),
    serve=(
        "multiprocessing.managers.BaseManager().get_server().serve_forever",
        "multiprocessing.managers.SyncManager().get_server().serve_forever",
        "multiprocessing.managers.Server().serve_forever",
    ),
    wait=(
        "multiprocessing.Event().wait",
        "multiprocessing.get_context().Event().wait",
        "multiprocessing.synchronize.Event().wait",
        "multiprocessing.Process().join",
        "multiprocessing.get_context().Process().join",
    ),
    endings={
        "multiprocessing.managers.*erver().serve_forever": Ending(
            blocks=True,
            status="exits",
            code=0,
            swallows=BOTH,
            tells="exits with status 0",
        ),
        **alike(
            _PROCESS,
            "multiprocessing.Process().start",
            "multiprocessing.context.Process().start",
            "multiprocessing.get_context().Process().start",
            "multiprocessing.process.BaseProcess().start",
        ),
        **alike(
            _PROCESS_JOIN,
            "multiprocessing.Process().join",
            "multiprocessing.context.Process().join",
            "multiprocessing.get_context().Process().join",
            "multiprocessing.process.BaseProcess().join",
        ),
        "multiprocessing.*Event().wait": WAITS,
        "multiprocessing.*Pool().join": WAITS,
        **alike(
            FUTURE,
            "multiprocessing.Pool().apply_async",
            "multiprocessing.pool.Pool().apply_async",
            "multiprocessing.pool.ThreadPool().apply_async",
        ),
    },
)

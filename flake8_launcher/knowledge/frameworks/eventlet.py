"""eventlet, green threads."""

from __future__ import annotations

from flake8_launcher.knowledge.model import (
    BOTH,
    FUTURE,
    LISTENS,
    LOST,
    PORT_ERRORS,
    SERVES,
    WAITS,
    Ending,
    Framework,
    Patcher,
    alike,
)

FRAMEWORK = Framework(
    distributions=("eventlet",),
    create=(
        "eventlet.convenience.listen",
        "eventlet.listen",
    ),
    serve=(
        "eventlet.convenience.serve",
        "eventlet.serve",
        "eventlet.wsgi.server",
    ),
    wait=(
        "eventlet.Event().wait",
        "eventlet.event.Event().wait",
        "eventlet.GreenPool().waitall",
        "eventlet.greenpool.GreenPool().waitall",
        "eventlet.greenthread.spawn().wait",
        "eventlet.spawn().wait",
        "eventlet.greenthread.spawn_after().wait",
        "eventlet.spawn_after().wait",
        "eventlet.GreenPool().spawn().wait",
        "eventlet.greenpool.GreenPool().spawn().wait",
    ),
    endings={
        "eventlet.wsgi.server": Ending(blocks=True, status="none", swallows=BOTH),
        "eventlet.*serve": SERVES,
        **alike(
            LISTENS,
            "eventlet.listen",
            "eventlet.convenience.listen",
        ),
        **alike(
            FUTURE,
            "eventlet.spawn",
            "eventlet.spawn_after",
            "eventlet.greenthread.spawn",
            "eventlet.greenthread.spawn_after",
            "eventlet.*GreenPool().spawn",
        ),
        **alike(
            LOST._replace(tells="leaves what fails to a green thread that only prints it"),
            "eventlet.spawn_n",
            "eventlet.greenthread.spawn_n",
            "eventlet.*GreenPool().spawn_n",
        ),
        **alike(
            Ending(blocks=True, status="raises"),
            "eventlet.*spawn().wait",
            "eventlet.*spawn_after().wait",
        ),
        "eventlet.*GreenPool().waitall": Ending(
            blocks=True,
            status="swallowed",
            tells="returns when green threads have failed: their tracebacks are only printed",
        ),
        "eventlet.*Event().wait": WAITS,
    },
    raises=alike(
        PORT_ERRORS,
        "eventlet.convenience.listen",
        "eventlet.listen",
    ),
    errors={
        "eventlet.timeout.Timeout": ("BaseException",),
    },
    aliases={
        "eventlet.Timeout": "eventlet.timeout.Timeout",
        "eventlet.greenlet.GreenletExit": "greenlet.GreenletExit",
    },
    patches=alike(
        Patcher(
            "os, select, socket, subprocess, thread and time of the standard library",
            "eventlet.monkey_patch",
            "eventlet",
        ),
        "eventlet.monkey_patch",
        "eventlet.patcher.monkey_patch",
    ),
    backends=("eventlet.hubs.use_hub",),
)

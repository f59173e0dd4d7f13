"""Trio, structured concurrency."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BINDS, LOST, SERVES, WAITS, Framework, alike

FRAMEWORK = Framework(
    distributions=("trio",),
    create=(
        "trio.open_ssl_over_tcp_listeners",
        "trio.open_tcp_listeners",
    ),
    serve=(
        "trio.serve_listeners",
        "trio.serve_ssl_over_tcp",
        "trio.serve_tcp",
    ),
    wait=("trio.sleep_forever",),
    endings={
        # source only: anyio 4, trio 0.35
        **alike(
            BINDS,
            "trio.serve_tcp",
            "trio.serve_ssl_over_tcp",
        ),
        "trio.serve_listeners": SERVES,
        "trio.sleep_forever": WAITS,
        "trio.lowlevel.spawn_system_task": LOST._replace(status="raises"),
    },
)

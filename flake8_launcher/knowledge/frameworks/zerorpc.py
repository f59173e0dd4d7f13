"""ZeroRPC, remote calls over ZeroMQ."""

from __future__ import annotations

from flake8_launcher.knowledge.model import SERVES, Framework

FRAMEWORK = Framework(
    distributions=("zerorpc",),
    create=("zerorpc.Server",),
    serve=("zerorpc.Server().run",),
    endings={  # source only
        "zerorpc.Server().run": SERVES,
    },
)

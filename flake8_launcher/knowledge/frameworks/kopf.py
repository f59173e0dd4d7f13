"""kopf, operators of Kubernetes."""

from __future__ import annotations

from flake8_launcher.knowledge.model import BOTH, Ending, Framework, alike

FRAMEWORK = Framework(
    distributions=("kopf",),
    serve=(
        "kopf.operator",
        "kopf.run",
        "kopf.run_tasks",
    ),
    endings=alike(
        # the signals from the source only: it serves nothing without a cluster
        Ending(blocks=True, status="raises", swallows=BOTH, handles_termination=True),
        "kopf.operator",
        "kopf.run",
        "kopf.run_tasks",
    ),
)

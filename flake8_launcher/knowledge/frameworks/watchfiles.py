"""watchfiles, changes of files."""

from __future__ import annotations

from flake8_launcher.knowledge.model import INTERRUPT, SERVES, Framework, alike

FRAMEWORK = Framework(
    distributions=("watchfiles",),
    serve=(
        "watchfiles.arun_process",
        "watchfiles.run_process",
    ),
    streams=(
        "watchfiles.awatch()",
        "watchfiles.watch()",
    ),
    endings=alike(
        SERVES._replace(swallows=INTERRUPT),  # source only
        "watchfiles.arun_process",
        "watchfiles.run_process",
    ),
)

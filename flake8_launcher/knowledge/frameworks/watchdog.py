"""watchdog, changes of files."""

from __future__ import annotations

from flake8_launcher.knowledge.model import WAITS, Ending, Framework, alike

_STARTS = Ending(blocks=False, status="raises")

FRAMEWORK = Framework(
    distributions=("watchdog",),
    only_tells=True,
    create=(
        "watchdog.observers.Observer",
        "watchdog.observers.polling.PollingObserver",
    ),
    start=(
        "watchdog.observers.Observer().start",
        "watchdog.observers.polling.PollingObserver().start",
    ),
    wait=(
        "watchdog.observers.Observer().join",
        "watchdog.observers.polling.PollingObserver().join",
    ),
    endings={
        **alike(_STARTS, "watchdog.observers.*().start"),
        **alike(WAITS, "watchdog.observers.*().join"),
    },
)

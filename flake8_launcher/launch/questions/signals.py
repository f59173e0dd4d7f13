"""Which steps set signal handlers."""

from __future__ import annotations

import signal

from flake8_launcher.knowledge import canonical, signals
from flake8_launcher.launch.model import Call, Step


def sets_handler(step: Step) -> bool:
    """Tell whether a step sets a signal handler, or takes one away."""
    return isinstance(step, Call) and signals.SETS_HANDLER.search(canonical(step.name)) is not None


def is_about_termination(step: Step) -> bool:
    """Tell whether a step is given SIGTERM."""
    return any(
        argument.literal == signal.SIGTERM or "signal.SIGTERM" in argument.names
        for argument in step.given
    )

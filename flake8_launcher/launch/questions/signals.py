"""Which steps set signal handlers."""

from __future__ import annotations

import signal

from flake8_launcher.knowledge import canonical, signals
from flake8_launcher.launch.model import Call, Step


def sets_handler(step: Step) -> bool:
    """Tell whether a step sets a signal handler, or takes one away."""
    return isinstance(step, Call) and signals.SETS_HANDLER.search(canonical(step.name)) is not None


def is_about(step: Step, number: signal.Signals) -> bool:
    """Tell whether a step is given a signal."""
    name = f"signal.{number.name}"
    return any(
        argument.literal == number or name in argument.names for argument in step.given
    )

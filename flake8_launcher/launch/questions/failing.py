"""What fails as soon as another service or a device does not answer, and who handles that."""

from __future__ import annotations

from collections.abc import Collection

from flake8_launcher.knowledge import canonical, exceptions, root_of
from flake8_launcher.knowledge.watching import FAILING_CALLS, FAILS_AT_TIMES, MAKES_CALLS
from flake8_launcher.launch.model import Call, Raise, Step
from flake8_launcher.semantic.running.events import Guard

_ENDS = frozenset({"KeyboardInterrupt", "SystemExit"})
"""What a handler may catch that is no failure."""
_MISTAKES = exceptions.OF_EXPRESSIONS | {"UnicodeDecodeError", "json.JSONDecodeError"}
"""What one may catch that no other side raises which does not answer."""


def fails_at_times(step: Step) -> bool:
    """Tell whether a step fails as soon as another service or a device does not answer."""
    if isinstance(step, Raise):
        return _is_other_side(step)
    if not isinstance(step, Call) or step.seen:
        return False
    name = canonical(step.name)
    is_asked = root_of(name) in FAILS_AT_TIMES and MAKES_CALLS.search(name)
    return bool(is_asked) or name in FAILING_CALLS


def is_of_other_side(step: Step) -> bool:
    """Tell whether a step is about something of a package that asks the other side."""
    return root_of(canonical(step.name)) in FAILS_AT_TIMES


def _is_other_side(step: Raise) -> bool:
    """Tell whether something is raised when the other side fails, and not for a mistake."""
    name = step.types[0] if step.types else ""
    if exceptions.is_builtin(name):
        return name == "Exception" or "OSError" in step.types
    return exceptions.is_failure(name)


def is_open(step: Step, around: Collection[Guard]) -> bool:
    """Tell whether no handler inside of others catches what a step raises that fails at times.

    :param around: the others.
    """
    ends = _ENDS if isinstance(step, Raise) else _ENDS | _MISTAKES
    own = (guard for guard in step.guards if guard not in around)
    return not any(set(guard.catches) - ends for guard in own)

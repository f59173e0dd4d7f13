"""What fails as soon as another service or a device does not answer, and who handles that."""

from __future__ import annotations

from collections.abc import Collection

from flake8_launcher.knowledge import canonical, exceptions, root_of
from flake8_launcher.knowledge.watching import FAILING_CALLS, FAILS_AT_TIMES, MAKES_CALLS
from flake8_launcher.launch.model import Call, LaunchPath, Raise, Step
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
    return any(map(_asks_other_side, map(canonical, step.names)))


def _asks_other_side(name: str) -> bool:
    """Tell whether a call of a name asks another service or a device."""
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


def failing_functions(path: LaunchPath) -> frozenset[str]:
    """Return the functions of the project out of which comes what fails in them at times.

    A call of one may say nothing new, and then its steps stand at an earlier one alone.
    """
    calls = {(one.node, one.chain): one for one in path.calls if one.seen}
    return frozenset(
        step.chain[level]
        for step in filter(fails_at_times, path.steps)
        for level in range(1, len(step.chain))
        if (call := calls.get((step.sites[level - 1].node, step.chain[:level]))) is not None
        if call.is_detached == step.is_detached and is_open(step, call.guards)
    )

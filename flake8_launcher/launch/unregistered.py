"""Options that a launch reads and nothing in the project registers."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import canonical
from flake8_launcher.knowledge import options as known
from flake8_launcher.launch import parsing
from flake8_launcher.launch.launcher import Launcher
from flake8_launcher.launch.model import Handler, LaunchPath, Step

_UNKNOWN_OPTION = frozenset(
    {"AttributeError", "oslo_config.cfg.Error", "oslo_config.cfg.NoSuchOptError"}
)
_BROAD = frozenset({"BaseException", "Exception"})
_GLOBAL = "oslo_config.cfg.CONF"
_ENDS = ("exit", "raise")


def unregistered(launcher: Launcher, path: LaunchPath) -> Iterator[tuple[Step, str]]:
    """Yield what reads such an option, with the option as messages name it."""
    asked: dict[tuple[str, ...], bool] = {}
    given: dict[str, Step] = {}
    handlers = [step.handler for step in path.steps if step.handler]
    for step in path.with_reads:
        parts = parsing.option_read(step)[:2] if step.is_read else ()
        if len(parts) == 1:
            given[parts[0]] = step
        if not parts or step.is_in_tests or _is_expected(step, handlers):
            continue
        if len(parts) == 1 and parsing.object_read(step) != _GLOBAL:
            continue
        if len(parts) > 1 and not step.is_whole and _branches(step, given.get(parts[0])):
            continue  # not every group that is passed need have what one branch reads
        if parts[-1] in known.GROUP_MEMBERS or parts[-1] in known.VALUE_MEMBERS:
            continue
        if parts not in asked:
            *group, name = parts
            asked[parts] = launcher.registry.lacks(name, ".".join(group))
        if asked[parts]:
            yield step, ".".join(("CONF", *parts))


def _branches(step: Step, given: Step | None) -> bool:
    """Tell whether a step stands in a branch that what it reads from does not stand in."""
    known_arms = given.arms if given else ()
    return any(
        arm.kind == "branch" and not any(arm is one for one in known_arms) for arm in step.arms
    )


def _is_expected(step: Step, handlers: list[Handler]) -> bool:
    """Tell whether a handler may go on where there is no such option."""
    for guard in step.guards:
        caught = set(map(canonical, guard.catches))
        if not caught.isdisjoint(_UNKNOWN_OPTION):
            return True
        if not caught.isdisjoint(_BROAD):
            own = [one for one in handlers if one.guard is guard]
            ends = (one.how in _ENDS for one in own if not _BROAD.isdisjoint(one.catches))
            if not all(ends) or not own:
                return True
    return False

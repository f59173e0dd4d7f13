"""What oslo.service makes of a service that fails: it ends the process, or starts it again."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import Role, canonical
from flake8_launcher.knowledge import options as known_options
from flake8_launcher.launch.launcher import Launcher
from flake8_launcher.launch.model import Argument, LaunchPath, Step
from flake8_launcher.launch.questions.option_names import default_of, option_name

_OSLO = "oslo_service."
_LAUNCH = "oslo_service.service.launch"
_EVENTLET = "BackendType.EVENTLET"
_THREADING = "BackendType.THREADING"


def backends(path: LaunchPath) -> str:
    """Return the backends of oslo.service that are chosen."""
    arguments = (one for choice in path.calling(Role.BACKEND) for one in choice.arguments)
    return " ".join(name for argument in arguments for name in argument.names)


def mode(launcher: Launcher, path: LaunchPath, step: Step, backends: str) -> str:
    """Say which backend the launcher must have, and how many workers, where there is a choice."""
    if not canonical(step.name).startswith(_OSLO):
        return ""
    named = (_option(workers) for workers in _workers(path))
    registry, module = launcher.options.registry, launcher.module
    option = next((option_name(registry, one, module) for one in named if one), None)
    modes = ["eventlet backend"] if _THREADING in backends else []
    modes += [f"one worker, as {option} has it by default"] if option else []
    return f" ({', '.join(modes)})" if modes else ""


def respawns(launcher: Launcher, path: LaunchPath, backends: str) -> str:
    """Return what the names of the calls begin with that may start again for ever what has failed.

    :returns: empty where none does.
    """
    if _THREADING in backends and _EVENTLET not in backends:
        return _OSLO
    is_one = all(_is_one(launcher, workers) for workers in _workers(path))
    return "" if is_one else f"{_LAUNCH}()"


def _workers(path: LaunchPath) -> Iterator[Argument]:
    """Yield the numbers of workers that services are launched with."""
    for launch in path.calls:
        workers = launch.argument(2, "workers") if canonical(launch.name) == _LAUNCH else None
        if workers is not None:
            yield workers


def _is_one(launcher: Launcher, workers: Argument) -> bool:
    """Tell whether a number of workers is one, if only by the default of an option."""
    number = workers.literal
    if parts := _option(workers):
        number = default_of(launcher.options.registry, parts, launcher.module)
    return number in (None, 1)


def _option(workers: Argument) -> tuple[str, ...]:
    """Return the parts of the name of the option that gives a number of workers, if one does."""
    is_known = workers.literal is not ... or len(workers.values) != 1 or len(workers.names) != 1
    return () if is_known else known_options.read(canonical(workers.names[0]))

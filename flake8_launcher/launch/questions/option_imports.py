"""Imports of options by the name of the module that registers them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flake8_launcher.knowledge import Role, canonical, configuration, exceptions
from flake8_launcher.knowledge import options as known
from flake8_launcher.knowledge.quoting import named, quoted
from flake8_launcher.launch.launcher import Launcher
from flake8_launcher.launch.model import Argument, Call, Part, Step

_UNKNOWN_OPTION = known.NO_SUCH_OPTION | {"oslo_config.cfg.NoSuchGroupError"}
_IMPORT_ERROR = ("ImportError", "ModuleNotFoundError")


@dataclass(slots=True, eq=False, repr=False)
class OptionImport:
    """A call of ``import_opt`` or ``import_group``.

    :ivar method: which of the two it is.
    :ivar wanted: the name of the option or group, where that is a literal.
    :ivar module: the name of the module, where that is a literal.
    :ivar group: the option's group, empty for ``DEFAULT``; none where it is computed.
    """

    step: Call
    method: str
    wanted: str | None
    module: str | None
    group: str | None

    @property
    def what(self) -> str:
        """What it asks for, as messages name it."""
        if self.method == "import_group":
            return f"group {quoted(self.wanted)}"
        return f"option {named('.'.join(filter(None, (self.group, self.wanted))))}"


def option_imports(launcher: Launcher) -> Iterator[OptionImport]:
    """Yield the imports of options in a file."""
    for step in launcher.calls():
        if step.role is Role.IMPORT_OPTION:
            method = step.name.rpartition(".")[2]
            wanted, module = (
                step.argument(position, keyword)
                for position, keyword in enumerate(configuration.OPTION_IMPORTERS[method])
            )
            group = step.argument(2, "group") if method == "import_opt" else None
            yield OptionImport(step, method, _text(wanted), _text(module), _group(step, group))


def unregistered(launcher: Launcher) -> Iterator[OptionImport]:
    """Yield the imports of options in a file that nothing registers which they import."""
    for one in option_imports(launcher):
        if one.wanted is None or one.group is None or not one.module:
            continue
        if not launcher.options.registry.has(one.module):
            continue
        if _registers(launcher, one, one.module) is not False:
            continue
        if not _registers(launcher, one, launcher.module):
            yield one


def _registers(launcher: Launcher, one: OptionImport, module: str) -> bool | None:
    """Tell whether a module registers what a call asks for."""
    wanted = one.wanted or ""
    if one.method == "import_group":
        return launcher.options.registry.registers_group(module, wanted)
    return launcher.options.registry.registers(module, wanted, one.group or "")


def expects(launcher: Launcher, step: Step, *types: str) -> bool:
    """Tell whether a failure of a call is dealt with, or wanted, as by tests."""
    wanted = launcher.part is Part.TEST and any(not guard.catches for guard in step.guards)
    caught = {canonical(name) for guard in step.guards for name in guard.catches}
    return wanted or not caught.isdisjoint(exceptions.BROAD.union(types))


def expects_missing_module(launcher: Launcher, step: Step) -> bool:
    """Tell whether a call may name a module that is not there."""
    return expects(launcher, step, *_IMPORT_ERROR)


def expects_missing_option(launcher: Launcher, step: Step) -> bool:
    """Tell whether a call may name an option or group that is not there."""
    return expects(launcher, step, *_UNKNOWN_OPTION)


def _text(argument: Argument | None) -> str | None:
    return argument.text if argument else None


def _group(step: Call, argument: Argument | None) -> str | None:
    if argument is None:
        return "" if step.complete_arguments else None
    if argument.literal is None or argument.text == "DEFAULT":
        return ""
    return argument.text

"""What the project around a module tells of the processes that lead to it."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence
from functools import cached_property

from flake8_launcher.gate import Admission, place, served, words
from flake8_launcher.knowledge import options
from flake8_launcher.launch.around import servers
from flake8_launcher.launch.around.servers import Settings
from flake8_launcher.semantic.reading import modules
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.loading import load
from flake8_launcher.semantic.reading.modules import Module

_MAX_BESIDE = 40
_MAX_AROUND = 4


class Surroundings:
    """What processes begin with, and what server loads a module before it forks.

    :param module: the module.
    :param finder: finds the modules of the project.
    :param admission: what the gate knows of the module's file.
    :param targets: what the scripts of the project name.
    """

    def __init__(
        self, module: Module, finder: Finder, admission: Admission, targets: Sequence[str]
    ) -> None:
        self._module = module
        self._finder = finder
        self._admission = admission
        self._targets = targets

    def processes(self) -> Iterator[str]:
        """Yield the modules that the processes begin with that the module is there for.

        What belongs to one service, as its package tells, others may import and not use.
        """
        begins = [target.partition(":")[0].strip() for target in self._targets]
        project = self._finder.project
        services = {name: name.rpartition(".")[2] for name in begins or project.commands}
        for name in project.scripts:
            services[name] = name.replace("-", "_").rpartition("_")[2]
        for path in project.mains(self._module.name):
            name, package = modules.locate(path)
            services[name] = package.rpartition(".")[2]
        if not services:
            services = {name: name.rpartition(".")[2] for name in self._run_beside()}
        for name in self._loaded_by_servers():
            services.setdefault(name, name.rpartition(".")[2])
        own = set(self._module.name.split(".")[1:]).intersection(services.values())
        for name, service in services.items():
            if not options.TOOL.fullmatch(service) and (not own or service in own):
                yield name

    def _loaded_by_servers(self) -> Iterator[str]:
        """Yield the modules that the project tells servers to load.

        A factory that settings of PasteDeploy name is none: another module loads these settings,
        once it has parsed its own configuration.
        """
        for target in self._admission.processes:
            if target.is_called and target.file.endswith(".ini"):
                continue
            folder = self._finder.project.relative(target.folder)
            parts = [] if folder == os.curdir else folder.split("/")
            names = (target.module, ".".join([*parts, target.module]))
            yield from itertools.islice(filter(self._finder, names), 1)

    def _run_beside(self) -> Iterator[str]:
        """Yield the modules that are run as files or served, in the same folder or those around.

        Only a bounded number is read.
        """
        top = self._finder.project.top
        folder = os.path.dirname(self._module.path)
        left = _MAX_BESIDE
        for _ in range(max(_MAX_AROUND, self._module.name.count(".") + 1)):
            for file in sorted(self._finder.folders.names(folder)):
                path = os.path.join(folder, file)
                if left and file.endswith(".py") and path != self._module.path:
                    left -= 1
                    name = self._name_of(path)
                    found = self._finder(name)
                    if found is not None and found.path == path and _begins(found.text):
                        yield name
            if folder == top:
                return
            folder = os.path.dirname(folder)

    def _name_of(self, path: str) -> str:
        """Return the name by which the module in a file is found."""
        name, package = modules.locate(path)
        if package or self._finder(name) is not None:
            return name
        # the name of a folder without __init__.py is part of it for those in other folders
        whole = self._finder.project.relative(path).removesuffix(".py")
        return whole.replace("/", ".")

    @cached_property
    def server_settings(self) -> Settings | None:
        """What the file tells gunicorn, where it is a file of its settings."""
        if not place.is_server_configuration(self._module.path):
            return None
        return servers.settings_in(self._module.tree)

    @cached_property
    def forked_by(self) -> tuple[str, str] | None:
        """What loads the module before it forks its workers, if something does.

        It is the server, and the file that tells so: with its command, or with settings, where a
        command names the module.
        """
        told = [target for target in self._admission.told if not target.is_settings]
        for target in told:
            if target.forks:
                return target.forks, target.file
        for settings in self._settings_beside:
            named = settings.application
            if settings.preloads and (named == self._module.name if named else told):
                return "gunicorn", settings.file
        for target in told:
            for settings in servers.settings_told(target, self._finder.project.top):
                if settings.preloads:
                    return "gunicorn", settings.file
        return None

    @cached_property
    def _settings_beside(self) -> list[Settings]:
        """The files of gunicorn's settings beside the module and above it."""
        top = self._finder.project.top
        return list(servers.settings_for(self._module.path, top, self._finder.folders))

    @cached_property
    def green_by(self) -> tuple[str, str] | None:
        """The green workers that gunicorn forks after it has loaded the module, if it does.

        It is their kind, and the file with the command that tells so.
        """
        for target in self._admission.told:
            if target.green and target.forks and not target.is_settings:
                is_patched = any(settings.patches for settings in self._settings_beside)
                if is_patched or (target.settings and self._may_patch(target.settings)):
                    return None
                return target.green, target.file
        return None

    def _may_patch(self, settings: str) -> bool:
        """Tell whether a file or module of settings has the words of a patch, or is not found.

        Only files of the project are looked at.
        """
        if not settings.endswith(".py"):
            found = self._finder(settings)
        elif os.path.isabs(settings) or ".." in settings:
            return True
        else:
            path = os.path.join(self._finder.project.top, settings)
            found = load(os.path.basename(settings).removesuffix(".py"), path)
        return found is None or words.may_patch(found.text)


def _begins(text: str) -> bool:
    """Tell whether a process may begin with a module: it is run, or holds what a server loads."""
    return words.is_run(text) or served.is_by_text(text)

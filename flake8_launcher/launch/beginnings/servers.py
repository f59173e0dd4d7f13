"""What a project tells the server that loads its applications: gunicorn's settings.

They stand in a Python file of settings, or in the command that a Procfile or container runs.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flake8_launcher import files
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading import modules
from flake8_launcher.semantic.reading.loading import load
from flake8_launcher.semantic.reading.project import Folders

_FILES = deferred(r"gunicorn[\w.]*\.py|\w+_gunicorn\w*\.py")
_COMMANDS = deferred(
    r"Procfile|(?:\w+\.)?Dockerfile(?:\.\w+)?|[\w-]+\.service|(?:docker-)?entrypoint\.sh"
)
_COMMAND = deferred(r"\bgunicorn\b(?:\\\n|[^\n])*")
_TARGET = deferred(r"(?<![\w./=-])([A-Za-z_]\w*(?:\.\w+)*)(?::[\w.]+(?:\(\))?)")
_PRELOADS = deferred(r"(?<!\S)[\"']?--preload\b")
_MAX_FOLDERS = 6


class Settings(NamedTuple):
    """What gunicorn is told.

    :ivar values: the literal settings by name; ``...`` for what is computed.
    :ivar places: line and column of each.
    :ivar file: where they stand, for messages.
    """

    values: dict[str, object]
    places: dict[str, tuple[int, int]]
    file: str

    @property
    def preloads(self) -> bool:
        """Whether the application is loaded before the workers are forked."""
        return self.values.get("preload_app") is True

    @property
    def application(self) -> str | None:
        """The module that holds the application, where that is told."""
        named = self.values.get("wsgi_app")
        return named.partition(":")[0] if isinstance(named, str) else None


def settings_in(tree: ast.Module, file: str = "") -> Settings:
    """Return the settings that the top level of a file of settings makes."""
    found = Settings({}, {}, file)
    for statement in modules.statements(tree.body):
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                is_sure = statement in tree.body
                known = value.value if isinstance(value, ast.Constant) and is_sure else ...
                found.values[name] = known
                found.places[name] = (statement.lineno, statement.col_offset)
    return found


def settings_for(path: str, top: str, folders: Folders) -> Iterator[Settings]:
    """Yield what stands in the files and commands beside a module, and above it.

    :param path: the file of the module.
    :param top: the folder of the project.
    """
    folder = os.path.dirname(path)
    for _ in range(_MAX_FOLDERS):
        for name in sorted(folders.names(folder)):
            inner = os.path.join(folder, name)
            if _FILES.fullmatch(name):
                module = load(name.removesuffix(".py"), inner)
                if module is not None:
                    yield settings_in(module.tree, name)
            elif _COMMANDS.fullmatch(name):
                yield from _commands(files.read_text(inner) or "", name)
        if folder == top or os.path.dirname(folder) == folder:
            return
        folder = os.path.dirname(folder)


def _commands(text: str, file: str) -> Iterator[Settings]:
    for command in _COMMAND.findall(text):
        values: dict[str, object] = {}
        if _PRELOADS.search(command):
            values["preload_app"] = True
        if target := _TARGET.search(command):
            values["wsgi_app"] = target[1]
        yield Settings(values, {}, file)


def preloading(module: str, several: Iterable[Settings]) -> Settings | None:
    """Return what has gunicorn load a module before it forks, if it surely does.

    :param module: the qualified name of the module.
    """
    told = [*several]
    targets = {one.application for one in told if one.application}
    for one in told:
        names = {one.application} if one.application else targets
        if one.preloads and module in names:
            return one
    return None

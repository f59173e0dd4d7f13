"""What a project tells the server that loads its applications: gunicorn's settings.

They stand in a Python file; what commands tell is found by :mod:`flake8_launcher.gate.targets`.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from typing import NamedTuple

from flake8_launcher.gate import words
from flake8_launcher.gate.targets import Target
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.reading.loading import load
from flake8_launcher.semantic.reading.project import Folders

_FILES = deferred(r"gunicorn[\w.]*\.py|\w+_gunicorn\w*\.py")
_MAX_FOLDERS = 6


class Settings(NamedTuple):
    """What gunicorn is told.

    :ivar values: the literal settings by name; ``...`` for what is computed.
    :ivar places: line and column of each.
    :ivar file: where they stand, for messages.
    :ivar patches: whether their file has the words of a patch.
    """

    values: dict[str, object]
    places: dict[str, tuple[int, int]]
    file: str
    patches: bool = False

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
    for statement in syntax.statements(tree.body):
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
    """Yield what stands in the files beside a module, and above it.

    :param path: the file of the module.
    :param top: the folder of the project.
    """
    folder = os.path.dirname(path)
    for _ in range(_MAX_FOLDERS):
        for name in sorted(folders.names(folder)):
            found = _settings_of(folder, name) if _FILES.fullmatch(name) else None
            if found is not None:
                yield found
        if folder == top or os.path.dirname(folder) == folder:
            return
        folder = os.path.dirname(folder)


def settings_told(target: Target, top: str) -> Iterator[Settings]:
    """Yield what stands in the file of settings that tells what to load, or that a command names.

    A command may give its path where the service runs, ``/srv/orchard/conf/gunicorn.py``: the
    folders in front that the project does not have are left out.

    :param top: the folder of the project.
    """
    if _FILES.fullmatch(target.file):
        found = _settings_of(target.folder, target.file)
        if found is not None:
            yield found
    if not target.settings.endswith(".py") or ".." in target.settings:
        return
    parts = target.settings.strip("/").split("/")
    for at in range(min(len(parts), _MAX_FOLDERS)):
        found = _settings_of(os.path.join(top, *parts[at:-1]), parts[-1])
        if found is not None:
            yield found
            return


def _settings_of(folder: str, name: str) -> Settings | None:
    """Return what stands in a file of settings, if there is one."""
    module = load(name.removesuffix(".py"), os.path.join(folder, name))
    if module is None:
        return None
    patches = words.may_patch(module.text)
    return settings_in(module.tree, name)._replace(patches=patches)

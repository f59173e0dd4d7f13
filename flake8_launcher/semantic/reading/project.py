"""What lies where in a project, from folder listings; nothing is imported, no path is searched."""

from __future__ import annotations

import itertools
import os
from collections import deque
from collections.abc import Iterator
from functools import cached_property

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading.loading import load
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.reading.tops import top_of

_MAX_PARTS = 24
_MAX_FOLDERS = 400

_PROJECT = frozenset({"pyproject.toml", "setup.cfg", "setup.py", "tox.ini"})
_REQUIREMENTS = "requirements"
"""The name of a folder, and part of that of files, that say what a project asks for."""
_MAX_REQUIREMENTS = 24
_COMMANDS = ("cmd", "cmds", "command", "commands")
"""Names of packages that hold one command a module."""
_ROOT = "src"
"""The name of a folder for packages, which some have made a package by mistake."""
_SCRIPTS = "bin"
_FOREIGN = frozenset({"node_modules", "venv", "__pycache__", "build", "dist"})
"""Names of folders that do not belong to a project."""
_MADE = deferred(r"_?version|\w+_pb2(?:_grpc)?")
"""Names of modules that are made when the project is built."""
_SUFFIXES = frozenset({"py", "pyc", "pyd", "pyi", "pyx", "so"})
"""What the names of files end with that are modules, or that modules are built from."""
_ELSEWHERE = deferred(
    r"__path__|extend_path|declare_namespace|meta_path"
    r"|\bmodules(?:\[|\.(?:__setitem__|pop|setdefault|update)\b)"
)
"""Text of a package whose modules may stand elsewhere."""
_LAYOUT_DEPTH = 3
_LAST = 1_000


class Folders:
    """The names in folders, and the projects there; each folder is listed once."""

    def __init__(self) -> None:
        self._listings: dict[str, frozenset[str]] = {}
        self._projects: dict[str, Project] = {}

    def project(self, base: str) -> Project:
        """Return the project of the modules whose top-level package stands in a folder."""
        if base not in self._projects:
            self._projects[base] = Project(base, self)
        return self._projects[base]

    def names(self, folder: str) -> frozenset[str]:
        """Return the names in a folder; none when it cannot be listed."""
        known = self._listings.get(folder)
        if known is None:
            try:
                known = frozenset(os.listdir(folder))
            except (OSError, ValueError):
                known = frozenset()
            self._listings[folder] = known
        return known

    def find(self, folder: str, name: str) -> str | None:
        """Return the file of a module whose top-level package stands in a folder."""
        *packages, last = name.split(".")
        if len(packages) >= _MAX_PARTS:
            return None
        for package in packages:
            if package not in self.names(folder):
                return None
            folder = os.path.join(folder, package)
        names = self.names(folder)
        inner = os.path.join(folder, last)
        if last in names and "__init__.py" in self.names(inner):
            return os.path.join(inner, "__init__.py")
        return f"{inner}.py" if f"{last}.py" in names else None

    def lack(self, folder: str, name: str) -> bool:
        """Tell whether a package that may stand in a folder surely does not have a module.

        :param name: qualified name of the module.
        """
        for part, inner in itertools.pairwise(name.split(".")):
            is_package = part in self.names(folder)
            if not is_package and f"{part}.py" not in self.names(folder):
                return False
            file = os.path.join(part, "__init__.py") if is_package else f"{part}.py"
            module = load(part, os.path.join(folder, file))
            if module is None or _ELSEWHERE.search(module.text):
                return False
            folder = os.path.join(folder, part)
            if not is_package or not any(_may_be(known, inner) for known in self.names(folder)):
                return True
        return False


class Project:
    """Where the modules of a project are, for those whose top-level package stands in a folder.

    :ivar top: the folder of the project.
    :param base: that folder.
    :param folders: gives the names in folders.
    """

    def __init__(self, base: str, folders: Folders) -> None:
        self._base = base
        self._folders = folders
        self._paths: dict[str, str | None] = {}
        self._shown: dict[str, str] = {}
        self._mains: dict[str, tuple[str, ...]] = {}
        self.top = top_of(base, folders.names)

    def requirements(self) -> Iterator[str]:
        """Yield the files that may say which distributions the project asks for."""
        inner = os.path.join(self.top, _REQUIREMENTS)
        paths = (os.path.join(inner, name) for name in sorted(self._folders.names(inner)))
        named = (name for name in sorted(self._folders.names(self.top)) if _asks(name))
        beside = (os.path.join(self.top, name) for name in named)
        yield from itertools.islice(itertools.chain(beside, paths), _MAX_REQUIREMENTS)

    def path(self, name: str) -> str | None:
        """Return the file of a module, or none when the project has no such file.

        :param name: its qualified name; of a script, its path as in :attr:`scripts`.
        """
        if name.startswith(f"{_SCRIPTS}/"):
            return os.path.join(self.top, name)
        if name not in self._paths:
            self._paths[name] = self._found_path(name)
        return self._paths[name]

    def module(self, name: str) -> Module | None:
        """Return a module by its qualified name, or none when the project has no such file."""
        path = self.path(name)
        return load(name, path) if path else None

    @cached_property
    def commands(self) -> tuple[str, ...]:
        """The modules of the packages for commands of the project: ``pulse.cmd.api``."""
        return tuple(self._commands())

    def _commands(self) -> Iterator[str]:
        for top in sorted({*self._folders.names(self._base), *self._packages}):
            for name in _COMMANDS:
                package = self.path(f"{top}.{name}") or ""
                if os.path.basename(package) == "__init__.py":
                    files = sorted(self._folders.names(os.path.dirname(package)))
                    stems = (file.removesuffix(".py") for file in files if file.endswith(".py"))
                    yield from (f"{top}.{name}.{stem}" for stem in stems if stem != "__init__")

    @cached_property
    def scripts(self) -> tuple[str, ...]:
        """The scripts in the project's folder for them, by their paths: ``bin/pulse-api``."""
        files = sorted(self._folders.names(os.path.join(self.top, _SCRIPTS)))
        return tuple(name for file in files if self._is_python(name := f"{_SCRIPTS}/{file}"))

    def _is_python(self, script: str) -> bool:
        module = load(script, os.path.join(self.top, script))
        return module is not None and "python" in module.text.partition("\n")[0]

    def mains(self, name: str) -> tuple[str, ...]:
        """Return the files of the package that holds a module which run parts of it."""
        package = name.partition(".")[0]
        if package not in self._mains:
            found = (one for one in self.files(name) if os.path.basename(one) == "__main__.py")
            self._mains[package] = tuple(found)
        return self._mains[package]

    def files(self, name: str) -> Iterator[str]:
        """Yield the files of the modules in the package that holds a module, tests left out."""
        package = self.path(name.partition(".")[0]) or ""
        pending = [os.path.dirname(package)] if package.endswith("__init__.py") else []
        for _ in range(_MAX_FOLDERS):
            if not pending:
                return
            folder = pending.pop()
            for file in sorted(self._folders.names(folder)):
                path = os.path.join(folder, file)
                if file.endswith(".py"):
                    yield path
                elif file.isidentifier() and not file.startswith("test"):
                    pending.append(path)

    def everything(self, most: int) -> Iterator[str]:
        """Yield the files of the project, a bounded number, folder by folder from its top."""
        pending = deque([self.top])
        left = _MAX_FOLDERS
        while pending and left and most > 0:
            folder = pending.popleft()
            left -= 1
            for name in sorted(self._folders.names(folder)):
                path = os.path.join(folder, name)
                if name.endswith(".py") or (os.path.basename(folder) == _SCRIPTS):
                    most -= 1
                    yield path
                elif "." not in name and not name.startswith("test") and name not in _FOREIGN:
                    if self._folders.names(path) and not os.path.islink(path):
                        pending.append(path)

    def is_beside(self, package: str) -> bool:
        """Tell whether a package that is not found stands in one of the project's packages."""
        folders = (
            os.path.join(folder, name)
            for name, holding in self._packages.items()
            for folder in holding
        )
        return any(package in self._folders.names(folder) for folder in folders)

    def lacks(self, name: str, alone: str = "") -> bool:
        """Tell whether a name surely names no module, in a package of the project.

        Packages without ``__init__.py`` may have other parts elsewhere, and a package may tell
        where else its modules are.

        :param alone: a module at the top that holds no others, unless a folder is named like it.
        """
        parts = name.split(".")
        if not 1 < len(parts) <= _MAX_PARTS or not all(part.isidentifier() for part in parts):
            return False
        if _MADE.fullmatch(parts[-1]):
            return False
        if alone == parts[0] not in self._folders.names(self._base):
            return True
        folders = list(self._holding(parts[0]))
        return bool(folders) and all(self._folders.lack(folder, name) for folder in folders)

    def relative(self, path: str) -> str:
        """Return a path as messages show it: below the project's folder, with slashes."""
        known = self._shown.get(path)
        if known is None:
            known = os.path.relpath(path, self.top).replace(os.sep, "/")
            self._shown[path] = known
        return known

    def _found_path(self, name: str) -> str | None:
        parts = name.split(".")
        if len(parts) > _MAX_PARTS or not all(map(_is_name, parts)):
            return None
        return next(
            (
                path
                for folder in self._holding(parts[0])
                if (path := self._folders.find(folder, name))
            ),
            None,
        )

    def _holding(self, package: str) -> Iterator[str]:
        """Yield the folders that hold a top-level package or module of the project."""
        here = self._folders.names(self._base)
        if package in here or f"{package}.py" in here:
            yield self._base
        yield from self._packages.get(package, ())
        if self._is_below_top and f"{package}.py" in self._folders.names(self.top):
            yield self.top

    @cached_property
    def _is_below_top(self) -> bool:
        """Whether a process that begins with a file at the project's top finds what is there.

        So it does for modules in folders without ``__init__.py``.
        """
        return self._base != self.top and os.path.basename(self._base) != _ROOT

    @cached_property
    def _packages(self) -> dict[str, list[str]]:
        """The top-level packages of the project, each with the folders that hold it."""
        roots: dict[str, list[str]] = {}
        self._collect(self.top, _LAYOUT_DEPTH, roots)
        return roots

    def _collect(self, folder: str, depth: int, roots: dict[str, list[str]]) -> None:
        """Note the top-level packages below a folder: a repository may have several roots.

        A folder without ``__init__.py`` may be a namespace package, and hold a root as well; so
        does that of another distribution of the repository, whatever its name.
        """
        if len(roots) > _MAX_FOLDERS:
            return
        inner = []
        for name in sorted(self._folders.names(folder)):
            path = os.path.join(folder, name)
            if name.isidentifier() and not os.path.islink(path) and self._folders.names(path):
                is_package = "__init__.py" in self._folders.names(path)
                roots.setdefault(name, []).insert(0 if is_package else _LAST, folder)
                if depth and (not is_package or name == _ROOT):
                    inner.append(path)
            elif depth and "-" in name and "." not in name and not os.path.islink(path):
                if self._folders.names(path) & _PROJECT:
                    inner.append(path)
        for path in inner:
            self._collect(path, depth - 1, roots)


def _is_name(part: str) -> bool:
    """Tell whether a module may be called so: one that is run by ``-m`` may have dashes."""
    return part.replace("-", "_").isidentifier()


def _asks(name: str) -> bool:
    """Tell whether a file at the top of a project may say what it asks for."""
    return name in _PROJECT or name == "Pipfile" or _REQUIREMENTS in name


def _may_be(file: str, module: str) -> bool:
    """Tell whether a file or folder may be a module, by its name."""
    stem, _, suffix = file.partition(".")
    return stem == module and (not suffix or suffix.rpartition(".")[2] in _SUFFIXES)

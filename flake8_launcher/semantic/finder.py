"""Finds the modules of a project from folder listings; nothing is imported, no path is searched.

What is not found here is outside the project and stays a symbol.
"""

from __future__ import annotations

import itertools
import os
import re
import stat
from collections import OrderedDict
from collections.abc import Iterator

from flake8_launcher.semantic.modules import Module, State

MAX_BYTES = 1_000_000
_MAX_PARTS = 24
_MAX_NAMES = 2_000
_MAX_HEIGHT = 8
_MAX_FOLDERS = 400
_CACHED_BYTES = 3_000_000

_REPOSITORY = frozenset({".git", ".hg", ".svn"})
_PROJECT = frozenset({"pyproject.toml", "setup.cfg", "setup.py", "tox.ini"})
_COMMANDS = ("cmd", "cmds", "command", "commands")
"""Names of packages that hold one command a module."""
_MADE = re.compile(r"_?version|\w+_pb2(?:_grpc)?")
"""Names of modules that are made when the project is built."""
_SUFFIXES = frozenset({"py", "pyc", "pyd", "pyi", "pyx", "so"})
"""What the names of files end with that are modules, or that modules are built from."""
_ELSEWHERE = re.compile(
    r"__path__|extend_path|declare_namespace|meta_path"
    r"|\bmodules(?:\[|\.(?:__setitem__|pop|setdefault|update)\b)"
)
"""Text of a package whose modules may stand elsewhere."""
_LAYOUT_DEPTH = 3
_MAX_GAP = 3
_LAST = 1_000

_cache: OrderedDict[tuple[str, str], Module] = OrderedDict()
"""Modules that were read lately, by name and path; what is kept of them never changes."""


class Folders:
    """The names in folders, each of which is listed once."""

    def __init__(self) -> None:
        self._listings: dict[str, frozenset[str]] = {}

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


class Finder:
    """The modules of the project that holds one file.

    :ivar top: the folder of the project.
    :param checked: the file's own module, whose text may differ from the disk.
    """

    def __init__(self, checked: Module) -> None:
        self._folders = Folders()
        self._found: dict[str, Module | None] = {}
        if checked.path.endswith(".py"):
            self._found[checked.name] = checked
        self._checked_alone = checked.name if self._found and not checked.package else None
        self._base = os.path.dirname(checked.path)
        for _ in range(checked.package.count(".") + bool(checked.package)):
            self._base = os.path.dirname(self._base)
        self.top = self._project(self._base)
        self._roots: dict[str, list[str]] | None = None
        self._shown: dict[str, str] = {}

    def __call__(self, name: str) -> Module | None:
        """Return the module of a qualified name, or none when the project has no such file."""
        if name not in self._found:
            if len(self._found) > _MAX_NAMES:
                return None
            path = self._path(name)
            self._found[name] = load(name, path) if path else None
        return self._found[name]

    def commands(self) -> Iterator[str]:
        """Yield the modules of the packages for commands of the project: ``pulse.cmd.api``."""
        for top in sorted({*self._folders.names(self._base), *self._packages()}):
            for name in _COMMANDS:
                package = self._path(f"{top}.{name}") or ""
                if os.path.basename(package) == "__init__.py":
                    files = sorted(self._folders.names(os.path.dirname(package)))
                    stems = (file.removesuffix(".py") for file in files if file.endswith(".py"))
                    yield from (f"{top}.{name}.{stem}" for stem in stems if stem != "__init__")

    def lacks(self, name: str) -> bool:
        """Tell whether a name surely names no module, in a package of the project.

        Packages without ``__init__.py`` may have other parts elsewhere, and a package may tell
        where else its modules are.
        """
        parts = name.split(".")
        if not 1 < len(parts) <= _MAX_PARTS or not all(part.isidentifier() for part in parts):
            return False
        if _MADE.fullmatch(parts[-1]):
            return False
        if self._checked_alone == parts[0] not in self._folders.names(self._base):
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

    def _path(self, name: str) -> str | None:
        parts = name.split(".")
        if len(parts) > _MAX_PARTS or not all(part.isidentifier() for part in parts):
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
        yield from self._packages().get(package, ())

    def _packages(self) -> dict[str, list[str]]:
        """Return the top-level packages of the project, each with the folders that hold it."""
        if self._roots is None:
            self._roots = {}
            self._collect(self.top, _LAYOUT_DEPTH, self._roots)
        return self._roots

    def _collect(self, folder: str, depth: int, roots: dict[str, list[str]]) -> None:
        """Note the top-level packages below a folder: a repository may have several roots.

        A folder without ``__init__.py`` may be a namespace package, and hold a root as well.
        """
        if len(roots) > _MAX_FOLDERS:
            return
        inner = []
        for name in sorted(self._folders.names(folder)):
            path = os.path.join(folder, name)
            if name.isidentifier() and not os.path.islink(path) and self._folders.names(path):
                is_package = "__init__.py" in self._folders.names(path)
                roots.setdefault(name, []).insert(0 if is_package else _LAST, folder)
                if depth and not is_package:
                    inner.append(path)
        for path in inner:
            self._collect(path, depth - 1, roots)

    def _project(self, folder: str) -> str:
        """Return the folder of the project or repository that holds a folder."""
        above = folder
        for _ in range(_MAX_HEIGHT):
            if self._folders.names(above) & _REPOSITORY:
                return above
            above = os.path.dirname(above)
        top = folder
        gap = 0
        for _ in range(_MAX_HEIGHT):
            names = self._folders.names(folder)
            gap = 0 if names & _PROJECT else gap + 1
            if names & _PROJECT:
                top = folder
            parent = os.path.dirname(folder)
            if parent == folder or gap > _MAX_GAP:
                break
            folder = parent
        return top


def _may_be(file: str, module: str) -> bool:
    """Tell whether a file or folder may be a module, by its name."""
    stem, _, suffix = file.partition(".")
    return stem == module and (not suffix or suffix.rpartition(".")[2] in _SUFFIXES)


def load(name: str, path: str) -> Module | None:
    """Return the module in a regular file that is not too large, from the cache if unchanged."""
    state = state_of(path)
    if state is None:
        return None
    known = _cache.get((name, path))
    if known is not None and known.state == state:
        _cache.move_to_end((name, path))
        return known
    module = module_in(name, path, state)
    _cache[name, path] = module
    held = sum(one.size for one in _cache.values())
    while held > _CACHED_BYTES and len(_cache) > 1:
        held -= _cache.popitem(last=False)[1].size
    return module


def module_in(name: str, path: str, state: State) -> Module:
    """Return the module in a file, whose text is read when it is asked for."""
    is_package = os.path.basename(path) == "__init__.py"
    return Module(name, path, name if is_package else name.rpartition(".")[0], state)


def state_of(path: str) -> State | None:
    """Return what changes when a file does, or none when it is no regular file, or too large."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino

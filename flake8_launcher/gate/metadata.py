"""Entry functions that a project declares in its packaging metadata, read and never run."""

from __future__ import annotations

import itertools
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from flake8_launcher import files
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading.pieces import parse
from flake8_launcher.semantic.reading.tops import up

SERVING = ("console_scripts", "gui_scripts")
LOADED = ("wsgi_scripts", "paste.app_factory")
"""Groups of what a server calls for an application."""
_GROUPS = (*SERVING, *LOADED)
_MAX_BYTES = 256_000
"""Size of a file above which its project declares nothing: it takes time before any gate."""
_MAX_TARGET = 500
_MAX_TARGETS = 2_000
_MAX_KEYS = 2_000_000
"""What the keys of a ``pyproject.toml`` may take: each part of one is looked up from the top."""
_MAX_KEPT = 2_000
_MAX_HEIGHT = 12
_FILES = ("setup.py", "setup.cfg", "pyproject.toml")
_OF_2, _OF_3 = (f"Programming Language :: Python :: {version}" for version in (2, 3))
_TABLES = ("scripts", "entry-points")
"""What names the tables of a ``pyproject.toml`` that declare scripts."""

_UNREADABLE = (
    AttributeError,
    MemoryError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What reading metadata of another form than the standard's may raise."""

Declared = Mapping[str, frozenset[str]]
"""For each group of scripts, its targets in the form ``package.module:function``."""

_known: dict[str, tuple[files.State, Declared]] = {}
_listed: dict[str, tuple[int, tuple[str, ...]]] = {}


def declared_for(path: str) -> Declared:
    """Return the scripts that the project which holds a file declares.

    The project is the nearest folder upwards with metadata that declares scripts, not above a
    version-control root.

    :param path: absolute path of the file.
    """
    return _home(path)[1]


def written_for(path: str) -> tuple[str, Declared]:
    """Return the folder of such a project, and the scripts that its authors have written down.

    What a build has made of that counts where nothing else is there, as it may be out of date.

    :param path: absolute path of the file.
    """
    folder, declared = _home(path)
    written = [place for place in _places(folder) if os.path.basename(place) in _WRITTEN]
    return (folder, _read(written)) if written else (folder, declared)


def place_of(folder: str, target: str) -> str:
    """Return the file where a project declares a script, and the line if that is found.

    :param folder: the folder of the project.
    """
    declared = re.compile(rf"[=:][ \t]*[\"']?{re.escape(target)}(?![\w.])")
    places = _places(folder)
    for place in places:
        text = files.read_text(place, _MAX_BYTES) or ""
        found = declared.search(text)
        if found:
            number = text.count("\n", 0, found.start()) + 1
            return f"{os.path.relpath(place, folder)}:{number}".replace(os.sep, "/")
    return os.path.basename(places[0]) if places else "the project"


def target_of(path: str, script: str) -> str | None:
    """Return what a script of the project that holds a file names, if the project declares it.

    :param path: absolute path of the file.
    :param script: the name by which the script is started.
    """
    folder, declared = _home(path)
    targets = {target for group in declared.values() for target in group}
    begins = rf"(?m)(?:^|['\"])[ \t]*{re.escape(script)}['\"]?[ \t]*="
    named = re.compile(rf"{begins}[ \t]*['\"]?([\w.:]+)")
    for place in _places(folder):
        text = files.read_text(place, _MAX_BYTES) or ""
        found = next((one[1] for one in named.finditer(text) if one[1] in targets), None)
        if found:
            return found
    return None


def oldest_python(path: str) -> int:
    """Return the oldest version of Python 3 that the project of a file says it runs on.

    :returns: the second number; 0 where that is not told.
    """
    for folder in itertools.islice(up(os.path.dirname(path)), _MAX_HEIGHT):
        for place in _places(folder):
            found = _REQUIRES.search(files.read_text(place, _MAX_BYTES) or "")
            if found:
                return int(found[1])
    return 0


def _home(path: str) -> tuple[str, Declared]:
    for folder in itertools.islice(up(os.path.dirname(path)), _MAX_HEIGHT):
        if found := _read(_places(folder)):
            return folder, found
    return "", {}


def _read(places: Iterable[str]) -> Declared:
    groups: dict[str, set[str]] = {}
    for place in places:
        read = _READERS[os.path.basename(place)]
        for group, targets in _cached(place, read).items():
            groups.setdefault(group, set()).update(targets)
    return {group: frozenset(targets) for group, targets in groups.items()}


def _places(folder: str) -> tuple[str, ...]:
    """Return the metadata files in a folder, listed again only when the folder has changed."""
    try:
        changed = os.stat(folder).st_mtime_ns
        known = _listed.get(folder)
        if known is not None and known[0] == changed:
            return known[1]
        names = sorted(os.listdir(folder))
    except OSError:
        return ()
    inner = [
        os.path.join(name, "entry_points.txt")
        for name in names
        if name.endswith((".egg-info", ".dist-info"))
    ]
    found = [name for name in _READERS if name in names] + inner
    places = tuple(os.path.join(folder, place) for place in found)
    if len(_listed) >= _MAX_KEPT:
        _listed.clear()
    _listed[folder] = (changed, places)
    return places


def _cached(path: str, read: Callable[[str], Declared]) -> Declared:
    """Read a file unless it has been read since it last changed; a bad one declares nothing."""
    state = files.state_of(path, _MAX_BYTES)
    if state is None:
        return {}
    known = _known.get(path)
    if known is not None and known[0] == state:
        return known[1]
    try:
        declared = read(files.read_text(path, _MAX_BYTES) or "")
    except _UNREADABLE:
        declared = {}
    if len(_known) >= _MAX_KEPT:
        _known.clear()
    _known[path] = (state, declared)
    return declared


def _targets(lines: Iterable[str]) -> frozenset[str]:
    """Return the targets of lines of the form ``name = package.module:function [extra]``."""
    found: set[str] = set()
    for line in lines:
        _, separator, target = line.partition("=")
        target = target.partition("[")[0].strip()
        if separator and ":" in target and len(target) <= _MAX_TARGET:
            found.add(target)
            if len(found) == _MAX_TARGETS:
                break
    return frozenset(found)


def _read_pyproject(text: str) -> Declared:
    if not any(table in text for table in _TABLES):
        return {}
    most = max(line.count(".") for line in text.split("\n"))
    if (text.count("\n") + text.count(".")) * most > _MAX_KEYS:
        return {}
    project: Any = tomllib.loads(text)
    declared: dict[str, frozenset[str]] = {}
    tables = [project.get("project", {}), project.get("tool", {}).get("poetry", {})]
    for table in tables:
        for key, group in (("scripts", "console_scripts"), ("gui-scripts", "gui_scripts")):
            declared |= _group(declared, group, table.get(key, {}))
        for group, scripts in table.get("entry-points", {}).items():
            declared |= _group(declared, group, scripts)
    return declared


def _group(
    declared: Declared, group: str, scripts: Mapping[str, object]
) -> dict[str, frozenset[str]]:
    if group not in _GROUPS:
        return {}
    lines = [f"{name} = {target}" for name, target in scripts.items() if isinstance(target, str)]
    return {group: declared.get(group, frozenset()) | _targets(lines)}


def _read_ini(text: str) -> Declared:
    declared: dict[str, frozenset[str]] = {}
    for section, entries in _sections(text).items():
        if section in ("entry_points", "options.entry_points"):
            for group in _GROUPS:
                if group in entries:
                    declared[group] = _targets(entries[group])
        elif section in _GROUPS:
            lines = (f"{key} = {value[0]}" for key, value in entries.items())
            declared[section] = _targets(lines)
    return declared


def _sections(text: str) -> Mapping[str, Mapping[str, list[str]]]:
    """Return the sections of an INI file, each with the lines of its entries.

    The standard library's parser takes quadratic time, and worse, for lines of blanks.
    """
    sections: dict[str, dict[str, list[str]]] = {}
    entries: dict[str, list[str]] = {}
    value: list[str] | None = None
    indent = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if not stripped or stripped[0] in "#;":
            continue
        begin = len(line) - len(line.lstrip())
        if value is not None and begin > indent:
            value.append(stripped)
            continue
        indent = begin
        if stripped[0] == "[" and "]" in stripped:
            entries = sections.setdefault(stripped[1 : stripped.rindex("]")], {})
            value = None
        else:
            key, _, first = stripped.partition("=")
            value = entries[key.rstrip()] = [first.lstrip()]
    return sections


def _read_setup_py(text: str) -> Declared:
    """Read the ``entry_points`` of a ``setup()`` call, as far as literals tell them."""
    tree = parse(text) if "entry_points" in text else None
    if tree is None:
        return {}
    # most projects declare theirs elsewhere
    from flake8_launcher.gate.setup_script import entry_points

    declared: dict[str, frozenset[str]] = {}
    for value in entry_points(tree):
        if isinstance(value, str):
            return _read_ini(value)
        for group, lines in value.items() if isinstance(value, dict) else ():
            if group in _GROUPS:
                several = lines.splitlines() if isinstance(lines, str) else lines
                found = _targets(line for line in several if isinstance(line, str))
                declared[group] = declared.get(group, frozenset()) | found
    return declared


_READERS: Mapping[str, Callable[[str], Declared]] = {
    "pyproject.toml": _read_pyproject,
    "setup.cfg": _read_ini,
    "entry_points.txt": _read_ini,
    "setup.py": _read_setup_py,
}
_REQUIRES = deferred(
    r"\b(?:requires-python|python_requires)[\"']?[ \t]*=[ \t]*[\"']?>=[ \t]*3\.(\d{1,3})\b"
)
"""What says the oldest version of Python."""
_WRITTEN = frozenset({"pyproject.toml", "setup.cfg", "setup.py"})
"""The metadata that authors write."""


def names(path: str, *groups: Iterable[str]) -> bool:
    """Tell whether a function of the module in a file is among some groups of targets."""
    return any(any(functions_of(path, targets)) for targets in groups)


def functions_of(path: str, targets: Iterable[str]) -> Iterator[str]:
    """Yield the functions of the module in a file that are among some targets, sorted.

    :param path: absolute path of the file.
    """
    parts = path.removesuffix(".py").removesuffix(f"{os.sep}__init__").split(os.sep)
    for target in sorted(target for target in targets if parts[-1] in target):
        module, _, function = (part.strip() for part in target.partition(":"))
        wanted, attributes = module.split("."), function.split(".")
        for index, attribute in enumerate(attributes):
            if parts[-len(wanted) :] == wanted:
                yield ".".join(attributes[index:])
            wanted.append(attribute)  # ``package:module.function`` names a module, too


def may_lack(path: str, *groups: Iterable[str]) -> bool:
    """Tell whether a file is the ``__init__.py`` of a package that may lack a target's module.

    :param path: absolute path of the file.
    """
    folder, name = os.path.split(path)
    if name != "__init__.py":
        return False
    package = folder.split(os.sep)
    for target in (target for targets in groups for target in targets):
        wanted = target.partition(":")[0].strip().split(".")
        for length in range(1, len(wanted)):
            if package[-length:] == wanted[:length]:
                inner = os.path.join(folder, wanted[length])
                if not os.path.exists(inner) and not os.path.exists(f"{inner}.py"):
                    return True
    return False


def is_of_python_2(folder: str) -> bool:
    """Tell whether a project says that it runs with Python 2, and not that it does with 3.

    :param folder: the folder of its metadata.
    """
    paths = (os.path.join(folder, name) for name in _FILES)
    texts = [files.read_text(path, _MAX_BYTES, "replace") or "" for path in paths]
    return any(_OF_2 in text for text in texts) and not any(_OF_3 in text for text in texts)

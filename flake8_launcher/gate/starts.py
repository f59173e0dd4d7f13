"""Whether a file starts what its own project makes, where no word of a server tells it."""

from __future__ import annotations

import itertools
import os
import re
import sys
from collections.abc import Iterator

from flake8_launcher.gate import place, words
from flake8_launcher.knowledge import programs
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.language import BUILTINS
from flake8_launcher.semantic.reading.pieces import places
from flake8_launcher.semantic.reading.tops import up

_GUARD = deferred(r"^(?:el)?if\b.*\b__main__\b", re.MULTILINE)
_MAIN = deferred(r"^(?:async +)?def main\(", re.MULTILINE)
"""A main function, which something runs that chooses the module."""
_COMMAND = deferred(r"@[\w.]*(?:\b|_)(?:command|group|cli(?:_\w+)?|entry_?point)\b")
"""What makes a command of a function, as click and its kin do."""
_OTHERS = r"(?<!subprocess)(?<!asyncio)(?<!unittest)(?<!pytest)"
_STARTED = deferred(
    _OTHERS +
    r"\.(?:(?:run|start|serve|launch|listen)(?:_\w+)?|(?:\w+_)?(?:loop|main)"
    r"|(?:consume|poll|process|receive|watch|work)_(?:forever|indefinitely)"
    r"|app|cli|execute|work|handle)\("
)
"""Text of a method that may serve, whoever defines it."""
_RUNS_COROUTINE = deferred(r"\b(?:anyio|asyncio|trio|uvloop)\.run\(\s*[A-Za-z_]\w*[(,]")
"""Text of a command that runs a coroutine, of which another module may tell what it does."""
_DISPATCHED = deferred(
    r"\bset_defaults\(\s*\w+\s*=|\bFire\(|\)\(\)|\]\(|\.(?:add_command|forward|invoke)\("
    r"|\.(?:callback|command)\([^()\n]{0,300}\)\(\w"
    r"|\.(?:command|default)\(\w+(?:\.\w+)+|\.(?:run|start|serve|main)\b[,\]})]"
    r"|\basyncio\.gather\("
)
"""Text of a function that is chosen, or handed on, to be called."""
_LISTENS = deferred(
    r"\.(?:run|serve)(?:_(?:app|server|forever|wsgi))?\((?!\s*[\"'])[^)]{0,300}\bport ?="
)
"""Text of a method that serves on the port that it is told, whoever defines it."""
_CLASS = deferred(
    r"^    (?:@(?:ex|expose)\(|def (?:take_action|handle|run)\()"
    r"|^class \w+\((?:cli\.)?Application\)",
    re.MULTILINE,
)
"""A class that is a command of one of some packages."""
_PACKAGES = ("cement", "cleo", "cliff", "flask_script", "plumbum")
_SOURCES = "src"
_MAX_HEIGHT = 4
_MAX_SOURCES = 16
_HEAD = 2_000
"""Where a file imports such a package."""
_DERIVED = deferred(r"^class \w+\((?!object\b)\w", re.MULTILINE)
"""A class of its own, which may have that method from elsewhere."""
_CALLED = deferred(r"(?<![\w.])([A-Za-z_]\w*)\(")
_CALLED_OF = deferred(r"(?<![\w.])([A-Za-z_]\w*)\.[a-z_]\w*\(")
"""A function of a module, or a method of a class, that is called."""
_WORD = deferred(r"\w+")
_IMPORT_LINE = deferred(r"^[ \t]*(?:from|import)[ \t][^\n#]*", re.MULTILINE)
_LISTED = deferred(r"^[ \t]+\w+,?$", re.MULTILINE)
"""A line of an import in parentheses."""
_IMPORT = deferred(r"^[ \t]*(?:from|import)[ \t]+(\.|[A-Za-z_]\w*)", re.MULTILINE)


def starts_own(text: str, path: str) -> bool:
    """Tell whether a file may start something of its project when a process begins with it.

    :param text: its text.
    :param path: its absolute path.
    """
    guard = _GUARD.search(text) if "__main__" in text else None
    if guard is None and not (place.is_command(path) or _has_command(text) or _has_main(text)):
        if len(text) > _HEAD or not words.only_calls(text) or place.is_surely_test(path):
            return False
        return any(_is_own(root, path) for root in _roots(text))
    if guard is None and words.may_loop(text):
        return not place.is_surely_test(path)
    is_started = _STARTED.search(text) is not None or _DISPATCHED.search(text) is not None
    if guard is None and not is_started:
        is_started = _RUNS_COROUTINE.search(text) is not None or programs.has_words(text)
        is_started = is_started or (place.is_command(path) and _inherits(text))
        is_started = is_started or words.starts_something(text)
    if not is_started and not (guard and any(_imported(text, guard.start()))):
        if guard is None or not _calls_own(text, path):
            return False
    if place.is_surely_test(path):
        return False
    if "import_module(" in text or (is_started and _DERIVED.search(text)):
        return True
    if "port" in text and _LISTENS.search(text):
        return True
    return any(_is_own(root, path) for root in _roots(text))


def _inherits(text: str) -> bool:
    """Tell whether a command of Django has what it does from a class that stands elsewhere."""
    return "def handle" not in text and _DERIVED.search(text) is not None


def _has_main(text: str) -> bool:
    """Tell whether a file has a main function."""
    return "def main(" in text and _MAIN.search(text) is not None


def _has_command(text: str) -> bool:
    """Tell whether a file makes a command of a function or class, of whatever command line."""
    if any(_COMMAND.match(text, at + 1) for at in places(text, "\n@")):
        return True
    has_package = any(text.find(package, 0, _HEAD) != -1 for package in _PACKAGES)
    return has_package and _CLASS.search(text) is not None


def _imported(text: str, start: int) -> Iterator[str]:
    """Yield the functions that the main block calls and the file imports by name.

    Where it calls a function of the file, any may call them.
    """
    called = set(_CALLED.findall(text, start))
    if any(f"def {name}(" in text for name in called) or _has_command(text):
        called.update(_CALLED.findall(text, 0, start))
    lines = "\n".join((*_IMPORT_LINE.findall(text), *_LISTED.findall(text)))
    if " import *" in lines:  # whatever is called may come from there
        yield from (name for name in called - BUILTINS if f"def {name}(" not in text)
    for name in called.intersection(_WORD.findall(lines)) - BUILTINS:
        if f"def {name}(" not in text:
            yield name


def _calls_own(text: str, path: str) -> bool:
    """Tell whether a file calls a function of a module of its project."""
    modules: set[str] = set()
    for line in _IMPORT_LINE.findall(text):
        root = _IMPORT.match(line)
        if root and root[1] not in sys.stdlib_module_names and _is_own(root[1], path):
            modules.update(_WORD.findall(line))
    called = _CALLED_OF.findall(text) if modules else ()
    return not modules.isdisjoint(called)


def _roots(text: str) -> set[str]:
    """Return the packages that a file imports, a dot where it is its own."""
    return set(_IMPORT.findall(text)) - sys.stdlib_module_names


def _is_own(root: str, path: str) -> bool:
    """Tell whether a package belongs to the project of a file: it holds it, or is beside it.

    Beside a script at the top of a project, or in a folder there, it may stand in the folder for
    sources. Another distribution of the repository has a folder that is named like it.
    """
    folder = os.path.dirname(path)
    if root == "." or root in folder.split(os.sep):
        return True
    places = (
        os.path.join(beside, root)
        for top in (folder, os.path.dirname(folder))
        for beside in (top, os.path.join(top, _SOURCES))
    )
    if any(os.path.isfile(f"{one}.py") or os.path.isdir(one) for one in places):
        return True
    above = itertools.islice(up(folder), 1, 1 + _MAX_HEIGHT)
    names = {root, root.replace("_", "-")}
    if any(os.path.isdir(os.path.join(top, name)) for top in above for name in names):
        return True
    return any(os.path.isdir(os.path.join(one, root)) for one in _below(folder))


def _below(folder: str) -> Iterator[str]:
    """Yield the folders in that for sources, which has one for each language in some projects."""
    sources = os.path.join(folder, _SOURCES)
    try:
        names = sorted(os.listdir(sources))
    except OSError:
        return
    for name in names[:_MAX_SOURCES]:
        yield os.path.join(sources, name)

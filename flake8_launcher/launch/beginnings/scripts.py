"""Scripts that a project declares, and that name what is not there."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import NamedTuple

from flake8_launcher.gate import metadata
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading import modules
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.modules import Module

_BINDS_MORE = deferred(
    r"import \*|__getattr__|\b(?:exec|globals|locals|setattr|vars)\(|sys\.modules"
)
"""Text of a module that may have names which its statements do not show."""


class MissingScript(NamedTuple):
    """A script whose module or function is not there.

    :ivar target: what it names, in the form ``package.module:function``.
    :ivar place: where it is declared.
    :ivar is_module: whether the whole module is missing.
    :ivar is_skipped: whether the name is bound, but not where the module is imported.
    """

    target: str
    place: str
    is_module: bool
    is_skipped: bool = False


def missing(module: Module, finder: Finder) -> Iterator[MissingScript]:
    """Yield the scripts that look in a module, or package, for what it does not have."""
    folder, declared = metadata.written_for(module.path)
    targets = {target for group in declared.values() for target in group}
    for target in sorted(targets):
        wanted, _, function = (part.strip() for part in target.partition(":"))
        if _is_nearest(module, wanted, finder) and _stands_for(module, module.name, folder):
            if finder.lacks(wanted):
                yield MissingScript(target, metadata.place_of(folder, target), is_module=True)
        elif wanted.rpartition(".")[2] == module.name.rpartition(".")[2]:
            name = function.partition(".")[0]
            if not _has(module, name) and _stands_for(module, wanted, folder):
                place = metadata.place_of(folder, target)
                yield MissingScript(target, place, False, name in module.bindings)


def _is_nearest(module: Module, wanted: str, finder: Finder) -> bool:
    """Tell whether a module is the last package that is there of those that hold another."""
    if module.name != module.package or not wanted.startswith(f"{module.name}."):
        return False
    inner = wanted.removeprefix(f"{module.name}.").partition(".")[0]
    return finder(f"{module.name}.{inner}") is None


def _stands_for(module: Module, name: str, folder: str) -> bool:
    """Tell whether a name surely means a module, for the project in a folder.

    Its packages stand beside the metadata, or in one folder there, such as ``src``.
    """
    path = module.path.removesuffix(".py")
    if os.path.isfile(os.path.join(path, "__init__.py")):
        return False  # the package goes before the module
    parts = os.path.relpath(path.removesuffix(f"{os.sep}__init__"), folder).split(os.sep)
    wanted = name.split(".")
    if parts == wanted:
        return True
    if parts[1:] != wanted or _holds(folder, wanted[0]):
        return False
    try:
        inner = [os.path.join(folder, name) for name in os.listdir(folder)]
    except OSError:
        return False
    return sum(_holds(one, wanted[0]) for one in inner) == 1


def _holds(folder: str, package: str) -> bool:
    path = os.path.join(folder, package)
    return os.path.isdir(path) or os.path.isfile(f"{path}.py")


def _has(module: Module, name: str) -> bool:
    """Tell whether a module may have a name when it is imported."""
    skipped = modules.skipped_on_import(module)
    if name in modules.bound_on_import(module):
        return True
    text = "\n".join(
        line
        for number, line in enumerate(module.lines, 1)
        if not any(number in lines for lines in skipped)
    )
    if _BINDS_MORE.search(text):
        return True
    if re.search(rf"\b{re.escape(name)}\s*:=|\bas {re.escape(name)}\b", text):
        return True
    is_package = os.path.basename(module.path) == "__init__.py"
    return is_package and _holds(os.path.dirname(module.path), name)

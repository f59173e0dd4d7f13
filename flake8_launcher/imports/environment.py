"""Where the environment of a project keeps its packages, as folders tell; nothing is run."""

from __future__ import annotations

import os
from collections.abc import Iterator

from flake8_launcher import files
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading.project import Folders

_VERSION = deferred(r"(?:python|pypy)\d[\d.]*t?")
_BESIDE = (".venv", "venv")
_MAX_BYTES = 10_000


def site_packages(
    python: str, project: str, virtual_env: str = "", folders: Folders | None = None
) -> tuple[str, ...]:
    """Return the folders of the packages that a project uses; none when there is no environment.

    :param python: an interpreter or environment that the user names; it goes before all others.
    :param project: the folder of the project, beside whose files an environment may lie.
    :param virtual_env: the environment that is active, if one is.
    """
    listed = folders or Folders()
    if python:
        return tuple(_of(_environment(python), listed))
    for name in _BESIDE:
        found = tuple(_of(os.path.join(project, name), listed, is_named=False))
        if found:
            return found
    return tuple(_of(virtual_env, listed, is_named=False)) if virtual_env else ()


def _environment(python: str) -> str:
    """Return the folder of an environment that is named by its interpreter, or itself."""
    python = os.path.abspath(os.path.expanduser(python))
    if os.path.isdir(python):
        return python
    return os.path.dirname(os.path.dirname(python))


def _of(environment: str, folders: Folders, is_named: bool = True) -> Iterator[str]:
    """Yield the folders of packages in an environment.

    :param is_named: whether the user names it; else only a virtual environment counts.
    """
    if not is_named and "pyvenv.cfg" not in folders.names(environment):
        return
    yield from _packages(environment, folders)
    settings = dict(_settings(os.path.join(environment, "pyvenv.cfg")))
    home = settings.get("home")
    if home and settings.get("include-system-site-packages") == "true":
        yield from _packages(os.path.dirname(home), folders)


def _packages(root: str, folders: Folders) -> Iterator[str]:
    for library in ("lib", "lib64", "Lib", os.path.join("local", "lib")):
        folder = os.path.join(root, library)
        if library == "lib64" and os.path.islink(folder):
            continue
        names = folders.names(folder)
        if "site-packages" in names:
            yield os.path.join(folder, "site-packages")
        for name in sorted(names):
            inner = folders.names(os.path.join(folder, name)) if _VERSION.fullmatch(name) else ()
            for packages in ("site-packages", "dist-packages"):
                if packages in inner:
                    yield os.path.join(folder, name, packages)


def _settings(path: str) -> Iterator[tuple[str, str]]:
    """Yield the keys and values of a ``pyvenv.cfg``."""
    text = files.read_text(path, _MAX_BYTES, errors="replace") or ""
    for line in text.splitlines():
        key, _, value = line.partition("=")
        yield key.strip().lower(), value.strip()

"""Which folder is that of a whole project or repository."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection

_REPOSITORY = frozenset({".git", ".hg", ".svn"})
_PROJECT = frozenset(
    {
        ".github",
        ".gitlab-ci.yml",
        ".pre-commit-config.yaml",
        "Dockerfile",
        "Procfile",
        "pyproject.toml",
        "requirements.txt",
        "setup.cfg",
        "setup.py",
        "tox.ini",
    }
)
"""Names of files and folders of which one stands in the folder of a project."""
_MAX_HEIGHT = 8
_MAX_GAP = 3


def top_of(folder: str, names: Callable[[str], Collection[str]]) -> str:
    """Return the folder of the project or repository that holds a folder.

    That is the repository's; in what is none, an archive say, the highest folder of a project, as
    it may hold others.

    :param names: returns the names in a folder.
    """
    above = folder
    for _ in range(_MAX_HEIGHT):
        if not _REPOSITORY.isdisjoint(names(above)):
            return above
        above = os.path.dirname(above)
    top, gap = "", 0
    for _ in range(_MAX_HEIGHT):
        here = names(folder)
        is_project = not _PROJECT.isdisjoint(here)
        gap = 0 if is_project else gap + 1
        if is_project or (not top and "__init__.py" not in here):
            top = folder
        parent = os.path.dirname(folder)
        if parent == folder or gap > _MAX_GAP:
            break
        folder = parent
    return top or folder

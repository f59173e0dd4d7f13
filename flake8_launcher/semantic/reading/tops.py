"""Which folder is that of a whole project or repository."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator

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


def up(folder: str) -> Iterator[str]:
    """Yield a folder and those that hold it, up to that of the repository."""
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return
        folder = above


def top_of(folder: str, names: Callable[[str], Collection[str]]) -> str:
    """Return the folder of the project or repository that holds a folder.

    That is the repository's; in what is none, an archive say, the highest folder of a project, as
    it may hold others.

    :param names: returns the names in a folder.
    """
    top, last, gap = "", folder, 0
    for _ in range(_MAX_HEIGHT):
        here = names(folder)
        if not _REPOSITORY.isdisjoint(here):
            return folder
        if gap <= _MAX_GAP:
            last = folder
            is_project = not _PROJECT.isdisjoint(here)
            gap = 0 if is_project else gap + 1
            if is_project or (not top and "__init__.py" not in here):
                top = folder
        above = os.path.dirname(folder)
        if above == folder:
            break
        folder = above
    return top or last

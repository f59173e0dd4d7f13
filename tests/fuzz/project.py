"""What one attack consists of: the files of a small project."""

from __future__ import annotations

import enum
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


class Odd(enum.Enum):
    """Something that stands where a file is expected."""

    FOLDER = "a folder"
    FIFO = "a named pipe, which blocks who opens it"
    ENDLESS = "a link to a device that can be read without end"
    LOOP = "a link to itself"
    DANGLING = "a link to nothing"
    UPWARDS = "a link to the folder that it stands in"


Content = str | bytes | Odd
"""A text in UTF-8 (what no encoding has is written as it is), bytes, or an oddity."""


@dataclass(frozen=True)
class Project:
    """The files of a project, by their paths below its folder."""

    files: Mapping[str, Content]

    def write(self, folder: Path) -> None:
        """Write the files; what the file system does not take is left out."""
        for name, content in self.files.items():
            path = folder / name
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                _write(path, content)
            except (OSError, ValueError):
                continue

    def __str__(self) -> str:
        return "\n".join(_shown(name, content) for name, content in self.files.items())


def _write(path: Path, content: Content) -> None:
    match content:
        case str():
            path.write_bytes(content.encode("utf-8", "surrogatepass"))
        case bytes():
            path.write_bytes(content)
        case Odd.FOLDER:
            path.mkdir()
        case Odd.FIFO:
            os.mkfifo(path)
        case Odd.ENDLESS:
            path.symlink_to("/dev/zero")
        case Odd.LOOP:
            path.symlink_to(path.name)
        case Odd.DANGLING:
            path.symlink_to("nothing")
        case Odd.UPWARDS:
            path.symlink_to(".")


def _shown(name: str, content: Content) -> str:
    text = content.value if isinstance(content, Odd) else repr(content)
    return f"{name!r}: {text[:2_000]}{'...' if len(text) > 2_000 else ''}"


def files_in(folder: Path) -> Iterator[str]:
    """Yield the paths of the files below a folder that flake8 would be given, sorted.

    These are regular files that end in ``.py``, and scripts in ``bin``.
    """
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            is_checked = name.endswith(".py") or path.parent.name == "bin"
            if is_checked and path.is_file() and not path.is_symlink():
                yield str(path.relative_to(folder))

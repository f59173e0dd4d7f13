"""What the standard library has, as the text of its modules tells: none of them is imported."""

from __future__ import annotations

import functools
import os
import re
import sys

from flake8_launcher import files
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading.pieces import places

_LIBRARY = os.path.dirname(os.__file__)
_MAX_FILES = 200
_COMMENT = deferred(r"#[^\n]*")
_STAR = deferred(r"^ *from [\w.]+ import \*", re.MULTILINE)
"""What may bring any name into a module."""


@functools.lru_cache(maxsize=256)
def lacks_attribute(name: str) -> bool:
    """Tell whether something of the standard library surely has no such attribute so far.

    That is a new one, in whose place nobody expects another. It has to be written in Python: of
    what is compiled, nothing is told.

    :param name: qualified name of the attribute, ``asyncio.StreamReader.read_all``.
    """
    root, *parts = name.split(".")
    if root not in sys.stdlib_module_names:
        return False
    if (text := _module(root, *parts[:-1])) is not None:
        text = _COMMENT.sub("", text)
        # what stands behind a dot is of something else
        return _STAR.search(text) is None and not _has(text, name.rpartition(".")[2], beside="_.")
    if len(parts) < 2:
        return False
    owner, attribute = parts[-2:]
    paths = _files(root)
    if len(paths) > _MAX_FILES:
        return False
    texts = [text for path in paths if (text := files.read_source(path))]
    is_there = any(f"\nclass {owner}(" in text or f"\nclass {owner}:" in text for text in texts)
    return is_there and not any(_has(text, attribute) for text in texts)


def _module(*parts: str) -> str | None:
    """Return the text of a module of the standard library; none where there is no such module."""
    path = os.path.join(_LIBRARY, *parts)
    return files.read_source(f"{path}.py") or files.read_source(os.path.join(path, "__init__.py"))


def _has(text: str, word: str, beside: str = "_") -> bool:
    """Tell whether a text has a word.

    :param beside: what makes it another one where it stands beside it, as letters do.
    """
    for at in places(text, word):
        around = text[at - 1 : at] + text[at + len(word) : at + len(word) + 1]
        if not any(one.isalnum() or one in beside for one in around):
            return True
    return False


def _files(module: str) -> list[str]:
    folder = os.path.join(_LIBRARY, module)
    if not os.path.isdir(folder):
        return [f"{folder}.py"]
    return [
        os.path.join(inner, name)
        for inner, _, names in os.walk(folder)
        for name in names
        if name.endswith(".py")
    ]

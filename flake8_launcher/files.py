"""The one place that opens files: regular ones only, and never more of one than a bound.

A folder, a FIFO, a device, a link to one of these and a file that cannot be read are "not there".
"""

from __future__ import annotations

import codecs
import io
import os
import stat
import tokenize
from typing import TypeAlias

MAX_BYTES = 1_000_000
"""The size of a file above which it is not there."""

_LONGEST_LINE = 200
"""How much of a file is looked at for the line that names its interpreter."""

State: TypeAlias = tuple[int, int, int]
"""The time of a file's last change, its size and its number on the disk."""

_NEVER_BLOCKING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_ODD_CODECS = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})
"""What is decoded in quadratic time or with warnings; no source is written in it."""


def state_of(path: str, most: int = MAX_BYTES) -> State | None:
    """Return what changes when a file does; none when it is no regular file, or too large.

    :param most: the size up to which the file is there.
    """
    try:
        return _state(os.stat(path), most)
    except (OSError, ValueError):
        return None


def name_of(path: str, folder: str = os.curdir) -> str:
    """Return the name of a file as it is written down for others: with slashes.

    :param folder: the folder from which it is named; on another drive it has its whole path.
    """
    try:
        name = os.path.relpath(path, folder)
    except ValueError:
        name = os.path.abspath(path)
    return name.replace(os.sep, "/")


def read(path: str, most: int = MAX_BYTES) -> bytes | None:
    """Return what a regular file holds; none when there is no such file, or it is too large.

    :param most: the size up to which the file is there.
    """
    data = _beginning(path, most + 1, most)
    return data if data is not None and len(data) <= most else None


def _beginning(path: str, length: int, most: int = MAX_BYTES) -> bytes | None:
    """Return what a regular file begins with; none when there is none, or it is too large.

    :param length: how much of it.
    """
    # a device may act when it is opened, and a FIFO waits: neither is
    if state_of(path, most) is None:
        return None
    try:
        descriptor = os.open(path, _NEVER_BLOCKING)
    except (OSError, ValueError):
        return None
    try:
        if _state(os.fstat(descriptor), most) is None:  # another one by now
            return None
        with open(descriptor, "rb", buffering=0, closefd=False) as file:
            data = file.read(length)
            while len(data) < length and (more := file.read(length - len(data))):
                data += more
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return data


def read_text(path: str, most: int = MAX_BYTES, errors: str = "strict") -> str | None:
    """Return the text of a regular file in UTF-8; none when there is none.

    :param most: the size up to which the file is there.
    :param errors: what is done about other bytes, as :meth:`bytes.decode` takes it.
    """
    data = read(path, most)
    try:
        return None if data is None else _with_newlines(data.decode("utf-8", errors))
    except UnicodeDecodeError:
        return None


def read_source(path: str, most: int = MAX_BYTES) -> str | None:
    """Return the text of a Python file in the encoding that it declares; none without one.

    :param most: the size up to which the file is there.
    """
    data = read(path, most)
    if data is None:
        return None
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        if codecs.lookup(encoding).name.replace("_", "-") in _ODD_CODECS:
            return None
        text = data.decode(encoding)
    except (SyntaxError, LookupError, ValueError):
        return None
    return _with_newlines(text)


def is_script(path: str) -> bool:
    """Tell whether a file is Python although its name does not end in ``.py``.

    It has no suffix and names Python in its first line, or is a ``.tac`` file of Twisted.
    """
    _, suffix = os.path.splitext(path)
    if suffix:
        return suffix == ".tac"
    line, _, _ = (_beginning(path, _LONGEST_LINE) or b"").partition(b"\n")
    return line.startswith(b"#!") and b"python" in line


def _state(status: os.stat_result, most: int) -> State | None:
    if not stat.S_ISREG(status.st_mode) or status.st_size > most:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _with_newlines(text: str) -> str:
    """Return a text with the ends of its lines as Python reads them."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

"""Decides from text alone whether code is worth reading as a launcher."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from flake8_launcher import knowledge
from flake8_launcher.knowledge import options, security, shapes


def _tails() -> dict[str, frozenset[str]]:
    """Return, for each framework's top-level package, the names of its serve calls."""
    tails: dict[str, set[str]] = {}
    for root, called in knowledge.serve_calls():
        tails.setdefault(root, set()).add(called)
    for renamed in ("oslo", "openstack"):
        tails[renamed] = tails["oslo_service"]
    return {root: frozenset(names) for root, names in tails.items()}


_TAILS = _tails()
_IMPORT = re.compile("import")
_NAME = re.compile(r"\w+")
_NAMES = sorted({re.escape(name) for names in _TAILS.values() for name in names})
_ANY_TAIL = re.compile(rf"\b(?:{'|'.join(_NAMES)})\b")
_STARTED = re.compile(shapes.START_TEXT)
_IMPORTED = re.compile(shapes.IMPORT_TEXT)
_SERVED = re.compile(shapes.SERVED_TEXT)
_SHAPED = re.compile(shapes.SERVE_TEXT)
_MADE = re.compile(shapes.SERVICE_TEXT)
_CALLS_MAIN = re.compile(r"import (?:\(\s*)?(?:\w+, )*main\b")
_BIN = frozenset({"bin", "sbin"})
_PATCHES = re.compile(shapes.PATCH_TEXT)
_READY = re.compile(shapes.READY_TEXT)
_WEAKENS = re.compile(security.TEXT)
_BEGINS = re.compile(shapes.BEGINS_TEXT)
_READS = re.compile(options.READ_TEXT)
_IMPORTS_NAMED = re.compile(shapes.IMPORTER_TEXT)
_LONGEST = 60
_MAX_LINE = 2_000


def may_launch(text: str, path: str) -> bool:
    """Tell whether a file has the words of a launcher.

    The cheap questions come first: this runs on every file that flake8 reads.

    :param text: the whole file, imports among them.
    :param path: the file, which may belong to a framework itself.
    """
    if is_made_ready(text) or is_script(path) or calls_main(text):
        return True
    if "__main__" not in text and not _BEGINS.search("\n" + text):
        return False
    for root in {*_imported_roots(text), *_TAILS.keys() & path.split(os.sep)}:
        if any(name in text for name in _TAILS[root]):
            return True
    if _IMPORTED.search(text):
        return True
    if not _STARTED.search(text):
        return False
    return _MADE.search(text) is not None or any(
        _SHAPED.search(text, max(0, match.start() - _LONGEST), match.end())
        for match in _SERVED.finditer(text)
    )


def _imported_roots(text: str) -> Iterator[str]:
    """Yield the frameworks that the lines with an import name."""
    for match in _IMPORT.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        line = text[start : end if end != -1 else len(text)]
        if len(line) < _MAX_LINE:
            for word in _NAME.findall(line):
                if word in _TAILS and (word != "openstack" or "openstack.common" in line):
                    yield word


def calls_main(text: str) -> bool:
    """Tell whether a file runs the main function of another module when it is run itself."""
    return "__main__" in text and _CALLS_MAIN.search(text) is not None


def is_script(path: str) -> bool:
    """Tell whether a file is run, and not imported, as its name tells."""
    folder, name = os.path.split(path)
    return not name.endswith(".py") or name == "__main__.py" or os.path.basename(folder) in _BIN


def may_serve(text: str) -> bool:
    """Tell whether a part of such a file has the words of a serve call.

    :param text: the definitions that an entry function may use.
    """
    return any(words.search(text) for words in (_ANY_TAIL, _STARTED, _IMPORTED))


def may_patch(text: str) -> bool:
    """Tell whether a text has the words of a patch, or of the choice of a backend."""
    return _has_ready_word(text) and _PATCHES.search(text) is not None


def may_import(text: str) -> bool:
    """Tell whether a text imports what it names in a text, or options of another module."""
    return (
        any(word in text for word in shapes.IMPORTER_WORDS)
        and _IMPORTS_NAMED.search(text) is not None
    )


def may_read_options(text: str) -> bool:
    """Tell whether a text has the words of a read of oslo.config's options."""
    return "CONF" in text and _READS.search(text) is not None


def is_made_ready(text: str) -> bool:
    """Tell whether a text may patch, choose a backend, or prepare a service."""
    return _has_ready_word(text) and _READY.search(text) is not None


def may_weaken(text: str) -> bool:
    """Tell whether a text has the words of a protection that is taken away."""
    return any(word in text for word in security.WORDS) and _WEAKENS.search(text) is not None


def _has_ready_word(text: str) -> bool:
    """Look for plain words first: that is seven times as quick as an expression alone."""
    return any(word in text for word in shapes.READY_WORDS)

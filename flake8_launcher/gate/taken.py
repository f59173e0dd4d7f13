"""Applications that a module takes from another of its project, as its text tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from flake8_launcher.knowledge.deferred import deferred

_IMPORTED = deferred(
    r"^[ \t]*from[ \t]+\.{0,3}([A-Za-z_][\w.]*)[ \t]+import[ \t]+\(?[^\n()#]{0,200}?"
    r"\b(app|application|celery|celery_app)\b(?:[ \t]+as[ \t]+(\w+))?",
    re.MULTILINE,
)
_SERVES = r"\.(?:listen|run|serve|start|worker_main)\("
_TAKERS = deferred(r"\b(?:Config|\w*Server|make_server|run|run_app|run_simple|serve)\(")
_MAX_ARGUMENTS = 300


class Taken(NamedTuple):
    """An application that a module imports.

    :ivar module: where it comes from, without the dots of a relative import.
    :ivar name: its name there.
    :ivar is_served: whether the module that imports it serves it as well.
    """

    module: str
    name: str
    is_served: bool


def taken(text: str) -> Iterator[Taken]:
    """Yield the applications that a module imports by the names that servers look for."""
    for found in _IMPORTED.finditer(text) if "import" in text else ():
        is_served = serves(text, found[3] or found[2], found.end())
        yield Taken(found[1], found[2], is_served)


def serves(text: str, name: str, start: int = 0) -> bool:
    """Tell whether a module serves an application itself, in one of its functions or not.

    :param name: what the module calls the application.
    :param start: where to look from.
    """
    used = re.escape(name)
    if re.compile(rf"(?<![\w.]){used}{_SERVES}").search(text, start):
        return True
    given = re.compile(rf"(?<![\w.:\"']){used}\b(?!\s*[.:=(\"'])")
    return any(
        given.search(_arguments(text, call.end())) for call in _TAKERS.finditer(text, start)
    )


def _arguments(text: str, start: int) -> str:
    """Return what a call is given, as far as a few lines tell.

    :param start: where that begins.
    """
    depth = 1
    for at, letter in enumerate(text[start : start + _MAX_ARGUMENTS], start):
        depth += (letter == "(") - (letter == ")")
        if not depth:
            return text[start:at]
    return text[start : start + _MAX_ARGUMENTS]

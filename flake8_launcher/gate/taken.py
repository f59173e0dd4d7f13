"""Applications that a module takes from another of its project, as its text tells."""

from __future__ import annotations

import itertools
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
_CALLS = deferred(r"\b(Config|\w*[Ss]erver|run|run_app|run_simple|serve)\(|[()]")
_MAX_ARGUMENTS = 300
_MAX_TAKEN = 20


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
    imported = list(itertools.islice(_IMPORTED.finditer(text), _MAX_TAKEN))
    calls = sorted(_calls(text)) if imported else []
    for found in imported:
        is_served = _serves(text, found[3] or found[2], found.end(), calls)
        yield Taken(found[1], found[2], is_served)


def serves(text: str, name: str) -> bool:
    """Tell whether a module serves an application itself, in one of its functions or not.

    :param name: what the module calls the application.
    """
    return _serves(text, name, 0, sorted(_calls(text)))


def _serves(text: str, name: str, start: int, calls: list[tuple[int, int]]) -> bool:
    """Tell whether a module serves an application, or what it has wrapped around that.

    :param start: where to look from.
    :param calls: what calls that may serve are given.
    """
    used = re.escape(name)
    if re.compile(rf"(?<![\w.]){used}{_SERVES}").search(text, start):
        return True
    if calls:
        made = rf"^[ \t]*((?:self\.)?\w+) = [\w.]+\([^\n]{{0,200}}{_given(used)}"
        around = re.compile(made, re.MULTILINE)
        wrapped = (re.escape(found[1]) for found in around.finditer(text, start))
        used = "|".join([used, *itertools.islice(wrapped, _MAX_TAKEN)])
    given = re.compile(_given(used))
    read = start
    for begin, end in calls:
        if begin >= start and end > read:
            if given.search(text, max(begin, read), end):
                return True
            read = end
    return False


def _given(names: str) -> str:
    """Return the text with which a call is given one of some names as it is."""
    return rf"(?<![\w.:\"'])(?:{names})\b(?!\s*[.:=(\"'])"


def _calls(text: str) -> Iterator[tuple[int, int]]:
    """Yield where that begins and ends which calls are given, as far as a few lines tell.

    Only of those that may serve what they are given.
    """
    opened: list[tuple[int, bool]] = []
    for found in _CALLS.finditer(text):
        if found[0] != ")":
            opened.append((found.end(), found[1] is not None))
        elif opened:
            start, may_serve = opened.pop()
            if may_serve:
                yield start, min(found.start(), start + _MAX_ARGUMENTS)
    yield from ((start, start + _MAX_ARGUMENTS) for start, may_serve in opened if may_serve)

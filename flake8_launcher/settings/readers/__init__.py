"""What settings a module declares, wherever a project keeps them; the data of each library stands
in :mod:`flake8_launcher.knowledge.settings`, oslo.config has a reader of its own.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from flake8_launcher.knowledge import settings, shapes
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.reading.pieces import lines_of, places
from flake8_launcher.settings.model import Declaration
from flake8_launcher.settings.readers import assigned, calls, fields, refusals, siblings
from flake8_launcher.settings.readers.names import Names
from flake8_launcher.settings.readers.walk import Place, standing

_LINE = deferred(shapes.SECRET_LINE, re.IGNORECASE)
_LOGIN = deferred(shapes.LOGIN_TEXT)
_ASKED_FOR = frozenset({"environment variable", "setting"})
"""What a message calls a setting that several places may ask for."""
_MAX_LINES = 10


def settings_of(
    module: Module, find: Finder, path: str
) -> Iterator[Declaration]:
    """Yield the settings of a module that hold a secret, as far as names tell.

    Not those of oslo.config, which :mod:`flake8_launcher.settings.declarations` reads, nor what is
    there for development or tests alone.

    :param find: gives the project's other modules.
    :param path: the file below the project's folder, with slashes.
    """
    if settings.is_aside(path) or any(part.startswith(".") for part in path.split("/")):
        return
    lines = list(lines_of(sorted(_places(module.text)), module.text))
    names = Names(module, find)
    others = refusals.Others(module, find.project)
    is_settings = settings.is_settings_module(path, module.text)
    beside = siblings.Siblings(names)
    seen: set[object] = set()
    places = sorted(standing(module.tree, lines), key=lambda place: place.node.lineno)
    signing = _signing(places)
    for place in places:
        for read in (calls.declared, fields.declared, assigned.declared):
            for one in read(place, names, is_settings):
                at = {_identity(one, place), (one.line, one.column, one.default)}
                if at & seen or not settings.is_secret(one.name, one.help, one.default):
                    continue
                seen |= at
                signed = signing.get(one.line) if one.noun in _ASKED_FOR else None
                one = one._replace(bare=signed or settings.bare_name(one.name, module.name))
                if (place.is_tried and _is_for_trial(one)) or names.is_replaced(one.line):
                    continue
                if not (is_settings and beside.override(one.line)):
                    yield refusals.judged(one, names, others)


def _identity(one: Declaration, place: Place) -> object:
    """Return what is the same of settings that are told once."""
    if one.noun == "field":
        # a condition in a class may give it in both of its branches
        return place.cls, one.name, one.default if one.default is not ... else None
    # what is asked for again, with the same default, is told once
    where: object = (one.noun, one.name) if one.noun in _ASKED_FOR else one.line
    return where, (one.line, one.column) if one.default is ... else one.default


def _is_for_trial(one: Declaration) -> bool:
    """Tell whether a setting of a main block is for who tries the module: no service has it."""
    return one.noun != "option" and not settings.signs(one.bare.upper())


def _places(text: str) -> Iterator[int]:
    """Yield where a text may name a secret: plain words are found much quicker than patterns."""
    for word in shapes.SECRET_LINE_WORDS:
        for at in places(text, word):
            if _LINE.match(text, at):
                yield at
    for word in shapes.USED_WORDS:
        yield from places(text, word)
    for found in _LOGIN.finditer(text):
        yield found.start()


def _signing(places: Iterable[Place]) -> dict[int, str]:
    """Return the lines where a variable is assigned that signs, and its name.

    It is the service's own, whatever the setting is called that it comes from.
    """
    found: dict[int, str] = {}
    for place in places:
        match place.node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as value):
                if settings.signs(name):
                    first, last = value.lineno, value.end_lineno or value.lineno
                    found |= dict.fromkeys(range(first, min(last, first + _MAX_LINES) + 1), name)
    return found

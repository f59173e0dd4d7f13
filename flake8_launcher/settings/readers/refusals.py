"""Whether a process refuses a default, so that nobody can run with it."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from typing import TypeAlias
from weakref import WeakKeyDictionary

from flake8_launcher import files
from flake8_launcher.knowledge import language, settings
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading.loading import load
from flake8_launcher.semantic.reading.modules import Module, locate
from flake8_launcher.semantic.reading.project import Project
from flake8_launcher.settings.model import Declaration, Refused
from flake8_launcher.settings.readers import fields
from flake8_launcher.settings.readers.names import Names
from flake8_launcher.settings.readers.walk import asks_mode

_MAX_FILES = 250
_MAX_BYTES = 100_000
_MAX_CHECKS = 20
_MAX_PARTS = 8
_WORDS = deferred(r"\w+")
_OF_SETTINGS = deferred(
    r"setting|conf|cfg|opt|env|defaults|^(?:\w+\.)?app(?:lication)?$", re.IGNORECASE
)
_MAY_REFUSE = deferred(
    r"\braise\b|\bassert\b|\b\w*exit\(|\babort\(|\.error\(|\btoken_(?:hex|urlsafe|bytes)\("
    r"|\buuid4\(|\burandom\(|generate_\w*key\("
)


def judged(one: Declaration, names: Names, others: Others) -> Declaration:
    """Return a setting with what the module, or another of the project, does about its default.

    :param others: the other modules that may refuse it.
    """
    if not settings.is_usable(one.bare or one.name, one.default):
        return one
    refused = _refused(one, names)
    if refused != "always":
        for other in others.about(one.name):
            found = _refused(one, Names(other, names.find), _held_in(other.tree, one.name))
            if found != "never":
                refused = found
            if found == "always":
                break
    return one._replace(refused=refused)


class Others:
    """The other modules of a project, which may refuse what one of them declares.

    :param module: the module that declares it.
    :param project: the project.
    """

    def __init__(self, module: Module, project: Project) -> None:
        self._module = module
        self._project = project

    def about(self, name: str) -> Iterator[Module]:
        """Yield those that name a setting."""
        if self._project not in _texts:
            _texts[self._project] = list(_read(self._project))
        for path, text in _texts[self._project]:
            if path != self._module.path and _word(name) in text:
                full, _ = locate(path)
                module = load(full, path)
                if module is not None:
                    yield module


_texts: WeakKeyDictionary[Project, list[tuple[str, str]]] = WeakKeyDictionary()
"""What was read of each project, which is made anew for each run."""


_Check: TypeAlias = tuple[ast.expr, list[ast.stmt], bool]


class _Checks:
    """The conditions of a module, found by what they may be about.

    :param names: those of the module.
    """

    def __init__(self, names: Names) -> None:
        self._all = list(_checks(names))
        self._about: dict[object, list[int]] = {}
        for number, (test, _, _) in enumerate(self._all):
            for about in set(_about(test, names)):
                self._about.setdefault(about, []).append(number)

    def concerning(self, one: Declaration) -> Iterator[_Check]:
        """Yield those that may be about a setting or its default, and not too many."""
        default = one.default
        text = default.decode(errors="replace") if isinstance(default, bytes) else str(default)
        ends = range(min(len(text), settings.MAX_TEXT) + 1)
        several = (
            ("word", _word(one.name)),
            ("value", text),
            *(("start", text[:end]) for end in ends),
            *(("end", text[end:]) for end in ends),
        )
        found: dict[int, None] = {}
        for about in several:
            found |= dict.fromkeys(self._about.get(about, [])[:_MAX_CHECKS])
            if len(found) >= _MAX_CHECKS:
                break
        for number in itertools.islice(found, _MAX_CHECKS):
            yield self._all[number]


def _about(test: ast.expr, names: Names) -> Iterator[tuple[str, str]]:
    """Yield the words that a condition has, the texts that it compares, and how they begin."""
    for word in _WORDS.findall(ast.unparse(test).lower()):
        parts = word.split("_")[:_MAX_PARTS]
        for first in range(len(parts)):
            for last in range(first, len(parts)):
                yield "word", "_".join(parts[first : last + 1])
    for node in ast.walk(test):
        match node:
            case ast.Call(func=ast.Attribute(attr="startswith" | "endswith" as method), args=args):
                for given in args:
                    if isinstance(text := names.literal(given), str):
                        yield method.removesuffix("swith"), text
            case ast.Constant(value=bytes(raw)):
                yield "value", raw.decode(errors="replace")
            case ast.Constant(value=str(text)):
                yield "value", text
            case ast.Name() | ast.Attribute():
                if isinstance(text := names.literal(node), str):
                    yield "value", text


_known: WeakKeyDictionary[Module, _Checks] = WeakKeyDictionary()
"""The conditions of each module that was asked."""


def _read(project: Project) -> Iterator[tuple[str, str]]:
    """Yield the paths and texts of modules that may refuse, and are not there for tests alone."""
    for path in project.everything(_MAX_FILES):
        if not settings.is_aside(project.relative(path)):
            text = files.read_source(path, _MAX_BYTES) or ""
            if _MAY_REFUSE.search(text):
                yield path, text.lower()


def _refused(one: Declaration, names: Names, held: frozenset[str] | None = None) -> Refused:
    """Tell whether a module refuses the default of a setting.

    :param names: those of the module.
    :param held: variables that stand for the setting there; none in the module that declares it.
    """
    refused: Refused = "never"
    if names.module not in _known:
        _known[names.module] = _Checks(names)
    for test, body, is_asked in _known[names.module].concerning(one):
        if held is not None and not _reads(test, one.name, held):
            continue
        if _concerns(test, one, names) and (ends := list(_ends(test, body, names))):
            is_partial = is_asked or all(is_inner for is_inner in ends)
            if not is_partial:
                return "always"
            refused = "elsewhere"
    return refused


def _held_in(tree: ast.Module, name: str) -> frozenset[str]:
    """Return the variables of a module that a setting, as some object has it, is put into."""
    return frozenset(
        node.targets[0].id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and _reads(node.value, name, frozenset())
    )


def _reads(test: ast.expr, name: str, held: frozenset[str]) -> bool:
    """Tell whether an expression asks for a setting of another module.

    :param held: variables that stand for it.
    """
    for node in ast.walk(test):
        match node:
            case ast.Attribute(value=owner, attr=read):
                pass
            case ast.Subscript(value=owner, slice=ast.Constant(value=str(read))):
                pass
            case ast.Name(id=read):
                if read in held or (read == name and name.isupper()):
                    return True
                continue
            case _:
                continue
        if read.lower() == _word(name) and _OF_SETTINGS.search(ast.unparse(owner)):
            return True
    return False


def _word(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _checks(names: Names) -> Iterator[_Check]:
    """Yield the conditions of a module, what they guard, and whether the mode is asked, too."""
    pending: list[tuple[ast.AST, bool]] = [(names.module.tree, False)]
    while pending:
        node, is_asked = pending.pop()
        match node:
            case ast.If(test=test, body=body):
                is_asked = is_asked or asks_mode(test)
                yield test, body, is_asked
            case ast.Assert(test=test):
                yield test, [ast.Raise()], is_asked
            case ast.FunctionDef() if not _runs_on_default(node, names):
                continue
        pending.extend((child, is_asked) for child in ast.iter_child_nodes(node))


def _runs_on_default(function: ast.FunctionDef, names: Names) -> bool:
    """Tell whether pydantic asks a validator about defaults, too; other functions may run.

    Those of settings are asked, in both of its versions, unless the class tells otherwise; those
    of other models are not.
    """
    marks = [ast.unparse(one) for one in function.decorator_list]
    if not any(settings.VALIDATORS.search(mark) for mark in marks):
        return True
    text = " ".join(marks)
    return bool(settings.VALIDATES_DEFAULTS.search(text)) or any(
        isinstance(one, ast.ClassDef) and function in one.body and _asks_about_defaults(one, names)
        for one in ast.walk(names.module.tree)
    )


def _asks_about_defaults(cls: ast.ClassDef, names: Names) -> bool:
    text = ast.unparse(cls)
    if settings.SETTINGS_CLASSES & fields.bases_of(cls, names):
        return not settings.TRUSTS_DEFAULTS.search(text)
    return settings.VALIDATES_DEFAULTS.search(text) is not None


def _concerns(test: ast.expr, one: Declaration, names: Names) -> bool:
    """Tell whether a condition holds for the default of a setting."""
    default = one.default
    if isinstance(default, bytes):
        default = default.decode(errors="replace")
    if not isinstance(default, str):
        return False
    is_named = False
    for node in ast.walk(test):
        match node:
            case ast.Call(func=ast.Attribute(attr="startswith" | "endswith" as method), args=args):
                for given in args:
                    start = names.literal(given)
                    if isinstance(start, str) and getattr(default, method)(start):
                        return True
            case ast.Compare(left=ast.Call(func=ast.Name(id="len")), comparators=[given]):
                least = names.literal(given)
                if _mentions(node, one.name) and isinstance(least, int) and len(default) < least:
                    return True
            case ast.Compare(ops=[ast.In()], comparators=[given]):
                text = names.literal(given)
                left = names.literal(node.left)
                if isinstance(left, str) and left in default and _mentions(node, one.name):
                    return True
                if text is ... and left is ... and _mentions(node.left, one.name):
                    is_named = True
            case ast.Constant(value=value) if value == one.default or value == default:
                return True
            case ast.Name() | ast.Attribute() if names.literal(node) in (one.default, default):
                return True
    return is_named


def _mentions(node: ast.AST, name: str) -> bool:
    return name.lower() in ast.unparse(node).lower()


def _ends(test: ast.expr, body: list[ast.stmt], names: Names) -> Iterator[bool]:
    """Yield for each statement that no process goes on with the default behind whether a
    condition on the mode decides: one that ends it, or puts something else in its place.
    """
    asked = ast.unparse(test)
    pending: list[tuple[ast.AST, bool]] = [(one, False) for one in body]
    while pending:
        node, is_asked = pending.pop()
        match node:
            case ast.Raise():
                yield is_asked
            case ast.Call(func=ast.Attribute(attr=name)) | ast.Call(func=ast.Name(id=name)):
                if language.ENDS.search(name):
                    yield is_asked
            case ast.Assign(targets=[target], value=value):
                if ast.unparse(target) in asked and names.literal(value) is ...:
                    yield is_asked
            case ast.Return(value=ast.Call()):
                yield is_asked
            case ast.If(test=test):
                is_asked = is_asked or asks_mode(test)
        pending.extend((child, is_asked) for child in ast.iter_child_nodes(node))

"""Settings that are fields of classes: pydantic, dataclasses, traitlets, Flask's configuration."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_launcher.knowledge import settings, shown
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.settings.model import Declaration
from flake8_launcher.settings.readers.calls import alternatives, defaults
from flake8_launcher.settings.readers.made import made
from flake8_launcher.settings.readers.names import Names
from flake8_launcher.settings.readers.walk import Place

_MAX_BASES = 20
_TEXTS = deferred(
    r"(?:(?:\w+\.)*(?:Annotated|Final|Optional|Required|Union|ClassVar)\[)?"
    r"\W*(?:None ?\| ?)?(?:\w+\.)*(?:str|bytes|SecretStr|SecretBytes|Secret\[str\])\b"
)
_ADDRESSES = deferred(
    r"(?:(?:\w+\.)*(?:Annotated|Final|Optional|Required|Union)\[)?"
    r"\W*(?:\w+\.)*[A-Z]\w*(?:Dsn|Url)\b"
)
"""Types of pydantic's addresses, which may have a password in them."""
_OF_ENUM = deferred(r"(?:Enum|Flag|TypedDict|Protocol|Form|Serializer|Base|Exception)$")
_NAMED = deferred(r"(?:\w*(?:Config|Configuration|Settings))\d*")
_WORD = re.compile(r"\w+")
_DOES_NOT_SHOW = re.compile(r"repr ?= ?False|exclude ?= ?True")


def declared(place: Place, names: Names, is_settings: bool) -> Iterator[Declaration]:
    """Yield the setting that a field of a class declares, if the class is one of settings."""
    if place.cls is None or place.is_inside:
        return
    match place.node:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            value: ast.expr | None = place.node.value
            note = place.node.annotation if isinstance(place.node, ast.AnnAssign) else None
        case _:
            return
    if name.startswith("__"):
        return
    cls, node = place.cls, place.node
    if (trait := _trait(value, names)) is not None:
        given = trait.args[0] if trait.args else _keyword(trait, "default_value")
        told = names.literal(_keyword(trait, "help"))
        yield made(node, name, names.literal(given), help=told)
        return
    bases = bases_of(cls, names)
    if settings.SETTINGS_CLASSES & bases or (
        settings.MODELS & bases and _is_held(cls.name, names)
    ):
        yield from _of_model(node, name, note, value, cls, names)
    elif settings.PLAIN_CLASSES & (bases | _marks(cls, names)):
        yield from _plain(node, name, value, names)
    elif isinstance(value, ast.Call) and names.described(value) is not None:
        yield from _plain(node, name, value, names)
    elif _is_named(cls, names, is_settings) and not any(map(_OF_ENUM.search, bases)):
        is_shown = any(
            shown.SHOWS_FIELDS.search(ast.unparse(mark)) for mark in cls.decorator_list
        )
        if not (name.isupper() or is_shown or (settings.MODELS | settings.RECORDS) & bases):
            return
        if name.startswith("_") or _is_overridden(name, cls, names):
            return
        if note is None and value is not None and not name.isupper():
            return
        yield from _plain(node, name, value, names)


def _is_named(cls: ast.ClassDef, names: Names, is_settings: bool) -> bool:
    """Tell whether a class keeps settings, by its name, or because an application takes it."""
    if _NAMED.fullmatch(cls.name) or (is_settings and settings.CLASSES.fullmatch(cls.name)):
        return True
    return settings.is_handed_over(cls.name, names.module.text)


def _trait(value: ast.expr | None, names: Names) -> ast.Call | None:
    """Return the call that makes a trait which is configurable, and holds a text."""
    tags: list[ast.keyword] = []
    match value:
        case ast.Call(func=ast.Attribute(value=ast.Call() as made, attr="tag"), keywords=tags):
            value = made
    if not isinstance(value, ast.Call) or names.qualified(value.func) not in settings.TRAITS:
        return None
    is_told = any(one.arg == "config" for one in (*tags, *value.keywords))
    return value if is_told else None


def _marks(cls: ast.ClassDef, names: Names) -> frozenset[str]:
    """Return the qualified names of the decorators of a class."""
    return frozenset(names.qualified(one).removesuffix("()") for one in cls.decorator_list)


def _of_model(
    node: ast.stmt,
    name: str,
    note: ast.expr | None,
    value: ast.expr | None,
    cls: ast.ClassDef,
    names: Names,
) -> Iterator[Declaration]:
    """Yield the field of a class of pydantic."""
    annotation = ast.unparse(note) if note is not None else "str"
    if name.startswith("_"):
        yield from _plain(node, name, value, names)
        return
    is_address = _ADDRESSES.match(annotation) is not None
    if not (is_address or _TEXTS.match(annotation)) or "ClassVar" in annotation:
        return
    marks = annotation + (ast.unparse(value) if value is not None else "")
    hides_itself = any(getattr(one, "name", "") in shown.SAYS_ITSELF for one in cls.body)
    is_hidden = "Secret" in annotation or _DOES_NOT_SHOW.search(marks) or hides_itself
    found = list(alternatives(value, name, names)) if value is not None else []
    default = found[0].default if found else names.literal(_default(value, annotation, names))
    # an address that is parsed cannot be a SecretStr as well
    secret = bool(is_hidden) or is_address or note is None
    yield made(node, name, default, "field", secret=secret, hides="SecretStr")


def _default(value: ast.expr | None, annotation: str, names: Names) -> ast.expr | None:
    """Return the default that the description of a field gives, or the value itself."""
    if (described := names.described(value)) is not None:
        return described
    if not isinstance(value, ast.Call) or not settings.FIELD.search(ast.unparse(value.func)):
        return value
    factory = _keyword(value, "default_factory")
    if isinstance(factory, ast.Lambda):
        return factory.body
    return _keyword(value, "default") or (value.args[0] if value.args else None)


def _plain(
    node: ast.stmt, name: str, value: ast.expr | None, names: Names
) -> Iterator[Declaration]:
    """Yield the attribute of a class of settings."""
    if value is None:
        return
    found = list(alternatives(value, name, names))
    if found:
        yield from found
        return
    if name.isupper() and isinstance(value, ast.Dict | ast.IfExp):
        yield from defaults(value, names)
        return
    default = names.literal(_default(value, "", names))
    if default is not ... and settings.is_usable(name, default, is_constant=True):
        yield made(node, name, default)


def bases_of(cls: ast.ClassDef, names: Names) -> frozenset[str]:
    """Return the qualified names of the classes that a class is derived from."""
    found: set[str] = set()
    pending: list[tuple[ast.ClassDef, Module]] = [(cls, names.module)]
    while pending and len(found) < _MAX_BASES:
        node, module = pending.pop()
        for base in node.bases:
            name = names.qualified(base, module)
            if name not in found:
                found.add(name)
                inner, other = Names(module, names.find).definition(base)
                if isinstance(inner, ast.ClassDef):
                    pending.append((inner, other))
    return frozenset(found)


def _is_held(name: str, names: Names) -> bool:
    """Tell whether a class of settings of the module has a field of some class, or is one.

    It makes no difference how many classes stand between the two.
    """
    if names.held is None:
        names.held = _held_by_settings(names)
    return name in names.held


def _held_by_settings(names: Names) -> frozenset[str]:
    """Return the classes of a module that its settings have as parts, or are derived from."""
    body = names.module.tree.body
    classes = {node.name: node for node in body if isinstance(node, ast.ClassDef)}
    pending = [
        node for node in classes.values() if settings.SETTINGS_CLASSES & bases_of(node, names)
    ]
    found: set[str] = set()
    while pending:
        node = pending.pop()
        notes = [one.annotation for one in node.body if isinstance(one, ast.AnnAssign)]
        for part in (*notes, *node.bases):
            for name in _WORD.findall(ast.unparse(part)):
                if name in classes and name != node.name and name not in found:
                    found.add(name)
                    pending.append(classes[name])
    return frozenset(found)


def _is_overridden(name: str, cls: ast.ClassDef, names: Names) -> bool:
    """Tell whether each class that is derived from one, and used in earnest, has its own value."""
    own = [
        one
        for one in names.module.tree.body
        if isinstance(one, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == cls.name for base in one.bases)
        and not settings.is_aside(one.name)
    ]
    return bool(own) and all(
        any(
            isinstance(one, ast.Assign | ast.AnnAssign)
            and re.search(rf"^{name}\b", ast.unparse(one))
            for one in node.body
        )
        for node in own
    )


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((one.value for one in call.keywords if one.arg == name), None)

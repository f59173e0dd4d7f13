"""Settings that are assigned: constants of settings modules, and the keys of applications."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_launcher.knowledge import settings
from flake8_launcher.settings.model import Declaration
from flake8_launcher.settings.readers import calls
from flake8_launcher.settings.readers.made import made
from flake8_launcher.settings.readers.names import Names
from flake8_launcher.settings.readers.walk import Place

_OF_MODEL = "model_config"
"""What pydantic has for its own settings of a model, examples among them."""


def declared(place: Place, names: Names, is_settings: bool) -> Iterator[Declaration]:
    """Yield the setting that an assignment declares."""
    match place.node:
        case ast.If() | ast.Try():
            yield from _branches(place.node, names, is_settings)
            return
        case ast.AugAssign(target=ast.Attribute(attr="config"), op=ast.BitOr(), value=value):
            yield from calls.entries(value, names)
            return
        case ast.Assign(targets=[target], value=value):
            pass
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            pass
        case _:
            return
    match target, value:
        case ast.Name(id=name), ast.Call(args=[ast.Dict() as made_of], keywords=[]):
            if settings.HOLDS_DEFAULTS.fullmatch(name):
                value = made_of
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.BitOr):
        value = value.left  # of what another mapping may set again
    value = calls.mapping(value) or value
    if isinstance(target, ast.Name) and place.cls is None:
        yield from calls.alternatives(value, target.id, names)
    match target:
        case ast.Attribute(attr=name) if name in settings.SECRET_KEYWORDS:
            yield from calls.used(value, name, names, at=target)
        case ast.Attribute(value=ast.Attribute(attr="config"), attr=name) if name.isupper():
            yield from calls.used(value, name, names, at=target)
        case ast.Subscript(
            value=ast.Attribute(attr="config"), slice=ast.Constant(value=str(name))
        ):
            if isinstance(value, ast.Dict):
                yield from calls.defaults(value, names, is_fixed=True)
            else:
                yield from calls.used(value, name, names, at=target)
        case ast.Name(id=name) if place.cls is None and not place.is_inside:
            if isinstance(value, ast.Dict):
                if settings.is_aside_function(name.lower()):
                    return
                if (name.isupper() and is_settings) or settings.HOLDS_DEFAULTS.fullmatch(name):
                    is_fixed = "default" not in name.lower()
                    yield from calls.defaults(value, names, is_fixed=is_fixed)
                else:
                    yield from calls.entries(value, names, are_described=True)
            else:
                yield from _constant(name, value, names, is_settings)
        case ast.Name(id=name) if isinstance(value, ast.Dict) and name != _OF_MODEL:
            if settings.HOLDS_DEFAULTS.fullmatch(name):
                yield from calls.defaults(value, names, is_fixed=place.cls is None)


def _constant(
    name: str, value: ast.expr, names: Names, is_settings: bool
) -> Iterator[Declaration]:
    if not name.isupper() or not (is_settings or settings.signs(name)):
        return
    if isinstance(value, ast.Name | ast.Attribute) or name in names.of_options:
        return
    default = names.literal(value)
    if settings.is_usable(name, default, is_constant=True):
        found = next(iter(calls.used(value, name, names)), None)
        if found is not None:
            yield found


def _branches(
    node: ast.If | ast.Try, names: Names, is_settings: bool
) -> Iterator[Declaration]:
    """Yield the literals that one branch gives a variable which is read from settings else."""
    several = [node.body, node.orelse]
    if isinstance(node, ast.Try):
        several += [handler.body for handler in node.handlers]
    found = [one for body in several for one in body if isinstance(one, ast.Assign)]
    for one in found:
        match one:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                if name.isupper() and (is_settings or settings.signs(name)):
                    continue  # told as the constant that it is
                default = names.literal(value)
                if settings.is_usable(name, default) and settings.is_secret(name, "", default):
                    if _is_read_else(one, name, found, node, names):
                        yield made(value, name, default)


def _is_read_else(
    given: ast.Assign, name: str, others: list[ast.Assign], node: ast.If | ast.Try, names: Names
) -> bool:
    """Tell whether a variable is read from settings in another branch, or before it is asked."""
    if isinstance(node, ast.If) and given in node.body and _asks_whether_set(node.test, name):
        others = [one for one in ast.walk(names.module.tree) if isinstance(one, ast.Assign)]
    return any(
        ast.unparse(one.targets[0]) == name and calls.is_read(one.value, names)
        for one in others
        if one is not given
    )


def _asks_whether_set(test: ast.expr, name: str) -> bool:
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=asked)):
            return asked == name
        case ast.Compare(left=ast.Name(id=asked), ops=[ast.Is() | ast.Eq()]):
            return asked == name
    return False

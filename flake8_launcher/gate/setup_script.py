"""The entry points of a ``setup.py``, as far as it computes them from literals."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Computed: TypeAlias = "str | list[Computed] | dict[str, Computed]"

_MAX_UNITS = 20_000
"""How many values are computed, and characters copied by the hundred, before that is given up."""
_PER_UNIT = 100


def entry_points(tree: ast.Module) -> Iterator[Computed]:
    """Yield what ``entry_points`` is given, without what cannot be computed.

    Names stand for what the file assigns to them, and loops over literals are run.

    :raises ValueError: when it is too much.
    """
    assigned = {
        node.targets[0].id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    items = [item for node in ast.walk(tree) for item in _item_of(node)]
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "entry_points":
            computing = _Computing(assigned)
            computed = computing.value(node.value, {})
            if computed is not None:
                yield computed
            for name, key, value in items:
                if isinstance(node.value, ast.Name) and name == node.value.id:
                    added = computing.value(value, {})
                    if added is not None:
                        yield {key: added}


def _item_of(node: ast.AST) -> Iterator[tuple[str, str, ast.expr]]:
    """Yield what a statement makes an item of a mapping: its name, the key and the value."""
    match node:
        case ast.Assign(targets=[ast.Subscript() as item], value=value):
            pass
        case ast.Call(func=ast.Attribute(ast.Subscript() as item, "extend"), args=[value]):
            pass
        case _:
            return
    match item:
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(key))):
            yield name, key, value


class _Computing:
    """Computes with texts, lists and mappings.

    :param assigned: what stands for a name.
    """

    def __init__(self, assigned: Mapping[str, ast.expr]) -> None:
        self._assigned = assigned
        self._spent = 0

    def value(self, node: ast.expr, bound: Mapping[str, Computed]) -> Computed | None:
        """Return what an expression gives, or none where that cannot be told."""
        self._spend()
        match node:
            case ast.Constant(value=str(text)):
                return text
            case ast.Name(id=name):
                if name in bound:
                    return bound[name]
                assigned = self._assigned.get(name)
                return self.value(assigned, {}) if assigned is not None else None
            case ast.List() | ast.Tuple() | ast.Set():
                return self._known(node.elts, bound)
            case ast.Dict(keys=keys, values=values):
                return self._mapping(keys, values, bound)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self._sum(self.value(left, bound), self.value(right, bound))
            case ast.BinOp(left=left, op=ast.Mod(), right=right):
                return self._filled(self.value(left, bound), "%s", self.value(right, bound))
            case ast.JoinedStr(values=parts):
                return self._joined("", [self._part(part, bound) for part in parts])
            case ast.ListComp() | ast.GeneratorExp():
                return self._looped(node, bound)
            case ast.Call(func=ast.Name(id="list" | "sorted" | "tuple"), args=[inner]):
                return self.value(inner, bound)
            case ast.Call(func=ast.Attribute(value=text, attr="format"), args=arguments):
                given = self._known(arguments, bound)
                whole = given if len(given) == len(arguments) else None
                return self._filled(self.value(text, bound), "{}", whole)
            case ast.Call(func=ast.Attribute(value=text, attr="join"), args=[inner]):
                several = self.value(inner, bound)
                between = self.value(text, bound)
                if isinstance(several, list) and isinstance(between, str):
                    return self._joined(between, several)
        return None

    def _spend(self, units: int = 1) -> None:
        self._spent += units
        if self._spent > _MAX_UNITS:
            raise ValueError

    def _known(self, nodes: list[ast.expr], bound: Mapping[str, Computed]) -> list[Computed]:
        values = (self.value(node, bound) for node in nodes)
        return [value for value in values if value is not None]

    def _mapping(
        self,
        keys: list[ast.expr | None],
        values: list[ast.expr],
        bound: Mapping[str, Computed],
    ) -> dict[str, Computed]:
        found: dict[str, Computed] = {}
        for key, value in zip(keys, values, strict=True):
            name = self.value(key, bound) if key is not None else None
            known = self.value(value, bound)
            if isinstance(name, str) and known is not None:
                found[name] = known
        return found

    def _sum(self, left: Computed | None, right: Computed | None) -> Computed | None:
        if isinstance(left, str) and isinstance(right, str):
            return self._joined("", [left, right])
        several = [part for part in (left, right) if isinstance(part, list)]
        if not several:
            return None
        self._spend(sum(map(len, several)))
        return [value for part in several for value in part]  # the rest may not be known

    def _joined(self, between: str, parts: Sequence[Computed | None]) -> str | None:
        texts = [part for part in parts if isinstance(part, str)]
        if len(texts) < len(parts):
            return None
        self._spend((sum(map(len, texts)) + len(between) * len(texts)) // _PER_UNIT)
        return between.join(texts)

    def _part(self, part: ast.expr, bound: Mapping[str, Computed]) -> Computed | None:
        if not isinstance(part, ast.FormattedValue):
            return self.value(part, bound)
        plain = part.conversion == -1 and part.format_spec is None
        return self.value(part.value, bound) if plain else None

    def _filled(self, text: Computed | None, mark: str, given: Computed | None) -> str | None:
        """Return a text with others in the place of plain marks; any other mark is not known."""
        values = [given] if isinstance(given, str) else given
        if not isinstance(text, str) or not isinstance(values, list):
            return None
        pieces = text.split(mark)
        if len(pieces) != len(values) + 1 or any(mark[0] in piece for piece in pieces):
            return None
        self._spend(len(pieces))
        several: list[Computed] = [pieces[0]]
        for value, piece in zip(values, pieces[1:], strict=True):
            several += [value, piece]
        return self._joined("", several)

    def _looped(
        self, node: ast.ListComp | ast.GeneratorExp, bound: Mapping[str, Computed]
    ) -> list[Computed] | None:
        loop, *others = node.generators
        several = self.value(loop.iter, bound)
        if others or loop.ifs or not isinstance(several, list):
            return None
        found: list[Computed] = []
        for value in several:
            match loop.target, value:
                case ast.Name(id=name), _:
                    inner = {**bound, name: value}
                case ast.Tuple(elts=targets), list() if len(targets) == len(value):
                    named = [str(getattr(target, "id", "")) for target in targets]
                    inner = {**bound, **dict(zip(named, value, strict=True))}
                case _:
                    continue
            computed = self.value(node.elt, inner)
            if computed is not None:
                found.append(computed)
        return found

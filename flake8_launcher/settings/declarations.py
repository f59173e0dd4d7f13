"""Options that a text makes, whatever becomes of them."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from flake8_launcher.knowledge import canonical
from flake8_launcher.knowledge import options as known
from flake8_launcher.semantic.budget import MAX_TEXT
from flake8_launcher.semantic.reading.modules import Assigned, Imported, Module
from flake8_launcher.semantic.reading.pieces import lines_of
from flake8_launcher.settings.model import Declaration

Finder = Callable[[str], Module | None]

_MAX_IMPORTS = 3


def declarations(module: Module, wanted: str, find: Finder | None = None) -> Iterator[Declaration]:
    """Yield the options that a module makes, in any order.

    :param wanted: an expression for what stands where one is made that is asked for.
    :param find: gives other modules, of which constants are looked up.
    """
    starts = (found.start() for found in re.finditer(wanted, module.text))
    lines = list(lines_of(starts, module.text))
    for call in _calls(module.tree, lines):
        made = known.OPTION.fullmatch(_qualified(call.func, module))
        if made and made[1] != "DeprecatedOpt":
            option = _read(call, made[1], module, find)
            if option is not None:
                yield option


def _calls(tree: ast.AST, lines: Sequence[int]) -> Iterator[ast.Call]:
    """Yield the calls that span one of some lines, which are sorted."""
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        first, last = getattr(node, "lineno", None), getattr(node, "end_lineno", None)
        if first is not None and last is not None:
            at = bisect_left(lines, first)
            if at == len(lines) or lines[at] > last:
                continue
        if isinstance(node, ast.Call):
            yield node
        pending.extend(ast.iter_child_nodes(node))


def _qualified(node: ast.expr, module: Module) -> str:
    """Return the qualified name of what an import of the module's top level gives."""
    if isinstance(node, ast.Attribute):
        return canonical(f"{_qualified(node.value, module)}.{node.attr}")
    for binding in module.bindings.get(node.id, ()) if isinstance(node, ast.Name) else ():
        if isinstance(binding, Imported):
            whole = f"{binding.module}.{binding.name}" if binding.name else binding.module
            return canonical(whole)
    return "?"


def _read(
    call: ast.Call, kind: str, module: Module, find: Finder | None
) -> Declaration | None:
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    named = call.args[0] if call.args else keywords.get("name")
    name = _literal(named, module, find)
    if not isinstance(name, str):
        return None
    default = _literal(keywords.get("default"), module, find)
    secret = _literal(keywords.get("secret"), module, find)
    if None in keywords:
        # one of the keywords that are passed on
        default = default if "default" in keywords else ...
        secret = secret if "secret" in keywords else ...
    return Declaration(
        name=name,
        kind=kind,
        line=call.lineno,
        column=call.col_offset,
        secret=None if secret is ... else bool(secret),
        default=default,
        help=_text(keywords.get("help")),
        is_limited="choices" in keywords or not _is_text(keywords.get("type")),
    )


def _literal(
    node: ast.expr | None, module: Module, find: Finder | None, depth: int = 0
) -> object:
    """Return a constant, ``None`` for nothing at all, ``...`` for what is computed."""
    match node:
        case None:
            return None
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            match module.bindings.get(name):
                case [Assigned(value=ast.Constant(value=value), path=(), iterated=False)]:
                    return value
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            several = (_literal(left, module, find, depth), _literal(right, module, find, depth))
            texts = [one for one in several if isinstance(one, str)]
            if len(texts) == 2 and sum(map(len, texts)) <= MAX_TEXT:
                return "".join(texts)
    if isinstance(node, ast.Name | ast.Attribute) and find is not None and depth < _MAX_IMPORTS:
        owner, _, name = _qualified(node, module).rpartition(".")
        other = find(owner) if owner else None
        if other is not None and other is not module:
            return _literal(ast.Name(name, ast.Load()), other, find, depth + 1)
    return ...


def _is_text(node: ast.expr | None) -> bool:
    """Tell whether a type, if there is one, is one of texts."""
    made = node.func if isinstance(node, ast.Call) else node
    return made is None or getattr(made, "attr", "") in known.TEXT_TYPES


def _text(node: ast.expr | None) -> str | None:
    """Return the first text in a description, empty without one."""
    if node is None:
        return ""
    texts = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant))
    return next((text for text in texts if isinstance(text, str)), None)

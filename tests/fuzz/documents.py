"""What the rule documents hold: projects, and the pieces that they are made of."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import literate

FOLDER = Path(__file__).resolve().parent.parent / "rules"


class Pieces(NamedTuple):
    """What is cut out of the documents' code.

    :ivar dotted: qualified names that are imported, or read of what is imported.
    :ivar texts: literal texts.
    :ivar expressions: expressions that are more than a name or a literal.
    :ivar statements: statements, those inside others among them.
    """

    dotted: tuple[str, ...]
    texts: tuple[str, ...]
    expressions: tuple[ast.expr, ...]
    statements: tuple[ast.stmt, ...]


@functools.cache
def cases() -> tuple[literate.Case, ...]:
    """Return the cases of all documents, in their order."""
    return tuple(case for path in sorted(FOLDER.glob("*.md")) for case in literate.read(path))


@functools.cache
def pieces() -> Pieces:
    """Return the pieces of all documents, each once; what is short comes first."""
    dotted: set[str] = set()
    texts: set[str] = set()
    expressions: dict[str, ast.expr] = {}
    statements: dict[str, ast.stmt] = {}
    for tree in _trees():
        dotted.update(_dotted(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.stmt):
                statements.setdefault(ast.unparse(node), node)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.expr) and not isinstance(node, (ast.Name, ast.Constant)):
                expressions.setdefault(ast.unparse(node), node)
    return Pieces(
        _sorted(dotted),
        _sorted(texts),
        tuple(expressions[text] for text in _sorted(expressions)),
        tuple(statements[text] for text in _sorted(statements)),
    )


def _sorted(texts: set[str] | dict[str, ast.expr] | dict[str, ast.stmt]) -> tuple[str, ...]:
    return tuple(sorted(texts, key=lambda text: (len(text), text)))


def _trees() -> Iterator[ast.Module]:
    """Yield the syntax trees of the documents' files that this Python can parse."""
    for case in cases():
        for name in case.checked:
            try:
                yield ast.parse(case.files[name])
            except SyntaxError:
                continue


def _dotted(tree: ast.Module) -> Iterator[str]:
    """Yield the qualified names that a module imports, and what it reads of them."""
    bound: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            bound |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                bound[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    yield from (name for name in bound.values() if "*" not in name and "." in name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            first, _, rest = ast.unparse(node).partition(".")
            if first in bound and rest.replace(".", "").isidentifier():
                yield f"{bound[first]}.{rest}"

"""Projects of the rule documents, with pieces of each other inside."""

from __future__ import annotations

import ast
import copy

from hypothesis import strategies as st

from fuzz import documents
from fuzz.project import Project


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Draw one or two cases in one folder, each file changed in a few places."""
    files: dict[str, str] = {}
    for case in draw(st.lists(st.sampled_from(documents.cases()), min_size=1, max_size=2)):
        files |= case.files
    for name in [name for name in files if name.endswith(".py")]:
        files[name] = changed(draw, files[name])
    return Project(files)


def changed(draw: st.DrawFn, text: str) -> str:
    """Return a program with some pieces replaced; one that cannot be parsed stays."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return text
    for _ in range(draw(st.integers(0, 6))):
        draw(st.sampled_from(CHANGES))(draw, tree)
    try:
        return ast.unparse(tree) + "\n"
    except (ValueError, RecursionError):
        return text


def _bodies(tree: ast.Module) -> list[list[ast.stmt]]:
    """Return the blocks of a module, which may be changed."""
    found: list[list[ast.stmt]] = [] if tree.body else [tree.body]
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            if isinstance(body, list) and body:
                found.append(body)
    return found


def _place(draw: st.DrawFn, tree: ast.Module) -> tuple[list[ast.stmt], int]:
    body = draw(st.sampled_from(_bodies(tree)))
    return body, draw(st.integers(0, max(0, len(body) - 1)))


def _statement(draw: st.DrawFn) -> ast.stmt:
    return copy.deepcopy(draw(st.sampled_from(documents.pieces().statements)))


def insert(draw: st.DrawFn, tree: ast.Module) -> None:
    """Put a statement of another document before one."""
    body, index = _place(draw, tree)
    body.insert(index, _statement(draw))


def replace(draw: st.DrawFn, tree: ast.Module) -> None:
    """Put a statement of another document in the place of one."""
    body, index = _place(draw, tree)
    body[index : index + 1] = [_statement(draw)]


def duplicate(draw: st.DrawFn, tree: ast.Module) -> None:
    """Write a statement again, somewhere else."""
    body, index = _place(draw, tree)
    other, place = _place(draw, tree)
    other[place:place] = copy.deepcopy(body[index : index + 1])


def remove(draw: st.DrawFn, tree: ast.Module) -> None:
    """Leave a statement out."""
    body, index = _place(draw, tree)
    if len(body) > 1:
        del body[index]


def wrap(draw: st.DrawFn, tree: ast.Module) -> None:
    """Put a statement inside another one."""
    body, index = _place(draw, tree)
    outer = ast.parse(draw(st.sampled_from(OUTER)))
    for block in _bodies(outer):
        if isinstance(block[0], ast.Pass):
            block[:] = copy.deepcopy(body[index : index + 1]) or block
    body[index : index + 1] = outer.body


OUTER = (
    "if x:\n    pass\nelse:\n    pass",
    "while True:\n    pass",
    "for x in y:\n    pass",
    "try:\n    pass\nexcept Exception:\n    raise",
    "try:\n    x()\nexcept OSError as y:\n    pass",
    "try:\n    pass\nfinally:\n    pass",
    "with x as y:\n    pass",
    "def run(*args, **kwargs):\n    pass",
    "async def run():\n    pass",
    "class Run:\n    pass",
    "match x:\n    case y:\n        pass",
)


def express(draw: st.DrawFn, tree: ast.Module) -> None:
    """Put an expression of another document in the place of one."""
    places: list[tuple[ast.AST, str, int | None]] = []
    for node in ast.walk(tree):
        for name, value in ast.iter_fields(node):
            several = enumerate(value) if isinstance(value, list) else [(None, value)]
            for index, item in several:
                if isinstance(item, ast.expr) and not hasattr(item, "ctx"):
                    places.append((node, name, index))
    if not places:
        return
    node, name, index = draw(st.sampled_from(places))
    given = copy.deepcopy(draw(st.sampled_from(documents.pieces().expressions)))
    if index is None:
        setattr(node, name, given)
    else:
        getattr(node, name)[index] = given


def rename(draw: st.DrawFn, tree: ast.Module) -> None:
    """Give one name the place of another."""
    names = sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name)})
    if not names:
        return
    old, new = draw(st.sampled_from(names)), draw(st.sampled_from(names))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == old:
            node.id = new


CHANGES = (insert, replace, duplicate, remove, wrap, express, rename)

"""What a report calls the things that a start does."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_launcher.knowledge import Role, is_project, root_of
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.quoting import veiled
from flake8_launcher.launch import Call, Loop, Step

UNTOLD = "..."
"""What stands for a value that is not known, or not told."""

_READABLE = deferred(r"\w+(?:\.\w+)*(?:\(\)(?:\.\w+)*)?")
"""A qualified name that people read at once: at most one result of a call is in it."""
_LONGEST = 60
_DEEPEST = 20


def name_of(step: Step) -> str:
    """Return what a step is about: by its qualified name, or as the code has it if plainer.

    Of a loop it is the function that holds it.
    """
    if isinstance(step, Loop):
        return f"the loop of {'.'.join(step.name.split('.')[-2:]).removeprefix('the loop of ')}"
    if (plain := _plain(step.name)) and not _differs(step):
        return plain
    code = "" if hands_on(step) else _callee(step)
    return code or step.name.lstrip("?.").removesuffix("[]") or UNTOLD


def own_class(step: Step) -> str:
    """Return the class of the project that a step makes an object of, where it has another name.

    It is known for what it derives from.
    """
    if step.role is not Role.CREATE or is_project(step.name):
        return ""
    return next((plain for name in step.names[1:] if (plain := _plain(name.lstrip("?")))), "")


def called(step: Step) -> str:
    """Return what a step calls: of one that hands something on, who takes it."""
    if not hands_on(step):
        return name_of(step)
    return _plain(step.names[1]) or _callee(step) or UNTOLD


def _plain(name: str) -> str:
    """Return a qualified name where it is known and people read it at once, else nothing."""
    plain = name.lstrip(".").removesuffix("[]")
    return plain if _READABLE.fullmatch(plain) else ""


def _callee(step: Step) -> str:
    return written(step.node.func) if isinstance(step.node, ast.Call) else ""


def hands_on(step: Step) -> bool:
    """Tell whether a step is named for what it is given to run, and not for what it calls."""
    names = (name for argument in step.given for name in argument.names)
    return isinstance(step, Call) and bool(step.aliases) and step.name in names


def _differs(step: Step) -> bool:
    """Tell whether what is called may belong to one of several distributions."""
    foreign = (name for name in step.names if name[:1] != "?" and not is_project(name))
    return len(set(map(root_of, foreign))) > 1


def arguments_of(step: Call) -> Iterator[ast.expr | None]:
    """Yield what the code says for each argument of a step; none where that is not sure."""
    node = step.node
    given = [one for one in step.arguments if one.keyword is None]
    if not isinstance(node, ast.Call) or any(isinstance(one, ast.Starred) for one in node.args):
        yield from (None for _ in step.arguments)
        return
    is_plain = len(given) == len(node.args)
    positional = iter(node.args)
    keywords = {one.arg: one.value for one in node.keywords}
    for one in step.arguments:
        if one.keyword is not None:
            yield keywords.get(one.keyword)
        else:
            yield next(positional) if is_plain else None


def written(code: ast.AST | None) -> str:
    """Return code that names something as it stands, with ``...`` for what else is in it.

    :returns: nothing for code that names nothing, or is too long to be read.
    """
    text = _written(code, _DEEPEST)
    return veiled(text) if text.strip(".()") and len(text) <= _LONGEST else ""


def _written(code: ast.AST | None, depth: int) -> str:
    if not depth:
        return UNTOLD
    match code:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{_written(value, depth - 1)}.{name}"
        case ast.Call(func=called, args=args, keywords=keywords):
            inner = UNTOLD if args or keywords else ""
            return f"{_written(called, depth - 1)}({inner})"
        case ast.Subscript(value=value):
            return f"{_written(value, depth - 1)}[{UNTOLD}]"
        case ast.Await(value=value):
            return f"(await {_written(value, depth - 1)})"
    return f"({UNTOLD})"

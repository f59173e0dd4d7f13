"""Modules whose top level calls a function of another module that may patch, whatever its name."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from flake8_launcher.gate import words
from flake8_launcher.semantic.reading.kept import Kept
from flake8_launcher.semantic.reading.modules import Imported, Module

_MAX_MOVES = 3


def calls_patch(module: Module, find: Callable[[str], Module | None]) -> bool:
    """Tell whether a top level calls what comes from a module with the words of a patch.

    :param module: the module.
    :param find: gives the modules of the project.
    """
    if not words.calls_at_top(module.text):
        return False
    return any(_may_patch(name, find) for name in _called(module))


def _read(module: Module) -> tuple[str, ...]:
    """Return the qualified names of what statements of the top level call that is imported."""
    return tuple(_names(module))


_called = Kept(_read)


def _names(module: Module) -> Iterator[str]:
    for statement in module.outline:
        match statement:
            case ast.Expr(value=ast.Call(func=function)) | ast.Assign(
                value=ast.Call(func=function)
            ):
                attributes: list[str] = []
                while isinstance(function, ast.Attribute | ast.Call):
                    if isinstance(function, ast.Attribute):
                        attributes.insert(0, function.attr)
                    function = (
                        function.value if isinstance(function, ast.Attribute) else function.func
                    )
                if isinstance(function, ast.Name):
                    for bound in module.bindings.get(function.id, ()):
                        if isinstance(bound, Imported):
                            yield ".".join(
                                (bound.module, *((bound.name,) if bound.name else ()), *attributes)
                            )


def _may_patch(name: str, find: Callable[[str], Module | None]) -> bool:
    """Tell whether the module that a qualified name belongs to has the words of a patch.

    A package may take the name from one of its modules.
    """
    for _ in range(_MAX_MOVES):
        owner, rest = name, ""
        module = None
        while owner and (module := find(owner)) is None:
            owner, _, attribute = owner.rpartition(".")
            rest = f"{attribute}.{rest}".rstrip(".")
        if module is None or not rest:
            return False
        if words.may_patch(module.text):
            return True
        first, _, others = rest.partition(".")
        moved = [one for one in module.bindings.get(first, ()) if isinstance(one, Imported)]
        if not moved:
            return False
        name = ".".join(filter(None, (moved[0].module, moved[0].name, others)))
    return False

"""What the conditions around a step say of it: for which library it is, whether it was done."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.launch.model import LaunchPath, Return, Step
from flake8_launcher.semantic.spelling import written

_DONE = deferred(
    r"(?:^|[_.])(?:configured|done|handlers|hasHandlers|initiali[sz]ed|installed|ready|set_?up)$"
)
"""Last names of what tells that something has been done before."""
_PATCHED = deferred(r"\b(?:is|already)_(?:\w+_)?patched\b")
"""Names of what tells that something has patched the process."""
_TESTS = deferred(
    r"(?:\w+\.)*_?(?:(?:is|in)_)?(?:test(?:s|ing|_env|_mode|_run)?|testing_env|under_test|pytest)"
    r"(?:\(\))?$",
    re.IGNORECASE,
)
"""Conditions that hold where the program is tested."""
_VERSIONS = ("__version__", "__version_info__", "VERSION", "version_info")
_LACKS = ("AttributeError", "ImportError", "ModuleNotFoundError", "TypeError")
"""What a call of another version of a library fails with."""


def is_for_other_version(step: Step) -> bool:
    """Tell whether a step is there for a library that has not what another version has.

    ``yaml.full_load(file) if hasattr(yaml, "full_load") else yaml.load(file)``
    """
    for arm in step.arms:
        match arm.node:
            case ast.If(test=test) | ast.IfExp(test=test):
                if any(map(_asks_version, ast.walk(test))):
                    return True
            case ast.ExceptHandler(type=ast.expr() as caught):
                if any(written(one).rpartition(".")[2] in _LACKS for one in _several(caught)):
                    return True
    return False


def is_for_tests(step: Step) -> bool:
    """Tell whether a step is there for tests of the program, as ``if is_testing():`` says."""
    return any(
        isinstance(arm.node, ast.If) and not arm.number and _TESTS.match(written(arm.node.test))
        for arm in step.arms
    )


def is_unless_patched(step: Step) -> bool:
    """Tell whether a step is there for a process that nothing else has patched before.

    ``if not monkey.is_module_patched("socket"): monkey.patch_all()``
    """
    tests = (arm.node.test for arm in step.arms if isinstance(arm.node, ast.If))
    return any(_PATCHED.search(written(test)) for test in tests)


def _asks_version(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="hasattr")):
            return True
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name in _VERSIONS
    return False


def _several(caught: ast.expr) -> list[ast.expr]:
    return caught.elts if isinstance(caught, ast.Tuple) else [caught]


def may_be_done(path: LaunchPath, step: Step) -> bool:
    """Tell whether a function returns before a step where what it does was done before.

    ``if self.logger: return self.logger``
    """
    for one in path.steps:
        if one is step:
            break
        is_before = isinstance(one, Return) and one.conditional
        if is_before and one.sites == step.sites[: len(one.sites)] and _asks_done(one):
            return True
    return False


def _asks_done(step: Step) -> bool:
    """Tell whether a function returns because it has done something before."""
    if not step.arms or not isinstance(step.node, ast.Return):
        return False
    chosen = step.arms[-1].node
    if not isinstance(chosen, ast.If):
        return False
    asked = [*_asked(chosen.test)]
    returned = step.node.value
    if returned is not None and any(ast.dump(one) == ast.dump(returned) for one in asked):
        return True
    return any(_DONE.search(written(one).removesuffix("()")) for one in asked)


def _asked(test: ast.expr) -> Iterator[ast.expr]:
    """Yield what a condition asks whether it is there."""
    match test:
        case ast.BoolOp(values=values):
            for value in values:
                yield from _asked(value)
        case ast.Compare(left=left, ops=[ast.IsNot() | ast.NotEq() | ast.Gt()]):
            yield from _asked(left)
        case ast.NamedExpr(value=value):
            yield from _asked(value)
        case ast.Call(func=ast.Name(id="len" | "bool"), args=[one]):
            yield one
        case ast.Name() | ast.Attribute() | ast.Call():
            yield test

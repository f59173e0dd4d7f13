"""What astroid infers where the bindings leave a call open: the only module that knows astroid.

The bindings name nine of ten calls on the launch paths of real projects, and what they leave open
are mostly methods of built-in objects. astroid adds attributes of dataclasses, elements of
dictionaries that are built by calls, and classes made by ``type``. Its import and its first parse
cost more than everything else, so it is asked for little and imported when it is.
"""

from __future__ import annotations

import ast
import contextlib
import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_launcher.semantic.modules import Module

if TYPE_CHECKING:
    from astroid import nodes

_MAX_INFERRED = 8
_trees: dict[int, tuple[Module, nodes.Module]] = {}


def receiver_classes(module: Module, call: ast.Call) -> tuple[str, ...]:
    """Return the classes that the object of a method call may be an instance of.

    :param module: the module that holds the call.
    :param call: the call of an attribute.
    :returns: names in the module, dotted where a class stands inside another; none when astroid
        cannot tell.
    """
    from astroid import bases, nodes

    classes: list[str] = []
    prefix = f"{module.name}."
    try:
        with _held(module.name):
            for node in _tree(module).nodes_of_class(nodes.Call):
                if (node.lineno, node.col_offset) != (call.lineno, call.col_offset):
                    continue
                if not isinstance(node.func, nodes.Attribute) or not _is_same(node, call):
                    continue
                for inferred in itertools.islice(node.func.expr.infer(), _MAX_INFERRED):
                    if isinstance(inferred, bases.Instance):
                        name = inferred.pytype()
                        if name.startswith(prefix):
                            classes.append(name.removeprefix(prefix))
    except Exception:
        # Its inference raises far more than its own errors: AssertionError on a named tuple,
        # KeyError, RecursionError. What it cannot do is unknown.
        return ()
    return tuple(dict.fromkeys(classes))


def _is_same(node: nodes.Call, call: ast.Call) -> bool:
    """Tell whether two calls that begin at one place end at one place too."""
    return (node.end_lineno, node.end_col_offset) == (call.end_lineno, call.end_col_offset)


def _tree(module: Module) -> nodes.Module:
    known = _trees.get(id(module))
    if known is None or known[0] is not module:
        from astroid.builder import AstroidBuilder
        from astroid.manager import AstroidManager

        _trees.clear()
        built = AstroidBuilder(AstroidManager()).string_build(
            module.text, module.name, module.path
        )
        known = _trees[id(module)] = (module, built)
    return known[1]


@contextlib.contextmanager
def _held(name: str) -> Iterator[None]:
    """Keep astroid from looking for any module: it would search the path, and may import.

    The manager is shared by the whole process, so what it knew by the module's name is put back.
    """
    from astroid.exceptions import AstroidImportError
    from astroid.manager import AstroidManager

    def refuse(self: AstroidManager, modname: str, *_: object, **__: object) -> nodes.Module:
        raise AstroidImportError("{modname} is not read", modname=modname)

    search = AstroidManager.ast_from_module_name
    cache = AstroidManager().astroid_cache
    cached = cache.get(name)
    setattr(AstroidManager, "ast_from_module_name", refuse)
    try:
        yield
    finally:
        setattr(AstroidManager, "ast_from_module_name", search)
        cache.pop(name, None)
        if cached is not None:
            cache[name] = cached

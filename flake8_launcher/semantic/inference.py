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
Span = tuple[int | None, int | None, int | None, int | None]
_known: dict[Module, dict[Span, nodes.Call]] = {}
"""The module that was asked for last."""


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
            node = _calls(module).get(_span(call))
            if node is None or not isinstance(node.func, nodes.Attribute):
                return ()
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


def _span(node: ast.Call | nodes.Call) -> Span:
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset


def _calls(module: Module) -> dict[Span, nodes.Call]:
    """Return the calls of astroid's tree of a module, by where they stand."""
    if module not in _known:
        from astroid import nodes
        from astroid.builder import AstroidBuilder
        from astroid.manager import AstroidManager

        _known.clear()
        tree = AstroidBuilder(AstroidManager()).string_build(module.text, module.name, module.path)
        _known[module] = {_span(node): node for node in tree.nodes_of_class(nodes.Call)}
    return _known[module]


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

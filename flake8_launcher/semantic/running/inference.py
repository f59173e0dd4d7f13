"""What astroid infers where the bindings leave a call open: the only module that knows astroid.

The bindings name nine of ten calls on the launch paths of real projects, and what they leave open
are mostly methods of built-in objects. astroid adds attributes of dataclasses, elements of
dictionaries that are built by calls, and classes made by ``type``. Its import and its first parse
cost more than everything else, so it is asked for little and imported when it is.

What it would compute is left out: it would really multiply, shift and format. A text of more than
:data:`_MAX_TEXT` characters is not given to it, and what it looks at is paid for like calls.
"""

from __future__ import annotations

import ast
import contextlib
import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flake8_launcher.semantic.budget import STEP, BoundReachedError, Budget
from flake8_launcher.semantic.reading.modules import Module

if TYPE_CHECKING:
    from astroid import nodes

_MAX_INFERRED = 8
_MAX_ASKED = 2_000
_MAX_TEXT = 200_000
Span = tuple[int | None, int | None, int | None, int | None]
_known: dict[Module, dict[Span, nodes.Call]] = {}
"""The module that was asked for last."""


def receiver_classes(module: Module, call: ast.Call, budget: Budget) -> tuple[str, ...]:
    """Return the classes that the object of a method call may be an instance of.

    :param module: the module that holds the call.
    :param call: the call of an attribute.
    :param budget: pays for what astroid looks at.
    :returns: names in the module, dotted where a class stands inside another; none when astroid
        cannot tell.
    :raises BoundReachedError: when there is not as much left.
    """
    if len(module.text) > _MAX_TEXT:
        return ()
    asked = Budget(_MAX_ASKED)
    try:
        return _receiver_classes(module, call, asked)
    finally:
        budget.spend(STEP * asked.spent)


def _receiver_classes(module: Module, call: ast.Call, asked: Budget) -> tuple[str, ...]:
    from astroid import bases, nodes

    classes: list[str] = []
    prefix = f"{module.name}."
    try:
        with _held(module.name), _computing_nothing(asked):
            node = _calls(module).get(_span(call))
            if node is None or not isinstance(node.func, nodes.Attribute):
                return ()
            for inferred in itertools.islice(node.func.expr.infer(), _MAX_INFERRED):
                if isinstance(inferred, bases.Instance):
                    name = inferred.pytype()
                    if name.startswith(prefix):
                        classes.append(name.removeprefix(prefix))
    except (Exception, _AskedEnoughError):
        # Its inference raises far more than its own errors: AssertionError on a named tuple,
        # KeyError, RecursionError. What it cannot do is unknown.
        return ()
    return tuple(dict.fromkeys(classes))


class _AskedEnoughError(BaseException):
    """astroid has looked at enough; what it catches itself are exceptions of other kinds."""


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


@contextlib.contextmanager
def _computing_nothing(asked: Budget) -> Iterator[None]:
    """Keep astroid from computing, and from looking without end; parsing infers, too."""
    from astroid import nodes, util

    operations = (nodes.BinOp, nodes.AugAssign, nodes.BoolOp, nodes.UnaryOp, nodes.Compare)
    texts = (nodes.JoinedStr, nodes.FormattedValue)
    infer = nodes.NodeNG.infer

    def bounded(self: nodes.NodeNG, *arguments: Any, **keywords: Any) -> Iterator[Any]:
        try:
            asked.spend()
        except BoundReachedError as error:
            raise _AskedEnoughError from error
        if isinstance(self, (*operations, *texts)) or _formats(self):
            return iter((util.Uninferable,))
        return infer(self, *arguments, **keywords)

    setattr(nodes.NodeNG, "infer", bounded)
    try:
        yield
    finally:
        setattr(nodes.NodeNG, "infer", infer)


def _formats(node: nodes.NodeNG) -> bool:
    """Tell whether a node is the call of a text's method that formats."""
    from astroid import nodes

    return (
        isinstance(node, nodes.Call)
        and isinstance(node.func, nodes.Attribute)
        and node.func.attrname in ("format", "format_map")
    )

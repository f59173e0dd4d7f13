"""What can be told of a condition without running anything: a Linux, and one version of Python."""

from __future__ import annotations

import ast
import operator
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final

from flake8_launcher.knowledge import language
from flake8_launcher.knowledge.order import GETTERS
from flake8_launcher.knowledge.replaced import ENVIRONMENT, REPLACED
from flake8_launcher.semantic.budget import is_large
from flake8_launcher.semantic.reading import syntax


class Unknown:
    """The value of what cannot be told."""


UNKNOWN: Final = Unknown()

_KNOWN: Mapping[str, object] = {
    "sys.version_info": (3, 12, 0, "final", 0),
    "sys.version_info.major": 3,
    "sys.version_info.minor": 12,
    "sys.version_info.micro": 0,
    "sys.hexversion": 0x030C00F0,
    "sys.platform": "linux",
    "sys.implementation.name": "cpython",
    "os.name": "posix",
    "ssl.HAS_SNI": True,
    "ssl.HAS_TLSv1_3": True,
    "os.sep": "/",
    "platform.system()": "Linux",
    "platform.python_implementation()": "CPython",
    "six.PY34": True,
    "__debug__": True,
    # who runs migrations with a file that configures logging asks; without one there is none
    "alembic.context.config.config_file_name": "alembic.ini",
}
"""The Python and the system that are supposed, as they name themselves."""

_MAX_ELEMENTS = 100
_COMPARE: Mapping[type[ast.cmpop], Callable[[Any, Any], object]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
}


class Conditions:
    """Computes the values of conditions.

    :ivar constants: what names of the module are bound to, where it is a constant.
    """

    def __init__(self) -> None:
        self.constants: dict[str, object] = {}

    def name_of(self, node: ast.expr) -> str | None:
        """Return the qualified name of an expression, if it has one."""
        raise NotImplementedError

    def truth(self, test: ast.expr) -> bool | None:
        """Tell whether a condition holds, or none when that cannot be told."""
        value = self.value(test)
        return None if isinstance(value, Unknown) else bool(value)

    def value(self, node: ast.expr) -> object:
        """Return the constant that an expression gives, or :data:`UNKNOWN`."""
        match node:
            case ast.Constant(value=constant):
                return UNKNOWN if is_large(constant) else constant
            case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
                values = [self.value(element) for element in elements[:_MAX_ELEMENTS]]
                # nothing asks about tuples in tuples, which take long to compare
                is_plain = not any(isinstance(one, Unknown | tuple) for one in values)
                return tuple(values) if is_plain and len(values) == len(elements) else UNKNOWN
            case ast.BoolOp():
                return self._joined(node)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                truth = self.truth(operand)
                return UNKNOWN if truth is None else not truth
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))):
                return -number
            case ast.Compare():
                return self._compared(node)
            case ast.Subscript(value=owner, slice=index):
                return self._element(self.value(owner), index)
            case ast.Name(id=name) if name in self.constants:
                return self.constants[name]
            case ast.Name() | ast.Attribute():
                if syntax.is_type_checking(node):
                    return False
                named = self.name_of(node) or ""
                # a module is there, and true; which one it is does not matter
                if named in sys.stdlib_module_names:
                    return named
                return _KNOWN.get(named, language.FLAGS.get(named.rpartition(".")[2], UNKNOWN))
            case ast.Call():
                return self._called(node)
        return UNKNOWN

    def _joined(self, node: ast.BoolOp) -> object:
        """Return what ``and`` or ``or`` gives.

        ``TYPE_CHECKING or eager`` does not hold: it is how modules are made lazy.
        """
        ends = isinstance(node.op, ast.Or)
        if ends and any(syntax.is_type_checking(value) for value in node.values):
            return False
        result: object = UNKNOWN
        is_known = True
        for operand in node.values:
            result = self.value(operand)
            if isinstance(result, Unknown):
                is_known = False
            elif bool(result) is ends:
                return result
        return result if is_known else UNKNOWN

    def _compared(self, node: ast.Compare) -> object:
        left = self.value(node.left)
        for sign, comparator in zip(node.ops, node.comparators, strict=True):
            right = self.value(comparator)
            if isinstance(left, Unknown) or isinstance(right, Unknown):
                return UNKNOWN
            try:
                holds = _COMPARE[type(sign)](left, right)
            except TypeError:
                return UNKNOWN
            if not holds:
                return False
            left = right
        return True

    def _element(self, owner: object, index: ast.expr) -> object:
        if not isinstance(owner, tuple | str):
            return UNKNOWN
        try:
            if isinstance(index, ast.Slice):
                ends: list[Any] = [
                    None if part is None else self.value(part)
                    for part in (index.lower, index.upper, index.step)
                ]
                return UNKNOWN if UNKNOWN in ends else owner[slice(*ends)]
            place = self.value(index)
            return owner[place] if isinstance(place, int) else UNKNOWN
        except (TypeError, ValueError, IndexError):
            return UNKNOWN

    def _called(self, node: ast.Call) -> object:
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr=method), args=[argument]) if (
                method in ("startswith", "endswith")
            ):
                text, part = self.value(owner), self.value(argument)
                if isinstance(text, str) and isinstance(part, str | tuple):
                    try:
                        return getattr(text, method)(part)
                    except TypeError:
                        return UNKNOWN
            case ast.Call(func=ast.Attribute(value=owner, attr=method), args=[]) if method in (
                "lower",
                "upper",
            ):
                text = self.value(owner)
                return getattr(text, method)() if isinstance(text, str) else UNKNOWN
            case ast.Call(func=ast.Name(id="hasattr"), args=[owner, ast.Constant(str(attribute))]):
                if attribute in REPLACED.get(self.name_of(owner) or "", ()):
                    return True
            case ast.Call(func=ast.Name(id="bool"), args=[argument]):
                truth = self.truth(argument)
                return UNKNOWN if truth is None else truth
            case ast.Call(args=[ast.Constant(str(key)), *rest]) if (
                key.startswith(ENVIRONMENT) and self.name_of(node.func) in GETTERS
            ):
                # what only a user sets, to change what a patcher does
                return self.value(rest[0]) if rest else None
        return _KNOWN.get(self.name_of(node) or "", UNKNOWN)

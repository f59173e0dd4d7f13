"""What expressions may be."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Callable, Iterator
from operator import ge, gt, le, lt
from typing import Any, NamedTuple

from flake8_launcher.knowledge import language
from flake8_launcher.semantic import formats
from flake8_launcher.semantic.budget import MAX_ITEMS, STEP
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.running.calls import Calls
from flake8_launcher.semantic.running.events import UNREACHED, Awaited, Compared
from flake8_launcher.semantic.running.names import scope_name
from flake8_launcher.semantic.running.state import FlowError
from flake8_launcher.semantic.values import (
    NOTHING,
    UNKNOWN,
    Arguments,
    Class,
    Constant,
    Frame,
    Function,
    Instance,
    Mapping,
    Sequence,
    Symbol,
    Value,
    Values,
    combined,
    constant,
    copied,
    dotted,
    filled,
    made,
    put_together,
    qualified_name,
    symbol,
    texts,
    union,
    unlike,
)

_NO_CONVERSION = -1
_TO_TEXT = ord("s")
_MODULES = "sys.modules"
_PRINT = Symbol("print")
_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.BitOr: "|",
    ast.Div: "/",
}


class Caught(NamedTuple):
    """What an ``except`` clause catches, by qualified names.

    :ivar types: the types; of one of the project's own, what it derives from.
    :ivar named: the types as the clause names them.
    :ivar foreign: those that are not the project's own.
    """

    types: tuple[str, ...]
    named: tuple[str, ...]
    foreign: tuple[str, ...]


_ORDERS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Gt: gt,
    ast.GtE: ge,
    ast.Lt: lt,
    ast.LtE: le,
}


class Expressions(Calls):
    """Evaluates expressions, in the order in which they run."""

    def _value(self, node: ast.expr, frame: Frame, use: str = "other") -> Values:  # noqa: C901
        self.budget.spend()
        match node:
            case ast.Constant(value=value):
                return (constant(value),)
            case ast.Name(id=name):
                return self._lookup(name, frame)
            case ast.Attribute(value=owner):
                return self._attribute_read(node, self._value(owner, frame), use, frame)
            case ast.Call():
                return self._call(node, frame, use)
            case ast.Await(value=inner):
                return self._awaited(inner, self._value(inner, frame, use), frame)
            case ast.Starred(value=inner):
                return self._value(inner, frame, use)
            case ast.NamedExpr(target=target, value=inner):
                values = self._value(inner, frame, "assigned")
                self._assign(target, values, frame)
                return values
            case ast.BinOp():
                return self._operation(node, frame)
            case ast.BoolOp(
                op=ast.And(), values=[ast.Call(func=ast.Name(id="print")) as first, *others]
            ):
                values = self._value(first, frame, use)
                if _PRINT in self._lookup("print", frame):
                    use = UNREACHED
                return union(values, *(self._value(operand, frame, use) for operand in others))
            case ast.BoolOp(op=joins, values=[first, *others]):
                values = self._value(first, frame, use)
                if _may_ask_system(first) and decided(values) is isinstance(joins, ast.Or):
                    return values
                return union(values, self._perhaps_run(node, others, frame, use))
            case ast.UnaryOp(op=operator, operand=operand):
                values = self._value(operand, frame)
                if isinstance(operator, ast.Not) and _may_ask_system(operand):
                    holds = decided(values)
                    return NOTHING if holds is None else (Constant(not holds),)
                return _signed(operator, values)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                holds = decided(self._value(test, frame, "tested"))
                if holds is not None and _may_ask_system(test):
                    return self._value(body if holds else orelse, frame, use)
                return self._perhaps_run(node, [body, orelse], frame, use) or NOTHING
            case ast.Compare(left=left, comparators=comparators):
                compared = [self._value(one, frame, "tested") for one in (left, *comparators)]
                self._compared(node, compared, frame)
                holds = _of_system(node, compared)
                if holds is None:
                    holds = _of_version(node, compared)
                if holds is not None:
                    return (Constant(holds),)
            case ast.JoinedStr(values=parts):
                return self._joined(parts, frame)
            case ast.FormattedValue(value=inner, conversion=conversion, format_spec=spec):
                values = self._value(inner, frame)
                is_plain = spec is None and conversion in (_NO_CONVERSION, _TO_TEXT)
                return values if is_plain else unlike(values)
            case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
                return (Sequence(tuple(self._value(element, frame) for element in elements)),)
            case ast.Dict(keys=keys, values=dict_values):
                return self._mapping(keys, dict_values, frame)
            case ast.Subscript(value=owner, slice=index):
                values = self._value(owner, frame)
                key = self._value(index, frame)
                known = key[0].value if len(key) == 1 and isinstance(key[0], Constant) else None
                if isinstance(known, str) and not self._quiet:
                    self._read(node, self._attribute(values, known), use, frame)
                named = [qualified_name(one) for one in values]
                if known is None and named == [_MODULES]:
                    return (made(f"{_MODULES}[]", Arguments((key,))),)
                return self._element(values, known)
            case ast.Lambda():
                name = dotted(scope_name(frame), "<lambda>")
                return (Function(node, frame.module, name, frame),)
            case (
                ast.ListComp(elt=element)
                | ast.SetComp(elt=element)
                | ast.GeneratorExp(elt=element)
            ):
                local = self._comprehension(node.generators, frame)
                with self._perhaps():
                    return (Sequence((self._value(element, local),)),)
            case ast.DictComp(key=key_node, value=value_node):
                local = self._comprehension(node.generators, frame)
                with self._perhaps():
                    names = self._value(key_node, local)
                    held = self._value(value_node, local)
                    return self._whole_of(node.generators, names, held, frame)
            case ast.Yield(value=yielded):
                given = self._value(yielded, frame) if yielded else (Constant(None),)
                if self._yields and self._yields[-1] is not None:
                    self._yields[-1](given)
            case ast.YieldFrom(value=inner):
                return self._value(inner, frame)
        return NOTHING

    def _awaited(self, node: ast.expr, values: Values, frame: Frame) -> Values:
        """Return what some values give that are awaited, entered or iterated."""
        results = self._completed(values)
        if results is values and not self._quiet:
            names = tuple(map(qualified_name, values))
            self._listener(Awaited(node, names, self._context(frame)))
        return results

    def _compared(self, node: ast.expr, operands: list[Values], frame: Frame) -> None:
        """Tell the listener what is compared or masked."""
        if not self._quiet:
            names = [qualified_name(value) for values in operands for value in values]
            known = tuple(name for name in names if name[0] != "?")
            sought = operands[0] if _looks_up(node, operands) else ()
            if known or sought:
                self._listener(Compared(node, known, self._context(frame), sought))

    def _operation(self, node: ast.BinOp, frame: Frame) -> Values:
        operands: list[ast.expr] = []
        left: ast.expr = node
        while isinstance(left, ast.BinOp):
            operands.append(left.right)
            left = left.left
        result = self._value(left, frame)
        inner: ast.expr = node
        operators: list[ast.operator] = []
        while isinstance(inner, ast.BinOp):
            operators.append(inner.op)
            inner = inner.left
        for operator, operand in zip(reversed(operators), reversed(operands), strict=True):
            other = self._value(operand, frame)
            if isinstance(operator, ast.BitAnd):
                self._compared(node, [result, other], frame)
            else:
                result = self._operate(operator, result, other)
        return result

    def _operate(self, operator: ast.operator, left: Values, right: Values) -> Values:
        """Return what an operation gives."""
        if isinstance(operator, ast.Add) and len(left) == len(right) == 1:
            one, other = left[0], right[0]
            if isinstance(one, Sequence) and isinstance(other, Sequence):
                return self._chained(one, other)
            if len(texts(left)) == len(texts(right)) == 1:
                return put_together((left, right))
        if isinstance(operator, ast.Mod) and len(patterns := texts(left)) == 1:
            several = any(isinstance(value, Sequence) for value in right)

            def given(key: int | str) -> Values:
                return self._element(right, key) if several or isinstance(key, str) else right

            return filled(formats.percent_pieces(patterns[0]), given)
        sign = _SIGNS.get(type(operator))
        return combined(sign, left, right) if sign else NOTHING

    def _chained(self, one: Sequence, other: Sequence) -> Values:
        """Return one sequence behind the other, cut off where that becomes too long."""
        if len(one.items) >= MAX_ITEMS:
            return (one,)
        added = other.items[: MAX_ITEMS - len(one.items)]
        self.budget.spend(len(one.items) + len(added))
        return (Sequence(one.items + added),)

    def _sum(self, operator: ast.operator, left: Values, right: Values) -> Values:
        """Return what is left of a value to which another is added."""
        match left, right:
            case (Sequence() as one,), (Sequence() as other,) if isinstance(operator, ast.Add):
                return self._chained(one, other)
        if isinstance(operator, ast.Add | ast.BitOr):
            return combined(_SIGNS[type(operator)], left, right)
        return NOTHING

    def _perhaps_run(
        self, node: ast.expr, operands: list[ast.expr], frame: Frame, use: str
    ) -> Values:
        """Return what some expressions may be, each of which may not run."""
        found: list[Values] = []
        for number, operand in enumerate(operands):
            with contextlib.suppress(FlowError), self._perhaps(node=node, number=number):
                found.append(self._value(operand, frame, use))
        return union(*found)

    def _joined(self, parts: list[ast.expr], frame: Frame) -> Values:
        pieces = [self._value(part, frame) for part in parts]
        if all(isinstance(part, ast.FormattedValue) for part in parts):
            pieces.append((Constant(""),))  # it is a text, whatever it says
        return put_together(pieces)

    def _mapping(
        self, keys: list[ast.expr | None], values: list[ast.expr], frame: Frame
    ) -> Values:
        items: dict[object, Values] = {}
        for key, value in zip(keys, values, strict=True):
            known = self._value(key, frame) if key is not None else NOTHING
            found = self._value(value, frame)
            if len(known) == 1 and isinstance(known[0], Constant):
                items[known[0].value] = found
            elif key is None:
                for one in found:
                    if isinstance(one, Mapping):
                        self.budget.spend(len(one.items))
                        items.update(one.items)
                    else:
                        items[...] = union(items.get(..., ()), NOTHING)
            else:
                items[...] = union(items.get(..., ()), found)
        return (Mapping(items),)

    def _comprehension(self, generators: list[ast.comprehension], frame: Frame) -> Frame:
        inner = Frame(frame.module, frame, frame.function, global_names=frame.global_names)
        self.budget.spend(len(frame.variables) // STEP)
        inner.variables = dict(frame.variables)
        for generator in generators:
            values = self._elements(self._value(generator.iter, inner))
            for name, path in syntax.targets(generator.target):
                part = values
                for index in path:
                    part = self._element(part, index)
                inner.variables[name] = part
            for condition in generator.ifs:
                self._value(condition, inner)
        return inner

    def _whole_of(
        self, generators: list[ast.comprehension], keys: Values, values: Values, frame: Frame
    ) -> Values:
        """Return what a comprehension gives that makes a mapping: the one that it puts all of."""
        match values, generators:
            case (Symbol(name=name),), [ast.comprehension(iter=iterated, ifs=[])]:
                with self._silently():
                    whole = self._value(iterated, frame)
                if len(whole) == 1 and isinstance(whole[0], Symbol):
                    held = language.LISTED.sub("", whole[0].name)
                    if held == language.LISTED.sub("", name) != name:
                        return (copied(symbol(held)),)
        return (made(UNKNOWN.name, Arguments((keys,))),)

    def _caught(self, node: ast.expr | None, frame: Frame) -> Caught:
        """Return the types that an ``except`` clause catches."""
        if node is None:
            return Caught(*[("BaseException",)] * 3)
        names: list[str] = []
        with self._silently():
            types = list(self._types(node, frame))
            for one in types:
                known = self._ancestry(one)[1] if isinstance(one, Class) else ()
                names.extend(known or [qualified_name(one)])
        foreign = (qualified_name(one) for one in types if not isinstance(one, Class))
        return Caught(tuple(names), tuple(map(qualified_name, types)), tuple(foreign))

    def _lineage(self, value: Value) -> tuple[str, ...]:
        """Return the names of an exception's type, and of what that derives from."""
        cls = value.cls if isinstance(value, Instance) else value
        if not isinstance(cls, Class):
            return (qualified_name(cls).removesuffix("()"),)
        own, outside = self._ancestry(cls)
        return (*map(qualified_name, own), *outside)

    def _types(self, node: ast.expr, frame: Frame) -> Iterator[Value]:
        """Yield the types that an ``except`` clause names."""
        for value in self._value(node, frame):
            many = value.items if isinstance(value, Sequence) else ((value,),)
            yield from (one for values in many for one in values)


def _signed(operator: ast.unaryop, values: Values) -> Values:
    """Return a negative number, where it is literal."""
    if isinstance(operator, ast.USub) and len(values) == 1 and isinstance(values[0], Constant):
        number = values[0].value
        if isinstance(number, int) and not isinstance(number, bool):
            return (Constant(-number),)
    return NOTHING


def decided(values: Values) -> bool | None:
    """Tell whether a condition holds, where its value is known."""
    match values:
        case (Constant(value=constant),):
            return bool(constant)
        case (Symbol(name=name),) if not name.startswith("?"):
            return language.FLAGS.get(name.rpartition(".")[2])
    return None


def _may_ask_system(node: ast.expr) -> bool:
    """Tell whether a condition looks like one that asks for the operating system, or Python."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in language.FLAGS
        case ast.Compare() | ast.Call(func=ast.Attribute(attr="startswith")):
            return True
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return _may_ask_system(inner)
    return False


def _of_system(node: ast.Compare, operands: list[Values]) -> bool | None:
    """Tell whether a comparison with the name of Windows holds: services are read as for Linux."""
    if len(node.ops) != 1:
        return None
    names = [qualified_name(value) for values in operands for value in values[:1]]
    if language.SYSTEMS.isdisjoint(names):
        return None
    words: set[str] = set()
    for values in operands:
        for value in values:
            several = value.items if isinstance(value, Sequence) else ((value,),)
            words.update(text for one in several for text in texts(one))
    if not words or not words <= language.WINDOWS:
        return None
    return isinstance(node.ops[0], ast.NotEq | ast.NotIn)


def _of_version(node: ast.Compare, operands: list[Values]) -> bool | None:
    """Tell whether a comparison with the version of Python holds, where it does for all of 3."""
    name = qualified_name(operands[0][0]) if operands[0] else ""
    if not name.startswith(language.VERSION) or len(node.ops) != 1:
        return None
    match node.comparators[0]:
        case ast.Tuple(elts=parts) if not name.endswith(language.MAJOR):
            told = tuple(part.value for part in parts if isinstance(part, ast.Constant))
        case ast.Constant(value=major) if _asks_major(node.left):
            told = (major,)
        case _:
            return None
    sign = _ORDERS.get(type(node.ops[0]))
    if sign is None or not all(isinstance(one, int) for one in told):
        return None
    found = {sign(version[: len(told)], told) for version in language.VERSIONS}
    return found.pop() if len(found) == 1 else None


def _asks_major(node: ast.expr) -> bool:
    """Tell whether an expression takes the first part of the version."""
    match node:
        case ast.Subscript(slice=ast.Constant(value=0)):
            return True
    return isinstance(node, ast.Attribute) and node.attr == language.MAJOR


def _looks_up(node: ast.expr, operands: list[Values]) -> bool:
    """Tell whether a comparison looks for a value in a collection, as far as is known."""
    if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.In | ast.NotIn):
        return False
    return not any(isinstance(value, Constant) for value in operands[1])

"""What expressions may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_launcher.semantic import formats, modules
from flake8_launcher.semantic.calls import Calls
from flake8_launcher.semantic.events import UNREACHED, Awaited, Compared
from flake8_launcher.semantic.names import scope_name
from flake8_launcher.semantic.values import (
    NOTHING,
    Class,
    Constant,
    Frame,
    Function,
    Mapping,
    Sequence,
    Symbol,
    Value,
    Values,
    combined,
    filled,
    qualified_name,
    texts,
    union,
)

_MAX_TEXT = 1_000
_PRINT = Symbol("print")
_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.BitOr: "|",
    ast.Div: "/",
}


class Expressions(Calls):
    """Evaluates expressions, in the order in which they run."""

    def _value(self, node: ast.expr, frame: Frame, use: str = "other") -> Values:  # noqa: C901
        match node:
            case ast.Constant(value=value):
                return (Constant(value),)
            case ast.Name(id=name):
                return self._lookup(name, frame)
            case ast.Attribute(value=owner, attr=attribute):
                values = self._attribute(self._value(owner, frame), attribute)
                if not self._quiet:
                    self._read(node, values, use, frame)
                return values
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
            case ast.BoolOp(op=ast.And(), values=[ast.Call(func=function) as first, *others]):
                values = self._value(first, frame, use)
                with self._silently():
                    if any(one == _PRINT for one in self._value(function, frame)):
                        use = UNREACHED
                return union(values, *(self._value(operand, frame, use) for operand in others))
            case ast.BoolOp(values=operands):
                return union(*(self._value(operand, frame, use) for operand in operands))
            case ast.UnaryOp(operand=operand):
                self._value(operand, frame)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self._value(test, frame, "tested")
                with self._perhaps():
                    return union(self._value(body, frame, use), self._value(orelse, frame, use))
            case ast.Compare(left=left, comparators=comparators):
                compared = [self._value(one, frame, "tested") for one in (left, *comparators)]
                self._compared(node, compared, frame)
            case ast.JoinedStr(values=parts):
                return self._joined(parts, frame)
            case ast.FormattedValue(value=inner):
                return self._value(inner, frame)
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
                return self._element(values, known)
            case ast.Lambda():
                name = f"{scope_name(frame)}.<lambda>"
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
                    self._value(key_node, local)
                    self._value(value_node, local)
            case ast.Yield(value=yielded):
                if yielded is not None:
                    self._value(yielded, frame)
                if self._yields and self._yields[-1] is not None:
                    self._yields[-1]()
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
        known = _computed(operator, left, right)
        if known is not NOTHING:
            return known
        if isinstance(operator, ast.Mod) and len(patterns := texts(left)) == 1:
            several = any(isinstance(value, Sequence) for value in right)

            def given(key: int | str) -> Values:
                return self._element(right, key) if several or isinstance(key, str) else right

            return filled(formats.percent_pieces(patterns[0]), given)
        sign = _SIGNS.get(type(operator))
        return combined(sign, left, right) if sign else NOTHING

    def _sum(self, operator: ast.operator, left: Values, right: Values) -> Values:
        """Return what is left of a value to which another is added."""
        return combined("+", left, right) if isinstance(operator, ast.Add) else NOTHING

    def _joined(self, parts: list[ast.expr], frame: Frame) -> Values:
        text: list[str] = []
        known = True
        pieces = [self._value(part, frame) for part in parts]
        for values in pieces:
            if len(values) == 1 and isinstance(values[0], Constant):
                text.append(str(values[0].value))
            else:
                known = False
        joined = "".join(text)
        if not known:
            return combined("+", *pieces)
        return (Constant(joined),) if len(joined) <= _MAX_TEXT else NOTHING

    def _mapping(
        self, keys: list[ast.expr | None], values: list[ast.expr], frame: Frame
    ) -> Values:
        items: list[tuple[object, Values]] = []
        for key, value in zip(keys, values, strict=True):
            known = self._value(key, frame) if key is not None else NOTHING
            found = self._value(value, frame)
            if len(known) == 1 and isinstance(known[0], Constant):
                items.append((known[0].value, found))
            elif key is None:
                for one in found:
                    items.extend(one.items if isinstance(one, Mapping) else ())
            else:
                items.append((None, found))
        return (Mapping(tuple(items)),)

    def _comprehension(self, generators: list[ast.comprehension], frame: Frame) -> Frame:
        inner = Frame(frame.module, frame, frame.function, global_names=frame.global_names)
        inner.variables = dict(frame.variables)
        for generator in generators:
            values = self._elements(self._value(generator.iter, inner))
            for name, _ in modules.targets(generator.target):
                inner.variables[name] = (
                    values if isinstance(generator.target, ast.Name) else NOTHING
                )
            for condition in generator.ifs:
                self._value(condition, inner)
        return inner

    def _exceptions(self, node: ast.expr | None, frame: Frame) -> tuple[str, ...]:
        """Return the qualified names of the types that an ``except`` clause catches."""
        if node is None:
            return ("BaseException",)
        names: list[str] = []
        with self._silently():
            for one in self._types(node, frame):
                known = self._ancestry(one)[1] if isinstance(one, Class) else ()
                names.extend(known or [qualified_name(one)])
        return tuple(names)

    def _foreign(self, node: ast.expr | None, frame: Frame) -> tuple[str, ...]:
        """Return those of the types that are not the project's own."""
        if node is None:
            return ("BaseException",)
        with self._silently():
            types = [one for one in self._types(node, frame) if not isinstance(one, Class)]
            return tuple(map(qualified_name, types))

    def _types(self, node: ast.expr, frame: Frame) -> Iterator[Value]:
        """Yield the types that an ``except`` clause names."""
        for value in self._value(node, frame):
            many = value.items if isinstance(value, Sequence) else ((value,),)
            yield from (one for values in many for one in values)


def _looks_up(node: ast.expr, operands: list[Values]) -> bool:
    """Tell whether a comparison looks for a value in a collection, as far as is known."""
    if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.In | ast.NotIn):
        return False
    return not any(isinstance(value, Constant) for value in operands[1])


def _computed(operator: ast.operator, left: Values, right: Values) -> Values:
    """Return a sum, or a text with its place-holders filled, where both sides are literals."""
    if len(left) != 1 or len(right) != 1:
        return NOTHING
    one, other = left[0], right[0]
    if isinstance(operator, ast.Add) and isinstance(one, Sequence) and isinstance(other, Sequence):
        return (Sequence((one.items + other.items)[:_MAX_TEXT]),)
    if not isinstance(one, Constant) or not isinstance(one.value, str):
        return NOTHING
    values: list[object] = []
    for item in other.items if isinstance(other, Sequence) else (right,):
        if len(item) != 1 or not isinstance(item[0], Constant):
            return NOTHING
        values.append(item[0].value)
    try:
        if isinstance(operator, ast.Add) and isinstance(values[0], str):
            text = one.value + values[0]
        elif isinstance(operator, ast.Mod) and "*" not in one.value:
            text = one.value % tuple(values)
        else:
            return NOTHING
    except (TypeError, ValueError, IndexError, OverflowError):
        return NOTHING
    return (Constant(text),) if len(text) <= _MAX_TEXT else NOTHING

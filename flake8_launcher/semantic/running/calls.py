"""What calls give: computed in thought, or followed where the callee can be read."""

from __future__ import annotations

import ast
from itertools import zip_longest

from flake8_launcher.knowledge import callbacks, language
from flake8_launcher.semantic.budget import MAX_ITEMS, STEP
from flake8_launcher.semantic.reading import modules, syntax
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.running import inference
from flake8_launcher.semantic.running.computing import Computing
from flake8_launcher.semantic.running.events import UNREACHED, Unreached
from flake8_launcher.semantic.running.state import Ends
from flake8_launcher.semantic.values import (
    NOTHING,
    Arguments,
    Class,
    Constant,
    Coroutine,
    Frame,
    Function,
    Instance,
    Mapping,
    Method,
    Partial,
    Sequence,
    Super,
    Symbol,
    Value,
    Values,
    qualified_name,
    symbol,
    texts,
    union,
)

_MAX_CALLS_PASSED = 16
"""How many arguments are followed as calls; who passes more collects a table."""


class Calls(Computing):
    """Follows calls."""

    def _call(self, node: ast.Call, frame: Frame, use: str) -> Values:
        self.budget.spend(STEP)
        owners: Values = ()
        if isinstance(node.func, ast.Attribute):
            owners = self._value(node.func.value, frame)
            callees = self._attribute_read(node.func, owners, "other", frame)
        else:
            callees = self._value(node.func, frame)
        if self._here and not self._quiet and isinstance(node.func, ast.Attribute):
            callees = self._inferred(node, node.func.attr, callees, frame) or callees
        name = qualified_name(callees[0])
        if name == "super":
            return self._super(node, frame)
        try:
            arguments = self._arguments(node, frame, name)
        except Ends as end:
            if end.how != "loop" or self._quiet or not callbacks.runs_later(name):
                raise
            # what follows is never reached, and was not meant to wait
            self._emit_call(node, callees, Arguments(complete=False), UNREACHED, frame)
            return (symbol(f"{name}()"),)
        if not self._quiet and all(map(_is_asynchronous, callees)):
            return (Coroutine(callees, arguments, node, use, frame),)
        self._emit_call(node, callees, arguments, use, frame)
        if name == "getattr" and not self._quiet and len(arguments.positional) == 2:
            for attribute in texts(arguments.positional[1]):
                self._read(node, self._attribute(arguments.positional[0], attribute), use, frame)
        computed = self._computed(node.func, name, owners, arguments, frame)
        if computed is not None:
            return computed or NOTHING
        self._tell_parser(node, name, callees, arguments)
        self._use = use
        results = self._invoke_each(callees, arguments, node)
        if not self._quiet and (runner := callbacks.runner(name)):
            self._run_methods(runner, owners, arguments, node)
        if not self._quiet and (group := self._group(node.func, callees, owners, frame)):
            self._run_group(*group, node)
        if not self._quiet and name in language.ENDS_PROCESS and use != UNREACHED:
            raise Ends("exit", arguments.get(0, "code") or (Constant(None),))
        return results or NOTHING

    def _completed(self, values: Values, taker: ast.expr | None = None) -> Values:
        """Return some values, and of coroutines among them what they return, after they ran.

        :param taker: the call that they are handed to.
        """
        if not any(isinstance(value, Coroutine) for value in values):
            return values
        return union(
            *(
                self._run_coroutine(value, taker) if isinstance(value, Coroutine) else (value,)
                for value in values
            )
        )

    def _run_coroutine(self, coroutine: Coroutine, taker: ast.expr | None) -> Values:
        """Return what a coroutine returns, after following it where it runs."""
        frame, node = coroutine.frame, coroutine.node
        with self._inside(frame.module):
            self._emit_call(
                node, coroutine.callees, coroutine.arguments, coroutine.use, frame, taker
            )
            self._use, self._taker = coroutine.use, taker
            return self._invoke_each(coroutine.callees, coroutine.arguments, node)

    def _attribute_read(
        self, node: ast.Attribute, owners: Values, use: str, frame: Frame
    ) -> Values:
        """Return an attribute of what some expression may be, and tell of it."""
        self._reads = node if any(isinstance(one, Instance) for one in owners) else None
        values = self._attribute(owners, node.attr)
        self._reads = None
        # what an object or a module keeps of an option was read before
        if not self._quiet and isinstance(owners[0], Symbol):
            self._read(node, values, use, frame)
        return values

    def _inferred(self, node: ast.Call, method: str, callees: Values, frame: Frame) -> Values:
        """Return the methods that astroid finds for a call that the bindings leave open."""
        module = frame.module
        if not self._infers or module is not self._here[0] or method not in module.methods:
            return ()
        for callee in callees:
            if not isinstance(callee, Symbol) or not _is_open(callee.name, module):
                return ()
        found: list[Values] = []
        for path in inference.receiver_classes(module, node, self.budget):
            name, *inner = path.split(".")
            classes = self._global(name, module)
            for attribute in inner:
                classes = self._attribute(classes, attribute)
            for cls in classes:
                if isinstance(cls, Class):
                    found.append(self._attribute((Instance(cls),), method))
        return union(*found)

    def _super(self, node: ast.Call, frame: Frame) -> Values:
        function = frame.function
        owner = function.owner if function else None
        if function is None or owner is None:
            return NOTHING
        own = syntax.parameters(function.node)
        receivers = frame.variables.get(own[0], NOTHING) if own else NOTHING
        return tuple(Super(receiver, owner) for receiver in receivers)

    def _arguments(self, node: ast.Call, frame: Frame, callee: str) -> Arguments:
        positional: list[Values] = []
        keywords: list[tuple[str, Values]] = []
        complete = True
        rest: Values = ()
        for index, argument in enumerate(node.args):
            if index >= _MAX_CALLS_PASSED and isinstance(argument, ast.Call):
                positional.append(NOTHING)
                continue
            values = self._value(argument, frame, callee)
            if isinstance(argument, ast.Starred):
                added, is_whole = _spread(values)
                complete = complete and is_whole and len(positional) + len(added) <= MAX_ITEMS
                if len(positional) + len(added) <= MAX_ITEMS:
                    self.budget.spend(len(added) * len(values))
                    positional.extend(added)
            else:
                positional.append(values)
        for keyword in node.keywords:
            values = self._value(keyword.value, frame, callee)
            if keyword.arg is not None:
                keywords.append((keyword.arg, values))
            elif len(values) == 1 and isinstance(values[0], Mapping):
                items = values[0].items
                complete = complete and ... not in items
                self.budget.spend(len(items))
                keywords.extend(
                    (key, passed) for key, passed in items.items() if isinstance(key, str)
                )
            else:
                complete = False
                rest = union(rest, values)
        return Arguments(tuple(positional), tuple(keywords), complete, rest)

    def _tell_unreached(self, statements: list[ast.stmt], frame: Frame) -> None:
        """Tell of the calls of statements that stand behind a loop which nothing leaves."""
        for statement in statements:
            match statement:
                case ast.Expr(ast.Call() as node) | ast.Assign(value=ast.Call() as node):
                    self._current = statement
                    with self._silently():
                        callees = self._value(node.func, frame)
                        arguments = self._arguments(node, frame, qualified_name(callees[0]))
                    called = self._called(node, callees, arguments, UNREACHED, frame)
                    self._listener(Unreached(called))


def _is_asynchronous(callee: Value) -> bool:
    """Tell whether a call of a value surely gives a coroutine, and runs nothing yet."""
    if isinstance(callee, Partial):
        return all(map(_is_asynchronous, callee.targets))
    function = callee.function if isinstance(callee, Method) else callee
    if not isinstance(function, Function) or function.decorators:
        return False
    return isinstance(function.node, ast.AsyncFunctionDef) and not modules.is_generator(function)


def _spread(values: Values) -> tuple[tuple[Values, ...], bool]:
    """Return the elements of what is passed with ``*``, and whether these are surely all.

    Where it may be several lists, each place has what any of them has there.
    """
    lists = [value.items for value in values if isinstance(value, Sequence)]
    if len(lists) < len(values):
        return (), False
    return tuple(union(*filter(None, at)) for at in zip_longest(*lists)), len(lists) == 1


def _is_open(name: str, module: Module) -> bool:
    """Tell whether a name stands for something that the module itself may define."""
    root = name.partition(".")[0].rstrip("()[]")
    return name[0] == "?" or root in language.BUILTINS or name.startswith(f"{module.name}.")

"""What becomes of failures: ``try``, ``raise``, what ``with`` enters, decorators that catch."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TypeGuard

from flake8_launcher.knowledge import exceptions, language
from flake8_launcher.semantic.budget import STEP
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.running import blunders, retries, stopping
from flake8_launcher.semantic.running.events import Guard, Handled, Raised
from flake8_launcher.semantic.running.expressions import Caught, Expressions
from flake8_launcher.semantic.running.state import Breaks, Ends, FlowError, Returns, merged
from flake8_launcher.semantic.values import (
    NOTHING,
    Arguments,
    Constant,
    Frame,
    Function,
    Instance,
    Method,
    Symbol,
    Value,
    Values,
    qualified_name,
    symbol,
    union,
    unresolved,
)

_DOCUMENTED = 2
"""How many statements a body has that is a text and one more."""
_MAX_TOLD = 64
"""Of how many handlers of a ``try`` rules may ask: each asks for all that the ``try`` runs."""


class Failing(Expressions):
    """Follows what a failure makes of the order in which statements run."""

    def _try(self, node: ast.Try, frame: Frame) -> None:
        if node.finalbody:
            if node not in self._finals:
                self._finals[node] = syntax.with_final_handler(node)
            if (handling := self._finals[node]) is not None:
                self._try(handling, frame)
                self._block(node.finalbody, frame)
                return
        caught = [self._caught(handler.type, frame) for handler in node.handlers]
        catches = tuple(name for one in caught for name in one.types)
        before = self._copied(frame)
        end: FlowError | None = None
        others = tuple(name for one in caught for name in one.foreign)
        guard = Guard(catches, node.lineno, others, self._raised_without_call(node, others))
        try:
            with self._on(guard, "try"):
                with self._guarded(guard), self._tried(node):
                    self._block(node.body, frame)
                self._block(node.orelse, frame)
        except FlowError as flow:
            end = flow.anew()
        outcomes = [] if end else [frame.variables]
        for number, (handler, own) in enumerate(zip(node.handlers, caught, strict=True)):
            self.budget.spend(len(before) // STEP)
            frame.variables = merged([before, frame.variables])
            if handler.name:
                self._store_name(handler.name, (unresolved(handler.name),), frame)
            leaves: FlowError | None = None
            with self._on(guard, "except", handler):
                try:
                    with self._perhaps():
                        self._block(handler.body, frame)
                except FlowError as flow:
                    leaves = flow.anew()
                else:
                    outcomes.append(frame.variables)
                if isinstance(end, Ends):
                    end = leaves
                if not self._quiet and number < _MAX_TOLD:
                    self._tell_handler(handler, node, own, guard, leaves, frame)
        frame.variables = merged(outcomes or [frame.variables])
        self._block(node.finalbody, frame)
        if end is not None and not outcomes:
            raise end.anew()
        frame.has_failed = end is not None

    def _raised_without_call(
        self, node: ast.Try, caught: tuple[str, ...]
    ) -> frozenset[str] | None:
        """Return what a ``try`` may raise without a call, where a handler is made for that."""
        if exceptions.OF_EXPRESSIONS.isdisjoint(caught):
            return None
        known = self._raised.get(node)
        if known is None:
            inner = (one for part in node.body for one in self.budget.walk(part))
            raised = frozenset().union(*map(syntax.raised_by_itself, inner))
            known = self._raised[node] = raised
        return known

    def _raise(self, node: ast.Raise, frame: Frame) -> None:
        """Follow a ``raise``: of ``SystemExit`` it is an exit with the status that is passed."""
        values = self._value(node.exc, frame, "raised") if node.exc is not None else ()
        name = qualified_name(values[0]).removesuffix("()") if values else ""
        is_exit = name == "SystemExit"
        status: Values = (Constant(None),) if is_exit else ()
        if is_exit and isinstance(node.exc, ast.Call) and node.exc.args:
            with self._silently():
                status = self._value(node.exc.args[0], frame)
        if not self._quiet:
            types = self._lineage(values[0]) if values else ()
            self._listener(Raised(node, name, status, types, self._context(frame)))
        if frame.function is not None and _is_abstract(frame.function, node):
            frame.returned.append((symbol(f"{frame.function.qualified_name}()"),))
            raise Returns  # another class has what is called
        raise Ends("exit" if is_exit else "raise", status)

    def _tell_handler(
        self,
        node: ast.ExceptHandler,
        statement: ast.Try,
        caught: Caught,
        guard: Guard,
        leaves: FlowError | None,
        frame: Frame,
    ) -> None:
        status: Values = ()
        if isinstance(leaves, Ends):
            how, status = leaves.how, leaves.status
        elif isinstance(leaves, Returns):
            how, status = "return", frame.returned[-1] if frame.returned else ()
        elif isinstance(leaves, Breaks):
            how = "break"
        else:
            how = "continue" if leaves is None else "loop"
        scope = frame.function.node if frame.function else frame.module.tree
        loops = self._loops.get(scope)
        if loops is None:
            loops = self._loops[scope] = retries.loops_in(scope, self.budget)
        whole = self._stands_for.get(statement, statement)
        loop = loops.get(whole)
        if how == "continue" and isinstance(loop, ast.While):
            how = "break" if stopping.is_ended_by(loop, node) else how
        told = self._blunders.get(node)
        if told is None:

            def names(expression: ast.expr) -> tuple[str, ...]:
                with self._silently():
                    return tuple(map(qualified_name, self._value(expression, frame)))

            told = self._blunders[node] = (
                blunders.in_handler(node, statement, caught.foreign, frame, names, self.budget),
                retries.around(node, whole, loop, names, self.budget),
            )
        ends = syntax.may_end(node)
        context = self._context(frame)
        types, named, foreign = caught
        self._listener(
            Handled(node, guard, types, named, how, status, ends, foreign, *told, context)
        )

    def _with(
        self, node: ast.With | ast.AsyncWith, items: list[ast.withitem], frame: Frame
    ) -> None:
        if not items:
            self._block(node.body, frame)
            return
        item, rest = items[0], items[1:]

        def body(values: Values) -> None:
            target = item.optional_vars
            if target is not None:
                self._assign(target, values, frame)
            if isinstance(target, ast.Name) and frame.function is None:
                # at the top level a name is all that it is ever bound to, but not in the block
                frame.variables[target.id] = values
                try:
                    self._with(node, rest, frame)
                finally:
                    frame.variables.pop(target.id, None)
                return
            self._with(node, rest, frame)

        manager = self._generator(item.context_expr, frame)
        if manager is not None:
            self._run_generator(manager, item.context_expr, body, frame)
            return
        values = self._value(item.context_expr, frame, "assigned")
        if not rest and _are_suppressors(values) and _suppressed_by(item.context_expr, values):
            self._try(self._suppressing(node.body, item.context_expr, values, node), frame)
            return
        instances = [value for value in values if self._suppresses_all(value)]
        if not rest and instances and len(instances) == len(values):
            self._within(node, item, instances, frame)
            return
        entered: list[Values] = []
        catches: tuple[str, ...] = ()
        for value in values:
            if isinstance(value, Instance):
                entered.append(self._call_method(value, language.ENTERS, item.context_expr))
                catches += self._exit_catches(value)
            elif isinstance(value, Symbol):
                catches += self._suppressed(value, item.context_expr, frame)
        waits = isinstance(node, ast.AsyncWith) and not entered
        if waits:
            values = self._awaited(item.context_expr, values, frame)
        with self._guarded(Guard(catches, item.context_expr.lineno, catches)):
            body(union(*entered) if entered else values)
        if waits:
            self._awaited(item.context_expr, values, frame)
        for value in values:
            if isinstance(value, Instance):
                self._call_method(value, language.EXITS, item.context_expr)

    def _within(
        self,
        node: ast.With | ast.AsyncWith,
        item: ast.withitem,
        managers: list[Instance],
        frame: Frame,
    ) -> None:
        """Follow what an object of the project is around that lets no failure out."""
        call = item.context_expr
        entered = [self._call_method(value, language.ENTERS, call) for value in managers]
        if item.optional_vars is not None:
            self._assign(item.optional_vars, union(*entered), frame)
        everything: ast.expr = ast.copy_location(ast.Name("BaseException", ast.Load()), call)
        self._try(self._suppressing(node.body, call, of=node, caught=[everything]), frame)
        for value in managers:
            self._call_method(value, language.EXITS, call)

    def _suppresses_all(self, value: Value) -> TypeGuard[Instance]:
        """Tell whether the ``__exit__`` of a class of the project lets no failure out."""
        return isinstance(value, Instance) and any(
            isinstance(method, Method) and syntax.suppresses(method.function)
            for name in language.EXITS
            for method in self._attribute((value,), name)
        )

    def _body(self, function: Function, frame: Frame) -> None:
        """Follow what a function does, and what its decorators make of a failure."""
        body: list[ast.stmt] = getattr(function.node, "body", [])
        if any(name.startswith(language.SWALLOWS) for name in function.decorators):
            for call in getattr(function.node, "decorator_list", ()):
                if suppressing := self._values_suppressing(call, Frame(function.module)):
                    self._try(self._suppressing(body, call, suppressing), frame)
                    return
        if any(name.removesuffix("()") in language.RETRIERS for name in function.decorators):
            inner = self.budget.walk(function.node)
            handles = any(isinstance(one, ast.ExceptHandler) for one in inner)
            for call in () if handles else getattr(function.node, "decorator_list", ()):
                if self._retries(call, Frame(function.module)):
                    body = [self._retrying(body, call, function.node)]
                    break
        self._block(body, frame)

    def _retries(self, call: ast.expr, frame: Frame) -> bool:
        """Tell whether a decorator tries again without end, a message or a pause that grows."""
        with self._silently():
            names = [qualified_name(value) for value in self._value(call, frame)]
        if not names or any(one.removesuffix("()") not in language.RETRIERS for one in names):
            return False
        told = call.keywords if isinstance(call, ast.Call) else []
        if isinstance(call, ast.Call) and call.args:
            return False
        pauses = [one.value for one in told if one.arg == language.RETRIER_PAUSE]
        with self._silently():
            waits = [qualified_name(one) for each in pauses for one in self._value(each, frame)]
        others = {one.arg for one in told} - language.RETRIER_FILTERS
        return not others and all(map(language.FIXED_PAUSES.fullmatch, waits))

    def _retrying(self, body: list[ast.stmt], call: ast.expr, scope: ast.AST) -> ast.stmt:
        """Return the loop around a ``try`` that a decorator makes of what a function does."""
        known = self._retriers.get(call)
        if known is None:
            everything = ast.copy_location(ast.Name("Exception", ast.Load()), call)
            nothing = ast.copy_location(ast.Pass(), call)
            handler = ast.copy_location(syntax.CallBlock(everything, None, [nothing]), call)
            leave = ast.copy_location(ast.Break(), call)
            tried = ast.copy_location(ast.Try(body, [handler], [leave], []), call)
            always = ast.copy_location(ast.Constant(True), call)
            known = ast.copy_location(ast.While(always, [tried], []), call)
            self._retriers[call] = known
            self._loops[scope] = retries.loops_in(scope, self.budget) | {tried: known}
        return known

    def _values_suppressing(self, call: ast.expr, frame: Frame) -> Values:
        """Return what a decorator, or what is entered, is if it lets failures go no further."""
        values = NOTHING
        with self._silently():
            values = self._value(call, frame)
        return values if _are_suppressors(values) and _suppressed_by(call, values) else ()

    def _suppressing(
        self,
        body: list[ast.stmt],
        call: ast.expr,
        values: Values = (),
        of: ast.stmt | None = None,
        caught: list[ast.expr] | None = None,
    ) -> ast.Try:
        """Return the ``try`` that a ``with suppress(…)`` is, with a handler that does nothing.

        :param body: what is in it.
        :param call: what suppresses.
        :param values: what that may be.
        :param of: the statement that the ``try`` stands for, where there is one.
        :param caught: what is suppressed; without it, what the call is given.
        """
        known = self._suppressors.get(call)
        if known is None:
            given = caught or _suppressed_by(call, values)
            types = ast.copy_location(ast.Tuple(given, ast.Load()), call)
            nothing = ast.copy_location(ast.Pass(), call)
            kind = syntax.WithBlock if of is not None else syntax.CallBlock
            handler = ast.copy_location(kind(types, None, [nothing]), call)
            made = ast.Try(body, [handler], [], [])
            known = self._suppressors[call] = ast.copy_location(made, call)
            if of is not None:
                self._stands_for[known] = of
        return known

    def _suppressed(self, value: Symbol, node: ast.expr, frame: Frame) -> tuple[str, ...]:
        if value.name not in language.SUPPRESSORS or not isinstance(node, ast.Call):
            return ()
        return tuple(name for one in node.args for name in self._caught(one, frame).types)

    def _exit_catches(self, instance: Instance) -> tuple[str, ...]:
        """Return what the ``__exit__`` of a class of the project may catch.

        One that returns something that may be true, raises or exits decides about every failure.
        """
        for name in language.EXITS:
            for value in self._attribute((instance,), name):
                if isinstance(value, Method) and syntax.decides(value.function):
                    return ("BaseException",)
        return ()

    def _generator(self, node: ast.expr, frame: Frame) -> tuple[Value, Arguments] | None:
        """Return the project's ``@contextmanager`` function that an expression calls."""
        if not isinstance(node, ast.Call):
            return None
        with self._silently():
            values = self._value(node.func, frame)
            arguments = self._arguments(node, frame, "other")
        for value in values:
            function = value.function if isinstance(value, Method) else value
            if isinstance(function, Function) and not language.CONTEXT_MANAGERS.isdisjoint(
                function.decorators
            ):
                return value, arguments
        return None

    def _run_generator(
        self,
        manager: tuple[Value, Arguments],
        node: ast.expr,
        body: Callable[[Values], None],
        frame: Frame,
    ) -> None:
        """Follow a context manager's function, with the ``with`` body where it yields."""
        ends: list[FlowError] = []
        depth = len(self._running)

        def resume(given: Values) -> None:
            running = self._running[depth:]
            del self._running[depth:]
            self._yields.append(None)
            try:
                body(given)
            except FlowError as flow:
                ends.append(flow.anew())
            finally:
                self._yields.pop()
                self._running.extend(running)

        value, arguments = manager
        self._emit_call(node, (value,), arguments, "dropped", frame)
        self._use = "dropped"  # what it returns at its end is nothing to anybody
        try:
            self._invoke(value, arguments, node, resume)
        finally:
            if ends:
                raise ends[0].anew()


def _are_suppressors(values: Values) -> bool:
    return bool(values) and all(
        isinstance(value, Symbol) and value.name in language.SUPPRESSORS for value in values
    )


def _suppressed_by(call: ast.expr, values: Values) -> list[ast.expr]:
    """Return the types that a call suppresses; nothing where it raises them again."""
    given = call.args if isinstance(call, ast.Call) else []
    if not any(qualified_name(value).startswith(language.SWALLOWS) for value in values):
        return given
    keywords = call.keywords if isinstance(call, ast.Call) else []
    for one in keywords:
        is_off = isinstance(one.value, ast.Constant) and not one.value.value
        if one.arg is None or (one.arg in language.RAISES_AGAIN and not is_off):
            return []
    types = [*given[:1], *(one.value for one in keywords if one.arg == "exception")]
    return types or [ast.copy_location(ast.Name("Exception", ast.Load()), call)]


def _is_abstract(function: Function, node: ast.Raise) -> bool:
    """Tell whether a method does no more than say, by raising that, that others define it."""
    if function.owner is None or isinstance(function.node, ast.Lambda):
        return False
    match node.exc:
        case ast.Name(id=name) | ast.Call(func=ast.Name(id=name)):
            body = function.node.body
            return name == language.ABSTRACT and body[-1] is node and len(body) <= _DOCUMENTED
    return False

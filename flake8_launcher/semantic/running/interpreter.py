"""Runs code in thought: follows statements and calls in order, and never the code itself.

Both arms of a condition are followed, a loop's body once; what cannot be read is a symbol.
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Callable
from typing import TypeGuard

from flake8_launcher.knowledge import exceptions, is_stream, language, with_packages
from flake8_launcher.semantic.budget import STEP, BoundReachedError
from flake8_launcher.semantic.reading import modules
from flake8_launcher.semantic.reading.modules import Assigned, Defined, Imported, Module
from flake8_launcher.semantic.running import blunders, groups, loops, retries
from flake8_launcher.semantic.running.events import (
    IMPORTS,
    CallSite,
    Guard,
    Handled,
    Imports,
    Looped,
    Raised,
    Returned,
)
from flake8_launcher.semantic.running.expressions import Expressions, decided
from flake8_launcher.semantic.running.retries import Loop
from flake8_launcher.semantic.running.state import (
    MAX_DEPTH,
    Ends,
    FlowError,
    LeavesLoop,
    Returns,
)
from flake8_launcher.semantic.values import (
    NOTHING,
    Arguments,
    Class,
    Constant,
    Frame,
    Function,
    Instance,
    Mapping,
    Method,
    Sequence,
    Symbol,
    Value,
    Values,
    qualified_name,
    symbol,
    union,
    unresolved,
)

_MAX_WAYS = 24
_DOCUMENTED = 2
"""How many statements a body has that is a text and one more."""
"""How many ways of a long ``if`` are counted."""


class Interpreter(Expressions):
    """Follows one module and the functions that it calls."""

    def run_module(self, module: Module, at_main: Callable[[], None] | None = None) -> None:
        """Follow the module's top level.

        :param at_main: is called where a block that ``__name__ == "__main__"`` guards begins;
            without it these blocks are left out.
        :raises BoundReachedError: when there is too much to follow.
        """
        self._at_main = at_main
        self._run_top_level(module)

    def _run_top_level(self, module: Module) -> None:
        with self._inside(module), contextlib.suppress(FlowError):
            self._block(module.tree.body, Frame(module))

    def run_packages(self, module: Module) -> None:
        """Follow the packages that hold a module, which run before it, where that is worth it.

        They are led to by the module's first statement.

        :raises BoundReachedError: when there is too much to follow.
        """
        first = next(modules.running(module.tree.body), None)
        if module.package and first is not None:
            with self._inside(module):
                self._run_imported(first, Imported(module.package))

    def run_function(self, module: Module, path: str, is_group: bool = False) -> bool:
        """Follow a function as packaging metadata names it, called without arguments.

        :param path: ``main``, or ``Application.main``.
        :param is_group: whether it is that of a group, which runs before one of its commands.
        :returns: whether there is such a function.
        :raises BoundReachedError: when there is too much to follow.
        """
        assigned = self._assigned_as(module, path)
        if assigned is None and not is_group:
            assigned = self._made_group(module, path)
        if assigned is not None:
            # ``main = Application.launch_instance``, or ``@click.group()``
            name = ast.copy_location(ast.Name(path, ast.Load()), assigned)
            call = ast.copy_location(ast.Call(name, [], []), assigned)
            with self._inside(module), contextlib.suppress(FlowError):
                self._value(call, Frame(module), "returned")
            return True
        root, *attributes = path.split(".")
        values: Values = self._lookup(root, Frame(module))
        owner = values[0] if attributes and isinstance(values[0], Class) else None
        for attribute in attributes:
            values = self._attribute(values, attribute)
        known = [value for value in values if isinstance(value, Function | Method)]
        for value in known:
            function = value.function if isinstance(value, Method) else value
            wrapped: ast.stmt | None = None
            if function.module is not module:
                wrapped = _definition(module, root) or _import_of(module, root)
            called: Value = value
            if function.owner is not None and function.kind in ("function", "property"):
                called = Method(function, Instance(owner or function.owner))
            self._use = "returned" if wrapped else "other"  # by the wrapper, as the function's own
            with self._inside(module), contextlib.suppress(FlowError):
                self._invoke(called, Arguments(complete=False), wrapped)
        return bool(known)

    def _assigned_as(self, module: Module, name: str) -> ast.AST | None:
        """Return where a name gets its value by assignment, here or where it is imported from."""
        if assigned := _assigned(module, name):
            return assigned
        imported = _imported_from(module, name)
        source = self._find(imported[0]) if imported else None
        if imported is None or source is None or _assigned(source, imported[1]) is None:
            return None
        return _import_of(module, name)

    def _made_group(self, module: Module, name: str) -> ast.AST | None:
        """Return where a function is defined, or imported, that a group of commands is made of."""
        for value in self._lookup(name, Frame(module)) if name in module.bindings else ():
            if isinstance(value, Function) and any(map(groups.makes_group, value.decorators)):
                return value.node if value.module is module else _import_of(module, name)
        return None

    def run_expression(self, module: Module, expression: ast.expr) -> None:
        """Follow an expression of the module's top level, as far as that is not too much."""
        with contextlib.suppress(BoundReachedError, FlowError), self._inside(module):
            with self._bounded():
                self._value(expression, Frame(module))

    def values_of(self, module: Module, name: str) -> Values:
        """Return what a name of the module's top level may be; nothing where it is not bound."""
        values = NOTHING
        with self._silently(), self._bounded():
            values = self._lookup(name, Frame(module))
        return values

    def names_of(self, module: Module, expression: ast.expr) -> tuple[str, ...]:
        """Return the qualified names of what an expression of the top level may be."""
        names: tuple[str, ...] = ()
        with self._silently(), self._bounded():
            names = tuple(map(qualified_name, self._value(expression, Frame(module))))
        return names

    def is_function(self, module: Module, expression: ast.expr) -> bool:
        """Tell whether an expression of the top level surely is a function that is read."""
        values: Values = ()
        with self._silently(), self._bounded():
            values = self._value(expression, Frame(module))
        return bool(values) and all(isinstance(value, Function) for value in values)

    def _block(self, body: list[ast.stmt], frame: Frame) -> None:
        to_come, around = self._to_come, self._current
        try:
            for index, statement in enumerate(body):
                self.budget.spend(STEP)
                rest = len(body) - 1 - index
                self._to_come = max(to_come, rest)
                if not self._quiet:
                    self._current = statement
                self._statement(statement, frame)
                call = _entered(statement)
                if call is not None and (suppressing := self._values_suppressing(call, frame)):
                    self._to_come = to_come
                    self._try(self._suppressing(body[index + 1 :], call, suppressing), frame)
                    return
                if frame.has_failed:
                    frame.has_failed = False
                    self._to_come = to_come
                    with self._skippable():
                        self._block(body[index + 1 :], frame)
                    return
        finally:
            self._current = around

    def _statement(self, node: ast.stmt, frame: Frame) -> None:  # noqa: C901
        match node:
            case ast.Expr(value=value):
                self._completed(self._value(value, frame, "dropped"))
            case ast.Assign(targets=several, value=value):
                values = self._value(value, frame, "assigned")
                for target in several:
                    self._assign(target, values, frame)
            case ast.AnnAssign(target=target, value=annotated):
                if annotated is not None:
                    self._assign(target, self._value(annotated, frame, "assigned"), frame)
            case ast.AugAssign(target=target, op=operator, value=value):
                added = self._value(value, frame)
                with self._silently():
                    grown = self._sum(operator, self._value(target, frame), added)
                self._assign(target, grown, frame)
            case ast.Delete(targets=several):
                for target in several:
                    if isinstance(target, ast.Subscript):
                        self._assign(target, NOTHING, frame)
            case ast.Return(value=result):
                given = self._value(result, frame, "returned") if result else (Constant(None),)
                frame.returned.append(given)
                if not self._quiet:
                    self._listener(Returned(node, given, self._context(frame)))
                raise Returns
            case ast.Raise():
                self._raise(node, frame)
            case ast.Import() | ast.ImportFrom():
                self._import(node, frame)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                self._store_name(node.name, self._defined(node, frame), frame)
                if node.decorator_list and not self._quiet:
                    self._run_at_start(node, frame)
            case ast.If():
                self._if(node, frame)
            case ast.For() | ast.AsyncFor() | ast.While():
                self._loop(node, frame)
            case ast.With() | ast.AsyncWith():
                self._with(node, node.items, frame)
            case ast.Match(subject=subject, cases=cases):
                self._value(subject, frame)
                self._branches(node, [case.body for case in cases] + [[]], frame)
            case ast.Assert(test=test):
                self._value(test, frame, "tested")
            case ast.Global(names=names):
                self.budget.spend(len(names))
                frame.global_names.update(names)
            case ast.Break() | ast.Continue():
                raise LeavesLoop
            case _ if isinstance(node, modules.TRY):
                self._try(node, frame)

    def _import(self, node: ast.Import | ast.ImportFrom, frame: Frame) -> None:
        self.budget.spend(STEP // 2 * len(node.names))
        for alias in () if self._quiet else node.names:
            if isinstance(node, ast.Import):
                self._listener(Imports(node, alias.name, None, self._context(frame)))
                self._run_imported(node, Imported(alias.name))
            elif source := frame.module.absolute(node):
                self._listener(Imports(node, source, alias.name, self._context(frame)))
        for name, binding in modules.imported(node, frame.module):
            if not self._quiet and isinstance(node, ast.ImportFrom):
                self._run_imported(node, binding)
            self._store_name(name, self._imported(binding), frame)

    def _run_imported(self, node: ast.stmt, binding: Imported) -> None:
        """Follow the top level of the modules that an import runs, where that is worth it."""
        names = [*with_packages(binding.module)]
        if binding.name is not None:
            names.append(f"{binding.module}.{binding.name}")
        for name in names:
            module = self._find(name)
            if module is None or module in self._imported_modules or module in self._here:
                continue
            self._imported_modules.add(module)
            if self._runs is None or not self._runs(module) or len(self._here) > MAX_DEPTH:
                continue
            caller = self._chain[-1].callee if self._chain else ""
            self._chain.append(CallSite(caller, f"{IMPORTS}{name}", self._here[-1], node))
            self._importing += 1
            try:
                with self._bounded():
                    self._run_top_level(module)
            finally:
                self._importing -= 1
                self._chain.pop()

    def _if(self, node: ast.If, frame: Frame) -> None:
        if frame.function is None and modules.is_main_guard(node.test):
            if self._at_main is None or frame.module is not self._here[0]:
                self._block(node.orelse, frame)
            else:
                self._at_main()
                self._block(node.body, frame)
            return
        values = self._value(node.test, frame, "tested")
        if modules.is_type_checking(node.test):
            self._block(node.orelse, frame)
        elif (holds := self._holds(node.test, values, frame)) is not None:
            self._block(node.body if holds else node.orelse, frame)
        else:
            self._branches(node, [node.body, node.orelse], frame)

    def _holds(self, test: ast.expr, values: Values, frame: Frame) -> bool | None:
        """Tell whether a condition holds: a known value, or ``not`` and the name of a true one.

        A false one is mostly the default of a parameter, which says little.
        """
        match test:
            case ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=name)):
                return False if decided(self._lookup(name, frame)) else None
        return decided(values)

    def _branches(
        self, node: ast.If | ast.Match, branches: list[list[ast.stmt]], frame: Frame
    ) -> None:
        """Follow alternatives; afterwards a name may be what any of them made it."""
        before = self._copied(frame)
        after: list[dict[str, Values]] = []
        ends: list[FlowError] = []
        fork = object()
        for number, body in enumerate(branches):
            frame.variables = before
            frame.variables = self._copied(frame)
            if isinstance(node, ast.If):
                _narrow(node.test, number == 0, frame.variables)
            try:
                others = _others(branches[number + 1 :])
                with self._perhaps(fork, node=node, number=number), self._shared(others):
                    self._block(body, frame)
            except FlowError as flow:
                ends.append(flow.anew())
            else:
                after.append(frame.variables)
        frame.variables = _merge(after or [before])
        if not after:
            end = next((flow for flow in ends if not isinstance(flow, Ends)), ends[0])
            raise end.anew()

    def _copied(self, frame: Frame) -> dict[str, Values]:
        """Return a copy of the names of a frame."""
        self.budget.spend(len(frame.variables) // STEP)
        return dict(frame.variables)

    def _loop(self, node: Loop, frame: Frame) -> None:
        if isinstance(node, ast.While):
            self._while(node, frame)
        else:
            self._for(node, frame)

    def _for(self, node: ast.For | ast.AsyncFor, frame: Frame) -> None:
        before = self._copied(frame)
        values = self._value(node.iter, frame)
        if isinstance(node, ast.AsyncFor):
            values = self._awaited(node.iter, values, frame)
        certain = any(isinstance(value, Sequence) and value.items for value in values)
        if not self._quiet and self._receives(node, values):
            self._tell_loop(node, frame)
        self._assign(node.target, self._elements(values), frame)
        self._rounds(node, frame, before, certain)
        self._after_loop(node, frame)

    def _while(self, node: ast.While, frame: Frame) -> None:
        before = self._copied(frame)
        waited = self._waited
        lasts = not self._quiet and loops.may_last(node)
        holds = not self._quiet and self._goes_on(node.test, frame)
        waits = (lasts or holds) and loops.waits(node, self.budget)
        if waits and not holds:
            self._tell_loop(node, frame)
            lasts = False
        certain = decided(self._value(node.test, frame, "tested")) is True
        endless = certain and loops.keeps(node, self.budget)
        is_left = self._rounds(node, frame, before, certain, endless)
        holds = holds and self._goes_on(node.test, frame)
        if lasts or holds:
            # what it calls waits, or nothing but a failure ends it
            waits = waits or self._waited > waited
            works = waits or (endless and not is_left and not self._generates)
            if works and not waits:
                around = [one for depth, one in self._trying if depth == len(self._chain)]
                works = not any(map(loops.ends_in_order, around))
            if works and self._is_endless(node, holds) and not loops.talks(node, self.budget):
                self._tell_loop(node, frame, holds)
        if endless and not is_left and not loops.leaves(node.body):
            raise Ends("loop")
        self._after_loop(node, frame)

    def _rounds(
        self,
        node: Loop,
        frame: Frame,
        before: dict[str, Values],
        certain: bool,
        endless: bool = False,
    ) -> bool:
        """Follow the rounds of a loop as one, and tell whether that leaves the function.

        :param before: the variables before the loop.
        :param certain: whether there is a first round.
        :param endless: whether the loop itself does not change what its condition asks for.
        """
        is_left = False
        try:
            kind = "endless" if endless else "loop"
            way = self._on(object(), kind, node) if certain else self._perhaps(None, kind, node)
            with way:
                self._block(node.body, frame)
        except LeavesLoop:
            pass
        except Returns:
            is_left = True
        except Ends:
            if certain:
                raise
        if not (certain and loops.goes_through(node.body)):
            frame.variables = _merge([before, frame.variables])
        return is_left

    def _after_loop(self, node: Loop, frame: Frame) -> None:
        if not node.orelse or not loops.leaves(node.body):
            self._block(node.orelse, frame)
            return
        before = self._copied(frame)
        with contextlib.suppress(FlowError), self._perhaps(node=node, number=1):
            self._block(node.orelse, frame)
        frame.variables = _merge([before, frame.variables])

    def _goes_on(self, test: ast.expr, frame: Frame) -> bool:
        """Tell whether all flags that a loop's condition asks for are known to let it go on.

        Where that is so after a round, too, somebody else has to end the loop.
        """
        flags = loops.flags(test)
        with self._silently():
            return bool(flags) and all(
                decided(self._value(flag, frame)) is wanted for flag, wanted in flags
            )

    def _receives(self, node: ast.For | ast.AsyncFor, values: Values) -> bool:
        """Tell whether a loop goes on for ever: over a consumer, a subscription and the like."""
        if loops.receives(node.iter):
            return not any(isinstance(one, Mapping | Sequence) for one in values)
        names = map(qualified_name, values)
        if any(is_stream(name) or name in self._endless for name in names):
            return True
        return any(isinstance(one, Instance) and self._gives_messages(one) for one in values)

    def _gives_messages(self, iterator: Instance) -> bool:
        """Tell whether an iterator of the project's own waits for what it gives next."""
        return any(
            isinstance(value, Method) and loops.asks_for_messages(value.function.node, self.budget)
            for name in language.GIVES_NEXT
            for value in self._member(iterator.cls, name, iterator)
        )

    def _is_endless(self, node: Loop, holds: bool = False) -> bool:
        """Tell whether a loop goes on until something tells the service to stop.

        :param holds: whether its condition is known to hold in each round.
        """
        if isinstance(node, ast.While):
            if not (holds or loops.lasts(node)) or loops.turns_off(node, self.budget):
                return False
        has_flag = isinstance(node, ast.While) and not isinstance(node.test, ast.Constant)
        return not loops.ends(node.body, self.budget, has_flag=has_flag)

    def _tell_loop(self, node: Loop, frame: Frame, holds: bool = False) -> None:
        name = frame.function.qualified_name if frame.function else frame.module.name
        is_endless = self._is_endless(node, holds)
        if not self._generates:
            self._listener(Looped(node, name, self._context(frame), is_endless))
        elif is_endless:
            self._endless.add(f"{name}()")  # whoever goes through it decides

    def _try(self, node: ast.Try, frame: Frame) -> None:
        if node.finalbody:
            if node not in self._finals:
                self._finals[node] = modules.with_final_handler(node)
            if (handling := self._finals[node]) is not None:
                self._try(handling, frame)
                self._block(node.finalbody, frame)
                return
        caught = [self._exceptions(handler.type, frame) for handler in node.handlers]
        catches = tuple(name for names in caught for name in names)
        foreign = [self._foreign(handler.type, frame) for handler in node.handlers]
        before = self._copied(frame)
        end: FlowError | None = None
        others = tuple(name for names in foreign for name in names)
        guard = Guard(catches, node.lineno, others, self._raised_without_call(node, others))
        try:
            with self._on(guard, "try"):
                with self._guarded(guard), self._tried(node):
                    self._block(node.body, frame)
                self._block(node.orelse, frame)
        except FlowError as flow:
            end = flow.anew()
        outcomes = [] if end else [frame.variables]
        for handler, own, named in zip(node.handlers, caught, foreign, strict=True):
            self.budget.spend(len(before) // STEP)
            frame.variables = _merge([before, frame.variables])
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
                if not self._quiet:
                    self._tell_handler(handler, node, (own, named), guard, leaves, frame)
        frame.variables = _merge(outcomes or [frame.variables])
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
            raised = frozenset().union(*map(modules.raised_by_itself, inner))
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
            self._listener(Raised(node, name, status, self._context(frame)))
        if frame.function is not None and _is_abstract(frame.function, node):
            frame.returned.append((symbol(f"{frame.function.qualified_name}()"),))
            raise Returns  # another class has what is called
        raise Ends("exit" if is_exit else "raise", status)

    def _tell_handler(
        self,
        node: ast.ExceptHandler,
        statement: ast.Try,
        types: tuple[tuple[str, ...], tuple[str, ...]],
        guard: Guard,
        leaves: FlowError | None,
        frame: Frame,
    ) -> None:
        catches, foreign = types
        status: Values = ()
        if isinstance(leaves, Ends):
            how, status = leaves.how, leaves.status
        elif isinstance(leaves, Returns):
            how, status = "return", frame.returned[-1] if frame.returned else ()
        else:
            how = "continue" if leaves is None else "loop"
        told = self._blunders.get(node)
        if told is None:

            def names(expression: ast.expr) -> tuple[str, ...]:
                with self._silently():
                    return tuple(map(qualified_name, self._value(expression, frame)))

            scope = frame.function.node if frame.function else frame.module.tree
            loops = self._loops.get(scope)
            if loops is None:
                loops = self._loops[scope] = retries.loops_in(scope, self.budget)
            whole = self._stands_for.get(statement, statement)
            told = self._blunders[node] = (
                blunders.in_handler(node, statement, foreign, frame, names, self.budget),
                retries.around(node, whole, loops.get(whole), names, self.budget),
            )
        ends = modules.may_end(node)
        context = self._context(frame)
        self._listener(Handled(node, guard, catches, how, status, ends, foreign, *told, context))

    def _with(
        self, node: ast.With | ast.AsyncWith, items: list[ast.withitem], frame: Frame
    ) -> None:
        if not items:
            self._block(node.body, frame)
            return
        item, rest = items[0], items[1:]

        def body(values: Values) -> None:
            if item.optional_vars is not None:
                self._assign(item.optional_vars, values, frame)
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
            isinstance(method, Method) and modules.suppresses(method.function)
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
            handler = ast.copy_location(modules.CallBlock(everything, None, [nothing]), call)
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
            kind = modules.WithBlock if of is not None else modules.CallBlock
            handler = ast.copy_location(kind(types, None, [nothing]), call)
            made = ast.Try(body, [handler], [], [])
            known = self._suppressors[call] = ast.copy_location(made, call)
            if of is not None:
                self._stands_for[known] = of
        return known

    def _suppressed(self, value: Symbol, node: ast.expr, frame: Frame) -> tuple[str, ...]:
        if value.name not in language.SUPPRESSORS or not isinstance(node, ast.Call):
            return ()
        return tuple(name for one in node.args for name in self._exceptions(one, frame))

    def _exit_catches(self, instance: Instance) -> tuple[str, ...]:
        """Return what the ``__exit__`` of a class of the project may catch.

        One that returns something that may be true, raises or exits decides about every failure.
        """
        for name in language.EXITS:
            for value in self._attribute((instance,), name):
                if isinstance(value, Method) and modules.decides(value.function):
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


def _others(branches: list[list[ast.stmt]]) -> int:
    """Return how many ways there are in some branches, of which the last may be an ``elif``."""
    count = len(branches)
    rest = branches[-1] if branches else []
    while count < _MAX_WAYS and len(rest) == 1 and isinstance(rest[0], ast.If):
        count, rest = count + 1, rest[0].orelse
    return count


def _entered(statement: ast.stmt) -> ast.expr | None:
    """Return what a statement gives to a stack of context managers, if it does nothing else."""
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name), args=[call], keywords=[])):
            return call if name in language.ENTERS_CONTEXT else None
    return None


def _definition(module: Module, name: str) -> ast.stmt | None:
    """Return the statement that defines a name, which a decorator of another module wraps."""
    for binding in module.bindings.get(name, ()):
        if isinstance(binding, Defined):
            return binding.node
    return None


def _assigned(module: Module, name: str) -> ast.expr | None:
    """Return what an assignment at the top level makes a name be, where that is all it is."""
    match module.bindings.get(name):
        case [Assigned(value=value, path=(), iterated=False)]:
            return value
    return None


def _imported_from(module: Module, name: str) -> tuple[str, str] | None:
    """Return the module that a name is imported from, where that is all it is, and its name."""
    match module.bindings.get(name):
        case [Imported(module=source, name=str(given))]:
            return source, given
    return None


def _import_of(module: Module, name: str) -> ast.stmt | None:
    """Return the statement of the top level that imports a name."""
    for statement in modules.running(module.tree.body):
        if isinstance(statement, ast.ImportFrom):
            if any((alias.asname or alias.name) == name for alias in statement.names):
                return statement
    return None


def _narrow(test: ast.expr, holds: bool, variables: dict[str, Values]) -> None:
    """Drop what local names cannot be where a condition holds, or does not.

    Nothing is dropped where nothing would be left.
    """
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            _narrow(inner, not holds, variables)
        case ast.BoolOp(op=joins, values=operands) if isinstance(joins, ast.And) is holds:
            for operand in operands:
                _narrow(operand, holds, variables)
        case ast.Compare(
            left=ast.Name(id=name) | ast.NamedExpr(target=ast.Name(id=name)),
            ops=[ast.Is() | ast.IsNot() as operator],
            comparators=[ast.Constant(value=None)],
        ):
            is_none = isinstance(operator, ast.Is) is holds
            _keep(name, variables, lambda value: (value is None) is is_none)
        case ast.Name(id=name) | ast.NamedExpr(target=ast.Name(id=name)):
            _keep(name, variables, lambda value: bool(value) is holds)


def _keep(name: str, variables: dict[str, Values], fits: Callable[[object], bool]) -> None:
    """Keep of the known constants that a local name may be those that fit."""
    values = variables.get(name, ())
    if len(values) > 1:
        kept = [one for one in values if not isinstance(one, Constant) or fits(one.value)]
        variables[name] = tuple(kept) or values


def _merge(outcomes: list[dict[str, Values]]) -> dict[str, Values]:
    """Return what each name may be after several alternatives."""
    if len(outcomes) == 1:
        return outcomes[0]
    merged: dict[str, Values] = {}
    for variables in outcomes:
        for name, values in variables.items():
            known = merged.get(name)
            merged[name] = values if known is None or known is values else union(known, values)
    return merged


def _is_abstract(function: Function, node: ast.Raise) -> bool:
    """Tell whether a method does no more than say, by raising that, that others define it."""
    if function.owner is None or isinstance(function.node, ast.Lambda):
        return False
    match node.exc:
        case ast.Name(id=name) | ast.Call(func=ast.Name(id=name)):
            body = function.node.body
            return name == language.ABSTRACT and body[-1] is node and len(body) <= _DOCUMENTED
    return False

"""Runs code in thought: follows statements and calls in order, and never the code itself.

Both arms of a condition are followed, a loop's body once; what cannot be read is a symbol.
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Callable
from dataclasses import replace

from flake8_launcher.knowledge import language, with_packages
from flake8_launcher.semantic.budget import STEP, BoundReachedError
from flake8_launcher.semantic.reading import modules, syntax
from flake8_launcher.semantic.reading.modules import Assigned, Defined, Imported, Module
from flake8_launcher.semantic.running import groups
from flake8_launcher.semantic.running.events import (
    IMPORTS,
    UNAWAITED,
    CallSite,
    Imports,
    Returned,
)
from flake8_launcher.semantic.running.expressions import decided
from flake8_launcher.semantic.running.looping import Looping
from flake8_launcher.semantic.running.state import (
    MAX_DEPTH,
    Breaks,
    Ends,
    FlowError,
    LeavesLoop,
    Returns,
    merged,
)
from flake8_launcher.semantic.values import (
    NOTHING,
    Arguments,
    Class,
    Constant,
    Coroutine,
    Frame,
    Function,
    Instance,
    Method,
    Value,
    Values,
    qualified_name,
)

_MAX_WAYS = 24
"""How many ways of a long ``if`` are counted."""


class Interpreter(Looping):
    """Follows one module and the functions that it calls."""

    def run_module(self, module: Module, at_main: Callable[[], None] | None = None) -> None:
        """Follow the module's top level.

        :param at_main: is called where a block that ``__name__ == "__main__"`` guards begins;
            without it these blocks are left out.
        :raises BoundReachedError: when there is too much to follow.
        """
        self._at_main = at_main
        self.is_over = self._run_top_level(module)

    def _run_top_level(self, module: Module) -> bool:
        """Follow the top level of a module, and tell whether nothing runs after it."""
        try:
            with self._inside(module):
                self._block(module.tree.body, Frame(module))
        except FlowError as flow:
            return isinstance(flow, Ends)
        return False

    def run_packages(self, module: Module) -> None:
        """Follow the packages that hold a module, which run before it, where that is worth it.

        They are led to by the module's first statement.

        :raises BoundReachedError: when there is too much to follow.
        """
        first = next(syntax.running(module.tree.body), None)
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
                called = Method(function, self._owner_made(module, owner or function.owner))
            self._use = "returned" if wrapped else "other"  # by the wrapper, as the function's own
            with self._inside(module), contextlib.suppress(FlowError):
                self._invoke(called, Arguments(complete=False), wrapped)
        return bool(known)

    def _owner_made(self, module: Module, cls: Class) -> Value:
        """Return the object whose method is followed; what makes it runs where parts are asked."""
        if not self.shallow:
            return Instance(cls)
        made: Values = ()
        with self._inside(module), contextlib.suppress(FlowError):
            made = self._invoke(cls, Arguments(complete=False), None)
        return made[0] if made else Instance(cls)

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
        except Ends as end:
            if end.how == "loop" and not (self._quiet or self._importing):
                self._tell_unreached(body[index + 1 :], frame)
            raise
        finally:
            self._current = around

    def _statement(self, node: ast.stmt, frame: Frame) -> None:  # noqa: C901
        match node:
            case ast.Expr(value=value):
                values = self._value(value, frame, "dropped")
                self._completed(tuple(map(_unawaited, values)))
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
                    command = frame.function.command if frame.function else ""
                    self._listener(Returned(node, given, self._context(frame), command))
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
            case ast.Break():
                frame.left.append(self._copied(frame))
                raise Breaks
            case ast.Continue():
                raise LeavesLoop
            case _ if isinstance(node, syntax.TRY):
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
        if frame.function is None and syntax.is_main_guard(node.test):
            if self._at_main is None or frame.module is not self._here[0]:
                self._block(node.orelse, frame)
            else:
                self._at_main()
                self._block(node.body, frame)
            return
        values = self._value(node.test, frame, "tested")
        if syntax.is_type_checking(node.test):
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
        frame.variables = merged(after or [before])
        if not after:
            end = next((flow for flow in ends if not isinstance(flow, Ends)), ends[0])
            raise end.anew()


def _unawaited(value: Value) -> Value:
    """Return what a statement drops, of which it is known if it is a coroutine."""
    return replace(value, use=UNAWAITED) if isinstance(value, Coroutine) else value


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
    """Return the statement of the top level that imports a name, or everything."""
    stars: list[ast.stmt] = []
    for statement in syntax.running(module.tree.body):
        if isinstance(statement, ast.ImportFrom):
            if any((alias.asname or alias.name) == name for alias in statement.names):
                return statement
            stars += [statement] if statement.names[0].name == "*" else []
    return stars[0] if stars else None


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

"""Runs code in thought: follows statements and calls in order, and never the code itself.

Both arms of a condition are followed, a loop's body once; what cannot be read is a symbol.
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Callable, Iterator
from collections.abc import Sequence as Sequential

from flake8_launcher.knowledge import language
from flake8_launcher.semantic import inference, modules
from flake8_launcher.semantic.events import (
    Called,
    CallSite,
    Compared,
    Context,
    Guard,
    Listener,
    Stored,
)
from flake8_launcher.semantic.modules import Assigned, Binding, Defined, Imported, Module
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
    Namespace,
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

MAX_DEPTH = 24
MAX_QUIET_DEPTH = 4
MAX_STEPS = 12_000
MAX_FOLLOWED = 3_000
MAX_MODULES = 80
_MAX_TEXT = 1_000

_NONE = Constant(None)

Finder = Callable[[str], Module | None]


class BoundReachedError(Exception):
    """The code is too large to follow to its end."""


class _FlowError(Exception):
    """The statements that follow do not run."""


class _Returns(_FlowError):
    """The function returns."""


class _LeavesLoop(_FlowError):
    """``break`` or ``continue``."""


class _Ends(_FlowError):
    """An exception is raised, the process exits, or a loop never ends."""


class Interpreter:
    """Follows one module and the functions that it calls.

    :param find: gives the module of a qualified name, or none when its text is not to be read.
    :param listener: takes the events, in order.
    :param runs: tells whether an imported module's top level is worth following.
    :param infers: whether astroid may be asked for calls that the bindings leave open.
    :ivar complete: whether everything was followed to its end.
    """

    def __init__(
        self,
        find: Finder,
        listener: Listener,
        runs: Callable[[Module], bool] | None = None,
        infers: bool = False,
    ) -> None:
        self._find = find
        self._listener = listener
        self._runs = runs
        self._infers = infers
        self.complete = True
        self._limit = MAX_STEPS
        self._values: dict[Module, dict[str, Values]] = {}
        self._functions: dict[ast.AST, Function] = {}
        self._ancestries: dict[ast.AST, tuple[tuple[Class, ...], tuple[str, ...]]] = {}
        self._here: list[Module] = []
        self._imported_modules: set[Module] = set()
        self._quiet = 0
        self._steps = 0
        self._conditional = 0
        self._importing = 0
        self._current: ast.stmt | None = None
        self._chain: list[CallSite] = []
        self._guards: list[Guard] = []
        self._running: list[ast.AST] = []
        self._evaluating: set[object] = set()
        self._yields: list[Callable[[], None] | None] = []

    # -- what a caller asks for ------------------------------------------------------------

    def run_module(self, module: Module) -> None:
        """Follow the module's top level, without what ``__name__ == "__main__"`` guards.

        :raises BoundReachedError: when there is too much to follow.
        """
        with self._inside(module), contextlib.suppress(_FlowError):
            self._block(module.tree.body, Frame(module))

    def run_body(self, module: Module, body: list[ast.stmt]) -> None:
        """Follow a block of the module's top level.

        :raises BoundReachedError: when there is too much to follow.
        """
        with self._inside(module), contextlib.suppress(_FlowError):
            self._block(body, Frame(module))

    def run_function(self, module: Module, path: str) -> bool:
        """Follow a function as packaging metadata names it, called without arguments.

        :param path: ``main``, or ``Application.main``.
        :returns: whether there is such a function.
        :raises BoundReachedError: when there is too much to follow.
        """
        values: Values = self._lookup(path.partition(".")[0], Frame(module))
        for attribute in path.split(".")[1:]:
            values = self._attribute(values, attribute)
        known = [value for value in values if isinstance(value, Function | Method)]
        for value in known:
            with self._inside(module), contextlib.suppress(_FlowError):
                self._invoke(value, Arguments(complete=False), None)
        return bool(known)

    def names_of(self, module: Module, expression: ast.expr) -> tuple[str, ...]:
        """Return the qualified names of what an expression of the top level may be."""
        with self._silently():
            return tuple(map(qualified_name, self._value(expression, Frame(module))))

    # -- statements ------------------------------------------------------------------------

    def _block(self, body: list[ast.stmt], frame: Frame) -> None:
        for statement in body:
            self._count()
            if not self._quiet:
                self._current = statement
            self._statement(statement, frame)

    def _count(self) -> None:
        """Count a statement or call.

        :raises BoundReachedError: when there have been too many.
        """
        self._steps += 1
        if self._steps > self._limit:
            raise BoundReachedError

    def _statement(self, node: ast.stmt, frame: Frame) -> None:  # noqa: C901
        match node:
            case ast.Expr(value=value):
                self._value(value, frame, "dropped")
            case ast.Assign(targets=several, value=value):
                values = self._value(value, frame, "assigned")
                for target in several:
                    self._assign(target, values, frame)
            case ast.AnnAssign(target=target, value=annotated):
                if annotated is not None:
                    self._assign(target, self._value(annotated, frame, "assigned"), frame)
            case ast.AugAssign(target=target, value=value):
                self._value(value, frame)
                self._assign(target, NOTHING, frame)
            case ast.Return(value=result):
                if result is not None:
                    frame.returned.append(self._value(result, frame, "returned"))
                raise _Returns
            case ast.Raise(exc=raised):
                if raised is not None:
                    self._value(raised, frame)
                raise _Ends
            case ast.Import() | ast.ImportFrom():
                self._import(node, frame)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                self._store_name(node.name, self._defined(node, frame), frame)
            case ast.If():
                self._if(node, frame)
            case ast.For() | ast.AsyncFor() | ast.While():
                self._loop(node, frame)
            case ast.With() | ast.AsyncWith():
                self._with(node, node.items, frame)
            case ast.Match(subject=subject, cases=cases):
                self._value(subject, frame)
                self._branches([case.body for case in cases] + [[]], frame)
            case ast.Assert(test=test):
                self._value(test, frame, "tested")
            case ast.Global(names=names):
                frame.global_names.update(names)
            case ast.Break() | ast.Continue():
                raise _LeavesLoop
            case _ if isinstance(node, modules.TRY):
                self._try(node, frame)

    def _import(self, node: ast.Import | ast.ImportFrom, frame: Frame) -> None:
        for name, binding in modules.imported(node, frame.module):
            if not self._quiet:
                self._run_imported(node, binding)
            self._store_name(name, self._imported(binding), frame)

    def _run_imported(self, node: ast.stmt, binding: Imported) -> None:
        """Follow the top level of the modules that an import runs, where that is worth it."""
        parts = binding.module.split(".")
        names = [".".join(parts[:end]) for end in range(1, len(parts) + 1)]
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
            self._chain.append(CallSite(caller, f"import {name}", self._here[-1], node))
            self._importing += 1
            try:
                with self._bounded():
                    self.run_module(module)
            finally:
                self._importing -= 1
                self._chain.pop()

    def _if(self, node: ast.If, frame: Frame) -> None:
        if frame.function is None and modules.is_main_guard(node.test):
            self._block(node.orelse, frame)
            return
        values = self._value(node.test, frame, "tested")
        if modules.is_type_checking(node.test):
            self._block(node.orelse, frame)
        elif len(values) == 1 and isinstance(values[0], Constant):
            self._block(node.body if values[0].value else node.orelse, frame)
        else:
            self._branches([node.body, node.orelse], frame)

    def _branches(self, branches: list[list[ast.stmt]], frame: Frame) -> None:
        """Follow alternatives; afterwards a name may be what any of them made it."""
        before = dict(frame.variables)
        after: list[dict[str, Values]] = []
        ends: list[_FlowError] = []
        for body in branches:
            frame.variables = dict(before)
            try:
                with self._perhaps():
                    self._block(body, frame)
            except _FlowError as flow:
                ends.append(flow)
            else:
                after.append(frame.variables)
        frame.variables = _merge(after or [before])
        if not after:
            raise next((flow for flow in ends if not isinstance(flow, _Ends)), ends[0])

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While, frame: Frame) -> None:
        before = dict(frame.variables)
        endless = False
        certain = False
        if isinstance(node, ast.While):
            values = self._value(node.test, frame, "tested")
            endless = certain = (
                len(values) == 1 and isinstance(values[0], Constant) and bool(values[0].value)
            )
        else:
            values = self._value(node.iter, frame)
            certain = any(isinstance(value, Sequence) and value.items for value in values)
            self._assign(node.target, self._elements(values), frame)
        try:
            with contextlib.nullcontext() if certain else self._perhaps():
                self._block(node.body, frame)
        except _LeavesLoop:
            pass
        except _Returns:
            endless = False
        except _Ends:
            if certain:
                raise
        frame.variables = _merge([before, frame.variables])
        if endless and not _leaves(node.body):
            raise _Ends
        self._block(node.orelse, frame)

    def _try(self, node: ast.Try, frame: Frame) -> None:
        catches = tuple(
            name for handler in node.handlers for name in self._exceptions(handler.type, frame)
        )
        before = dict(frame.variables)
        end: _FlowError | None = None
        try:
            with self._guarded(Guard(catches, node.lineno)):
                self._block(node.body, frame)
            self._block(node.orelse, frame)
        except _FlowError as flow:
            end = flow
        outcomes = [] if end else [frame.variables]
        for handler in node.handlers:
            frame.variables = _merge([before, frame.variables])
            if handler.name:
                self._store_name(handler.name, (Symbol(f"?{handler.name}"),), frame)
            try:
                with self._perhaps():
                    self._block(handler.body, frame)
            except _FlowError as flow:
                if isinstance(end, _Ends):
                    end = flow
            else:
                outcomes.append(frame.variables)
                if isinstance(end, _Ends):
                    end = None
        frame.variables = _merge(outcomes or [frame.variables])
        self._block(node.finalbody, frame)
        if end is not None:
            raise end

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
        entered: list[Values] = []
        catches: tuple[str, ...] = ()
        for value in values:
            if isinstance(value, Instance):
                entered.append(self._call_method(value, language.ENTERS, item.context_expr))
                catches += self._exit_catches(value)
            elif isinstance(value, Symbol):
                catches += self._suppressed(value, item.context_expr, frame)
        with self._guarded(Guard(catches, item.context_expr.lineno)):
            body(union(*entered) if entered else values)
        for value in values:
            if isinstance(value, Instance):
                self._call_method(value, language.EXITS, item.context_expr)

    def _suppressed(self, value: Symbol, node: ast.expr, frame: Frame) -> tuple[str, ...]:
        if value.name not in language.SUPPRESSORS or not isinstance(node, ast.Call):
            return ()
        return tuple(name for one in node.args for name in self._exceptions(one, frame))

    def _exit_catches(self, instance: Instance) -> tuple[str, ...]:
        """Return what the ``__exit__`` of a class of the project may catch.

        One that looks at its arguments sees every failure.
        """
        for name in language.EXITS:
            for value in self._attribute((instance,), name):
                if isinstance(value, Method) and not isinstance(value.function.node, ast.Lambda):
                    arguments = value.function.node.args
                    names = {argument.arg for argument in arguments.args[1:]}
                    names |= {arguments.vararg.arg} if arguments.vararg else set()
                    for inner in ast.walk(value.function.node):
                        if isinstance(inner, ast.Name) and inner.id in names:
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
        ends: list[_FlowError] = []
        depth = len(self._running)

        def resume() -> None:
            running = self._running[depth:]
            del self._running[depth:]
            self._yields.append(None)
            try:
                body(NOTHING)
            except _FlowError as flow:
                ends.append(flow)
            finally:
                self._yields.pop()
                self._running.extend(running)

        value, arguments = manager
        self._emit_call(node, (value,), arguments, "other", frame)
        try:
            self._invoke(value, arguments, node, resume)
        finally:
            if ends:
                raise ends[0]

    # -- names -----------------------------------------------------------------------------

    def _assign(self, target: ast.expr, values: Values, frame: Frame) -> None:
        match target:
            case ast.Name(id=name):
                self._store_name(name, values, frame)
            case ast.Starred(value=inner):
                self._assign(inner, NOTHING, frame)
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                for index, element in enumerate(elements):
                    self._assign(element, self._element(values, index), frame)
            case ast.Attribute(value=owner, attr=attribute):
                for holder in self._value(owner, frame):
                    if isinstance(holder, Instance):
                        known = holder.attributes.get(attribute, ()) if self._conditional else ()
                        holder.attributes[attribute] = union(known, values)
                    elif isinstance(holder, Symbol) and not self._quiet:
                        name = f"{holder.name}.{attribute}"
                        self._listener(Stored(target, name, values, self._context(frame)))
            case ast.Subscript(value=owner, slice=index):
                self._value(owner, frame)
                self._value(index, frame)

    def _store_name(self, name: str, values: Values, frame: Frame) -> None:
        if frame.function is not None and name not in frame.global_names:
            frame.variables[name] = values
            return
        known = (
            self._names(frame.module).get(name, ()) if self._conditional or self._guards else ()
        )
        if self._quiet:
            return
        self._names(frame.module)[name] = union(known, values)

    def _lookup(self, name: str, frame: Frame) -> Values:
        scope: Frame | None = frame
        while scope is not None:
            if name in scope.variables and name not in scope.global_names:
                return scope.variables[name]
            if scope.function is not None and name in modules.parameters(scope.function.node):
                return (Symbol(f"?{name}"),)
            scope = scope.parent
        return self._global(name, frame.module)

    def _global(self, name: str, module: Module) -> Values:
        known = self._names(module)
        if name in known:
            return known[name]
        bindings = module.bindings.get(name)
        if not bindings:
            return (Symbol(name if name in language.BUILTINS else f"?{name}"),)
        key = (module.name, module.path, name)
        if key in self._evaluating:
            return (Symbol(f"?{name}"),)
        self._evaluating.add(key)
        try:
            with self._silently():
                values = union(*(self._bound(binding, module) for binding in bindings))
        finally:
            self._evaluating.discard(key)
        known[name] = values
        return values

    def _is_far(self, module: Module) -> bool:
        """Tell whether a module would be one too many to read."""
        if module in self._values or len(self._values) < MAX_MODULES:
            return False
        self.complete = False
        return True

    def _names(self, module: Module) -> dict[str, Values]:
        """Return what the names of a module's top level have been found to be so far."""
        return self._values.setdefault(module, {})

    def _bound(self, binding: Binding, module: Module) -> Values:
        frame = Frame(module)
        match binding:
            case Imported():
                return self._imported(binding)
            case Defined(node=node):
                return self._defined(node, frame)
            case Assigned(value=value, path=path, iterated=iterated):
                values = self._value(value, frame, "assigned")
                if iterated:
                    values = self._elements(values)
                for index in path:
                    values = self._element(values, index)
                return values

    def _imported(self, binding: Imported) -> Values:
        module = self._find(binding.module)
        if binding.name is None:
            return (Namespace(module),) if module else (symbol(binding.module),)
        if module is None:
            inner = self._find(f"{binding.module}.{binding.name}")
            return (Namespace(inner),) if inner else (symbol(f"{binding.module}.{binding.name}"),)
        return self._attribute((Namespace(module),), binding.name)

    def _defined(
        self,
        node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
        frame: Frame,
        owner: Class | None = None,
    ) -> Values:
        """Return a function or class as its decorators leave it."""
        prefix = owner.qualified_name if owner else _scope_name(frame)
        enclosing = frame if frame.function is not None else None
        name = f"{prefix}.{node.name}"
        if isinstance(node, ast.ClassDef):
            return (Class(node, frame.module, name, enclosing),)
        known = self._functions.get(node)
        function = Function(node, frame.module, name, enclosing, owner)
        if known is not None and enclosing is None and known.owner is owner:
            function = known
        elif enclosing is None:
            self._functions[node] = function
        values: Values = (function,)
        for decorator in reversed(node.decorator_list):
            values = self._decorated(values, decorator, function, frame)
        return values

    def _decorated(
        self, values: Values, decorator: ast.expr, function: Function, frame: Frame
    ) -> Values:
        with self._silently():
            decorators = self._value(decorator, frame)
            for value in decorators:
                name = qualified_name(value)
                if name in language.METHOD_KINDS:
                    function.kind = language.METHOD_KINDS[name]
                elif isinstance(value, Function | Method | Partial | Instance):
                    made = self._invoke(value, Arguments((values,)), decorator)
                    if any(isinstance(one, Function | Method | Partial) for one in made):
                        return made
                elif name not in function.decorators:
                    function.decorators += (name,)
        return values

    def _attribute(self, values: Values, name: str) -> Values:
        some = [value for value in values if value != _NONE] or values
        return union(*(self._attribute_of(value, name) for value in some)) or NOTHING

    def _attribute_of(self, value: Value, name: str) -> Values:
        match value:
            case Symbol(name=owner):
                return (symbol(f"{owner}.{name}"),)
            case Namespace(module=module) if self._is_far(module):
                return (symbol(f"{module.name}.{name}"),)
            case Namespace(module=module):
                if name in self._names(module) or name in module.bindings:
                    return self._global(name, module)
                inner = self._find(f"{module.name}.{name}")
                return (Namespace(inner),) if inner else (symbol(f"{module.name}.{name}"),)
            case Instance(cls=cls, attributes=attributes):
                if name in attributes:
                    return attributes[name]
                return self._member(cls, name, value)
            case Super(receiver=receiver, above=above):
                classes, outside = self._ancestry(above)
                return self._found_in(classes[1:], outside, name, receiver) or NOTHING
            case Class():
                return self._member(value, name, value)
        return (symbol(f"{qualified_name(value)}.{name}"),)

    def _member(self, cls: Class, name: str, receiver: Value) -> Values:
        """Return an attribute of a class, its own or inherited, as seen by the receiver."""
        classes, outside = self._ancestry(cls)
        return self._found_in(classes, outside, name, receiver) or (
            symbol(f"{qualified_name(receiver)}.{name}"),
        )

    def _found_in(
        self, classes: Sequential[Class], outside: Sequential[str], name: str, receiver: Value
    ) -> Values:
        """Return an attribute from the first of some classes that has it."""
        for cls in classes:
            values = self._own(cls, name, receiver)
            if values:
                return values
        if isinstance(receiver, Instance):
            for cls in classes:
                values = self._set_elsewhere(cls, name, receiver)
                if values:
                    return values
        called = "" if isinstance(receiver, Class) else "()"
        return union(*((symbol(f"{base}{called}.{name}"),) for base in outside))

    def _own(self, cls: Class, name: str, receiver: Value) -> Values:
        """Return an attribute that a class's own body defines."""
        if cls.node in self._evaluating:
            return ()
        found: list[Values] = []
        for binding in modules.class_bindings(cls).get(name, ()):
            if isinstance(binding, Defined):
                for value in self._defined(binding.node, self._class_frame(cls), cls):
                    found.append(self._bind(value, receiver))
            else:
                with self._silently():
                    found.append(self._bound(binding, cls.module))
        return union(*found)

    def _class_frame(self, cls: Class) -> Frame:
        return cls.frame or Frame(cls.module)

    def _bind(self, value: Value, receiver: Value) -> Values:
        if not isinstance(value, Function) or value.kind == "staticmethod":
            return (value,)
        if value.kind == "classmethod" and isinstance(receiver, Instance):
            return (Method(value, receiver.cls),)
        if value.kind == "property" and isinstance(receiver, Instance):
            with self._silently():
                return self._invoke(Method(value, receiver), Arguments(), None)
        if isinstance(receiver, Class) and value.kind == "function":
            return (value,)
        return (Method(value, receiver),)

    def _set_elsewhere(self, cls: Class, name: str, receiver: Instance) -> Values:
        """Return what methods that have not run assign to an attribute of ``self``."""
        if cls.node in self._evaluating:
            return ()
        found: list[Values] = []
        self._evaluating.add(cls.node)
        try:
            for function, value in modules.self_assignments(cls).get(name, ()):
                frame = Frame(cls.module, cls.frame, Function(function, cls.module, "?"))
                own = modules.parameters(function)
                if own:
                    frame.variables[own[0]] = (receiver,)
                with self._silently():
                    found.append(self._value(value, frame, "assigned"))
        finally:
            self._evaluating.discard(cls.node)
        return union(*found)

    def _ancestry(self, cls: Class) -> tuple[tuple[Class, ...], tuple[str, ...]]:
        """Return a class and its bases that are read, and the names of those that are not.

        The order is depth first, which differs from Python's where bases form a diamond.
        """
        known = self._ancestries.get(cls.node)
        if known is not None:
            return known
        self._ancestries[cls.node] = ((cls,), ())
        classes = {cls.node: cls}
        outside: dict[str, None] = {}
        with self._silently():
            for expression in cls.node.bases:
                for base in self._value(expression, self._class_frame(cls)):
                    if isinstance(base, Class):
                        inner, names = self._ancestry(base)
                        classes |= {one.node: one for one in inner if one.node not in classes}
                        outside |= dict.fromkeys(names)
                    elif isinstance(base, Symbol):
                        outside[base.name] = None
        found = (tuple(classes.values()), tuple(outside))
        self._ancestries[cls.node] = found
        return found

    def _element(self, values: Values, index: object) -> Values:
        found: list[Values] = []
        for value in values:
            if isinstance(value, Sequence) and isinstance(index, int):
                found.append(
                    value.items[index]
                    if -len(value.items) <= index < len(value.items)
                    else NOTHING
                )
            elif isinstance(value, Mapping):
                found.append(value.get(index) or value.all())
            elif isinstance(value, Symbol):
                found.append((symbol(f"{value.name}[]"),))
        return union(*found) or NOTHING

    def _elements(self, values: Values) -> Values:
        found: list[Values] = []
        for value in values:
            if isinstance(value, Sequence):
                found.extend(value.items)
            elif isinstance(value, Mapping):
                found.append(tuple(Constant(key) for key, _ in value.items))
            elif isinstance(value, Symbol):
                found.append((symbol(f"{value.name}[]"),))
        return union(*found) or NOTHING

    # -- expressions -----------------------------------------------------------------------

    def _value(self, node: ast.expr, frame: Frame, use: str = "other") -> Values:  # noqa: C901
        match node:
            case ast.Constant(value=value):
                return (Constant(value),)
            case ast.Name(id=name):
                return self._lookup(name, frame)
            case ast.Attribute(value=owner, attr=attribute):
                return self._attribute(self._value(owner, frame), attribute)
            case ast.Call():
                return self._call(node, frame, use)
            case ast.Await(value=inner) | ast.Starred(value=inner):
                return self._value(inner, frame, use)
            case ast.NamedExpr(target=target, value=inner):
                values = self._value(inner, frame, "assigned")
                self._assign(target, values, frame)
                return values
            case ast.BinOp():
                return self._operation(node, frame)
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
                return self._element(values, known)
            case ast.Lambda():
                name = f"{_scope_name(frame)}.<lambda>"
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

    def _compared(self, node: ast.expr, operands: list[Values], frame: Frame) -> None:
        """Tell the listener what is compared or masked."""
        if not self._quiet:
            names = [qualified_name(value) for values in operands for value in values]
            known = tuple(name for name in names if name[0] != "?")
            if known:
                self._listener(Compared(node, known, self._context(frame)))

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
                result = _operate(operator, result, other)
        return result

    def _joined(self, parts: list[ast.expr], frame: Frame) -> Values:
        text: list[str] = []
        known = True
        for part in parts:
            values = self._value(part, frame)
            if len(values) == 1 and isinstance(values[0], Constant):
                text.append(str(values[0].value))
            else:
                known = False
        joined = "".join(text)
        return (Constant(joined),) if known and len(joined) <= _MAX_TEXT else NOTHING

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
            for value in self._value(node, frame):
                many = value.items if isinstance(value, Sequence) else ((value,),)
                for one in (one for values in many for one in values):
                    known = self._ancestry(one)[1] if isinstance(one, Class) else ()
                    names.extend(known or [qualified_name(one)])
        return tuple(names)

    # -- calls -----------------------------------------------------------------------------

    def _call(self, node: ast.Call, frame: Frame, use: str) -> Values:
        self._count()
        callees = self._value(node.func, frame)
        if self._here and not self._quiet and isinstance(node.func, ast.Attribute):
            callees = self._inferred(node, node.func.attr, callees, frame) or callees
        name = qualified_name(callees[0])
        if name == "super":
            return self._super(node, frame)
        arguments = self._arguments(node, frame, name)
        self._emit_call(node, callees, arguments, use, frame)
        special = self._special(name, arguments)
        if special is not None:
            return special
        results = union(*(self._invoke(callee, arguments, node) for callee in callees))
        if not self._quiet and name in language.ENDS_PROCESS:
            raise _Ends
        return results or NOTHING

    def _inferred(self, node: ast.Call, method: str, callees: Values, frame: Frame) -> Values:
        """Return the methods that astroid finds for a call that the bindings leave open."""
        module = frame.module
        if not self._infers or module is not self._here[0] or method not in module.methods:
            return ()
        for callee in callees:
            if not isinstance(callee, Symbol) or not _is_open(callee.name, module):
                return ()
        found: list[Values] = []
        for path in inference.receiver_classes(module, node):
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
        own = modules.parameters(function.node)
        receivers = frame.variables.get(own[0], NOTHING) if own else NOTHING
        return tuple(Super(receiver, owner) for receiver in receivers)

    def _arguments(self, node: ast.Call, frame: Frame, callee: str) -> Arguments:
        positional: list[Values] = []
        keywords: list[tuple[str, Values]] = []
        complete = True
        for argument in node.args:
            values = self._value(argument, frame, callee)
            if isinstance(argument, ast.Starred):
                if len(values) == 1 and isinstance(values[0], Sequence):
                    positional.extend(values[0].items)
                else:
                    complete = False
            else:
                positional.append(values)
        for keyword in node.keywords:
            values = self._value(keyword.value, frame, callee)
            if keyword.arg is not None:
                keywords.append((keyword.arg, values))
            elif len(values) == 1 and isinstance(values[0], Mapping):
                keywords.extend(
                    (key, passed) for key, passed in values[0].items if isinstance(key, str)
                )
            else:
                complete = False
        return Arguments(tuple(positional), tuple(keywords), complete)

    def _special(self, name: str, arguments: Arguments) -> Values | None:
        """Return the result of a call whose meaning belongs to the language, or none."""
        first = arguments.positional[0] if arguments.positional else ()
        if not first:
            return None
        if name in language.PARTIALS:
            rest = Arguments(arguments.positional[1:], arguments.keywords, arguments.complete)
            return (Partial(first, rest),)
        if name == "getattr" and len(arguments.positional) > 1:
            wanted = texts(arguments.positional[1])
            return union(*(self._attribute(first, one) for one in wanted)) if wanted else None
        if name in language.IMPORTERS and texts(first):
            return union(*(self._imported(Imported(one)) for one in texts(first)))
        if name == "type" and len(arguments.positional) == 1:
            return tuple(value.cls for value in first if isinstance(value, Instance)) or None
        if name in language.PASSES_THROUGH or name.rpartition(".")[2] in language.ENTERS_CONTEXT:
            return first
        return None

    def _emit_call(
        self,
        node: ast.expr,
        callees: Values,
        arguments: Arguments,
        use: str,
        frame: Frame,
    ) -> None:
        if self._quiet or not isinstance(node, ast.Call):
            return
        names: list[str] = []
        for callee in callees:
            names.append(qualified_name(callee))
            if isinstance(callee, Class):
                names.extend(self._ancestry(callee)[1])
            elif isinstance(callee, Partial):
                arguments = arguments.after(callee.arguments)
        seen = any(isinstance(callee, Function | Method) for callee in callees)
        context = self._context(frame)
        unique = tuple(dict.fromkeys(names))
        self._listener(Called(node, unique, seen, arguments, use, context))

    def _invoke(
        self,
        callee: Value,
        arguments: Arguments,
        node: ast.expr | None,
        at_yield: Callable[[], None] | None = None,
    ) -> Values:
        """Return what a call gives, after following the callee where it can be read."""
        match callee:
            case Function():
                return self._follow(callee, arguments, node, at_yield)
            case Method(function=function, receiver=receiver):
                own = Arguments(((receiver,),))
                return self._follow(function, arguments.after(own), node, at_yield)
            case Partial(targets=targets, arguments=first):
                both = arguments.after(first)
                return union(*(self._invoke(target, both, node) for target in targets))
            case Class():
                instance = Instance(callee)
                for method in self._attribute((instance,), "__init__"):
                    if isinstance(method, Method):
                        self._invoke(method, arguments, node)
                return (instance,)
            case Instance():
                return self._call_method(callee, ("__call__",), node, arguments)
            case Symbol(name=name):
                self._call_back(name, arguments, node)
                return (symbol(f"{name}()"),)
        return NOTHING

    def _call_method(
        self,
        instance: Instance,
        names: tuple[str, ...],
        node: ast.expr | None,
        arguments: Arguments | None = None,
    ) -> Values:
        for name in names:
            methods = self._attribute((instance,), name)
            known = [method for method in methods if isinstance(method, Method)]
            if known:
                return union(*(self._invoke(one, arguments or Arguments(), node) for one in known))
        return (instance,)

    def _call_back(self, name: str, arguments: Arguments, node: ast.expr | None) -> None:
        """Follow the functions that a call hands to something that is not read."""
        if self._quiet or not isinstance(node, ast.Call) or language.is_registrar(name):
            return
        for index, values in enumerate(arguments.all()):
            passed = _passed_on(arguments, index)
            for value in values:
                if isinstance(value, Function | Method | Partial):
                    with self._bounded(), self._perhaps(), contextlib.suppress(_FlowError):
                        self._invoke(value, passed, node)

    def _follow(
        self,
        function: Function,
        arguments: Arguments,
        node: ast.expr | None,
        at_yield: Callable[[], None] | None,
    ) -> Values:
        checked = self._here[0] if self._here else None
        if self._here[-1:] != [checked] or function.module is checked:
            return self._run(function, arguments, node, at_yield)
        result: Values = (symbol(f"{function.qualified_name}()"),)
        with self._bounded():
            result = self._run(function, arguments, node, at_yield)
        return result

    def _run(
        self,
        function: Function,
        arguments: Arguments,
        node: ast.expr | None,
        at_yield: Callable[[], None] | None,
    ) -> Values:
        limit = MAX_QUIET_DEPTH if self._quiet else MAX_DEPTH
        name = f"{function.qualified_name}()"
        if len(self._running) >= limit or function.node in self._running:
            return (symbol(name),)
        frame = Frame(function.module, function.frame, function)
        self._bind_parameters(function, arguments, frame)
        if isinstance(function.node, ast.Lambda):
            return self._value(function.node.body, frame, "returned")
        if modules.is_generator(function) and at_yield is None:
            at_yield = _no_body
        site = self._site(function, node)
        self._here.append(function.module)
        self._running.append(function.node)
        self._yields.append(at_yield)
        if site is not None:
            self._chain.append(site)
        try:
            self._block(function.node.body, frame)
        except _Returns:
            pass
        except _Ends:
            # a coroutine ends by itself, not its caller
            if not (
                frame.returned or self._quiet or isinstance(function.node, ast.AsyncFunctionDef)
            ):
                raise
        finally:
            if site is not None:
                self._chain.pop()
            self._yields.pop()
            self._running.pop()
            self._here.pop()
        if at_yield is not None:
            return (symbol(name),)
        return union(*frame.returned) if frame.returned else (Constant(None),)

    def _site(self, function: Function, node: ast.expr | None) -> CallSite | None:
        if node is None or not self._here:
            return None
        caller = self._chain[-1].callee if self._chain else ""
        return CallSite(caller, function.qualified_name, self._here[-1], node)

    def _bind_parameters(self, function: Function, arguments: Arguments, frame: Frame) -> None:
        spec = function.node.args
        positional = [*spec.posonlyargs, *spec.args]
        defaults = dict(zip(reversed(positional), reversed(spec.defaults), strict=False))
        defaults |= {
            argument: default
            for argument, default in zip(spec.kwonlyargs, spec.kw_defaults, strict=True)
            if default is not None
        }
        keywords = dict(arguments.keywords)
        for index, argument in enumerate([*positional, *spec.kwonlyargs]):
            passed = keywords.pop(argument.arg, ())
            if index < len(positional) and index < len(arguments.positional):
                passed = arguments.positional[index]
            if not passed:
                default = defaults.get(argument)
                if default is not None and arguments.complete:
                    with self._silently():
                        passed = self._value(default, self._defining(function))
                else:
                    passed = self._annotated(argument, function)
            frame.variables[argument.arg] = passed
        if spec.vararg is not None:
            extra = arguments.positional[len(positional) :]
            frame.variables[spec.vararg.arg] = (
                (Sequence(extra),) if arguments.complete else NOTHING
            )
        if spec.kwarg is not None:
            frame.variables[spec.kwarg.arg] = (
                (Mapping(tuple(keywords.items())),) if arguments.complete else NOTHING
            )

    def _defining(self, function: Function) -> Frame:
        return function.frame or Frame(function.module)

    def _annotated(self, argument: ast.arg, function: Function) -> Values:
        """Return what an annotation says of a parameter that nothing else tells about."""
        unknown: Values = (Symbol(f"?{argument.arg}"),)
        if argument.annotation is None:
            return unknown
        with self._silently():
            for value in self._value(argument.annotation, self._defining(function)):
                if isinstance(value, Class):
                    return (Instance(value),)
                if isinstance(value, Symbol) and "." in value.name and value.name[0] != "?":
                    return (symbol(f"{value.name}()"),)
        return unknown

    # -- state -----------------------------------------------------------------------------

    def _context(self, frame: Frame) -> Context:
        return Context(
            frame.module,
            tuple(self._chain),
            tuple(self._guards),
            self._conditional > 0,
            self._importing > 0,
            self._current,
        )

    @contextlib.contextmanager
    def _perhaps(self) -> Iterator[None]:
        self._conditional += 1
        try:
            yield
        finally:
            self._conditional -= 1

    @contextlib.contextmanager
    def _inside(self, module: Module) -> Iterator[None]:
        self._here.append(module)
        try:
            yield
        finally:
            self._here.pop()

    @contextlib.contextmanager
    def _bounded(self) -> Iterator[None]:
        """Follow what leaves the checked module, or may never run, only so far.

        What comes after it is followed all the same.
        """
        limit = self._limit
        self._limit = min(limit, self._steps + MAX_FOLLOWED)
        try:
            yield
        except BoundReachedError:
            if self._steps > limit:
                raise
            self.complete = False
        finally:
            self._limit = limit

    @contextlib.contextmanager
    def _silently(self) -> Iterator[None]:
        """Evaluate without telling the listener: what is looked up does not run here."""
        self._quiet += 1
        try:
            yield
        finally:
            self._quiet -= 1

    @contextlib.contextmanager
    def _guarded(self, guard: Guard) -> Iterator[None]:
        self._guards.append(guard)
        try:
            yield
        finally:
            self._guards.pop()


def _passed_on(arguments: Arguments, index: int) -> Arguments:
    """Return what a function that a call hands on may be called with.

    ``spawn(function, argument)`` and ``Thread(target=function, args=(argument,))`` both tell.
    """
    positional = arguments.positional[index + 1 :]
    for value in arguments.keyword("args"):
        if isinstance(value, Sequence):
            positional = value.items
    return Arguments(positional, complete=False)


def _is_open(name: str, module: Module) -> bool:
    """Tell whether a name stands for something that the module itself may define."""
    root = name.partition(".")[0].rstrip("()[]")
    return name[0] == "?" or root in language.BUILTINS or name.startswith(f"{module.name}.")


def _no_body() -> None:
    """Stand for the caller of a generator that nothing resumes."""


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


def _leaves(body: list[ast.stmt]) -> bool:
    """Tell whether a loop's body can leave the loop by ``break`` or ``return``."""
    for statement in body:
        if isinstance(statement, ast.Break | ast.Return):
            return True
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if any(_leaves(block) for block in modules.blocks(statement)):
            return True
    return False


def _scope_name(frame: Frame) -> str:
    """Return the qualified name that what a frame defines begins with."""
    if frame.function is None:
        return frame.module.name
    return f"{frame.function.qualified_name}.<locals>"


def _operate(operator: ast.operator, left: Values, right: Values) -> Values:
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

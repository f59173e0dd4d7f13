"""What a call runs: the body of its callee, where that can be read."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Callable

from flake8_launcher.knowledge import language, propagators
from flake8_launcher.semantic.reading import modules
from flake8_launcher.semantic.running.command_lines import CommandLines
from flake8_launcher.semantic.running.events import CallSite
from flake8_launcher.semantic.running.state import (
    MAX_DEPTH,
    MAX_QUIET_DEPTH,
    Ends,
    FlowError,
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
    Made,
    Method,
    Partial,
    Symbol,
    Value,
    Values,
    made,
    symbol,
    union,
)

_PREPARES = frozenset({"assigned", "tested"})
"""What becomes of the result of a call that is there for that: it does not serve."""
_ENDS_WITH_STATUS = (".execute", ".launch", ".main", ".run", ".serve", ".start")
"""How functions are named whose result is the status of the process, and may be kept for that."""


class Invoking(CommandLines):
    """Follows what is called."""

    def _invoke_each(self, callees: Values, arguments: Arguments, node: ast.Call) -> Values:
        """Return what a call of one of some callees gives; if all of them end, it ends."""
        if len(callees) == 1:
            if not self._runs_elsewhere(callees[0], node):
                return self._invoke(callees[0], arguments, node)
            with contextlib.suppress(FlowError):
                self._invoke(callees[0], arguments, node)
            return (Constant(None),)
        results: list[Values] = []
        end: FlowError | None = None
        fork = object()
        use, taker = self._use, self._taker
        for number, callee in enumerate(callees):
            self._use, self._taker = use, taker
            try:
                with self._perhaps(fork, "candidate", node, number):
                    results.append(self._invoke(callee, arguments, node))
            except FlowError as flow:
                end = flow.anew()
        if end is not None and not results:
            raise end.anew()
        return union(*results)

    def _invoke(
        self,
        callee: Value,
        arguments: Arguments,
        node: ast.expr | ast.stmt | None,
        at_yield: Callable[[Values], None] | None = None,
    ) -> Values:
        """Return what a call gives, after following the callee where it can be read."""
        self.budget.spend(1 + len(arguments.positional) + len(arguments.keywords))
        match callee:
            case Function():
                returned = self._follow(callee, arguments, node, at_yield)
                self._run_commands(callee.qualified_name, node)
                return returned
            case Method(function=function, receiver=receiver):
                own = Arguments(((receiver,),))
                return self._follow(function, arguments.after(own), node, at_yield)
            case Partial(targets=targets, arguments=first):
                both = arguments.after(first)
                return union(*(self._invoke(target, both, node) for target in targets))
            case Class():
                instance = Instance(callee)
                methods = self._attribute((instance,), "__init__")
                if not any(isinstance(method, Method) for method in methods):
                    self._set_fields(instance, arguments)
                for method in methods:
                    if isinstance(method, Method):
                        self._invoke(method, arguments, node)
                    elif isinstance(method, Symbol):  # that of a base which is not read
                        self._call_back(method.name, arguments, node)
                return (instance,)
            case Instance():
                return self._call_method(callee, ("__call__",), node, arguments)
            case Symbol(name=name) if name in language.FIELDS:
                factories = arguments.keyword("default_factory") or arguments.keyword("factory")
                made_by = (self._invoke(one, Arguments(), node) for one in factories)
                return union(arguments.keyword("default"), *made_by) or (symbol(f"{name}()"),)
            case Symbol(name=name) if (wanted := _wanted(name, arguments)) is not None:
                return self._invoke(wanted, Arguments(complete=False), node)
            case Symbol(name=name):
                given = self._call_back(name, arguments, node)
                self._run_commands(name, node)
                if given and name in language.RUNS_COROUTINES:
                    return given
                if isinstance(callee, Made):
                    result = made(f"{name}()", arguments, callee.owner)
                elif propagators.keeps(name):
                    result = made(f"{name}()", arguments)
                else:
                    result = symbol(f"{name}()")
                # what a decorator of the outside makes of a function is that function to us
                decorated = name.endswith("()") and len(arguments.positional) == 1
                given = arguments.positional[0][:1] if decorated else ()
                if given and isinstance(given[0], Function | Method):
                    return (*given, result)
                return (result,)
        return NOTHING

    def _set_fields(self, instance: Instance, arguments: Arguments) -> None:
        """Set the fields that the ``__init__`` sets which a class is given, as of a dataclass."""
        if not (arguments.positional or arguments.keywords or arguments.rest):
            return
        classes, _ = self._ancestry(instance.cls)
        fields = [name for cls in reversed(classes) for name in modules.fields(cls)]
        self.budget.spend(len(fields))
        given = dict(zip(dict.fromkeys(fields), arguments.positional, strict=False))
        given |= {name: values for name, values in arguments.keywords if name in fields}
        for name in fields if arguments.rest else ():
            if name not in given:
                given[name] = self._element(arguments.rest, name)
        instance.attributes.update(given)

    def _call_method(
        self,
        instance: Instance,
        names: tuple[str, ...],
        node: ast.expr | ast.stmt | None,
        arguments: Arguments | None = None,
    ) -> Values:
        for name in names:
            methods = self._attribute((instance,), name)
            known = [method for method in methods if isinstance(method, Method)]
            if known:
                return union(*(self._invoke(one, arguments or Arguments(), node) for one in known))
        return (instance,)

    def _follow(
        self,
        function: Function,
        arguments: Arguments,
        node: ast.expr | ast.stmt | None,
        at_yield: Callable[[Values], None] | None,
    ) -> Values:
        if not self._running and not self._quiet and self._here:
            # ``__main__.py`` and scripts that only call the main function of another module
            if not self._here[0].defines or function.qualified_name.endswith(".main"):
                self._main = function.module
        if not self._here or function.module in (self._here[0], self._main):
            if self._here and self._here.count(function.module) == 1:
                with self._unbounded():  # what decorates it is of another module
                    return self._run(function, arguments, node, at_yield)
            return self._run(function, arguments, node, at_yield)
        if self.shallow:
            return (symbol(f"{function.qualified_name}()"),)
        use, runner = self._use, self._taker or node
        unknown: Values = (symbol(f"{function.qualified_name}()"),)
        result = unknown
        with self._bounded(runner=runner):
            result = self._run(function, arguments, node, at_yield)
        if result is unknown and not self._quiet:  # it is cut
            uses = {site.callee: site.use for site in self._chain} | {function.qualified_name: use}
            self.leaves_out = self.leaves_out or not any(
                one in _PREPARES and not name.endswith(_ENDS_WITH_STATUS)
                for name, one in uses.items()
            )
        return result

    def _run(
        self,
        function: Function,
        arguments: Arguments,
        node: ast.expr | ast.stmt | None,
        at_yield: Callable[[Values], None] | None,
    ) -> Values:
        limit = self._quiet_from + MAX_QUIET_DEPTH if self._quiet else MAX_DEPTH
        name = f"{function.qualified_name}()"
        # what a decorator makes of one function may well call what it has made of another
        running = function.node if function.frame is None else (function.node, id(function.frame))
        if len(self._running) >= limit or running in self._running:
            return (symbol(name),)
        height, quiet = limit - len(self._running), self._quiet > 0
        key = self._repeats.key(function, arguments, height, quiet, self.budget)
        known = self._repeats.result(key) if at_yield is None else None
        if known is not None:
            return known
        if at_yield is None and self._repeats.is_futile(function, quiet):
            return (symbol(name),)
        told, news, spent = self._told, self._news, self.budget.spent
        frame = Frame(function.module, function.frame, function)
        self._bind_parameters(function, arguments, frame)
        if modules.is_generator(function) and at_yield is None:
            at_yield = _no_body
        site = self._site(function, node)
        to_come = self._to_come
        self._here.append(function.module)
        self._running.append(running)
        self._yields.append(at_yield)
        if site is not None:
            self._chain.append(site)
        try:
            if isinstance(function.node, ast.Lambda):
                frame.returned.append(self._value(function.node.body, frame, "returned"))
            else:
                self._body(function, frame)
        except Returns:
            pass
        except Ends as end:
            # a coroutine ends by itself, not its caller, and a generator goes on when asked to
            alone = isinstance(function.node, ast.AsyncFunctionDef) or (
                at_yield is _no_body and end.how == "loop"
            )
            if not (frame.returned or self._quiet or alone):
                self._news += 1
                raise
        finally:
            self._to_come = to_come
            if site is not None:
                self._chain.pop()
            self._yields.pop()
            self._running.pop()
            self._here.pop()
            cost = self.budget.spent - spent
            self._repeats.add_cost(function, quiet, cost, self._news != news)
        if at_yield is not None:
            return (symbol(name),)
        result = union(*frame.returned) if frame.returned else (Constant(None),)
        if self._told == told:
            self._repeats.add(key, function, arguments, result)
        return result

    def _site(self, function: Function, node: ast.expr | ast.stmt | None) -> CallSite | None:
        if node is None or not self._here:
            return None
        caller = self._chain[-1].callee if self._chain else ""
        use, self._use = self._use, "other"
        taker, self._taker = self._taker, None
        name = function.qualified_name
        return CallSite(caller, name, self._here[-1], node, use, taker, self._current)

    @property
    def _generates(self) -> bool:
        """Whether what is followed is a generator that somebody else goes through."""
        return bool(self._yields) and self._yields[-1] is _no_body


def _no_body(given: Values) -> None:
    """Stand for the caller of a generator that nothing resumes."""


def _wanted(name: str, arguments: Arguments) -> Class | None:
    """Return the class of which a container makes the object that a call asks for, if one does."""
    first = arguments.positional[0] if len(arguments.positional) == 1 else ()
    only = first[0] if len(first) == 1 else None
    if isinstance(only, Class) and language.MAKES_GIVEN.search(name):
        return only
    return None

"""What calls that are not read do with the functions and coroutines that they are given."""

from __future__ import annotations

import abc
import ast
import contextlib
from collections.abc import Iterable, Iterator

from flake8_launcher.knowledge import callbacks, language, signals
from flake8_launcher.semantic.reading import modules
from flake8_launcher.semantic.running import flags
from flake8_launcher.semantic.running.state import LITTLE, FlowError
from flake8_launcher.semantic.running.telling import Telling
from flake8_launcher.semantic.values import (
    Arguments,
    Class,
    Coroutine,
    Frame,
    Function,
    Instance,
    Mapping,
    Method,
    Partial,
    Sequence,
    Super,
    Value,
    Values,
    qualified_name,
    texts,
    union,
)

_MOST_ASIDE = LITTLE // 2
"""How much may be spent on what goes on beside the launch."""


class Handing(Telling):
    """Follows what a call is given to run."""

    @abc.abstractmethod
    def _run_coroutine(self, coroutine: Coroutine, taker: ast.expr | None) -> Values:
        """Return what a coroutine returns, after following it where it runs."""

    def _call_back(
        self, name: str, arguments: Arguments, node: ast.expr | ast.stmt | None
    ) -> Values:
        """Follow the coroutines that a call is given which is not read, and what it runs.

        :returns: what the coroutines return.
        """
        if self._quiet or not isinstance(node, ast.Call):
            return ()
        if signals.SETS_HANDLER.search(name):
            self._note_handlers(arguments)
        taker = callbacks.taker(name)
        plain = callbacks.runs_later(name)
        target = _at(arguments, plain.position, plain.keyword) if plain else ()
        returned: list[Values] = []
        for coroutine in self._coroutines(arguments):
            if coroutine not in target:  # a thread runs no coroutine
                with contextlib.suppress(FlowError):
                    returned.append(self._run_coroutine(coroutine, node))
        if taker is None:
            return union(*returned)
        passed = _passed_on(arguments, taker)
        given = _at(arguments, taker.position, taker.keyword)
        at_once = callbacks.runs_at_once(name)
        if at_once:
            given = union(*map(self._choices, given))
        kinds = Function | Method | Partial | Class if plain else Function | Method | Partial
        fork = object() if at_once else None
        for number, value in enumerate(_each(given), 1):
            if isinstance(value, kinds):
                is_only = len(given) == 1
                own = self._is_own(value)
                with self._bounded(own, runner=node), contextlib.suppress(FlowError):
                    if is_only and name in language.RUNS_COROUTINES:  # it surely runs
                        self._invoke(value, passed, node)
                        continue
                    kind = "callback"
                    if at_once:
                        kind = "run" if is_only else "command"
                    with self._perhaps(fork, kind, node, number):
                        self._invoke(value, passed, node)
        return union(*returned)

    def _note_handlers(self, arguments: Arguments) -> None:
        """Note the flags that handlers of signals set, with which somebody ends the service."""
        for value in (one for values in arguments.all() for one in values):
            function = value.function if isinstance(value, Method) else value
            if isinstance(function, Function):
                self._set_by_signals.update(flags.set_in(function.node, self.budget))

    def _run_methods(
        self, runner: callbacks.Runner, owners: Values, arguments: Arguments, node: ast.Call
    ) -> None:
        """Follow the methods of an object that a call has run which is not read."""
        if self.shallow or self.budget.limit - self.budget.spent < LITTLE:
            return
        given = owners
        if runner.position is not None:
            given = arguments.get(runner.position, runner.keyword)
        for value in given:
            if isinstance(value, Class | Instance | Super):
                with self._aside(node):
                    for method in self._methods(value, runner.methods, node):
                        self._invoke(method, Arguments(), node)

    def _methods(self, value: Value, names: Iterable[str], node: ast.Call) -> Iterator[Method]:
        """Yield some methods of an object, which is made first where a class is given."""
        several: Values = (value,)
        if isinstance(value, Class):
            several = self._invoke(value, Arguments(complete=False), node)
        for one in several:
            owner = one.receiver if isinstance(one, Super) else one
            if isinstance(owner, Instance):
                for method in union(*(self._attribute((owner,), name) for name in names)):
                    if isinstance(method, Method):
                        yield method

    @contextlib.contextmanager
    def _aside(self, node: ast.Call) -> Iterator[None]:
        """Follow what a call has run beside the launch, only so far.

        The launch is known all the same where that is cut, and its handlers hear nothing of it.
        """
        complete, cuts, left_out = self.complete, len(self.cuts), self.leaves_out
        most, guards = self.most, self._guards
        self.most, self._guards = _MOST_ASIDE, []
        try:
            with self._bounded(runner=node), contextlib.suppress(FlowError):
                with self._perhaps(kind="callback", node=node):
                    yield
        finally:
            self.most, self._guards = most, guards
            self.complete, self.leaves_out = complete, left_out
            del self.cuts[cuts:]

    def _run_at_start(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, frame: Frame
    ) -> None:
        """Follow a function that a decorator has an application run when it starts."""
        for decorator in node.decorator_list:
            called = decorator.func if isinstance(decorator, ast.Call) else decorator
            if not isinstance(called, ast.Attribute):
                continue
            if not callbacks.may_run_at_start(called.attr):
                continue
            with self._silently():
                callees = self._value(called, frame)
                events = [self._value(one, frame) for one in getattr(decorator, "args", ())[:1]]
            event = "".join(text for values in events for text in texts(values))
            if not callbacks.runs_at_start(qualified_name(callees[0]), event):
                continue
            self._emit_call(decorator, callees, Arguments((*events,)), "other", frame)
            for function in self._defined(node, frame):
                with self._bounded(is_own=True), contextlib.suppress(FlowError):
                    with self._perhaps(kind="callback", node=decorator):
                        self._invoke(function, Arguments(complete=False), decorator)

    def _coroutines(self, arguments: Arguments) -> Iterator[Coroutine]:
        """Yield the coroutines that a call is given, also in lists."""
        for value in (value for values in arguments.all() for value in values):
            if isinstance(value, Coroutine):
                yield value
            elif isinstance(value, Sequence):
                self.budget.spend(len(value.items))
                for one in (one for item in value.items for one in item):
                    if isinstance(one, Coroutine):
                        yield one

    def _is_own(self, value: Function | Method | Partial) -> bool:
        """Tell whether a function is of the checked module, or of that of its main function."""
        function = value.function if isinstance(value, Method) else value
        return isinstance(function, Function) and function.module in (self._here[0], self._main)

    def _choices(self, value: Value) -> Values:
        """Return the functions among which a command line chooses: of a mapping, or of a class."""
        if isinstance(value, Mapping):
            self.budget.spend(len(value.items))
            return value.all()
        if isinstance(value, Class):
            value = Instance(value)
        if not isinstance(value, Instance):
            return (value,)
        names = (name for name in modules.class_bindings(value.cls) if name[0] != "_")
        return union(*(self._attribute((value,), name) for name in names))


def _at(arguments: Arguments, position: int | None, keyword: str) -> Values:
    """Return what is passed at a position, where there is one, or under a name."""
    return arguments.keyword(keyword) if position is None else arguments.get(position, keyword)


def _each(given: Values) -> Iterator[Value]:
    """Yield the functions that a call is given, also in a list."""
    for value in given:
        if isinstance(value, Sequence):
            yield from (one for item in value.items for one in item)
        else:
            yield value


def _passed_on(arguments: Arguments, taker: callbacks.Taker) -> Arguments:
    """Return what a call that runs a function calls it with, as far as that is known."""
    if taker.passes == callbacks.REST and taker.position is not None:
        rest = arguments.positional[taker.position + 1 :]
        return Arguments(rest, arguments.keywords, arguments.complete)
    if not taker.sequence:
        return Arguments(complete=False)
    positional: tuple[Values, ...] = ()
    named: tuple[tuple[str, Values], ...] = ()
    complete = arguments.complete
    passed = _at(arguments, taker.passes, taker.sequence)
    for values in (passed, *map(arguments.keyword, callbacks.MAPPINGS)):
        match values:
            case ():
                pass
            case (Sequence(items=items),):
                positional = items
            case (Mapping(items=pairs),):
                named = tuple((key, one) for key, one in pairs.items() if isinstance(key, str))
                complete = complete and len(named) == len(pairs)
            case _:
                complete = False
    return Arguments(positional, named, complete)

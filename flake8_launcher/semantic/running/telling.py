"""What the listener is told of a call."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator

from flake8_launcher.knowledge import Role, canonical, commands, known_roles_of, language, options
from flake8_launcher.semantic.reading import modules, syntax
from flake8_launcher.semantic.running import loops
from flake8_launcher.semantic.running.events import Called, Read, Weight
from flake8_launcher.semantic.running.names import is_started
from flake8_launcher.semantic.running.parameters import Parameters
from flake8_launcher.semantic.values import (
    Arguments,
    Class,
    Constant,
    Frame,
    Function,
    Instance,
    Method,
    Partial,
    Symbol,
    Value,
    Values,
    qualified_name,
)


class Telling(Parameters):
    """Tells the listener of calls."""

    def _emit_call(
        self,
        node: ast.expr,
        callees: Values,
        arguments: Arguments,
        use: str,
        frame: Frame,
        taker: ast.expr | None = None,
    ) -> None:
        if self._quiet or not isinstance(node, ast.Call):
            return
        is_program = qualified_name(callees[0]) in language.RUNS_PROGRAM
        self._waited += loops.is_wait(node) or is_program or self._advances(node, arguments)
        event = self._called(node, callees, arguments, use, frame, taker)
        self._weigh(node, event.names[0], self._listener(event))

    def _called(
        self,
        node: ast.Call,
        callees: Values,
        arguments: Arguments,
        use: str,
        frame: Frame,
        taker: ast.expr | None = None,
    ) -> Called:
        """Return what there is to tell of a call."""
        names: list[str] = []
        for callee in callees:
            names.append(qualified_name(callee))
            if isinstance(callee, Class):
                classes, outside = self._ancestry(callee)
                names.extend(outside or _plain(classes))
            elif isinstance(callee, Method) and (of := self._of_started(callee, node)):
                method = callee.function.qualified_name.rpartition(".")[2]
                classes, outside = self._ancestry(of)
                names.extend(f"{cls.qualified_name}().{method}" for cls in classes)
                if self._runs_elsewhere(callee, node):
                    names.extend(f"{base}().start" for base in outside)
                    if isinstance(callee.receiver, Instance):
                        arguments = self._as_daemon(callee.receiver, arguments)
            elif isinstance(callee, Function):
                names.extend(filter(_serves_when_called, callee.decorators))
            elif isinstance(callee, Partial):
                arguments = arguments.after(callee.arguments)
            elif isinstance(callee, Symbol) and arguments.positional:
                names.extend(self._of_base(callee.name, arguments.positional[0]))
        targets = [
            target
            for callee in callees
            for target in (callee.targets if isinstance(callee, Partial) else (callee,))
        ]
        seen = any(isinstance(target, Function | Method) for target in targets)
        if isinstance(callees[0], Symbol) and names[0].rpartition(".")[2] in language.RUN_BY:
            seen = False  # only what it runs is read
        context = self._context(frame)
        self.budget.spend(len(names))
        unique = tuple(dict.fromkeys(names))
        evaluate = functools.partial(self._evaluated, frame=frame)
        command = _command(callees, arguments)
        return Called(node, unique, seen, arguments, use, context, evaluate, taker, command)

    def _weigh(self, node: ast.expr, name: str, weight: Weight | None) -> None:
        """Count what tells something of the launch, and what of that is new."""
        if weight is None:
            return
        self._told += 1
        if weight is Weight.DECIDES or (node, name) not in self._heard:
            self._heard.add((node, name))
            self._news += 1

    def _read(self, node: ast.expr, values: Values, use: str, frame: Frame) -> None:
        """Tell the listener of what is read of an object of oslo.config."""
        value = values[0]
        if len(values) == 1 and isinstance(value, Symbol) and ".cfg.C" in value.name:
            if options.read(canonical(value.name)):
                self._listener(Read(node, value.name, use, self._context(frame)))

    def _advances(self, node: ast.Call, arguments: Arguments) -> bool:
        """Tell whether a call waits for what a generator of the project gives next."""
        if not self._endless or syntax.called(node) not in language.ADVANCES:
            return False
        given = arguments.positional[0] if arguments.positional else ()
        return any(qualified_name(one) in self._endless for one in given)

    def _as_daemon(self, thread: Instance, arguments: Arguments) -> Arguments:
        """Return the arguments of a call that starts a thread, with what its class says of it."""
        with self._silently():
            told = self._attribute((thread,), language.DAEMON)
        if not all(isinstance(one, Constant) for one in told):
            return arguments
        return arguments.after(Arguments(keywords=((language.DAEMON, told),)))

    def _runs_elsewhere(self, callee: Value, node: ast.Call) -> bool:
        """Tell whether a call starts a thread or process of the project's own class."""
        if not isinstance(callee, Method) or getattr(node.func, "attr", "") != "start":
            return False
        if callee.function.qualified_name.endswith(".run"):
            return True
        if not isinstance(callee.receiver, Instance):
            return False
        return is_started(*self._ancestry(callee.receiver.cls), "start")  # ``run`` is decorated

    def _of_started(self, callee: Method, node: ast.Call) -> Class | None:
        """Return the class of a method's object, or that of a thread which a call starts."""
        if isinstance(callee.receiver, Instance):
            return callee.receiver.cls
        is_run = isinstance(callee.receiver, Class) and self._runs_elsewhere(callee, node)
        return callee.receiver if is_run and isinstance(callee.receiver, Class) else None

    def _of_base(self, name: str, receivers: Values) -> Iterator[str]:
        """Yield the name of a method of an outside base, called as ``Base.method(self)``."""
        base, _, method = name.rpartition(".")
        for receiver in receivers:
            if isinstance(receiver, Instance) and base in self._ancestry(receiver.cls)[1]:
                yield f"{base}().{method}"

    def _evaluated(self, node: ast.expr, frame: Frame) -> Values:
        """Return what an expression may be, once it has run: nothing runs again."""
        with self._silently():
            return self._value(node, frame)


def _plain(classes: tuple[Class, ...]) -> tuple[str, ...]:
    """Return what makes an object of some classes alone, where they have nothing to do then."""
    if any(not language.MAKES_OBJECTS.isdisjoint(modules.class_bindings(one)) for one in classes):
        return ()
    return ("object",)


def _command(callees: Values, arguments: Arguments) -> str:
    """Return the library of a command line that a call surely runs, which ends the process."""
    if len(callees) != 1 or not arguments.complete:
        return ""
    mode = arguments.keyword(commands.STANDALONE)
    if mode and mode != (Constant(True),):
        return ""
    callee = callees[0]
    if isinstance(callee, Function):
        return callee.command
    return commands.run_by(qualified_name(callee))


def _serves_when_called(decorator: str) -> bool:
    """Tell whether what a decorator makes of a function serves: the commands of a server."""
    return decorator.endswith("()") and Role.SERVE in known_roles_of(decorator)

"""Command lines: the commands that are added to them, and that run when they are called."""

from __future__ import annotations

import ast
import contextlib

from flake8_launcher.knowledge import callbacks, language
from flake8_launcher.semantic.budget import STEP
from flake8_launcher.semantic.reading import modules, syntax
from flake8_launcher.semantic.reading.modules import Assigned, Imported, Module
from flake8_launcher.semantic.running import groups
from flake8_launcher.semantic.running.handing import Handing
from flake8_launcher.semantic.running.state import MAX_CHOICES, FlowError
from flake8_launcher.semantic.values import (
    Arguments,
    Constant,
    Frame,
    Function,
    Method,
    Namespace,
    Sequence,
    Symbol,
    Value,
    Values,
    qualified_name,
    texts,
    union,
)

_MAX_PASSED_ON = 4
"""How many modules may pass a group of commands on to the one that calls it."""


class CommandLines(Handing):
    """Follows the commands of a command line where it is called."""

    def _tell_parser(
        self, node: ast.Call, name: str, callees: Values, arguments: Arguments
    ) -> None:
        """Note what a call tells a command line: its commands, defaults and choices.

        :param name: the qualified name of what is called.
        """
        if name.endswith(language.SETS_DEFAULTS):
            for keyword, values in arguments.keywords:
                self._defaults[keyword] = union(self._defaults.get(keyword, ()), values)
        elif self._quiet:
            return
        elif name.endswith(language.ADDS_ARGUMENT):
            self._add_choices(arguments)
        elif isinstance(node.func, ast.Attribute):
            if node.func.attr in callbacks.COMMANDS:
                self._registered(node, callees, arguments)
        elif name.endswith(callbacks.MAKES_COMMANDS):
            self._registered(node, callees, arguments)

    def _registered(self, node: ast.Call, callees: Values, arguments: Arguments) -> None:
        """Keep the commands that a call adds to a command line, or follow them in a function."""
        if not isinstance(callees[0], Symbol):
            return
        owner = callees[0].name.removesuffix("()").rpartition(".")[0]
        for value in union(*arguments.positional):
            if isinstance(value, Function | Method):
                if self._running:
                    with self._perhaps(kind="command", node=node):
                        self._run_command(value, node)
                else:
                    known = self._commands.get(owner, ())
                    self._commands[owner] = union(known, (value,))

    def _add_choices(self, arguments: Arguments) -> None:
        """Note that an argument of the command line is one of some texts, if it is."""
        choices = arguments.keyword("choices")
        one = choices[0] if len(choices) == 1 else None
        several = one.items if isinstance(one, Sequence) else ()
        known = [text for values in several for text in texts(values)]
        named = [text for values in arguments.positional for text in texts(values)]
        if not known or len(known) < len(several) or len(known) > MAX_CHOICES or not named:
            return
        flag = next((text for text in named if text.startswith("--")), named[0])
        target = texts(arguments.keyword("dest")) or [flag.lstrip("-").replace("-", "_")]
        default = arguments.keyword("default") or (Constant(None),)
        self._defaults[target[0]] = union(tuple(map(Constant, known)), default)

    def _run_commands(self, name: str, node: ast.expr | ast.stmt | None) -> None:
        """Follow the commands of a command line, once it is called."""
        if not self._quiet and name in self._commands:
            several = self._commands.pop(name)
            fork = object()
            for number, value in enumerate(several, 1):
                others = len(several) - number
                with self._perhaps(fork, "command", node, number), self._shared(others):
                    self._run_command(value, node)

    def _group(
        self, called: ast.expr, callees: Values, owners: Values, frame: Frame
    ) -> tuple[Module, str] | None:
        """Return the module and the name of the group of commands that a call runs, if any."""
        name = qualified_name(callees[0])
        for value in (*callees, *(owners if name.endswith(groups.RUNS) else ())):
            if isinstance(value, Function) and any(map(groups.makes_group, value.decorators)):
                return value.module, getattr(value.node, "name", "")
        return self._bound_at(called, frame) if name in groups.COMMAND_LINES else None

    def _bound_at(self, node: ast.expr, frame: Frame) -> tuple[Module, str] | None:
        """Return the module whose top level binds what a name stands for, and its name there."""
        module: Module | None = frame.module
        name = syntax.last_name(node)
        if isinstance(node, ast.Attribute):
            with self._silently():
                holders = self._value(node.value, frame)
            module = next((one.module for one in holders if isinstance(one, Namespace)), None)
        for _ in range(_MAX_PASSED_ON):
            bound = _imported_in(frame.function, name) if module is frame.module else None
            bindings = (bound,) if bound else module.bindings.get(name, ()) if module else ()
            if not bindings or module is None:
                return None
            match bindings[0]:
                case Imported(module=other, name=str(inner)):
                    module, name = self._find(other), inner
                case Assigned(value=ast.Name(id=other), path=(), iterated=False):
                    name = other  # ``main = cli``
                case _:
                    return module, name
        return None

    def _run_group(self, module: Module, name: str, node: ast.Call) -> None:
        """Follow the commands of a group of other modules, each once.

        Those of the checked module begin launches of their own, or were added to it by calls.
        """
        if (module, name) in self._opened:
            return
        self._opened.add((module, name))
        members = [*groups.members(module.text, name)]
        fork = object()
        for number, member in enumerate(members, 1):
            self.budget.spend(STEP)
            expression = ast.parse(member, mode="eval").body
            frame = Frame(module)
            with self._silently():
                values = self._value(expression, frame)
            others = len(members) - number
            with self._perhaps(fork, "command", node, number), self._shared(others):
                for value in values:
                    if isinstance(value, Function) and module is not self._here[0]:
                        self._run_command(value, node)
                if values and (inner := self._group(expression, values, (), frame)):
                    self._run_group(*inner, node)

    def _run_command(self, value: Value, node: ast.expr | ast.stmt | None) -> None:
        with self._bounded(), contextlib.suppress(FlowError):
            self._invoke(value, Arguments(complete=False), node)


def _imported_in(function: Function | None, name: str) -> Imported | None:
    """Return what a function itself imports under a name, if it does."""
    body = getattr(function.node, "body", None) if function else None
    for statement in syntax.statements(body) if isinstance(body, list) else ():
        if function and isinstance(statement, ast.Import | ast.ImportFrom):
            for bound, binding in modules.imported(statement, function.module):
                if bound == name:
                    return binding
    return None

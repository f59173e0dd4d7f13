"""What the interpreter tells its listener: imports, calls, stores, reads of options, loops."""

from __future__ import annotations

import ast
import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from flake8_launcher.knowledge import exceptions
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.running.blunders import Blunder
from flake8_launcher.semantic.running.retries import Loop, Retry
from flake8_launcher.semantic.values import Arguments, Values

IMPORTS = "import "
"""What the name of a callee begins with when an import runs a module."""


UNREACHED = "unreached"
"""The use of what stands behind ``print(...) and``."""
UNAWAITED = "unawaited"
"""The use of a call whose coroutine is dropped: nothing ever runs it."""


@dataclass(slots=True, eq=False, repr=False)
class Guard:
    """Something around a call that may catch what it raises.

    :ivar catches: qualified names of the exception types; empty when it catches none.
    :ivar line: line of the ``try`` or ``with``.
    :ivar foreign: those that are not the project's own types; of such a type, ``catches`` has
        what it derives from.
    :ivar raised_without_call: the built-in types that the statements of the ``try`` may raise by
        themselves; none where that is not known, or no handler is for such a type.
    """

    catches: tuple[str, ...]
    line: int
    foreign: tuple[str, ...] = ()
    raised_without_call: frozenset[str] | None = None

    def catches_failures(self) -> bool:
        """Tell whether a failure can match, and not only an interrupt or exit."""
        return any(name not in exceptions.NO_FAILURE for name in self.catches)


@dataclass(slots=True, eq=False, repr=False)
class Arm:
    """One of several ways that code may take.

    :ivar fork: what the ways have in common: where one of them goes, no other of them does.
    :ivar kind: ``branch``, or ``loop`` and ``endless`` for a loop's body, ``try`` for what
        handlers are there for, ``except`` for a handler, ``candidate`` for one of the functions
        that a call may be of, ``callback`` for a function that something else may call,
        ``command`` for one of those that a command line chooses, ``run`` for the one that a call
        is there to run.
    :ivar depth: how many calls lead to the function that holds it.
    :ivar node: the statement or expression that chooses; a handler for ``except``.
    :ivar number: which of the ways it is, in the order of the code.
    """

    fork: object
    kind: str
    depth: int
    node: ast.AST | None = None
    number: int = 0


@dataclass(slots=True, eq=False, repr=False)
class CallSite:
    """One link of the way to a call: who called whom, and where.

    :ivar use: what becomes of the result, as in :class:`Called`.
    :ivar taker: the call that a coroutine was handed to, and that runs it.
    :ivar statement: the statement that the call is a part of.
    """

    caller: str
    callee: str
    module: Module
    node: ast.expr | ast.stmt
    use: str = "other"
    taker: ast.expr | None = None
    statement: ast.stmt | None = None

    @property
    def runner(self) -> ast.expr | ast.stmt:
        """The call that runs the callee: the one that a coroutine is handed to, or its own."""
        return self.taker or self.node

    @property
    def is_import(self) -> bool:
        """Whether an import runs the callee, which is a module then."""
        return self.callee.startswith(IMPORTS)


@dataclass(slots=True, eq=False, repr=False)
class Context:
    """Where an event stands.

    :ivar module: the module that holds it.
    :ivar chain: the calls that led to the function that holds it, outermost first.
    :ivar guards: what is around it, from the entry function down.
    :ivar arms: the ways taken to it, from the entry function down.
    :ivar conditional: whether it may be skipped.
    :ivar importing: whether it belongs to the top level of another module, run by an import.
    :ivar statement: the statement that runs it.
    :ivar complete: whether everything before it was followed to its end.
    :ivar function: the function that holds it, if one does.
    """

    module: Module
    chain: tuple[CallSite, ...]
    guards: tuple[Guard, ...]
    arms: tuple[Arm, ...]
    conditional: bool
    importing: bool
    statement: ast.stmt | None
    complete: bool
    function: ast.AST | None


@dataclass(slots=True, eq=False, repr=False)
class Imports:
    """A module is imported.

    :ivar module: its absolute name.
    :ivar name: what is taken from it, ``*`` for everything; none for the module itself.
    """

    node: ast.stmt
    module: str
    name: str | None
    context: Context


@dataclass(slots=True, eq=False, repr=False)
class Called:
    """A call.

    :ivar names: qualified names of the candidates, the likeliest first.
    :ivar seen: whether a candidate's body is read, and followed.
    :ivar use: what becomes of the result: ``dropped``, ``returned``, ``raised``, ``assigned``,
        ``tested``, ``other``, ``unreached`` where the call never happens, or the qualified
        name of the function that it is passed to.
    :ivar taker: the call that a coroutine is handed to, and that runs this one.
    :ivar command: the library of a command line that it runs, which ends the process.
    """

    node: ast.Call
    names: tuple[str, ...]
    seen: bool
    arguments: Arguments
    use: str
    context: Context
    evaluate: Callable[[ast.expr], Values]
    taker: ast.expr | None = None
    command: str = ""


@dataclass(slots=True, eq=False, repr=False)
class Unreached:
    """A call that never happens, as it stands behind a loop that nothing leaves."""

    call: Called


@dataclass(slots=True, eq=False, repr=False)
class Awaited:
    """Something that is no coroutine of the project is awaited, entered or iterated.

    :ivar names: qualified names of what it may be.
    """

    node: ast.expr
    names: tuple[str, ...]
    context: Context


@dataclass(slots=True, eq=False, repr=False)
class Stored:
    """An attribute or an item of something outside is assigned.

    :ivar name: qualified name of the attribute, or of the object with ``[]``.
    :ivar key: what the key of an item may be.
    :ivar owner: what the attribute belongs to.
    """

    node: ast.expr
    name: str
    values: Values
    context: Context
    key: Values = ()
    owner: Values = ()


@dataclass(slots=True, eq=False, repr=False)
class Read:
    """Something of a configuration object of oslo.config is read.

    ``CONF.api.port`` is two events: first its group is read, then the option.

    :ivar name: qualified name of what is read.
    :ivar use: what becomes of the value, as in :class:`Called`.
    """

    node: ast.expr
    name: str
    use: str
    context: Context


@dataclass(slots=True, eq=False, repr=False)
class Compared:
    """Values are compared with each other, or masked.

    :ivar names: qualified names of what is not literal among them.
    :ivar sought: what may be looked for in a collection.
    """

    node: ast.expr
    names: tuple[str, ...]
    context: Context
    sought: Values = ()


@dataclass(slots=True, eq=False, repr=False)
class Looped:
    """A loop that waits in each round, or goes through what comes in, and ends itself if at all.

    :ivar name: qualified name of the function or module that holds it.
    :ivar is_endless: whether nothing ends it but what tells the service to stop.
    """

    node: Loop
    name: str
    context: Context
    is_endless: bool = False


@dataclass(slots=True, eq=False, repr=False)
class Raised:
    """An exception is raised.

    :ivar name: qualified name of its type; empty where the current one is raised again.
    :ivar status: what ``SystemExit`` is raised with.
    :ivar types: qualified names of its type, and of what that derives from.
    """

    node: ast.stmt
    name: str
    status: Values
    types: tuple[str, ...]
    context: Context


@dataclass(slots=True, eq=False, repr=False)
class Returned:
    """A ``return`` statement.

    :ivar values: what is returned.
    :ivar command: the library that makes a command line of the function, and drops it.
    """

    node: ast.stmt
    values: Values
    context: Context
    command: str = ""


@dataclass(slots=True, eq=False, repr=False)
class Handled:
    """A handler has run, after a failure in its ``try``.

    :ivar guard: its ``try``, which it has in common with what stands there.
    :ivar catches: qualified names of the types that it catches.
    :ivar named: qualified names of the types that its clause names.
    :ivar how: how its last statement leaves it: ``raise``, ``exit``, ``return``, ``loop`` for
        the next round of a loop, ``break`` for its end, or ``continue`` after the ``try``.
    :ivar status: what it exits with, or returns.
    :ivar may_end: whether some statement in it raises or exits, if not the last.
    :ivar foreign: those that are not the project's own types.
    :ivar blunders: what in it does not do what it says.
    :ivar retry: how its ``try`` runs again after it without end, if it does.
    """

    node: ast.ExceptHandler
    guard: Guard
    catches: tuple[str, ...]
    named: tuple[str, ...]
    how: str
    status: Values
    may_end: bool
    foreign: tuple[str, ...]
    blunders: tuple[Blunder, ...]
    retry: Retry | None
    context: Context


OfPath: TypeAlias = (
    Raised | Returned | Handled | Imports | Called | Awaited | Stored | Read | Compared | Looped
)
"""What happens, in order."""
Event: TypeAlias = OfPath | Unreached


class Weight(enum.Enum):
    """How much an event tells of a launch.

    What tells something is followed each time that it comes, unless it costs much and tells the
    same again; what decides about the launch always.
    """

    SOMETHING = 1
    DECIDES = 2


class Listener(Protocol):
    """What the interpreter reports to."""

    def __call__(self, event: Event, /) -> Weight | None:
        """Take one event, and say how much it tells, if anything."""

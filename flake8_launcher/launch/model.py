"""The launch path: the steps of a launch in order, and the questions that rules ask of it."""

from __future__ import annotations

import ast
import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from flake8_launcher.gate.place import is_of_tests
from flake8_launcher.imports.summary import Event
from flake8_launcher.knowledge import Role, language, root_of
from flake8_launcher.launch.beginnings.entries import is_start
from flake8_launcher.launch.paths.shown import Shown
from flake8_launcher.semantic.running.blunders import Blunder
from flake8_launcher.semantic.running.events import IMPORTS, UNREACHED, Arm, CallSite, Guard
from flake8_launcher.semantic.running.retries import Retry
from flake8_launcher.semantic.values import Sequence as Listed
from flake8_launcher.semantic.values import Values, beginnings, readable, texts


class Phase(enum.Enum):
    """What part of a launch a step belongs to."""

    IMPORT = "import"
    BOOTSTRAP = "bootstrap"
    CONFIGURATION = "configuration"
    LOGGING = "logging"
    CREATION = "creation"
    SERVE = "serve"
    WAIT = "wait"
    OTHER = "other"


class Part(enum.Enum):
    """What part a module has in the launch of a process."""

    START = "a process begins with it"
    PATCH = "it is made to patch"
    TEST = "it tests"
    OTHER = "others import it"


_LONGEST_WAY = 5

DECIDES = frozenset({Role.START, Role.SERVE, Role.WAIT})
"""Roles of what a process is for."""
ROUNDS = frozenset({"endless", "loop"})
"""Kinds of ways that are the rounds of a loop."""

PHASES = {
    Role.IMPORT: Phase.IMPORT,
    Role.PATCH: Phase.BOOTSTRAP,
    Role.BACKEND: Phase.BOOTSTRAP,
    Role.LOAD: Phase.CONFIGURATION,
    Role.IMPORT_OPTION: Phase.IMPORT,
    Role.CHECK: Phase.OTHER,
    Role.LOG: Phase.LOGGING,
    Role.CREATE: Phase.CREATION,
    Role.START: Phase.CREATION,
    Role.SERVE: Phase.SERVE,
    Role.WAIT: Phase.WAIT,
}


@dataclass(slots=True, eq=False, repr=False)
class Argument:
    """One argument of a step, as far as it is known.

    :ivar text: its literal value, when it is one string.
    :ivar literal: its literal value, when it is one constant, else ``...``.
    :ivar names: qualified names of what it may be otherwise.
    :ivar code: the definition, when it is a function of the project; what an attribute that is
        rebound is bound to otherwise, as the code says it.
    :ivar is_callable: whether it surely is something of the project that can be called.
    :ivar idle: whether it is a function that does nothing, or only says something.
    :ivar values: what it may be; :mod:`.origins` answers questions about them.
    """

    keyword: str | None
    text: str | None
    literal: object
    names: tuple[str, ...]
    code: ast.AST | None = None
    is_callable: bool = False
    idle: bool = False
    values: Values = ()


@dataclass(slots=True, eq=False, repr=False)
class Handler:
    """What an ``except`` clause makes of a failure, or a ``finally`` block that lets none out.

    :ivar guard: its ``try``: the steps in there have it among their guards.
    :ivar catches: qualified names of the types that it catches.
    :ivar how: how it ends: by ``raise``, ``exit``, ``return``, by ``loop`` to the next round, by
        ``break`` behind the loop, or to ``continue`` behind the ``try``.
    :ivar status: what it exits with or returns, where that is known.
    :ivar may_end: whether it may also raise or exit before its end.
    :ivar foreign: those of the types that are not the project's own.
    :ivar blunders: what in it does not do what it says, by the lines of its own file.
    :ivar retry: how its ``try`` runs again after it without end, if it does.
    :ivar block: what messages call it.
    :ivar named: qualified names of the types that its clause names.
    """

    guard: Guard
    catches: tuple[str, ...]
    how: str
    status: Argument | None
    may_end: bool
    foreign: tuple[str, ...] = ()
    blunders: tuple[Blunder, ...] = ()
    retry: Retry | None = None
    block: str = "handler"
    named: tuple[str, ...] = ()


@dataclass(slots=True, eq=False, repr=False, kw_only=True)
class Step:
    """One step on the way to serving: what all kinds of steps have.

    :ivar name: qualified name of what the step is about, as the code names it.
    :ivar role: what it does for the launch, if that is known.
    :ivar line: 1-based line in the checked file.
    :ivar column: 0-based column in the checked file.
    :ivar chain: the functions of the project through which it is reached, outermost first.
    :ivar sites: the calls of the chain: each runs the next function in it.
    :ivar depth: how many of them the checked file itself makes.
    :ivar file: the file in which the step stands; empty where it is the checked one.
    :ivar place: file and line as messages show them, when that is not the checked file.
    :ivar node: what it is in the code, to tell it from others.
    :ivar guards: what may catch its failure, from the entry function down.
    :ivar arms: the ways taken to it, from the entry function down: of two steps whose arms
        differ in one fork, one run of the function takes one alone.
    :ivar conditional: whether it may be skipped.
    :ivar origin: the module whose top level runs it, and the line there; none when only a
        function that is called later does.
    :ivar is_imported: whether it belongs to the top level of another module, run by an import.
    :ivar is_detached: whether it runs in a thread, a task or a process that another step hands it
        to, or hands a serve call on itself. Handlers around that step are not among its guards
        where its failure surely does not reach them.
    :ivar complete: whether everything before it on the path was followed to its end.
    """

    name: str
    role: Role | None
    line: int
    column: int
    chain: tuple[str, ...]
    sites: tuple[CallSite, ...]
    depth: int
    file: str
    place: str
    node: ast.AST
    guards: tuple[Guard, ...]
    arms: tuple[Arm, ...]
    conditional: bool
    origin: tuple[str, int] | None
    is_imported: bool
    complete: bool
    is_detached: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names that what the step is about may go by, the likeliest first."""
        return (self.name,)

    @property
    def given(self) -> tuple[Argument, ...]:
        """The arguments of a call; what is assigned."""
        return ()

    @property
    def uses(self) -> tuple[str, ...]:
        """What becomes of the result of each function in the chain but the first."""
        return tuple(site.use for site in self.sites)

    @property
    def phase(self) -> Phase:
        """The part of the launch that the step belongs to."""
        return PHASES[self.role] if self.role else Phase.OTHER

    @property
    def imported(self) -> str | None:
        """The first module on the way to the step whose top level an import runs."""
        return next(iter(self.modules), None)

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules on the way to the step whose top levels imports run, outermost first."""
        links = (link for link in self.chain if link.startswith(IMPORTS))
        return tuple(link.removeprefix(IMPORTS) for link in links)

    @property
    def own_line(self) -> int:
        """The line where it stands, in its own file."""
        return int(self.place.rpartition(":")[2]) if self.place else self.line

    def leads_to(self, later: Step) -> bool:
        """Tell whether the step has come before another wherever that comes."""
        return all(arm.kind == "try" or arm in later.arms for arm in self.arms)

    def comes_again_as(self, later: Step) -> bool:
        """Tell whether another step is the same code, to which another call has led after it."""
        if later.node is not self.node or later.sites == self.sites or exclude(self, later):
            return False
        own = (arm for arm in self.arms if arm.kind not in ("candidate", "try"))
        if not all(arm in later.arms for arm in own):
            return False
        return all(arm.kind != "except" or arm in self.arms for arm in later.arms)

    def is_in_rounds_of(self, loop: Step) -> bool:
        """Tell whether the step is taken in the rounds of a loop."""
        return any(arm.node is loop.node for arm in self.arms)

    @property
    def is_in_tests(self) -> bool:
        """Whether a module of tests takes the step, on behalf of the checked file."""
        return bool(self.place) and is_of_tests(self.place.rpartition(":")[0])

    @property
    def is_told_there(self) -> bool:
        """Whether the main function of another module, which is a launcher, takes the step."""
        return bool(self.place) and any(name.endswith(".main") for name in self.below)

    @property
    def is_run_there(self) -> bool:
        """Whether what the checked file calls is made to be started: the other one is launched."""
        return any(map(is_start, self.below[:1]))

    @property
    def below(self) -> tuple[str, ...]:
        """The functions of the chain that others call, below what the checked file calls."""
        return self.chain[self.depth :]

    @property
    def places(self) -> Iterator[tuple[str, int]]:
        """The files and lines through which the checked file leads to the step, itself last.

        There are none where it stands in the checked file.
        """
        if self.file:
            for site in self.sites[self.depth :]:
                yield site.module.path, site.node.lineno
            yield self.file, self.own_line

    @property
    def by(self) -> str:
        """Which functions of other modules take the step, for messages that name it otherwise."""
        return f" by {shortened(self.below)} ({self.place})" if self.place else ""

    @property
    def way(self) -> str:
        """What the checked file calls, and how that leads to the step, for messages."""
        return self.way_to(self.name)

    def way_to(self, name: str) -> str:
        """What the checked file calls, and how that leads to something that the step is about."""
        names = [*self.below, name] if self.place else [name]
        way = shortened([name.lstrip("?.").removesuffix("[]") for name in names])
        return f"{way} ({self.place})" if self.place else way

    @property
    def located_way(self) -> str:
        """The way, with the step's line where it stands in the checked file."""
        return self.way if self.place else f"{self.way} (l. {self.line})"

    def is_guarded(self) -> bool:
        """Tell whether some handler around the step can catch its failure."""
        return any(guard.catches_failures() for guard in self.guards)


@dataclass(slots=True, eq=False, repr=False, kw_only=True)
class Call(Step):
    """A call.

    :ivar aliases: other names that what is called may go by.
    :ivar seen: whether the body of what is called is read; what it does are steps of their own.
    :ivar arguments: what it is called with, in order.
    :ivar complete_arguments: whether these are all.
    :ivar rest: what others come from, of which the keywords are not known.
    :ivar use: what becomes of its result: ``dropped``, ``returned``, ``raised``, ``assigned``,
        ``tested``, ``other``, ``unreached`` behind ``print(...) and``, or the qualified name
        of the function that it is passed to.
    :ivar kept: the attribute that its result is assigned to; empty where it is none.
    :ivar shown: what it prints or logs, whatever makes a text of it.
    :ivar taker: the call that runs it, where it is handed a coroutine.
    :ivar target: the call whose result it hands to a thread, and the like, as a function.
    :ivar command: the library of a command line that it runs: that ends the process, with status 0
        whatever the function returns.
    :ivar is_alone: whether it waits for an event that nothing else has.
    """

    aliases: tuple[str, ...]
    seen: bool
    arguments: tuple[Argument, ...]
    complete_arguments: bool
    rest: Argument | None
    use: str
    kept: str
    shown: tuple[Shown, ...]
    taker: ast.AST | None
    target: ast.AST | None
    command: str = ""
    is_alone: bool = False

    @property
    def given(self) -> tuple[Argument, ...]:
        """What it is called with."""
        return self.arguments

    @property
    def is_reached(self) -> bool:
        """Whether it ever happens."""
        return self.use != UNREACHED

    @property
    def names(self) -> tuple[str, ...]:
        """The names that what is called may go by, the likeliest first."""
        return (self.name, *self.aliases)

    @property
    def keywords(self) -> dict[str, object]:
        """The keywords that it is called with, and their values, ``...`` where not literal."""
        return {one.keyword: one.literal for one in self.arguments if one.keyword is not None}

    @property
    def has_plain_keywords(self) -> bool:
        """Whether it is called with keywords alone, all of which are written down."""
        positional = any(argument.keyword is None for argument in self.arguments)
        return self.complete_arguments and not positional

    def keyword(self, name: str) -> Argument | None:
        """Return the argument that is passed under a keyword, if one is."""
        return next((one for one in self.arguments if one.keyword == name), None)

    def argument(self, position: int, keyword: str) -> Argument | None:
        """Return the argument at a position or under a keyword, if it is passed."""
        positional = [argument for argument in self.arguments if argument.keyword is None]
        if position < len(positional):
            return positional[position]
        return self.keyword(keyword)


@dataclass(slots=True, eq=False, repr=False, kw_only=True)
class ModuleImport(Step):
    """An import of a module.

    :ivar taken: what is taken from it, ``*`` for everything; none for the module itself.
    """

    taken: str | None

    @property
    def located_way(self) -> str:
        """The way, as that of an import, with its line where it stands in the checked file."""
        place = "" if self.place else f" (l. {self.line})"
        return f"the import of {self.way}{place}"


@dataclass(slots=True, eq=False, repr=False, kw_only=True)
class OptionRead(Step):
    """The read of an option of a configuration object, or of a group of them.

    :ivar use: what becomes of its value, as in :class:`Call`.
    :ivar is_whole: whether the code names the option's group right there.
    """

    use: str
    is_whole: bool


@dataclass(slots=True, eq=False, repr=False, kw_only=True)
class Store(Step):
    """The assignment of an attribute, or of an item (``[]`` ends its name).

    :ivar value: what is assigned.
    :ivar key: the item's key.
    :ivar owner: what the attribute belongs to.
    """

    value: Argument
    key: Argument | None
    owner: Values

    @property
    def given(self) -> tuple[Argument, ...]:
        """What is assigned."""
        return (self.value,)


@dataclass(slots=True, eq=False, repr=False, kw_only=True)
class Raise(Step):
    """An exception is raised.

    :ivar status: what the process exits with, if it is one that exits.
    :ivar types: qualified names of its type, and of what that derives from, as far as is known.
    """

    status: Argument | None
    types: tuple[str, ...] = ()


@dataclass(slots=True, eq=False, repr=False, kw_only=True)
class Return(Step):
    """A function returns.

    :ivar value: what it returns.
    :ivar command: the library that makes a command line of the function.
    """

    value: Argument
    command: str = ""


@dataclass(slots=True, eq=False, repr=False, kw_only=True)
class Catch(Step):
    """A handler runs.

    :ivar handler: what it makes of the failure.
    """

    handler: Handler


@dataclass(slots=True, eq=False, repr=False, kw_only=True)
class Await(Step):
    """Something is awaited that is no coroutine of the project.

    :ivar aliases: other names that it may go by.
    :ivar is_used: whether a variable is given what comes of it.
    """

    aliases: tuple[str, ...]
    is_used: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names that what is awaited may go by, the likeliest first."""
        return (self.name, *self.aliases)


@dataclass(slots=True, eq=False, repr=False, kw_only=True)
class Loop(Step):
    """A loop that waits in each round.

    :ivar is_endless: whether it goes on until the service stops.
    """

    is_endless: bool


@dataclass(slots=True, eq=False, repr=False, kw_only=True)
class Comparison(Step):
    """Something that tells who wrote a file is compared."""


def shortened(way: Sequence[str], of_imports: bool = False) -> str:
    """Return a way as messages show it: of a long one the beginning, and where it leads.

    The last two of the project stay, for there something can be changed: of functions all but
    the last are its own, of modules those that share their package with the first.
    """
    if len(way) <= _LONGEST_WAY:
        return " -> ".join(way)
    last = len(way) - 1
    own = list(range(1, last))
    if of_imports:
        own = [at for at in own if root_of(way[at]) == root_of(way[0])]
    kept = sorted({0, *own[-2:], last})
    if len(kept) < _LONGEST_WAY - 1:
        kept = sorted({*kept, last - 1})
    names = [way[0]]
    for before, at in pairwise(kept):
        names += ["..."] * (at > before + 1) + [way[at]]
    return " -> ".join(names)


def inside(steps: Sequence[Step], index: int) -> Iterator[Step]:
    """Yield the steps that run in the function which one of some steps calls."""
    step = steps[index]
    chain = (*step.chain, step.name)
    for inner in steps[index + 1 :]:
        if inner.chain[: len(chain)] == chain:
            yield inner
        elif inner.node is not step.node:
            return  # a step with two roles stands there twice


def takes_words(arguments: Sequence[Argument]) -> bool:
    """Tell whether a call is first given words, as what runs a line of a shell is."""
    first = arguments[0] if arguments and arguments[0].keyword is None else None
    return first is not None and any(" " in text.strip() for text in beginnings(first.values))


def said(argument: Argument) -> Iterator[str]:
    """Yield what people read of an argument that is shown, with gaps where that is not known."""
    return readable(argument.values)


def texts_in(argument: Argument) -> Iterator[str]:
    """Yield the texts that an argument may be, or that stand in a list of it."""
    for value in argument.values:
        several = value.items if isinstance(value, Listed) else ((value,),)
        for one in several:
            yield from texts(one)


def exclude(one: Step, other: Step) -> bool:
    """Tell whether two steps are on different ways of one fork."""
    forks = {id(arm.fork): arm for arm in one.arms}
    return any(forks.get(id(arm.fork), arm) is not arm for arm in other.arms)


@dataclass(eq=False, repr=False)
class LaunchPath:
    """What runs from the module's first statement through one entry function.

    :ivar entry: the entry function; ``__main__`` for the block that runs as a script.
    :ivar declared: whether the project's metadata declares it as a script: the process exits with
        what it returns.
    :ivar steps: in the order in which they run.
    :ivar complete: whether the path was followed to its end.
    :ivar sought: what is looked for in collections.
    :ivar with_reads: the steps, with those among them that read an option of oslo.config.
    :ivar is_served: whether another process serves what is made here, and ends as it sees fit.
    :ivar is_script: whether the block that runs as a script does nothing but call a declared one.
    :ivar is_command: whether it is a command of a command line: the process ends after it.
    :ivar unreached: calls that never happen, as they stand behind a loop which nothing leaves.
    :ivar cuts: of each part that was not followed to its end, the calls that run it, outermost
        first; none where that is not known.
    """

    entry: str
    steps: tuple[Step, ...]
    complete: bool
    declared: bool = False
    sought: Values = ()
    with_reads: tuple[Step, ...] = ()
    is_served: bool = False
    is_script: bool = False
    is_command: bool = False
    unreached: tuple[Step, ...] = ()
    cuts: tuple[tuple[ast.AST, ...], ...] = ()

    def having(self, *roles: Role) -> Iterator[Step]:
        """Yield the steps that have one of some roles, in order."""
        return (step for _, step in self._with_roles if step.role in roles)

    def before(self, step: Step, *roles: Role) -> Iterator[Step]:
        """Yield the steps before another that have one of some roles, in order."""
        end = self.steps.index(step)
        return (one for at, one in self._with_roles if at < end and one.role in roles)

    def after(self, step: Step, *roles: Role) -> Iterator[Step]:
        """Yield the steps after another that have one of some roles, in order."""
        start = self.steps.index(step)
        return (one for at, one in self._with_roles if at > start and one.role in roles)

    @cached_property
    def _with_roles(self) -> list[tuple[int, Step]]:
        return [(at, step) for at, step in enumerate(self.steps) if step.role is not None]

    def inside(self, step: Step) -> Iterator[Step]:
        """Yield the steps that run in the function which a step calls."""
        return inside(self.steps, self.steps.index(step))

    def outermost(self, step: Step) -> Step:
        """Return the call of the entry function itself that leads to a step, or the step."""
        found = step
        for one in self.steps if len(step.chain) > 1 else ():
            if one is step:
                break
            if len(one.chain) == 1 and step.chain[1] in one.names:
                found = one
        return found

    def under(self, guard: Guard) -> Sequence[Step]:
        """Return the steps whose failure may reach a guard, in order."""
        return self._guarded.get(guard, ())

    def follows_all_under(self, guard: Guard) -> bool:
        """Tell whether all that runs in a ``try`` was followed to its end."""
        return all(step.complete for step in self.under(guard))

    def caught(self, guard: Guard) -> Sequence[Step]:
        """Return the steps that the handlers of one guard take, in order."""
        return self._caught.get(guard, ())

    @cached_property
    def _caught(self) -> dict[object, list[Step]]:
        found: dict[object, list[Step]] = {}
        for step in self.steps:
            for fork in {arm.fork for arm in step.arms if arm.kind == "except"}:
                found.setdefault(fork, []).append(step)
        return found

    def handling(self, guard: Guard) -> Sequence[Catch]:
        """Return the steps that are a handler of one guard, in order."""
        return self._handling.get(guard, ())

    @cached_property
    def _handling(self) -> dict[Guard, list[Catch]]:
        found: dict[Guard, list[Catch]] = {}
        for step in self.steps:
            if isinstance(step, Catch):
                found.setdefault(step.handler.guard, []).append(step)
        return found

    @cached_property
    def _guarded(self) -> dict[Guard, list[Step]]:
        found: dict[Guard, list[Step]] = {}
        for step in self.steps:
            for guard in dict.fromkeys(step.guards):
                found.setdefault(guard, []).append(step)
        return found

    @cached_property
    def handlers(self) -> dict[Guard, Catch]:
        """The last handler of each guard that has one."""
        return {guard: steps[-1] for guard, steps in self._handling.items()}

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all steps, those that they go by otherwise among them."""
        return frozenset(name for step in self.steps for name in step.names)

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The steps that are calls, in order."""
        return tuple(step for step in self.steps if isinstance(step, Call))

    def placed(self) -> Iterator[tuple[Step, bool]]:
        """Yield the steps in order, each with whether the process has left the directory before
        that it was started in, so that relative paths are found from a known one.
        """
        moved = False
        for step in self.steps:
            moved = moved or (isinstance(step, Call) and step.name in language.MOVES)
            yield step, moved

    def calling(self, *roles: Role) -> Iterator[Call]:
        """Yield the calls that have one of some roles, in order."""
        return (call for call in self.calls if call.role in roles)

    def first(self, *roles: Role) -> Step | None:
        """Return the first step that has one of some roles."""
        return next(self.having(*roles), None)


@dataclass(slots=True, eq=False, repr=False)
class Moment:
    """Something that happens while a service starts: a step, or what an import does.

    :ivar line: 1-based line in the checked file that leads to it.
    :ivar column: 0-based column there.
    :ivar perhaps: whether it may not happen.
    :ivar chain: the modules below the checked one that lead to it by importing each other, the
        last of which does it; for a step, the functions.
    :ivar step: the step that leads to it, or is it; none for what the top level imports.
    :ivar skippable: whether it may not happen though that step is taken.
    """

    line: int
    column: int
    event: Step | Event
    perhaps: bool
    chain: tuple[str, ...]
    step: Step | None = None
    skippable: bool = False

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules of the chain, outermost first."""
        return self.event.modules if isinstance(self.event, Step) else self.chain

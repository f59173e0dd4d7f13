"""The state of the interpreter: bounds, and what is around the code that it is at."""

from __future__ import annotations

import abc
import ast
import contextlib
import copy
from collections.abc import Callable, Iterator
from typing import TypeVar

from flake8_launcher.semantic.budget import STEP, BoundReachedError, Budget
from flake8_launcher.semantic.reading.modules import Module
from flake8_launcher.semantic.running.blunders import Blunder
from flake8_launcher.semantic.running.events import Arm, CallSite, Context, Guard, Listener
from flake8_launcher.semantic.running.repeats import Repeats
from flake8_launcher.semantic.running.retries import Loop, Retry
from flake8_launcher.semantic.values import Arguments, Class, Frame, Function, Value, Values, union

MAX_DEPTH = 24
MAX_QUIET_DEPTH = 3
MAX_CHOICES = 6
MAX_UNITS = 12_000 * (STEP + 2)
MAX_FOLLOWED = 4_000 * (STEP + 2)
LITTLE = MAX_UNITS // 32
"""What is too little to follow other modules with: it is for the checked one's own statements."""
_OWN = 6 * STEP
"""What the call may cost itself whose arguments are followed."""
MAX_MODULES = 80
_MANY = 3
"""How many more ways there are behind one where each is to have its share."""
_FEW = 4
"""Fewer statements than these may do no more than clean up and return."""

Finder = Callable[[str], Module | None]


class FlowError(Exception):
    """The statements that follow do not run."""

    def anew(self) -> FlowError:
        """Return the same once more, to be kept or to be raised later.

        One that was raised holds the frames that it went through, and these hold what keeps it:
        nothing of the file that is followed would be freed with it.
        """
        return type(self)()


class Returns(FlowError):
    """The function returns."""


class LeavesLoop(FlowError):
    """``continue``."""


class Breaks(LeavesLoop):
    """``break``."""


class Ends(FlowError):
    """An exception is raised, the process exits, or a loop never ends.

    :ivar how: ``raise``, ``exit`` or ``loop``.
    :ivar status: with what the process exits, where it does.
    """

    def __init__(self, how: str, status: Values = ()) -> None:
        super().__init__()
        self.how = how
        self.status = status

    def anew(self) -> Ends:
        """Return the same once more."""
        return Ends(self.how, self.status)


class _Block:
    """What a ``with`` statement leaves again; a generator would cost four times as much.

    :param leave: called at the end of the block, however that comes.
    """

    __slots__ = ("_leave",)

    def __init__(self, leave: Callable[[], object]) -> None:
        self._leave = leave

    def __enter__(self) -> None:
        """Begin the block."""

    def __exit__(self, *_: object) -> None:
        """End the block."""
        self._leave()


_Continued = TypeVar("_Continued", bound="Machine")


class Machine(abc.ABC):
    """What every part of the interpreter shares.

    :param find: gives the module of a qualified name, or none when its text is not to be read.
    :param listener: takes the events, in order.
    :param runs: tells whether an imported module's top level is worth following.
    :param infers: whether astroid may be asked for calls that the bindings leave open.
    :ivar budget: what is left to be spent.
    :ivar complete: whether everything was followed to its end.
    :ivar cuts: of each part that was not, the calls that run it, outermost first.
    :ivar is_over: whether the process ends, or serves for ever, at the module's top level.
    :ivar leaves_out: whether a call is cut of which nothing is asked: it may be what all is for.
    :ivar shallow: whether no other module is followed any more.
    :ivar most: how much a call into another module may cost at most.
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
        self.is_over = False
        self.cuts: list[tuple[ast.AST, ...]] = []
        self.leaves_out = False
        self.shallow = False
        self.most = MAX_FOLLOWED
        self.budget = Budget(MAX_UNITS)
        self._values: dict[Module, dict[str, Values]] = {}
        self._functions: dict[ast.AST, Function] = {}
        self._ancestries: dict[ast.AST, tuple[tuple[Class, ...], tuple[str, ...]]] = {}
        self._defaults: dict[str, Values] = {}
        self._commands: dict[str, Values] = {}
        self._opened: set[tuple[Module, str]] = set()
        self._class_attributes: dict[tuple[ast.AST, str], Values] = {}
        self._suppressors: dict[ast.expr, ast.Try] = {}
        self._raised: dict[ast.Try, frozenset[str]] = {}
        self._retriers: dict[ast.expr, ast.While] = {}
        self._stands_for: dict[ast.stmt, ast.stmt] = {}
        self._blunders: dict[ast.AST, tuple[tuple[Blunder, ...], Retry | None]] = {}
        self._loops: dict[ast.AST, dict[ast.AST, Loop]] = {}
        self._finals: dict[ast.Try, ast.Try | None] = {}
        self._at_main: Callable[[], None] | None = None
        self._use = "other"
        self._reads: ast.Attribute | None = None
        self._taker: ast.expr | None = None
        self._repeats = Repeats()
        self._told = 0
        self._news = 0
        self._heard: set[tuple[ast.expr, str]] = set()
        self._to_come = 0
        self._whole = MAX_UNITS
        self._here: list[Module] = []
        self._main: Module | None = None
        self._imported_modules: set[Module] = set()
        self._quiet = 0
        self._quiet_from = 0
        self._conditional = 0
        self._waited = 0
        self._asking = 0
        self._importing = 0
        self._current: ast.stmt | None = None
        self._chain: list[CallSite] = []
        self._guards: list[Guard] = []
        self._arms: list[Arm] = []
        self._running: list[object] = []
        self._trying: list[tuple[int, ast.Try]] = []
        self._evaluating: set[object] = set()
        self._looked_up: dict[object, tuple[object, Values]] = {}
        self._texts_of: dict[ast.ClassDef, dict[str, Values]] = {}
        self._endless: set[str] = set()
        self._set_by_signals: set[str] = set()
        self._yields: list[Callable[[Values], None] | None] = []

    def continued(self: _Continued, listener: Listener) -> _Continued:
        """Return an interpreter that goes on from here, and leaves this one as it is."""
        other = copy.copy(self)
        other._listener = listener
        other.budget = self.budget.copy()
        other._values = {module: dict(names) for module, names in self._values.items()}
        other._defaults = dict(self._defaults)
        other._commands = dict(self._commands)
        other._opened = set(self._opened)
        other._class_attributes = dict(self._class_attributes)
        other._repeats = self._repeats.continued()
        other._imported_modules = set(self._imported_modules)
        other._endless = set(self._endless)
        other._set_by_signals = set(self._set_by_signals)
        other.cuts = [*self.cuts]
        other._heard = set(self._heard)
        return other

    @property
    def held(self) -> int:
        """How many names of modules are known."""
        return sum(map(len, self._values.values()))

    def _copied(self, frame: Frame) -> dict[str, Values]:
        """Return a copy of the names of a frame."""
        self.budget.spend(len(frame.variables) // STEP)
        return dict(frame.variables)

    @abc.abstractmethod
    def _block(self, body: list[ast.stmt], frame: Frame) -> None:
        """Follow statements in order."""

    @abc.abstractmethod
    def _body(self, function: Function, frame: Frame) -> None:
        """Follow what a function does."""

    @abc.abstractmethod
    def _value(self, node: ast.expr, frame: Frame, use: str = "other") -> Values:
        """Return what an expression may be, after following the calls in it."""

    @abc.abstractmethod
    def _invoke(
        self,
        callee: Value,
        arguments: Arguments,
        node: ast.expr | ast.stmt | None,
        at_yield: Callable[[Values], None] | None = None,
    ) -> Values:
        """Return what a call gives, after following the callee where it can be read."""

    def _context(self, frame: Frame) -> Context:
        self.budget.spend((len(self._chain) + len(self._guards) + len(self._arms)) // STEP)
        return Context(
            frame.module,
            tuple(self._chain),
            tuple(self._guards),
            tuple(self._arms),
            self._conditional > 0,
            self._importing > 0,
            self._current,
            self.complete,
            frame.function.node if frame.function else None,
        )

    def _skippable(self) -> _Block:
        self._conditional += 1
        return _Block(self._leave_skippable)

    def _leave_skippable(self) -> None:
        self._conditional -= 1

    def _perhaps(
        self,
        fork: object = None,
        kind: str = "branch",
        node: ast.AST | None = None,
        number: int = 0,
    ) -> _Block:
        """Take a way that may not be taken, one of those of a fork if there is one."""
        self._conditional += 1
        self._arms.append(Arm(fork or object(), kind, len(self._chain), node, number))
        return _Block(self._leave_way)

    def _leave_way(self) -> None:
        self._conditional -= 1
        self._arms.pop()

    def _on(self, fork: object, kind: str, node: ast.AST | None = None) -> _Block:
        """Take one of the ways of a fork."""
        self._arms.append(Arm(fork, kind, len(self._chain), node))
        return _Block(self._arms.pop)

    def _tried(self, node: ast.Try) -> _Block:
        """Follow what a statement has handlers for."""
        self._trying.append((len(self._chain), node))
        return _Block(self._trying.pop)

    def _inside(self, module: Module) -> _Block:
        self._here.append(module)
        return _Block(self._here.pop)

    @contextlib.contextmanager
    def _bounded(
        self, is_own: bool = False, runner: ast.AST | None = None
    ) -> Iterator[None]:
        """Follow what is outside the checked module, or may never run, only so far.

        What comes after it is followed all the same: a small part of what is left is kept for
        that, as there may be many such calls in each other. What a function is for comes last
        mostly, so that what stands far before its end leaves it a quarter; where less is left,
        each statement has a share of that.

        :param is_own: whether it is of the checked module all the same.
        :param runner: the call that runs it.
        """
        budget = self.budget
        if budget.limit - budget.spent < LITTLE:
            self._go_on_alone()
        limit = budget.limit
        whole, to_come = self._whole, self._to_come
        left = limit - budget.spent
        kept = max(left // 32, _OWN)
        if not is_own and to_come:
            kept = max(left // 4, whole // 32) if to_come < _FEW else max(kept, whole // 4)
        share = left // min(2 * to_come + 2, 32)
        self._whole, self._to_come = min(self.most, max(left - kept, share)), 0
        budget.limit = budget.spent + self._whole
        try:
            yield
        except (BoundReachedError, RecursionError):
            self._cut(runner)
            if budget.spent > limit:
                budget.limit = limit
                if not self._go_on_alone():
                    raise
                limit = budget.limit
        finally:
            budget.limit = limit
            self._whole, self._to_come = whole, to_come

    @contextlib.contextmanager
    def _shared(self, others: int) -> Iterator[None]:
        """Follow one of many ways, as the commands of a program are, only so far.

        Once half of what there was is gone, as much is left for each of the others.

        :param others: how many follow.
        """
        budget = self.budget
        limit = budget.limit
        left = limit - budget.spent
        share = left // (others + 1)
        if others < _MANY or left > self._whole // 2 or share < LITTLE:
            yield
            return
        budget.limit = budget.spent + share
        try:
            yield
        except (BoundReachedError, RecursionError):
            self._cut()
            if budget.spent > limit:
                raise
        finally:
            budget.limit = limit

    def _go_on_alone(self) -> bool:
        """Follow nothing any more but the checked module's own statements, if that is not so yet.

        :returns: whether more may be spent now; not where it is a part that is bounded itself.
        """
        if self.shallow or self.budget.limit < MAX_UNITS:
            return False
        self._cut()
        self.shallow = True
        self.budget.limit = self.budget.spent + MAX_FOLLOWED
        return True

    def _cut(self, runner: ast.AST | None = None) -> None:
        """Note that something is not followed to its end.

        :param runner: the call that runs it, where that is known.
        """
        self.complete = False
        calls = (site.runner for site in self._chain)
        self.cuts.append((*calls, runner) if runner is not None else ())

    @contextlib.contextmanager
    def _unbounded(self) -> Iterator[None]:
        """Follow what belongs to the checked module as far as if nothing else called it."""
        budget = self.budget
        limit, spent, whole = budget.limit, budget.spent, self._whole
        budget.limit = self._whole = max(limit, MAX_UNITS)
        try:
            yield
        finally:
            self._whole = whole
            budget.limit = max(limit, min(MAX_UNITS, limit + budget.spent - spent))

    def _silently(self) -> _Block:
        """Evaluate without telling the listener: what is looked up does not run here."""
        if not self._quiet:
            self._quiet_from = len(self._running)
        self._quiet += 1
        return _Block(self._leave_silence)

    def _leave_silence(self) -> None:
        self._quiet -= 1
        if not self._quiet and self._looked_up:
            self._looked_up = {}

    def _guarded(self, guard: Guard) -> _Block:
        self._guards.append(guard)
        return _Block(self._guards.pop)


def merged(outcomes: list[dict[str, Values]]) -> dict[str, Values]:
    """Return what each name may be after several alternatives."""
    if len(outcomes) == 1:
        return outcomes[0]
    joined: dict[str, Values] = {}
    for variables in outcomes:
        for name, values in variables.items():
            known = joined.get(name)
            joined[name] = values if known is None or known is values else union(known, values)
    return joined

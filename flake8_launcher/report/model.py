"""What a report says: one model, of which each form shows the same.

Everything here is plain: texts, numbers and tuples. Texts come from the code under review as they
are; a form escapes them as it needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

State: TypeAlias = Literal["good", "review", "defect", "unknown", "none"]
"""How a trait of a start is judged: in order, to be justified, wrong, not known, not there."""

Phase: TypeAlias = Literal[
    "import",
    "bootstrap",
    "environment",
    "configuration",
    "logging",
    "signals",
    "creation",
    "serve",
    "background",
    "wait",
    "end",
    "other",
]
"""What part of a start a step belongs to, in the order in which most starts have them.

``background`` is what starts a thread, a task or a process, and ``end`` what ends this one.
"""


@dataclass(frozen=True)
class Finding:
    """What a rule reports.

    :ivar code: the rule's code.
    :ivar rule: its name.
    :ivar line: 1-based line in the file of the report.
    :ivar column: 1-based column there.
    :ivar text: the message.
    :ivar brief: the message beside the step that it is about: without the way there.
    :ivar accepted: by what nobody sees it: ``noqa``, ``configuration``, or nothing.
    :ivar is_here: whether it is reported in the file of the report, and not elsewhere.
    :ivar told_in: the launcher that reports it for all that lead there; empty where it is reported
        here, or where it stands.
    """

    code: str
    rule: str
    line: int
    column: int
    text: str
    brief: str
    accepted: str
    is_here: bool
    told_in: str


@dataclass(frozen=True)
class Place:
    """A line of a file.

    :ivar file: the file, below the project's folder.
    """

    file: str
    line: int

    def __str__(self) -> str:
        """Return it as an editor reads it."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Condition:
    """One of several ways that the code takes to a step.

    :ivar fork: number of the choice in the start: two steps whose arms differ never both run.
    :ivar arm: which of its ways it is, in the order of the code.
    :ivar kind: ``if``, ``else``, ``case``, ``loop``, ``endless``, ``except``, ``operand``,
        ``candidate``, ``command`` or ``callback``.
    :ivar text: the condition, as the code has it.
    :ivar place: where it stands.
    """

    fork: int
    arm: int
    kind: str
    text: str
    place: Place


@dataclass(frozen=True)
class Handling:
    """What a handler makes of a step's failure.

    :ivar catches: the types that it catches, as the code has them; none where it catches all.
    :ivar how: ``raise``, ``exit``, ``return``, ``loop``, ``retry`` or ``continue``.
    :ivar is_logged: whether it says something.
    :ivar status: the status with which the process ends then, where that is known.
    :ivar text: the same in words.
    :ivar place: where it stands.
    """

    catches: tuple[str, ...]
    how: str
    is_logged: bool
    status: int | None
    text: str
    place: Place | None


@dataclass(frozen=True)
class Argument:
    """One argument, as far as it is known; ``...`` is a value that is not told."""

    keyword: str | None
    value: str


@dataclass(frozen=True)
class Step:
    """One step of a start.

    :ivar number: counted from 1 in the start.
    :ivar phase: what part of the start it belongs to.
    :ivar name: qualified name of what is called.
    :ivar shown: the same as a line of code, without arguments.
    :ivar is_call: whether it is a call, with arguments.
    :ivar arguments: what it is called with.
    :ivar line: line in the file of the report that leads to it.
    :ivar way: the functions that the file's own call leads through, outermost first.
    :ivar place: where it stands, when that is another file.
    :ivar conditions: on which conditions it is taken, outermost first.
    :ivar failure: what becomes of its failure, innermost handler first.
    :ivar fails: the same in one line; empty where nothing is known to fail.
    :ivar result: what becomes of its result, where that matters.
    :ivar lane: number of the lane in which it runs; 0 is the main thread.
    :ivar starts: number of the lane that it starts; 0 for none.
    :ivar times: how many like it, in a row or later, it stands for.
    :ivar others: the lines of like steps in other arms of a condition, where every arm has one:
        the condition is not told then, as it makes no difference.
    :ivar findings: what rules report about it.
    """

    number: int
    phase: Phase
    name: str
    shown: str
    is_call: bool
    arguments: tuple[Argument, ...]
    line: int
    way: tuple[str, ...]
    place: Place | None
    conditions: tuple[Condition, ...]
    failure: tuple[Handling, ...]
    fails: str
    result: str
    lane: int
    starts: int
    times: int
    others: tuple[int, ...]
    findings: tuple[Finding, ...]

    @property
    def called(self) -> str:
        """The step as a line of code."""
        if not self.is_call:
            return self.shown
        given = (f"{one.keyword}=" * bool(one.keyword) + one.value for one in self.arguments)
        return f"{self.shown}({', '.join(given)})"


@dataclass(frozen=True)
class Lane:
    """A thread, task or process beside the main thread.

    :ivar number: counted from 1.
    :ivar kind: ``process``, ``thread``, ``green thread``, ``task``, or ``callback`` for what an
        event loop calls later.
    :ivar name: what it runs.
    :ivar started_by: number of the step that starts it; none where that is not shown.
    """

    number: int
    kind: str
    name: str
    started_by: int | None


@dataclass(frozen=True)
class Trait:
    """One line of the posture of a start.

    :ivar name: what it is about.
    :ivar state: how it is judged.
    :ivar text: the fact.
    """

    name: str
    state: State
    text: str


@dataclass(frozen=True)
class Kept:
    """Something that keeps what a patch replaces.

    :ivar module: the module that does; empty for the file of the report itself.
    :ivar name: what it keeps.
    :ivar attribute: under which name it keeps it.
    :ivar line: line of the file of the report that leads there.
    """

    module: str
    name: str
    attribute: str
    line: int


@dataclass(frozen=True)
class BeforePatch:
    """What is loaded before the first patch.

    :ivar patch: qualified name of what patches.
    :ivar line: line of the file of the report that leads to it.
    :ivar loaded: the modules, in order, but for the standard library's.
    :ivar kept: what keeps something that the patch replaces.
    """

    patch: str
    line: int
    loaded: tuple[str, ...]
    kept: tuple[Kept, ...]


@dataclass(frozen=True)
class Source:
    """Where configuration comes from.

    :ivar kind: ``load`` for a file that is read, ``environment``.
    :ivar text: what is read, in words.
    :ivar step: number of the step that reads it; none where it is not shown.
    :ivar line: line of the file of the report that leads there.
    """

    kind: str
    text: str
    step: int | None
    line: int


@dataclass(frozen=True)
class Unknown:
    """Something that was not followed.

    :ivar kind: ``cut`` where a bound was reached, ``call`` for a call of something not known.
    :ivar text: what it is.
    :ivar line: line of the file of the report that leads there.
    """

    kind: str
    text: str
    line: int


@dataclass(frozen=True)
class Start:
    """One start of a process.

    :ivar entry: the entry function, ``__main__`` or ``top level``.
    :ivar kind: what starts it.
    :ivar line: the line where it stands.
    :ivar also: other entries of the file that lead to the same start.
    :ivar is_served: whether another process serves what is made here.
    :ivar is_complete: whether it was followed to its end.
    :ivar serves: what serves, as the code calls it; empty where the caller does.
    :ivar silent: codes of the rules that say nothing, as the start was not followed to its end.
    :ivar calls: how many calls were followed, shown or not.
    :ivar findings: those that are about no step that is shown.
    """

    entry: str
    kind: str
    line: int
    also: tuple[str, ...]
    is_served: bool
    is_complete: bool
    serves: str
    calls: int
    posture: tuple[Trait, ...]
    before_patch: BeforePatch | None
    sources: tuple[Source, ...]
    lanes: tuple[Lane, ...]
    steps: tuple[Step, ...]
    unknown: tuple[Unknown, ...]
    silent: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """What the rules report of the start in its file, each once, and nobody has accepted."""
        every = (*self.findings, *(one for step in self.steps for one in step.findings))
        found = {one for one in every if one.is_here and not one.accepted}
        return tuple(sorted(found, key=lambda one: (one.line, one.column, one.code, one.text)))


@dataclass(frozen=True)
class Report:
    """What is told of one file.

    :ivar file: the file, as it was named.
    :ivar module: its qualified name.
    :ivar starts: the starts that it holds; none where it starts nothing.
    :ivar note: what was looked at, where it starts nothing.
    :ivar findings: what rules report in it that belongs to none of the starts.
    """

    file: str
    module: str
    starts: tuple[Start, ...]
    note: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Overview:
    """What is told of a folder.

    :ivar folder: the folder, as it was named.
    :ivar reports: those of the files that start something.
    :ivar others: those of the files that look like starts, and start nothing that was seen.
    :ivar faults: files that could not be read, each with the reason.
    """

    folder: str
    reports: tuple[Report, ...]
    others: tuple[Report, ...]
    faults: tuple[tuple[str, str], ...]

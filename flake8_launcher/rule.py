"""What a rule is: a documented question to the launch path of one file."""

from __future__ import annotations

import abc
import enum
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge.deferred import deferred

if TYPE_CHECKING:
    from flake8_launcher.launch import Launcher, Step
    from flake8_launcher.options import Options

_NEEDED = ("What it does", "Why", "Example", "Use instead", "When to ignore it")
HEADINGS = (*_NEEDED, "Options", "References")
"""The headings a rule's docstring may have, in this order; but for the last two all must be there.
"""

_CODE = deferred(r"LS(?:000|[1-6]\d\d)")
_NAME = deferred(r"[a-z]+(-[a-z]+)*")


class Severity(enum.Enum):
    """How grave it is when a rule is right."""

    HIGH = "high"
    """The service does not start, stands still, loses its failures, or is open to others."""
    MEDIUM = "medium"
    """Something does not do what it is written for, or a failure is hard to see."""
    LOW = "low"
    """It works, until something around it changes."""
    REVIEW = "review"
    """A place that somebody has to justify, and no defect yet."""


class Violation(NamedTuple):
    """One report.

    :ivar line: 1-based line in the checked file.
    :ivar column: 0-based column, as flake8 takes it.
    :ivar text: the message without its code, in lower case, with no final dot.
    :ivar causes: the steps that it is about, where it may be told where they stand as well.
    """

    line: int
    column: int
    text: str
    causes: tuple[Step, ...] = ()


def at(step: Step, text: str) -> Violation:
    """Return a violation about one step, where the checked file leads to it."""
    return Violation(step.line, step.column, text, (step,))


def once_a_step(told: Iterable[tuple[Step, str]]) -> Iterator[Violation]:
    """Yield what is told of some steps, the first of each line, or of each line of elsewhere.

    One function of another module is often called at several places of the checked file.
    """
    seen: set[str] = set()
    for step, what in told:
        place = step.place or f"{step.line}:{step.column}"
        if place not in seen:
            seen.add(place)
            yield at(step, f"{step.way} {what}")


def enumerated(names: Iterable[str]) -> str:
    """Return names as messages list them, sorted: ``a, b and c``."""
    *others, last = sorted(names) or [""]
    return f"{', '.join(others)} and {last}" if others else last


class Rule(abc.ABC):
    """A rule: its identity, its documentation (the docstring) and its check.

    A subclass that lacks one of them cannot be defined.
    """

    code: ClassVar[str]
    """``LS`` and three digits; never changed, never used again."""
    name: ClassVar[str]
    """What the code allows to find, in words joined by hyphens; never changed."""
    since: ClassVar[str]
    """The version that brought the rule."""
    severity: ClassVar[Severity]
    """How grave it is when the rule is right."""
    weaknesses: ClassVar[tuple[int, ...]]
    """The numbers of the CWE that it is an instance of; empty where none fits."""
    security: ClassVar[float] = 0.0
    """How grave it is for security, from 0.1 to 10 as scores of CVSS count; 0 where it is not."""
    reads: ClassVar[frozenset[str]] = frozenset()
    """Which fields of the options it reads, or what it asks of the launch path does; the entry
    points count for every rule that asks about launches, and are left out."""
    subjects: ClassVar[frozenset[Subject]] = frozenset({Subject.LAUNCH})
    """What it asks about: of a file that has nothing of that, it is not asked."""
    opt_in: ClassVar[bool] = False
    """Whether the rule runs only when the user's ``select`` names ``LS`` or more of its code."""

    needs_whole_path: ClassVar[bool] = False
    """Whether it says nothing of a start that was not followed to its end."""

    is_local: ClassVar[bool] = False
    """Whether one function may hold the whole evidence: then it is told there (:mod:`.causes`)."""

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Refuse a rule without identity or documentation.

        :raises TypeError: when the code, the name, the version, the severity, the weaknesses or a
            heading is missing.
        """
        super().__init_subclass__(**kwargs)
        if abc.ABC in cls.__bases__ or "code" not in cls.__dict__:
            return
        if not _CODE.fullmatch(cls.code) or not _NAME.fullmatch(cls.name) or not cls.since:
            raise TypeError(f"{cls.__name__} needs a code, a name and a version")
        if not getattr(cls, "severity", None) or getattr(cls, "weaknesses", None) is None:
            raise TypeError(f"{cls.__name__} needs a severity and weaknesses")
        document = cls.__doc__ or ""
        missing = [heading for heading in _NEEDED if f"## {heading}\n" not in document]
        if missing:
            raise TypeError(f"the docstring of {cls.__name__} lacks {', '.join(missing)}")

    @classmethod
    def may_find(cls, subjects: frozenset[Subject]) -> bool:
        """Tell whether it may find something in a file, as far as its subjects tell."""
        return not cls.subjects.isdisjoint(subjects) or cls.may_stand_in(subjects)

    @classmethod
    def may_stand_in(cls, subjects: frozenset[Subject]) -> bool:
        """Tell whether a function of a file may hold the whole evidence of something."""
        return cls.is_local and not subjects.isdisjoint((Subject.PART, Subject.LAUNCH))

    @abc.abstractmethod
    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Ask the question.

        :param launcher: the checked file's launch paths.
        :param options: the user's options.
        :returns: the violations, in any order; of several at one place only the first is reported.
        """

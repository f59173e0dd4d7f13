"""What several forms of a report say alike."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from flake8_launcher.report.model import (
    Condition,
    Finding,
    Lane,
    Overview,
    Report,
    Start,
    State,
    Step,
)
from flake8_launcher.rules.review import PREFIX
from flake8_launcher.text import counted, told

STATES: dict[State, str] = {
    "good": "ok",
    "review": "review",
    "defect": "defect",
    "unknown": "unknown",
    "none": "n/a",
}
"""What a judgement is called."""

_IMPORT = "import "
"""What a module that an import runs begins with on the way to a step."""

ACCEPTED = {"noqa": "under # noqa", "configuration": "ignored by configuration"}
"""By what nobody sees a finding, in words."""


def title(report: Report, start: Start) -> str:
    """Return what a start is, in one line, with its file."""
    return f"{report.file}:{start.line}: {report.module}, {entry(start)}"


def entry(start: Start, where: str = "") -> str:
    """Return where a start begins, and how.

    :param where: what is told of its place.
    """
    text = f"{start.entry} ({start.kind}{where})"
    text += "".join(f", also as {one}" for one in start.also)
    return text + ("" if start.is_complete else ", too long to follow to its end")


def safe(text: str) -> str:
    """Return a text for a page or picture: what may leave, and no markup."""
    return escape(told(text))


def folder(overview: Overview) -> str:
    """Return the name of a folder; of the one that the command was started in its own."""
    name = overview.folder
    is_here = os.path.normpath(name) == os.curdir
    return (is_here and os.path.basename(os.path.abspath(name))) or name


def unchecked(overview: Overview) -> str:
    """Say of starts that flake8 does not find by itself how it does; empty without one."""
    if all(report.file.endswith(".py") for report in (*overview.reports, *overview.others)):
        return ""
    return "flake8 checks a file whose name does not end in .py only where it is named"


def serves(start: Start) -> str:
    """Return what serves, in a few words."""
    return start.serves or ("that server" if start.is_served else "?")


def phase(name: str) -> str:
    """Return the name of a part of a start."""
    return "other calls" if name == "other" else name


def starts(step: Step, start: Start) -> str:
    """Return what a step starts beside the main thread; empty for nothing."""
    lane = next((one for one in start.lanes if one.number == step.starts), None)
    if lane is None:
        return ""
    if any(one.lane == lane.number for one in start.steps):
        return f"starts {lane.kind} {lane.number}, below"
    return f"starts {lane.kind} {lane.number}: {lane.name}"


def lanes(start: Start) -> Iterator[tuple[Lane, list[Step]]]:
    """Yield the threads, tasks and processes in which steps are shown, with these."""
    for lane in start.lanes:
        if steps := [step for step in start.steps if step.lane == lane.number]:
            yield lane, steps


def found(report: Report, start: Start) -> str:
    """Return how much is found in a start that nothing accepts, with what its whole file has."""
    open_ones = [*start.open_findings, *(one for one in report.findings if not one.accepted)]
    reviews = sum(is_review(one.code) for one in open_ones)
    defects = len(open_ones) - reviews
    parts = [counted(defects, "defect")] * bool(defects) + [f"{reviews} to review"] * bool(reviews)
    return ", ".join(parts) or "no findings"


def way(step: Step, module: str) -> str:
    """Return in words what leads to a step, functions or modules that are imported, and its place.

    Of a name that shares its module with the one before, the rest is told.

    :param module: the module of the report.
    :returns: nothing of a step of the entry function itself.
    """
    where = f" ({step.place})" if step.place else ""
    if not step.way:
        return f"in{where}" if where else ""
    names = [name.removeprefix(_IMPORT) for name in step.way]
    verb = "in" if [*step.way] == names else "importing"
    shown: list[str] = []
    before = f"{module}." if verb == "in" else ""
    for name in names:
        shared = os.path.commonprefix([before, f"{name}."]).rpartition(".")[0]
        shown.append(name[len(shared) + 1 :] if shared and shared != name else name)
        before = f"{name}."
    links = shown if len(shown) <= 4 else [shown[0], "...", names[-2], shown[-1]]
    return f"{verb} {' -> '.join(links)}{where}"


def others(step: Step) -> list[str]:
    """Return a note on the lines from which a step is reached in other arms of a condition."""
    return [f"the same on l. {', '.join(map(str, step.others))}"] if step.others else []


def arms(steps: Iterable[Step]) -> Iterator[tuple[Step, list[tuple[int, Condition, bool]]]]:
    """Yield steps, each with the conditions that it does not share with the one before.

    Of each the depth is told, and whether it is another arm of what the one before stood under.
    """
    known: tuple[Condition, ...] = ()
    for step in steps:
        same = 0
        for one, other in zip(known, step.conditions, strict=False):
            if (one.fork, one.arm, one.text) != (other.fork, other.arm, other.text):
                break
            same += 1
        fork = known[same].fork if same < len(known) else 0
        left = enumerate(step.conditions[same:], same)
        yield step, [(depth, one, depth == same and one.fork == fork) for depth, one in left]
        known = step.conditions


def condition(one: Condition, is_other_arm: bool) -> str:
    """Return a condition as it is shown.

    Below another arm of it an ``else`` needs no more; alone, an ``elif`` would seem to belong to
    whatever stands before.
    """
    if is_other_arm:
        return "else" if one.kind == "else" else one.text
    before, word, test = one.text.partition("elif ")
    return f"if {test} (an elif)" if word and not before else one.text


def place(one: Condition, report: Report) -> str:
    """Return where a condition stands."""
    here = one.place
    return f"l. {here.line}" if here.file == report.file else str(here)


def accepted(finding: Finding) -> str:
    """Return a note on a finding that is not seen in the file, for its end; nothing for others."""
    if finding.told_in:
        return f" (reported in {finding.told_in}, for all that lead there)"
    if not finding.is_here:
        return " (reported where it stands)"
    return f" ({ACCEPTED[finding.accepted]})" if finding.accepted else ""


def worst(findings: Sequence[Finding]) -> str:
    """Return the state that findings give a step: a defect, a review, accepted, or nothing."""
    open_ones = [one for one in findings if not one.accepted]
    if not open_ones:
        return "accepted" if findings else ""
    return "review" if all(is_review(one.code) for one in open_ones) else "defect"


def is_review(code: str) -> bool:
    """Tell whether a code is that of a rule which reviews: its findings are no defects yet."""
    return code.startswith(PREFIX)


def cut(text: str, most: int) -> str:
    """Return a text, or as much of it as there is room for."""
    return text if len(text) <= most else f"{text[: max(most - 3, 1)]}..."

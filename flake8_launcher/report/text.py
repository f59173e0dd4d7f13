"""A report as text, for a terminal of 100 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from flake8_launcher.report import shared
from flake8_launcher.report.model import Finding, Lane, Overview, Report, Start, Step
from flake8_launcher.text import counted, told

WIDTH = 100
_INDENT = "  "
_GUTTER = 8
_MOST_TEXTS = 40
_WIDTHS = (35, 18, 24, 33)
"""How wide the columns are at most in the table of a folder's starts."""
_COLOURS = {"defect": "1;31", "review": "33", "good": "32", "unknown": "36", "none": "2"}


class Text:
    """Writes reports.

    :param colour: whether the text is for a terminal that shows colours.
    :param width: how long a line may be.
    """

    def __init__(self, colour: bool = False, width: int = WIDTH) -> None:
        self._colour = colour
        self._width = width
        self._report = Report("", "", (), "", ())

    def report(self, report: Report) -> str:
        """Return the report of one file."""
        lines = [line for start in report.starts for line in self._start(report, start)]
        if not report.starts:
            text = f"{report.file}: no start of a service was seen: {report.note}"
            lines = [*self._wrapped(text, "")]
        if report.findings:
            lines += ["", self._painted("Of the whole file", "1")]
            lines += self._findings(report.findings, _INDENT)
        return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"

    def overview(self, overview: Overview) -> str:
        """Return the report of a folder."""
        rows = [_row(report, start) for report in overview.reports for start in report.starts]
        count = counted(len(rows), "start")
        lines = [self._painted(f"{told(shared.folder(overview))}: {count}", "1")]
        lines += self._table(rows)
        if overview.others:
            lines += ["", self._painted("Look like starts, but nothing that serves was seen", "1")]
            lines += self._some([f"{one.file}: {one.note}" for one in overview.others])
        if overview.faults:
            lines += ["", self._painted("Could not be read", "1")]
            lines += self._some([f"{file}: {why}" for file, why in overview.faults])
        if note := shared.unchecked(overview):
            lines += ["", note]
        return "\n".join(line.rstrip() for line in lines) + "\n"

    def _some(self, texts: Sequence[str]) -> Iterator[str]:
        """Yield texts, a bounded number."""
        for text in texts[:_MOST_TEXTS]:
            yield from self._wrapped(text, _INDENT, hang=2)
        if len(texts) > _MOST_TEXTS:
            yield f"{_INDENT}and {len(texts) - _MOST_TEXTS} more"

    def _table(self, rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
        if not rows:
            return
        longest = [max(len(told(row[at])) for row in rows) for at in range(len(rows[0]))]
        widths = [min(pair) for pair in zip(longest, _WIDTHS, strict=False)]
        for row in rows:
            cells = [
                f"{shared.cut(told(cell), width):<{width}}"
                for cell, width in zip(row, widths, strict=False)
            ]
            yield f"{_INDENT}{_INDENT.join([*cells, told(row[-1])])}"

    def _start(self, report: Report, start: Start) -> Iterator[str]:
        self._report = report
        yield ""
        yield from self._wrapped(shared.title(report, start), "", "1", 2)
        yield ""
        for trait in start.posture:
            word = "-" if trait.state == "none" else shared.STATES[trait.state]
            state = f"{word.upper() if trait.state == 'defect' else word:<8}"
            head = f"{_INDENT}{trait.name:<14}{self._painted(state, _COLOURS[trait.state])}"
            body = self._lines(trait.text, self._width - 24, 0)
            yield f"{head}{body[0]}"
            yield from (f"{'':24}{line}" for line in body[1:])
        yield from self._before_patch(start)
        yield from self._sources(start)
        yield from self._steps(start)
        yield from self._left_out(start)
        if start.findings:
            yield from ("", self._heading("findings about no step"))
            yield from self._findings(start.findings, _INDENT)

    def _heading(self, text: str) -> str:
        return self._painted(text, "1;4")

    def _before_patch(self, start: Start) -> Iterator[str]:
        before = start.before_patch
        if before is None:
            return
        yield ""
        yield self._heading(f"before {told(before.patch)} (l. {before.line})")
        if before.loaded:
            loaded = ", ".join(before.loaded[:12])
            more = f" and {len(before.loaded) - 12} more" if len(before.loaded) > 12 else ""
            count = counted(len(before.loaded), "module")
            yield from self._wrapped(f"{count} loaded: {loaded}{more}", _INDENT)
        else:
            yield f"{_INDENT}nothing is loaded but the standard library"
        for kept in before.kept[:12]:
            who = kept.module or "the file itself"
            yield from self._wrapped(
                f"{who} keeps {kept.name} as {kept.attribute} (l. {kept.line})", _INDENT
            )
        if len(before.kept) > 12:
            yield f"{_INDENT}and {len(before.kept) - 12} more keep something"

    def _sources(self, start: Start) -> Iterator[str]:
        if not start.sources:
            return
        yield ""
        yield self._heading("configuration comes from")
        for source in start.sources:
            what = f"environment: {source.text}" if source.kind == "environment" else source.text
            where = f" (l. {source.line})" if source.kind == "load" else ""
            yield from self._wrapped(f"{what}{where}", _INDENT)

    def _steps(self, start: Start) -> Iterator[str]:
        main = [step for step in start.steps if step.lane == 0]
        yield ""
        for phase, steps in groupby(main, key=lambda step: step.phase):
            yield self._painted(shared.phase(phase), "1;34")
            yield from self._listed(start, steps)
        for lane, inner in shared.lanes(start):
            yield from self._lane(start, lane, inner)

    def _lane(self, start: Start, lane: Lane, inner: Iterable[Step]) -> Iterator[str]:
        by = next((s for s in start.steps if s.number == lane.started_by), None)
        since = f", started on l. {by.line}" if by else ""
        yield ""
        yield self._heading(f"{lane.kind} {lane.number}: {told(lane.name)}{since}")
        yield from self._listed(start, inner)

    def _listed(self, start: Start, steps: Iterable[Step]) -> Iterator[str]:
        """Yield steps, those on the same conditions below these."""
        last: Step | None = None
        for step, conditions in shared.arms(steps):
            for depth, one, is_other_arm in conditions:
                text = shared.condition(one, is_other_arm)
                where = "" if text == "else" else f"  {shared.place(one, self._report)}"
                indent = " " * _GUTTER + _INDENT * depth
                yield from self._wrapped(f"{text}:{where}", indent, "35")
            yield from self._step(start, step, last)
            last = step

    def _step(self, start: Start, step: Step, last: Step | None) -> Iterator[str]:
        lead = f"{step.line:>{_GUTTER - 2}}{_INDENT}{_INDENT * len(step.conditions)}"
        times = f"  ({step.times} times)" if step.times > 1 else ""
        indent = " " * len(lead)
        lines = self._lines(step.called + times, self._width - len(lead), 4)
        lines = [lead + lines[0], *(indent + line for line in lines[1:])]
        notes = []
        if where := shared.way(step, self._report.module):
            if last is not None and last.way == step.way and step.place:
                where = f"in the same ({step.place})"
            where = told(where)
            if len(f"{lines[-1]}{_INDENT}{where}") <= self._width:
                lines[-1] += _INDENT + self._painted(where, "2")
            else:
                notes.append(where)
        yield from lines
        notes += shared.others(step)
        if step.fails:
            is_same = last is not None and last.fails == step.fails
            notes.append(f"if it fails: {'the same' if is_same else step.fails}")
        if step.result:
            notes.append(f"result: {step.result}")
        if starts := shared.starts(step, start):
            notes.append(starts)
        for note in notes:
            yield from self._wrapped(note, f"{indent}  ", "2")
        yield from self._findings(step.findings, f"{indent}  ", of_step=step.line)

    def _findings(
        self, findings: Iterable[Finding], indent: str, of_step: int = 0
    ) -> Iterator[str]:
        for one in findings:
            where = f"l. {one.line} " if one.line != of_step else ""
            by = shared.accepted(one)
            colour = "2" if one.accepted else "31"
            text = one.brief if of_step else one.text
            yield from self._wrapped(f"{where}{one.code} {text}{by}", indent, colour, hang=2)

    def _left_out(self, start: Start) -> Iterator[str]:
        if not start.unknown and not start.silent:
            return
        yield ""
        yield self._heading("not followed")
        calls = [one for one in start.unknown if one.kind == "call"]
        for one in start.unknown:
            if one.kind == "cut":
                yield from self._wrapped(f"{one.text} (l. {one.line})", _INDENT)
        if calls:
            listed = ", ".join(f"{one.text} (l. {one.line})" for one in calls)
            yield from self._wrapped(f"calls of what is not known: {listed}", _INDENT)
        if start.silent:
            silent = ", ".join(start.silent)
            text = f"silent, as the start was not followed to its end: {silent}"
            yield from self._wrapped(text, _INDENT)

    def _wrapped(self, text: str, indent: str, colour: str = "", hang: int = 0) -> Iterator[str]:
        for line in self._lines(text, self._width - len(indent), hang):
            yield indent + (self._painted(line, colour) if colour else line)

    def _lines(self, text: str, width: int, hang: int = 2) -> list[str]:
        """Return a text that may leave, in lines of a width."""
        return textwrap.wrap(
            told(text),
            max(width, 30),
            subsequent_indent=" " * hang,
            break_long_words=True,
            break_on_hyphens=False,
        ) or [""]

    def _painted(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self._colour else text


def _end_of(text: str, width: int) -> str:
    """Return a path or name; of a long one the end, which tells most."""
    return text if len(text) <= width else f"...{text[3 - width :]}"


def _row(report: Report, start: Start) -> tuple[str, ...]:
    found = shared.found(report, start)
    return (
        _end_of(f"{report.file}:{start.line}", _WIDTHS[0]),
        start.kind,
        start.entry,
        _end_of(shared.serves(start), _WIDTHS[3]),
        found + ("" if start.is_complete else ", not followed to its end"),
    )

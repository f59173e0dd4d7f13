"""A report as a Mermaid flowchart, for pull requests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from flake8_launcher.report import shared
from flake8_launcher.report.model import Condition, Report, Start, Step
from flake8_launcher.text import told

_LONGEST = 90
_CLASSES = {
    "defect": "fill:#ffdce0,stroke:#a40e26,color:#1b1f24",
    "review": "fill:#fff5d6,stroke:#7a4d00,color:#1b1f24",
    "accepted": "fill:#e8ecf2,stroke:#4d5763,color:#1b1f24,stroke-dasharray:4 3",
    "serves": "stroke-width:3px",
}


def written(report: Report) -> str:
    """Return the starts of a file as one flowchart."""
    lines = ["flowchart TD", f"    accTitle: {_plain(f'How {report.file} starts')}"]
    for number, start in enumerate(report.starts, 1):
        lines += _Chart(report, start, f"s{number}").lines
    lines += [f"    classDef {name} {style}" for name, style in _CLASSES.items()]
    return "\n".join(lines) + "\n"


class _Chart:
    """Draws one start.

    :ivar lines: the lines of the chart.
    """

    def __init__(self, report: Report, start: Start, name: str) -> None:
        self._name = name
        self._start = start
        self._forks = 0
        self._arrows: list[str] = []
        title = shared.title(report, start)
        self.lines = [f'    {name}(["{_label(title)}"])']
        exits = [(name, "")]
        main = [step for step in start.steps if not step.lane]
        for at, (phase, steps) in enumerate(groupby(main, key=lambda step: step.phase), 1):
            self.lines.append(f'    subgraph {name}p{at}["{shared.phase(phase)}"]')
            exits = self._block([*steps], 0, exits)
            self.lines.append("    end")
        for lane, own in shared.lanes(start):
            group = f"{name}l{lane.number}"
            label = _label(f"{lane.kind} {lane.number}: {lane.name}")
            self.lines.append(f'    subgraph {group}["{label}"]')
            begin = f"{group}b"
            self.lines.append(f'    {begin}(["{_label(lane.kind)}"])')
            self._block(own, 0, [(begin, "")])
            self.lines.append("    end")
            if lane.started_by is not None:
                self._arrows.append(f"    {self._node(lane.started_by)} -.-> {begin}")
        # an arrow within a group would draw its other end into the group
        self.lines += self._arrows

    def _node(self, number: int) -> str:
        return f"{self._name}n{number}"

    def _block(
        self, steps: Sequence[Step], depth: int, entries: list[tuple[str, str]]
    ) -> list[tuple[str, str]]:
        """Draw steps that share their conditions down to a depth.

        :param entries: what leads to the first of them: nodes, each with the text of its arrow.
        :returns: what leads on from the last of them.
        """
        for fork, group in groupby(steps, key=lambda step: _fork(step, depth)):
            if fork is None:
                for step in group:
                    self._step(step, entries)
                    entries = [(self._node(step.number), "")]
            else:
                entries = self._fork([*group], depth, entries)
        return entries

    def _fork(
        self, steps: Sequence[Step], depth: int, entries: list[tuple[str, str]]
    ) -> list[tuple[str, str]]:
        """Draw the arms of one condition."""
        first = steps[0].conditions[depth]
        self._forks += 1
        name = f"{self._name}c{self._forks}"
        self.lines.append(f'    {name}{{{{"{_label(first.text)}"}}}}')
        self._lead(entries, name)
        exits: list[tuple[str, str]] = []
        has_else = False
        for at, (_, group) in enumerate(groupby(steps, key=lambda step: _arm(step, depth))):
            inner = [*group]
            condition = inner[0].conditions[depth]
            has_else = has_else or (condition.kind == "else" and at > 0)
            exits += self._block(inner, depth + 1, [(name, _arrow(condition, at))])
        if not has_else:
            exits.append((name, "no" if first.kind in ("if", "else", "operand") else "else"))
        return exits

    def _step(self, step: Step, entries: Iterable[tuple[str, str]]) -> None:
        name = self._node(step.number)
        label = _label(f"{step.line}: {step.called}")
        if step.place is not None:
            label += f"<br/>{_label(str(step.place))}"
        if starts := shared.starts(step, self._start):
            label += f"<br/>{_label(starts)}"
        if step.fails:
            label += f"<br/>{_label(f'if it fails: {step.fails}')}"
        if step.findings:
            label += f"<br/>{_label(', '.join(dict.fromkeys(one.code for one in step.findings)))}"
        state = shared.worst(step.findings) or ("serves" if step.phase == "serve" else "")
        self.lines.append(f'    {name}["{label}"]{f":::{state}" if state else ""}')
        self._lead(entries, name)

    def _lead(self, entries: Iterable[tuple[str, str]], name: str) -> None:
        for before, text in entries:
            arrow = f'-- "{_label(text)}" -->' if text else "-->"
            self._arrows.append(f"    {before} {arrow} {name}")


def _fork(step: Step, depth: int) -> int | None:
    return step.conditions[depth].fork if depth < len(step.conditions) else None


def _arm(step: Step, depth: int) -> int:
    return step.conditions[depth].arm


def _arrow(condition: Condition, at: int) -> str:
    """Return the text of the arrow to an arm: the first answers what the fork asks."""
    if not at:
        return "yes"
    return "else" if condition.kind == "else" else condition.text


def _label(text: str) -> str:
    """Return a text as it may stand between quotes."""
    return "".join(map(_character, shared.cut(told(text), _LONGEST)))


def _character(one: str) -> str:
    return one if one.isalnum() or one in " .,:/_-()=*'|?!+" else f"#{ord(one)};"


def _plain(text: str) -> str:
    """Return a text as it may stand on a line of its own."""
    return "".join(one if one.isalnum() or one in " ./_-" else "_" for one in told(text))

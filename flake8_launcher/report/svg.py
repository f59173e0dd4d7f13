"""The picture of a start: a timeline from top to bottom, with a rail for each thread or process.

The colours follow the reader's choice of light or dark; nothing in it runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.report import shared
from flake8_launcher.report.model import Finding, Report, Start, Step
from flake8_launcher.report.shared import safe
from flake8_launcher.text import told

WIDTH = 1000
NARROW = 360
"""The width of a picture for a phone."""
_ROW = 26
_SMALL = 19
_LINE = 16
"""The height of a line that goes on."""
_MARGIN = 14
_RAILS, _NARROW_RAILS = 132, 18
"""Where the rail of the main thread is."""
_GAP = 18
"""Between two rails."""
_INDENT = 14
_CHARACTER = 7.9
"""The width of a character of the steps, in the widest of the fonts that may stand in."""
_SMALL_CHARACTER = 7.0
_PILL_CHARACTER = 6.9
_MOST_RAILS = 8
_PIECE = deferred(r"\s*[^\s./(,=]*[./(,=]*")
"""What stays together where a line is full."""

STYLE = """\
.ll-page{fill:#fff}.ll-text{fill:#1b1f24;font:13px ui-monospace,"DejaVu Sans Mono",Menlo,\
Consolas,monospace}
.ll-small{fill:#4d5763;font:11.5px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
.ll-if{fill:#6f2da8;font:11.5px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
.ll-title{fill:#1b1f24;font:600 15px system-ui,"DejaVu Sans",sans-serif}
.ll-phase{fill:#1b1f24;font:600 12px system-ui,"DejaVu Sans",sans-serif}
.ll-pill{font:600 11.5px system-ui,"DejaVu Sans",sans-serif}
.ll-band{fill:#f3f5f8}.ll-band2{fill:#e8ecf2}
.ll-rail{stroke:#8a94a2;stroke-width:2;fill:none}.ll-branch{stroke:#8a94a2;stroke-width:2;\
fill:none;stroke-dasharray:4 3}.ll-arm{stroke:#6f2da8;stroke-width:1.5}
.ll-node{fill:#fff;stroke:#4d5763;stroke-width:2}.ll-serves{fill:#4d5763;stroke:#4d5763;\
stroke-width:2}
.ll-defect{fill:#a40e26}.ll-review{fill:#7a4d00}.ll-good{fill:#116329}.ll-unknown{fill:#0550ae}
.ll-none,.ll-accepted{fill:#4d5763}
.ll-on{fill:#fff}
@media (prefers-color-scheme:dark){
.ll-page{fill:#0f1318}.ll-text,.ll-title,.ll-phase{fill:#e8edf3}.ll-small{fill:#a9b4c0}
.ll-if{fill:#d0a8ff}.ll-arm{stroke:#d0a8ff}.ll-band{fill:#171c23}.ll-band2{fill:#1f2630}
.ll-rail,.ll-branch{stroke:#77828f}.ll-node{fill:#0f1318;stroke:#a9b4c0}
.ll-serves{fill:#a9b4c0;stroke:#a9b4c0}
.ll-defect{fill:#ff9492}.ll-review{fill:#f0b72f}.ll-good{fill:#7ee2a0}.ll-unknown{fill:#9ccbff}
.ll-none,.ll-accepted{fill:#a9b4c0}.ll-on{fill:#0f1318}
}"""
"""The classes of the picture, for a page that holds it or for the picture itself."""


def written(report: Report) -> str:
    """Return the starts of a file as one picture that stands for itself."""
    drawn = [Picture(report, start) for start in report.starts]
    height = sum(one.height for one in drawn)
    label = told(f"How {report.file} starts")
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" aria-label="{escape(label)}">',
        f"<title>{escape(label)}</title>",
        f"<style>{STYLE}</style>",
        f'<rect class="ll-page" width="{WIDTH}" height="{height}"/>',
    ]
    top = 0
    for one in drawn:
        lines += [f'<g transform="translate(0 {top})">', *one.lines, "</g>"]
        top += one.height
    return "\n".join([*lines, "</svg>"]) + "\n"


class Picture:
    """Draws one start.

    :param is_titled: whether it begins with what it is of, and how that stands.
    :param is_narrow: whether it is for a phone: phases stand above their steps, and long texts go
        on in the next line, where the wide one cuts them.
    :ivar width: how wide it is.
    :ivar height: how high it is.
    :ivar lines: the elements that it is made of.
    """

    def __init__(
        self, report: Report, start: Start, is_titled: bool = True, is_narrow: bool = False
    ) -> None:
        self._report = report
        self._start = start
        self._is_narrow = is_narrow
        self.width = NARROW if is_narrow else WIDTH
        self._main = _NARROW_RAILS if is_narrow else _RAILS
        lanes = {step.lane for step in start.steps} - {0}
        self._rails = {lane: at for at, lane in enumerate(sorted(lanes)[: _MOST_RAILS - 1], 1)}
        self._left = self._main + _GAP * (len(self._rails) + 1)
        self._at = float(_MARGIN)
        self.lines: list[str] = []
        if is_titled:
            self._titled()
            self._posture()
        self._steps()
        self.height = round(self._at) + _MARGIN

    def _titled(self) -> None:
        self._at += 14
        title = shared.title(self._report, self._start)
        room = int((WIDTH - 2 * _MARGIN) / 8.2)
        self.lines += _texted(_MARGIN, self._at, "ll-title", title, room)
        self._at += 14

    def _posture(self) -> None:
        """Draw a pill for each trait that the start has, side by side."""
        left: float = _MARGIN
        for trait in self._start.posture:
            if trait.state == "none":
                continue
            text = f"{trait.name}: {shared.STATES[trait.state]}"
            width = round(len(text) * _PILL_CHARACTER) + 20
            if left + width > self.width - _MARGIN:
                left = _MARGIN
                self._at += 28
            about = f"{trait.name}: {trait.text}"
            self.lines.append(_pill(left, self._at, width, text, trait.state, about))
            left += width + 8
        self._at += 36

    def _steps(self) -> None:
        first: dict[int, float] = {}
        last: dict[int, float] = {}
        rows: list[str] = []
        begun: dict[int, tuple[int, float]] = {}
        names = {f"{one.kind} {one.number}": f"runs {one.name}" for one in self._start.lanes}
        bands = [(band, [*group]) for band, group in groupby(self._ordered(), key=self._band)]
        for at, (phase, group) in enumerate(bands):
            top = self._at
            self._at += 6
            if self._is_narrow:
                self._at += _SMALL
            if phase in names:
                rows += self._row(0, names[phase], "ll-small", _SMALL)
            for step, conditions in shared.arms(group):
                for depth, one, is_other_arm in conditions:
                    text = shared.condition(one, is_other_arm)
                    if text != "else":
                        text += f"   {shared.place(one, self._report)}"
                    rows += self._row(depth, text, "ll-if", _SMALL)
                rail = self._rails.get(step.lane, 0)
                node = self._at + _ROW / 2
                first.setdefault(rail, node)
                last[rail] = node
                if step.starts in self._rails:
                    begun[self._rails[step.starts]] = (rail, node)
                rows += self._step(step, rail)
            self._at += 6
            kind = "ll-band" if at % 2 else "ll-band2"
            self.lines.append(
                f'<rect class="{kind}" x="0" y="{top}" width="{self.width}" '
                f'height="{self._at - top}"/>'
            )
            left, down = (self._left, 19) if self._is_narrow else (_MARGIN, 23)
            self.lines += _texted(left, top + down, "ll-phase", phase)
        for rail, (parent, y) in begun.items():
            end = first.get(rail, y + 24)
            x, start = self._x(rail), self._x(parent)
            self.lines.append(
                f'<path class="ll-branch" d="M{start} {y}C{x} {y} {x} {y} {x} {y + 14}V{end}"/>'
            )
        for rail, y in first.items():
            self.lines.append(f'<path class="ll-rail" d="M{self._x(rail)} {y}V{last[rail]}"/>')
        self.lines += rows

    def _band(self, step: Step) -> str:
        """Return the name of the band that a step stands in."""
        kinds = {lane.number: lane.kind for lane in self._start.lanes}
        return f"{kinds[step.lane]} {step.lane}" if step.lane else shared.phase(step.phase)

    def _ordered(self) -> Iterator[Step]:
        """Yield the steps of the main thread, and then those of each other."""
        lanes = sorted({step.lane for step in self._start.steps})
        for lane in lanes:
            yield from (step for step in self._start.steps if step.lane == lane)

    def _step(self, step: Step, rail: int) -> Iterator[str]:
        """Yield the row of a step, with what is told of it below."""
        depth = len(step.conditions)
        middle = self._at + _ROW / 2
        kind = "ll-serves" if step.phase == "serve" else "ll-node"
        about = [f"l. {step.line}: {step.called}"]
        about += [shared.way(step, self._report.module)] * bool(step.place)
        about += [f"if it fails: {step.fails}"] * bool(step.fails)
        about += [f"{one.code} {one.text}" for one in step.findings]
        yield f"<g><title>{safe(' - '.join(about))}</title>"
        yield f'<circle class="{kind}" cx="{self._x(rail)}" cy="{middle}" r="5"/>'
        pills = _pills(step.findings)
        times = f" ({step.times} times)" if step.times > 1 else ""
        text = f"{step.called}{times}"
        if self._is_narrow:
            yield from self._row(depth, f"{step.line}  {text}", "ll-text", _ROW)
            yield from self._pills_below(depth, pills)
        else:
            room: float = self.width - _MARGIN - self._left - _INDENT * depth
            room -= sum(width + 6 for _, _, width in pills)
            yield from _texted(
                self._left + _INDENT * depth,
                middle + 4.5,
                "ll-text",
                f"{step.line:>4}  {text}",
                int(room / _CHARACTER),
            )
            left: float = self.width - _MARGIN
            for label, state, width in reversed(pills):
                left -= width
                yield _pill(left, middle - 10, width, label, state)
                left -= 6
            self._at += _ROW
        if step.place is not None:
            yield from self._row(depth, f"      in {step.place}", "ll-small", _SMALL)
        if step.fails:
            yield from self._row(depth, f"      if it fails: {step.fails}", "ll-small", _SMALL)
        if step.result:
            yield from self._row(depth, f"      result: {step.result}", "ll-small", _SMALL)
        if starts := shared.starts(step, self._start):
            yield from self._row(depth, f"      {starts}", "ll-small", _SMALL)
        for inner in range(depth):
            x = self._left + _INDENT * inner + 4
            yield f'<path class="ll-arm" d="M{x} {middle - _ROW / 2}V{self._at}"/>'
        yield "</g>"

    def _pills_below(self, depth: int, pills: Sequence[tuple[str, str, float]]) -> Iterator[str]:
        """Yield pills below a step, as many in a row as there is room for."""
        start = left = self._left + _INDENT * depth
        for at, (label, state, width) in enumerate(pills):
            if at and left + width > self.width - _MARGIN:
                left = start
                self._at += _ROW
            yield _pill(left, self._at, width, label, state)
            left += round(width) + 6
        self._at += _ROW * bool(pills)

    def _row(self, depth: int, text: str, kind: str, height: int) -> Iterator[str]:
        """Yield a text; of a narrow picture, in as many lines as it needs."""
        left = self._left + _INDENT * depth
        character = _CHARACTER if kind == "ll-text" else _SMALL_CHARACTER
        room = int((self.width - _MARGIN - left) / character)
        if not self._is_narrow:
            yield from _texted(left, self._at + height - 5, kind, text, room)
            self._at += height
            return
        hang = "    " if kind == "ll-text" else "  "
        self._at += height - _LINE
        for line in _lines(told(text.strip()), max(room, 16), hang):
            self._at += _LINE
            yield from _texted(left, self._at - 5, kind, line)

    def _x(self, rail: int) -> int:
        return self._main + _GAP * rail


def _lines(text: str, room: int, hang: str) -> Iterator[str]:
    """Yield a text in lines that end at a blank or a mark, if they can."""
    line = ""
    for piece in _PIECE.findall(text):
        if len(line) + len(piece) > room and line:
            yield line
            line, piece = hang, piece.lstrip()
        line += piece
        while len(line) > room:
            yield line[:room]
            line = hang + line[room:]
    if line.strip():
        yield line


def _pill(
    left: float, top: float, width: float, text: str, state: str, about: str = ""
) -> str:
    """Return a pill, with what it is about for whoever points at it."""
    title = f"<title>{safe(about)}</title>" if about else ""
    return (
        f'<g>{title}<rect class="ll-{state}" x="{left}" y="{top}" width="{width}" height="20" '
        f'rx="10"/><text class="ll-pill ll-on" x="{left + width / 2}" y="{top + 14.5}" '
        f'text-anchor="middle">{safe(text)}</text></g>'
    )


def _pills(findings: tuple[Finding, ...]) -> list[tuple[str, str, float]]:
    """Return the codes beside a step, each with its state and width."""
    found: list[tuple[str, str, float]] = []
    for code in dict.fromkeys(one.code for one in findings):
        same = [one for one in findings if one.code == code]
        state = shared.worst(same)
        label = f"{code} noqa" if state == "accepted" else code
        found.append((label, state, round(len(label) * _PILL_CHARACTER) + 18))
    return found


def _texted(left: float, y: float, kind: str, text: str, room: int = 1_000) -> Iterator[str]:
    indent = len(text) - len(text.lstrip())
    text = " " * indent + told(text[indent:])
    text = shared.cut(text, room)
    yield f'<text class="{kind}" x="{left}" y="{y}" xml:space="preserve">{escape(text)}</text>'

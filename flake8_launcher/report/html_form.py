"""A report as a page that needs nothing else: it has no script, and opens from the disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.report import shared, svg
from flake8_launcher.report.model import Finding, Lane, Overview, Report, Start, Step
from flake8_launcher.report.shared import safe
from flake8_launcher.text import counted

_SEAM = deferred(r"(?<=\w)[./](?=\w)|\w\((?=\w)")
"""Where a name may be divided: behind a dot, a slash or a parenthesis."""
_LINE = deferred(r"\bl\. (?=\d)")

STYLE = """\
:root{color-scheme:light dark;--page:#fff;--text:#1b1f24;--dim:#4d5763;--line:#c9d1db;
--soft:#f3f5f8;--link:#0550ae;--if:#6f2da8;--defect:#a40e26;--review:#7a4d00;--good:#116329;
--unknown:#0550ae}
@media (prefers-color-scheme:dark){:root{--page:#0f1318;--text:#e8edf3;--dim:#a9b4c0;
--line:#39424e;--soft:#171c23;--link:#9ccbff;--if:#d0a8ff;--defect:#ff9492;--review:#f0b72f;
--good:#7ee2a0;--unknown:#9ccbff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1080px;padding:1rem;background:var(--page);color:var(--text);
font:1rem/1.5 system-ui,"DejaVu Sans",sans-serif}
h1{font-size:1.5rem;overflow-wrap:anywhere}h2{font-size:1.25rem;margin-top:2.5rem;
border-top:1px solid var(--line);padding-top:1rem;overflow-wrap:anywhere}h3{font-size:1.05rem;
margin-top:1.75rem}
a{color:var(--link)}code,pre{font:.875rem/1.45 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,
monospace;overflow-wrap:anywhere}
.scroll{overflow-x:auto}.scroll:focus-visible,a:focus-visible,summary:focus-visible{outline:3px
solid var(--link);outline-offset:2px}
svg{display:block;width:100%;height:auto}.wide svg{min-width:860px}.narrow{display:none}
table{border-collapse:collapse;width:100%}caption{text-align:left;color:var(--dim);padding:.25rem
0}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
thead th{background:var(--soft)}td.line{text-align:right;font-variant-numeric:tabular-nums}
.state{font-weight:600}.state,.phase{white-space:nowrap}.fact{overflow-wrap:anywhere}
.defect{color:var(--defect)}.review{color:var(--review)}
.good{color:var(--good)}.unknown{color:var(--unknown)}.none,.accepted,.dim{color:var(--dim)}
.if{color:var(--if)}.dim,.if{font-size:.875rem}
table.steps th:nth-child(3){width:32%}table.steps th:nth-child(4){width:20%}
table.steps th:nth-child(5){width:30%}ul{padding-left:1.25rem}.cell>*{display:block}
@media (max-width:640px){.wide{display:none}.narrow{display:block}
th,td{padding:.4rem .3rem}table.posture thead{position:absolute;
left:-9999px}table.posture,table.posture caption,table.posture tbody,table.posture tr{display:
block}table.posture tr{border-bottom:1px solid var(--line);padding:.4rem 0}table.posture th,
table.posture td{display:inline-block;border:0;padding:.1rem .6rem .1rem 0}table.posture td.fact{
display:block}td.none-there{display:none!important}
table.steps caption{display:block}table.steps thead{position:absolute;left:-9999px}table.steps,
table.steps tbody,table.steps tr,table.steps td,table.steps th{display:block;border:0;padding:
.1rem 0;text-align:left}table.steps tr{border-bottom:1px solid var(--line);padding:.6rem 0}
table.steps td.line,table.steps td.phase{display:inline-block;margin-right:.6rem}
table.steps td.line::before{content:"line "}}
"""
"""The style sheet of the page."""


def written(report: Report | Overview) -> str:
    """Return a report, or that of a folder, as a page."""
    if isinstance(report, Overview):
        title = f"Starts in {shared.folder(report)}"
        body = [*_overview(report)]
    else:
        title = f"How {report.file} starts"
        body = [*_file(report, "h2")]
    name = safe(title)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta http-equiv="Content-Security-Policy" '
            "content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{name}</title>",
            f"<style>{STYLE}{svg.STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{_breaking(title)}</h1>",
            *body,
            "</main>",
            "</body>",
            "</html>",
        ]
    ) + "\n"


def _file(report: Report, level: str, prefix: str = "") -> Iterator[str]:
    """Yield the starts of one file.

    :param prefix: what the names of its sections begin with where the page has other files.
    """
    if not report.starts:
        yield f"<p>No start of a service was seen: {safe(report.note)}.</p>"
    for number, start in enumerate(report.starts, 1):
        yield from _start(report, start, level, f"{prefix}s{number}", not prefix)
    if report.findings:
        yield "<h2>Findings of the whole file</h2>"
        yield from _findings(report.findings)


def _start(
    report: Report, start: Start, level: str, name: str, is_alone: bool
) -> Iterator[str]:
    """Yield one start.

    :param is_alone: whether the page is about its file alone, and names it at the top.
    """
    yield f'<section aria-labelledby="{name}">'
    title = shared.entry(start, f", l. {start.line}")
    title = title if is_alone else f"{report.file}: {title}"
    yield f'<{level} id="{name}">{_breaking(title)}</{level}>'
    yield from _posture(start)
    yield "<h3>Timeline</h3>"
    yield from _picture(report, start, name)
    yield from _before_patch(start)
    if start.sources:
        yield "<h3>Configuration comes from</h3><ul>"
        for source in start.sources:
            what = f"the environment: {source.text}" if source.kind != "load" else source.text
            where = f" (l. {source.line})" if source.kind == "load" else ""
            yield f"<li>{_breaking(what)}{where}</li>"
        yield "</ul>"
    yield "<h3>Steps</h3>"
    yield from _steps(report, start, (step for step in start.steps if not step.lane), None)
    for lane, inner in shared.lanes(start):
        yield f"<h3>{safe(_lane(lane))}</h3>"
        yield from _steps(report, start, inner, lane)
    yield from _unknown(start)
    if start.findings:
        yield "<h3>Findings about no step</h3>"
        yield from _findings(start.findings)
    yield "</section>"


def _posture(start: Start) -> Iterator[str]:
    yield '<table role="table" class="posture"><caption>The posture of this start</caption>'
    yield '<thead><tr role="row">'
    for heading in ("What", "State", "Fact"):
        yield f'<th role="columnheader" scope="col">{heading}</th>'
    yield "</tr></thead><tbody>"
    for trait in start.posture:
        state = shared.STATES[trait.state]
        yield (
            f'<tr role="row"><th role="rowheader" scope="row">{safe(trait.name)}</th>'
            f'<td role="cell" class="state {trait.state}">{state}</td>'
            f'<td role="cell" class="fact">{_breaking(trait.text)}</td></tr>'
        )
    yield "</tbody></table>"


def _picture(report: Report, start: Start, name: str) -> Iterator[str]:
    """Yield the picture for a wide window, and for a phone; the style lets one of them be seen."""
    what = f"Timeline of {shared.title(report, start)}"
    told_below = (
        f"{counted(len(start.steps), 'step')}, from top to bottom; the tables of steps "
        "below have the same in words."
    )
    for kind, is_narrow in (("scroll wide", False), ("narrow", True)):
        drawn = svg.Picture(report, start, is_titled=False, is_narrow=is_narrow)
        scrolls = ' role="region" tabindex="0" aria-label="Picture of the start"'
        title, about = (f"{name}-{'n' * is_narrow}{end}" for end in "td")
        yield f'<div class="{kind}"{"" if is_narrow else scrolls}>'
        yield (
            f'<svg viewBox="0 0 {drawn.width} {drawn.height}" role="img" '
            f'aria-labelledby="{title} {about}">'
        )
        yield f'<title id="{title}">{safe(what)}</title><desc id="{about}">{told_below}</desc>'
        yield from drawn.lines
        yield "</svg></div>"


def _before_patch(start: Start) -> Iterator[str]:
    before = start.before_patch
    if before is None:
        return
    yield f"<h3>Before {_code(before.patch)} (l. {before.line})</h3>"
    if not before.loaded:
        yield "<p>Nothing is loaded but the standard library.</p>"
    else:
        yield f"<details><summary>{counted(len(before.loaded), 'module')} loaded</summary>"
        yield f"<p>{', '.join(map(_code, before.loaded))}</p></details>"
    if before.kept:
        yield "<ul>"
        for kept in before.kept:
            who = _code(kept.module) if kept.module else "the file itself"
            what = f"{_code(kept.name)} as {_code(kept.attribute)}"
            yield f"<li>{who} keeps {what} (l. {kept.line})</li>"
        yield "</ul>"


def _steps(
    report: Report, start: Start, steps: Iterable[Step], lane: Lane | None
) -> Iterator[str]:
    label = "Steps of the main thread" if lane is None else f"Steps of {_lane(lane)}"
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{safe(label)}">'
    # on a phone the table is no grid to look at, and stays one to listen to
    yield f'<table role="table" class="steps"><caption>{safe(label)}, in order</caption>'
    yield '<thead><tr role="row">'
    for heading in ("Line", "Phase", "Step", "If it fails", "Findings"):
        yield f'<th role="columnheader" scope="col">{heading}</th>'
    yield "</tr></thead><tbody>"
    for step in steps:
        yield f'<tr role="row"><td role="cell" class="line">{step.line}</td>'
        yield f'<td role="cell" class="phase">{shared.phase(step.phase)}</td>'
        yield '<td role="cell" class="cell">'
        for one in step.conditions:
            where = shared.place(one, report)
            what = _code(shared.condition(one, False))
            yield f'<span class="if">{what} <span class="dim">{_breaking(where)}</span></span>'
        times = f" ({step.times} times)" if step.times > 1 else ""
        yield f"{_code(step.called)}{times}"
        if way := shared.way(step, report.module):
            yield f'<span class="dim">{_breaking(way)}</span>'
        yield from (f'<span class="dim">{_breaking(one)}</span>' for one in shared.others(step))
        if step.result:
            yield f'<span class="dim">result: {safe(step.result)}</span>'
        if starts := shared.starts(step, start):
            yield f'<span class="dim">{_breaking(starts)}</span>'
        yield f"</td>{_cell([safe(step.fails)] if step.fails else [])}"
        yield f"{_cell([_finding(one, one.brief) for one in step.findings])}</tr>"
    yield "</tbody></table></div>"


def _cell(parts: Sequence[str]) -> str:
    """Return a cell of a table with a line for each part; an empty one is not seen on a phone."""
    if not parts:
        return '<td role="cell" class="none-there"></td>'
    lines = "".join(f"<span>{part}</span>" for part in parts)
    return f'<td role="cell" class="cell">{lines}</td>'


def _unknown(start: Start) -> Iterator[str]:
    if not start.unknown and not start.silent:
        return
    yield "<h3>Not followed</h3><ul>"
    for one in start.unknown:
        what = "a call of what is not known: " if one.kind == "call" else ""
        yield f"<li>{what}{_code(one.text)} (l. {one.line})</li>"
    if start.silent:
        silent = safe(", ".join(start.silent))
        yield f"<li>Silent, as the start was not followed to its end: {silent}</li>"
    yield "</ul>"


def _findings(findings: Sequence[Finding]) -> Iterator[str]:
    yield "<ul>"
    for one in findings:
        yield f"<li>l. {one.line} {_finding(one, one.text)}</li>"
    yield "</ul>"


def _finding(finding: Finding, text: str) -> str:
    state = shared.worst([finding])
    note = shared.accepted(finding)
    return f'<strong class="{state}">{safe(finding.code)}</strong> {_breaking(text + note)}'


def _overview(overview: Overview) -> Iterator[str]:
    """Yield the table of a folder's starts, and then each of them."""
    yield '<div class="scroll" role="region" tabindex="0" aria-label="Starts">'
    yield "<table><caption>Every start, one row each</caption><thead><tr>"
    for heading in ("Where", "What", "Entry", "Serves", "Findings", "Followed"):
        yield f'<th scope="col">{heading}</th>'
    yield "</tr></thead><tbody>"
    for at, report in enumerate(overview.reports, 1):
        for number, start in enumerate(report.starts, 1):
            yield (
                f'<tr><th scope="row"><a href="#f{at}s{number}">'
                f"{safe(f'{report.file}:{start.line}')}</a></th><td>{safe(start.kind)}</td>"
                f"<td>{_code(start.entry)}</td><td>{_code(shared.serves(start))}</td>"
                f"<td>{shared.found(report, start)}</td>"
                f"<td>{'to its end' if start.is_complete else 'not to its end'}</td></tr>"
            )
    yield "</tbody></table></div>"
    if overview.others:
        yield "<h2>Look like starts, but nothing that serves was seen</h2><ul>"
        for other in overview.others:
            yield f"<li>{_code(other.file)}: {safe(other.note)}</li>"
        yield "</ul>"
    if overview.faults:
        yield "<h2>Could not be read</h2><ul>"
        for file, why in overview.faults:
            yield f"<li>{_code(file)}: {safe(why)}</li>"
        yield "</ul>"
    if note := shared.unchecked(overview):
        yield f"<p>{safe(note)}</p>"
    for at, report in enumerate(overview.reports, 1):
        yield from _file(report, "h2", f"f{at}")


def _lane(lane: Lane) -> str:
    return f"{lane.kind} {lane.number}: {lane.name}"


def _code(text: str) -> str:
    return f"<code>{_breaking(text)}</code>"


def _breaking(text: str) -> str:
    """Return a text for a page, in which long names may go on in the next line."""
    return _LINE.sub("l.&nbsp;", _SEAM.sub(r"\g<0><wbr>", safe(text)))

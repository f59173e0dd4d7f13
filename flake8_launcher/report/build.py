"""Makes a report of what a launcher tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from flake8_launcher.gate import Subject
from flake8_launcher.gate.place import is_settings_of_django
from flake8_launcher.knowledge import is_project, root_of
from flake8_launcher.knowledge import order as ordered
from flake8_launcher.knowledge.language import BUILTINS
from flake8_launcher.knowledge.quoting import veiled
from flake8_launcher.launch import (
    Await,
    Call,
    Catch,
    Launcher,
    LaunchPath,
    ModuleImport,
    OptionRead,
    Read,
    Return,
    Role,
)
from flake8_launcher.launch import Step as Taken
from flake8_launcher.launch.beginnings.entries import MAIN_BLOCK
from flake8_launcher.launch.paths import status
from flake8_launcher.launch.paths.before_patch import before_patch
from flake8_launcher.launch.paths.conditions import conditions
from flake8_launcher.launch.paths.fates import Fate, fates
from flake8_launcher.launch.paths.lanes import Lane as Beside
from flake8_launcher.launch.paths.lanes import lanes
from flake8_launcher.launch.questions import order
from flake8_launcher.launch.questions.signals import sets_handler
from flake8_launcher.report import posture
from flake8_launcher.report.alike import folded, without_arms, without_repeats
from flake8_launcher.report.choice import (
    Found,
    about,
    checks,
    has_part,
    is_of_failure,
    is_unknown,
    once,
    serve_of,
    sets_up,
    takes_settings,
    weight,
)
from flake8_launcher.report.model import (
    BeforePatch,
    Condition,
    Finding,
    Handling,
    Kept,
    Lane,
    Phase,
    Place,
    Report,
    Source,
    Start,
    Step,
    Unknown,
)
from flake8_launcher.report.names import name_of, own_class
from flake8_launcher.report.told import (
    SCRIPT,
    briefly,
    caught,
    kind_of,
    loaded,
    made_of_it,
    phase_of,
    shown,
    way_of,
)
from flake8_launcher.report.values import arguments

_MOST_STEPS = 200
_MOST_UNKNOWN = 12
_MOST_NAMES = 12
_PHASES: Mapping[str, Phase] = {
    "LS307": "logging",
    "LS2": "bootstrap",
    "LS3": "configuration",
    "LS4": "import",
}
"""The part of a start that what a rule or group is about belongs to, where nothing else tells."""


def report(
    launcher: Launcher,
    file: str,
    found: Sequence[Found],
    silent: Iterable[str],
    entry: str | None = None,
    everything: bool = False,
    thorough: bool = True,
) -> Report:
    """Return the report of one file.

    :param launcher: what tells about it.
    :param file: the file, as it was named.
    :param found: what the rules find in it.
    :param silent: codes of the rules that say nothing of a start that is cut.
    :param entry: the entry function that is wanted; none for all.
    :param everything: whether calls that play no part in a start are shown, too.
    :param thorough: whether it is told what the modules do that are imported.
    """
    paths = [path for path in launcher.paths if entry in (None, path.entry)]
    joined = [launcher.with_imports(path) if thorough else (path, True) for path in paths]
    builders = [*_joined(_Builder(launcher, file, *one, found, everything) for one in joined)]
    told = {id(one) for builder in builders for one in builder.told}
    left = tuple(one.finding for one in found if id(one) not in told)
    only = len(builders) == 1
    starts = tuple(builder.start(left if only else (), tuple(silent)) for builder in builders)
    note = "" if starts else looked_at(launcher)
    return Report(file, launcher.module, starts, note, () if only else left)


def _joined(builders: Iterable[_Builder]) -> Iterator[_Builder]:
    """Yield what makes the starts; of several entries that lead to one start the first.

    A block for scripts that calls the main function is such an entry.
    """
    kept: list[_Builder] = []
    for one in builders:
        same = next((other for other in kept if one.leads_like(other)), None)
        if same is None:
            kept.append(one)
        else:
            same.also.append(one.path)
            one.told = []
    yield from kept


def looked_at(launcher: Launcher | None) -> str:
    """Return what was looked at in a file that starts nothing, and where each path ended."""
    if launcher is None or Subject.LAUNCH not in launcher.subjects:
        return "nothing in its text or place speaks of a start"
    if launcher.standing.is_no_service:
        return "it is a test, an example or a copy: what it starts is no service of the project"
    paths = launcher.not_serving
    named = tuple(path for path in paths if path.entry)
    has_block = any(path.entry == MAIN_BLOCK for path in named)
    if has_block or (named and not any(_calls(path) for path in paths if not path.entry)):
        paths = named  # they begin with the top level
    if paths:
        return "; ".join(_end(launcher, path) for path in paths)
    return (
        "nothing in it is known to begin a process that may serve: it has no main block, and the "
        "metadata declares none of its functions as a script"
    )


def _calls(path: LaunchPath) -> list[Call]:
    return [step for step in path.steps if isinstance(step, Call) and not step.is_imported]


def _end(launcher: Launcher, path: LaunchPath) -> str:
    """Return where a path without a serve call ends, or why what serves there does not count."""
    name = path.entry or "top level"
    if path.entry == MAIN_BLOCK and (importer := launcher.importer(path)):
        return f"{name} only tries the module, which {launcher.standing.shown(importer)} imports"
    calls = _calls(path)
    if not calls:
        return f"{name} calls nothing" if path.complete else f"{name} is too long to follow"
    last = calls[-1]
    if not path.complete:
        return f"{name} is too long to follow: the last call that was seen is {last.located_way}"
    is_known = last.seen or not is_project(last.name) or root_of(last.name) in BUILTINS
    ends = f"{name} ends with {last.located_way}"
    if not is_known:
        return f"{ends}, of which nothing is known, and nothing else on the way serves"
    return f"{ends}, and nothing on the way serves"


class _Builder:
    """Makes the report of one start.

    :param is_whole: whether the path tells all that the modules do which are imported.
    :ivar path: its launch path.
    :ivar also: the paths of other entries that lead to the same start.
    :ivar told: what was found about the start's steps.
    """

    def __init__(
        self,
        launcher: Launcher,
        file: str,
        path: LaunchPath,
        is_whole: bool,
        found: Sequence[Found],
        everything: bool,
    ) -> None:
        self._launcher = launcher
        self._is_whole = is_whole
        self._file = file
        self._everything = everything
        self.path = path
        self.also: list[LaunchPath] = []
        self._beside = [one for one in lanes(path) if self._is_shown(one)]
        numbered = [*enumerate(self._beside, 1)]
        self._lane_of = {id(step): number for number, one in numbered for step in one.steps}
        self._started_by = {id(one.call): number for number, one in reversed(numbered)}
        self._checks = checks(path)
        self._findings: dict[int, list[Finding]] = {}
        self.told: list[Found] = []
        self._chosen = self._choose(found)
        self._forks: dict[int, int] = {}

    def leads_like(self, other: _Builder) -> bool:
        """Tell whether another entry leads to the same steps."""
        serves = [id(step.node) for step in self.path.having(Role.SERVE, Role.LOAD)]
        others = [id(step.node) for step in other.path.having(Role.SERVE, Role.LOAD)]
        is_called = MAIN_BLOCK in (self.path.entry, other.path.entry)
        return is_called and bool(serves) and serves == others

    def _also(self) -> Iterator[tuple[str, str]]:
        """Yield the kinds and names of the other entries that lead to the same start."""
        if self.path.is_script:
            yield SCRIPT, MAIN_BLOCK
        yield from ((kind_of(one), one.entry) for one in self.also)

    def start(self, left: tuple[Finding, ...], silent: tuple[str, ...]) -> Start:
        """Return the start.

        :param left: findings of the file that are about none of its steps.
        :param silent: codes of the rules that say nothing of a start that is cut.
        """
        path, launcher = self.path, self._launcher
        chosen = self._chosen if self._everything else self._telling()
        numbered = [self._step(*one) for one in enumerate(chosen, 1)]
        numbers = {id(step): one.number for step, one in zip(chosen, numbered, strict=True)}
        steps = tuple(without_repeats(folded(without_arms(numbered))))
        kept_numbers = {one.number for one in steps}
        own = [one for step in steps for one in step.findings]
        serve = serve_of(path)
        return Start(
            entry=path.entry or "top level",
            kind=kind_of(path, is_settings_of_django(launcher.path, launcher.text)),
            line=launcher.line_of(path.entry),
            also=tuple(f"{kind}, l. {launcher.line_of(entry)}" for kind, entry in self._also()),
            is_served=path.is_served,
            is_complete=path.complete,
            serves=name_of(serve) if serve else "",
            calls=len(path.calls),
            posture=tuple(posture.traits(path, serve, [*own, *left])),
            before_patch=self._before_patch(),
            sources=tuple(self._sources(numbers, kept_numbers)),
            lanes=tuple(
                Lane(number, one.kind, veiled(one.name.lstrip("?.")), numbers.get(id(one.call)))
                for number, one in enumerate(self._beside, 1)
                if any(step.lane == number or step.starts == number for step in steps)
            ),
            steps=steps,
            unknown=tuple(self._unknown(len(self._chosen) - len(chosen))),
            silent=() if path.complete else silent,
            findings=left,
        )

    def _choose(self, found: Sequence[Found]) -> list[Taken]:
        """Return the steps that are shown, in order, and keep which findings are about each."""
        steps = self.path.with_reads or self.path.steps
        known = set(map(id, steps))
        by_place: dict[tuple[int, int], list[Taken]] = {}
        chosen: dict[int, Taken] = {}
        for step in steps:
            if self._matters(step) and not is_of_failure(step):
                chosen[id(step)] = step
            by_place.setdefault((step.line, step.column), []).append(step)
        for one in found:
            causes = [step for step in one.causes if id(step) in known]
            causes = [self._guarded(causes[0], chosen)] if causes else []
            if not causes:
                causes = about(one, by_place, chosen)
            if causes:
                self.told.append(one)
                chosen[id(causes[0])] = causes[0]
                finding = briefly(one.finding, causes[0])
                self._findings.setdefault(id(causes[0]), []).append(finding)
        return [step for step in once(steps, self._findings) if id(step) in chosen]

    def _guarded(self, cause: Taken, chosen: Mapping[int, Taken]) -> Taken:
        """Return the step that a finding stands beside: of one about a handler, what it guards."""
        if not isinstance(cause, Catch):
            return cause
        under = [step for step in self.path.under(cause.handler.guard) if id(step) in chosen]
        serves = [step for step in under if step.role is Role.SERVE]
        return (serves or under or [cause])[-1]

    def _matters(self, step: Taken) -> bool:
        """Tell whether a step is shown, whatever rules say of it."""
        if isinstance(step, OptionRead):
            return False
        if step.role is Role.CHECK:
            return id(step) in self._checks
        if has_part(step) or (self._everything and isinstance(step, Call)):
            return True
        if isinstance(step, Call) and takes_settings(step):
            return True
        if step.is_imported or isinstance(step, ModuleImport | Return | Catch | Await):
            return False
        if order.variables_set(step) or sets_handler(step):
            return True
        if id(step) in self._started_by:
            return True
        if status.exit_of(step) is not None:
            is_near = not step.place or (len(step.below) < 3 and not status.fails(step))
            return is_near and all(arm.kind != "except" for arm in step.arms)
        return len(step.below) < 3 and isinstance(step, Call) and sets_up(step)

    def _is_shown(self, lane: Beside) -> bool:
        """Tell whether a lane is shown: that of the file itself, or one that has a part."""
        if lane.call.is_imported or is_of_failure(lane.call):
            return False
        if lane.is_own or not lane.call.place:
            return True
        return any(has_part(one) for one in lane.steps)

    def _step(self, number: int, step: Taken) -> Step:
        found = fates(self.path, step) if status.exit_of(step) is None else []
        handled = tuple(map(self._handling, found))
        call = step if isinstance(step, Call) and not order.variables_set(step) else None
        own = own_class(step)
        lane = self._lane_of.get(id(step), 0)
        return Step(
            number=number,
            phase=self._phase(step),
            name=step.name.lstrip("?."),
            shown=own or shown(step),
            is_call=call is not None,
            arguments=arguments(call) if call is not None else (),
            line=step.line,
            way=way_of(step),
            place=Place(self._shown(step.file), step.own_line) if step.place else None,
            conditions=tuple(self._conditions(step, self._beside[lane - 1] if lane else None)),
            failure=handled,
            fails="; ".join(one.text for one in handled),
            result=f"an instance of {step.name}" if own else posture.result(self.path, step),
            lane=lane,
            starts=self._started_by.get(id(step), 0),
            times=1,
            others=(),
            findings=tuple(self._findings.get(id(step), ())),
        )

    def _phase(self, step: Taken) -> Phase:
        """Return the part of the start to which a step belongs."""
        phase = phase_of(step)
        if phase != "other":
            return phase
        if id(step) in self._started_by:
            return "background"
        codes = [one.code for one in self._findings.get(id(step), ())]
        found = (_PHASES.get(code) or _PHASES.get(code[:3]) for code in codes)
        return next(filter(None, found), "other")

    def _shown(self, file: str) -> str:
        """Return a file as the report names it; the empty one is that of the report."""
        is_own = file in ("", self._launcher.path)
        return self._file if is_own else self._launcher.standing.shown(file)

    def _conditions(self, step: Taken, lane: Beside | None) -> Iterator[Condition]:
        """Yield the conditions of a step; in a lane, those that do not decide about all of it."""
        told = [*conditions(step)]
        if lane is not None:
            before = {(one.fork, one.number) for one in conditions(lane.call)}
            told = [
                one
                for one in told
                if (one.fork, one.number) not in before and one.kind != "callback"
            ]
        for one in told:
            if one.kind == "loop" and one.file:
                continue
            fork = self._forks.setdefault(one.fork, len(self._forks) + 1)
            place = Place(self._shown(one.file), one.line)
            yield Condition(fork, one.number, one.kind, one.text, place)

    def _handling(self, fate: Fate) -> Handling:
        step = fate.handler
        place = Place(self._shown(step.file), step.own_line) if step is not None else None
        text = f"{caught(fate, place, step)}: {made_of_it(fate)}"
        return Handling(fate.catches, fate.how, fate.is_logged, fate.status, text, place)

    def _before_patch(self) -> BeforePatch | None:
        found = before_patch(self._launcher, self.path)
        if found is None:
            return None
        kept = (
            Kept(
                one.modules[-1] if one.modules else "",
                getattr(one.event, "name", ""),
                getattr(one.event, "attribute", ""),
                one.line,
            )
            for one in found.kept
        )
        return BeforePatch(found.patch, found.line, found.loaded, tuple(kept))

    def _sources(self, numbers: Mapping[int, int], kept: set[int]) -> Iterator[Source]:
        """Yield where configuration comes from: what is loaded, and the environment."""
        loads: dict[str, Source] = {}
        for index, step in enumerate(self.path.calls):
            is_told = step.role is Role.LOAD or (id(step) in numbers and takes_settings(step))
            if is_told and not step.seen:
                number = numbers.get(id(step))
                text = loaded(step, self.path.calls[:index])
                number = number if number in kept else None
                loads.setdefault(text, Source("load", text, number, step.line))
        yield from loads.values()
        variables: dict[str, int] = {}
        for moment in self._launcher.ordered(self.path):
            if isinstance(moment.event, Read) and moment.event.name:
                variables.setdefault(moment.event.name, moment.line)
        for step in self.path.calls:
            name = step.arguments[0].text if step.arguments else None
            if name and step.name in ordered.READERS:
                variables.setdefault(name, step.line)
        if variables:
            names = sorted(map(veiled, variables))
            more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
            text = f"{', '.join(names[:_MOST_NAMES])}{more}"
            yield Source("environment", text, None, min(variables.values()))

    def _telling(self) -> list[Taken]:
        """Return as many steps as a report has room for: those that tell most, in order."""
        weights = {id(one): (id(one) in self._findings, weight(one)) for one in self._chosen}
        ranked = sorted(self._chosen, key=lambda one: weights[id(one)], reverse=True)
        kept = {id(one) for one in ranked[:_MOST_STEPS]}
        return [one for one in self._chosen if id(one) in kept]

    def _unknown(self, left: int) -> Iterator[Unknown]:
        """Yield what was not followed: where the path is cut, and calls of what is not known.

        A call of what such a call gives tells no more.

        :param left: how many steps there is no room for.
        """
        if left:
            text = f"{left} more steps are not shown: --all shows them"
            yield Unknown("cut", text, self._chosen[-1].line)
        if not self.path.complete:
            steps = (step for step in self.path.steps if not step.is_imported)
            cut = next((step for step in steps if not step.complete), None)
            if cut is not None:
                where = f" ({cut.place})" if cut.place else ""
                name = name_of(cut)
                text = f"more runs before {name}{where} than was followed"
                yield Unknown("cut", text, cut.line)
            else:
                last = self.path.steps[-1].line if self.path.steps else 1
                yield Unknown("cut", "it is too long to follow to its end", last)
        elif not self._is_whole:
            line = self._launcher.line_of(self.path.entry)
            yield Unknown("cut", "not all that the imported modules do was followed", line)
        seen: set[tuple[str, int]] = set()
        for step in self.path.calls:
            if not step.place and step.role is None and is_unknown(step.name):
                key = (step.name, step.line)
                if key not in seen and not step.is_imported:
                    seen.add(key)
                    if len(seen) <= _MOST_UNKNOWN:
                        yield Unknown("call", shown(step), step.line)

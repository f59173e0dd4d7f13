"""Makes a report of what a launcher tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import (
    configuration,
    is_project,
    known_roles_of,
    root_of,
    sources,
)
from flake8_launcher.knowledge import order as ordered
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.language import BUILTINS
from flake8_launcher.knowledge.quoting import veiled
from flake8_launcher.launch import (
    Await,
    Call,
    Catch,
    Comparison,
    Launcher,
    LaunchPath,
    ModuleImport,
    OptionRead,
    Read,
    Return,
    Role,
    Store,
)
from flake8_launcher.launch import Step as Taken
from flake8_launcher.launch.beginnings import command_line
from flake8_launcher.launch.beginnings.entries import MAIN_BLOCK, MODULE_LEVEL
from flake8_launcher.launch.paths import status
from flake8_launcher.launch.paths.before_patch import before_patch
from flake8_launcher.launch.paths.conditions import conditions
from flake8_launcher.launch.paths.fates import Fate, fates
from flake8_launcher.launch.paths.lanes import Lane as Beside
from flake8_launcher.launch.paths.lanes import lanes
from flake8_launcher.launch.questions import order, origins, parsing
from flake8_launcher.launch.questions.signals import sets_handler
from flake8_launcher.report import posture
from flake8_launcher.report.model import (
    Argument,
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
from flake8_launcher.report.names import UNTOLD, called, name_of, own_class
from flake8_launcher.report.values import arguments, may_hold_secret, one_of, set_to, source_of

_MOST_STEPS = 200
_NEAR = 2
_MOST_ALIKE = 4
_MOST_UNKNOWN = 12
_MOST_NAMES = 12
_COMMAND = "Command.handle"
_NO_PATHS = ("project", "encoding", "namespace")
"""What the keywords end with of texts that are no paths."""
_AT_IMPORT = (Role.PATCH, Role.BACKEND, Role.LOAD, Role.LOG, Role.START, Role.CREATE)
"""What the top level of an imported module does that is told."""
_SCRIPT = "script"
_PREPARES = ordered.READIES_DJANGO.union(
    ordered.MAKES_UVLOOP, ordered.POLICIES, ordered.START_METHODS
)
"""Calls that choose how the process works."""
_PHASES: Mapping[str, Phase] = {
    "LS307": "logging",
    "LS2": "bootstrap",
    "LS3": "configuration",
    "LS4": "import",
}
"""The part of a start that what a rule or group is about belongs to, where nothing else tells."""
_GOES_ON = deferred(r"[\w.(\[]")
"""What follows a name that is only the beginning of another."""


class Found(NamedTuple):
    """A finding, and the steps that it is about, where it is about some.

    :ivar offset: where it begins in its line, as the steps have it.
    """

    finding: Finding
    causes: tuple[Taken, ...]
    offset: int


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
    if launcher.not_serving:
        return "; ".join(map(_end, launcher.not_serving))
    return (
        "no process is known to begin in it, as it has no main block and no command, and the "
        "metadata declares none of its functions as a script"
    )


def _end(path: LaunchPath) -> str:
    """Return where a path without a serve call ends."""
    name = path.entry or "top level"
    calls = [step for step in path.steps if isinstance(step, Call) and not step.is_imported]
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
        self._checks = _checks(path)
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
            yield _SCRIPT, MAIN_BLOCK
        yield from ((_kind(one), one.entry) for one in self.also)

    def start(self, left: tuple[Finding, ...], silent: tuple[str, ...]) -> Start:
        """Return the start.

        :param left: findings of the file that are about none of its steps.
        :param silent: codes of the rules that say nothing of a start that is cut.
        """
        path, launcher = self.path, self._launcher
        chosen = self._chosen if self._everything else self._telling()
        shown = [self._step(*numbered) for numbered in enumerate(chosen, 1)]
        numbers = {id(step): one.number for step, one in zip(chosen, shown, strict=True)}
        steps = tuple(_folded(_without_arms(shown)))
        kept_numbers = {one.number for one in steps}
        own = [one for step in steps for one in step.findings]
        serve = _serve(path)
        return Start(
            entry=path.entry or "top level",
            kind=_kind(path),
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
            if self._matters(step) and not _is_of_failure(step):
                chosen[id(step)] = step
            by_place.setdefault((step.line, step.column), []).append(step)
        for one in found:
            causes = [step for step in one.causes if id(step) in known]
            causes = [self._guarded(causes[0], chosen)] if causes else []
            if not causes:
                causes = _about(one, by_place, chosen)
            if causes:
                self.told.append(one)
                chosen[id(causes[0])] = causes[0]
                finding = _brief(one.finding, causes[0])
                self._findings.setdefault(id(causes[0]), []).append(finding)
        return [step for step in _once(steps, self._findings) if id(step) in chosen]

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
        if _has_part(step) or (self._everything and isinstance(step, Call)):
            return True
        if isinstance(step, Call) and _takes_settings(step):
            return True
        if step.is_imported or isinstance(step, ModuleImport | Return | Catch | Await):
            return False
        if order.variables_set(step) or sets_handler(step):
            return True
        if id(step) in self._started_by:
            return True
        if status.exit_of(step) is not None:
            return not step.place and all(arm.kind != "except" for arm in step.arms)
        return len(step.below) < 3 and isinstance(step, Call) and _sets_up(step)

    def _is_shown(self, lane: Beside) -> bool:
        """Tell whether a lane is shown: that of the file itself, or one that has a part."""
        if lane.call.is_imported or _is_of_failure(lane.call):
            return False
        if lane.is_own or not lane.call.place:
            return True
        return any(_has_part(one) for one in lane.steps)

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
            shown=own or _shown(step),
            is_call=call is not None,
            arguments=arguments(call) if call is not None else (),
            line=step.line,
            way=_way(step),
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
        phase = _phase(step)
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
        text = f"{_caught(fate, place, step)}: {_made_of_it(fate)}"
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
            is_told = step.role is Role.LOAD or (id(step) in numbers and _takes_settings(step))
            if is_told and not step.seen:
                number = numbers.get(id(step))
                text = _loaded(step, self.path.calls[:index])
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
        weights = {id(one): (id(one) in self._findings, _weight(one)) for one in self._chosen}
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
                text = f"what runs before {name}{where} was not followed to its end"
                yield Unknown("cut", text, cut.line)
            else:
                last = self.path.steps[-1].line if self.path.steps else 1
                yield Unknown("cut", "it is too long to follow to its end", last)
        elif not self._is_whole:
            line = self._launcher.line_of(self.path.entry)
            yield Unknown("cut", "not all that the imported modules do was followed", line)
        seen: set[tuple[str, int]] = set()
        for step in self.path.calls:
            if not step.place and step.role is None and _is_unknown(step.name):
                key = (step.name, step.line)
                if key not in seen and not step.is_imported:
                    seen.add(key)
                    if len(seen) <= _MOST_UNKNOWN:
                        yield Unknown("call", _shown(step), step.line)


def _brief(finding: Finding, step: Taken) -> Finding:
    """Return a finding with what it says beside the step that it is about."""
    name = name_of(step)
    text = finding.text
    for way in (step.located_way, step.way):
        before, _, behind = text.partition(way)
        if len(before) < len(text) and not _GOES_ON.match(behind):
            text = f"{before}{name}{behind}"
    brief = text.removeprefix(f"{name} ")
    return replace(finding, brief=text if brief.startswith("->") else brief)


def _is_of_failure(step: Taken) -> bool:
    """Tell whether a step tidies up in a handler: it has no part in a start that goes well."""
    may_be = step.is_imported or step.role in (None, Role.WAIT)
    return may_be and any(arm.kind == "except" for arm in step.arms)


def _has_part(step: Taken) -> bool:
    """Tell whether a step has a part in the start of its process that is worth telling.

    Threads wait for many things, and what looks as if it made a service may be made far below.
    """
    if step.is_imported:
        return step.role in _AT_IMPORT and bool(known_roles_of(step.name))
    if step.role is Role.WAIT:
        return not step.is_detached
    if step.role is Role.IMPORT_OPTION:
        return not step.place
    if step.role is Role.CREATE:
        return len(step.below) <= _NEAR or bool(known_roles_of(step.name))
    return step.role not in (None, Role.IMPORT)


def _checks(path: LaunchPath) -> set[int]:
    """Return the identities of the checks that may protect what is loaded: those before it."""
    load = path.first(Role.LOAD)
    if load is None:
        return set()
    before = path.steps[: path.steps.index(load)]
    return {id(step) for step in before if step.role is Role.CHECK}


def _about(
    found: Found,
    by_place: Mapping[tuple[int, int], Sequence[Taken]],
    chosen: Mapping[int, Taken],
) -> list[Taken]:
    """Return the step that a finding is about which names none: what its message names."""
    finding = found.finding
    here = by_place.get((finding.line, found.offset), ())
    shown = [step for step in here if id(step) in chosen]
    for step in shown:
        if step.way in finding.text:
            return [step]
    own = [step for step in here if not step.place]
    named: list[Taken] = [
        step
        for step in own
        if isinstance(step, ModuleImport) and f"{step.name}.{step.taken}" in finding.text
    ]
    return (shown or named or own)[:1]


def _once(steps: Sequence[Taken], findings: Mapping[int, object]) -> Iterator[Taken]:
    """Yield steps in order; one with several roles stands there several times, and is one."""
    held: Taken | None = None
    for step in steps:
        if held is not None and held.node is step.node and held.chain == step.chain:
            if id(step) in findings or _weight(step) > _weight(held):
                held = held if id(held) in findings else step
            continue
        if held is not None:
            yield held
        held = step
    if held is not None:
        yield held


_WEIGHTS = {None: 0, Role.IMPORT: 0, Role.CREATE: 1, Role.START: 2, Role.SERVE: 4}


def _weight(step: Taken) -> int:
    return _WEIGHTS.get(step.role, 3)


def _without_arms(steps: Iterable[Step], depth: int = 0) -> Iterator[Step]:
    """Yield steps; what all arms of a condition do alike as one, without the condition.

    :param depth: which of their conditions is looked at.
    """

    def fork_of(step: Step) -> int:
        return step.conditions[depth].fork if depth < len(step.conditions) else 0

    for fork, group in groupby(steps, key=fork_of):
        if not fork:
            yield from group
            continue
        by_arm = groupby(group, key=lambda step: step.conditions[depth].arm)
        arms = [(number, [*_without_arms(arm, depth + 1)]) for number, arm in by_arm]
        first = [step for _, steps in arms[:1] for step in steps]
        kinds = {steps[0].conditions[depth].kind for _, steps in arms}
        is_whole = "else" in kinds and [number for number, _ in arms] == [*range(len(arms))]
        alike = [_in_any_arm(step, depth) for step in first]
        if is_whole and all(alike == [_in_any_arm(one, depth) for one in arm] for _, arm in arms):
            for same in zip(*(arm for _, arm in arms), strict=True):
                conditions = same[0].conditions
                conditions = (*conditions[:depth], *conditions[depth + 1 :])
                lines = sorted({line for one in same for line in (one.line, *one.others)})
                found = dict.fromkeys(finding for one in same for finding in one.findings)
                yield replace(
                    same[0],
                    arguments=_either(*(one.arguments for one in same)),
                    line=lines[0],
                    others=tuple(lines[1:]),
                    conditions=conditions,
                    findings=tuple(found),
                )
        else:
            yield from (step for _, arm in arms for step in arm)


def _in_any_arm(step: Step, depth: int) -> object:
    """Return what a step has in common with like ones in other arms of one of its conditions.

    The arguments of one call of a function that all arms call may differ.
    """
    inner = ((one.arm, one.text, one.place) for one in step.conditions[depth + 1 :])
    codes = {finding.code for finding in step.findings}
    number = step.number if step.starts else 0
    given = tuple(one.keyword for one in step.arguments) if step.way else step.arguments
    alike = (step.phase, step.shown, step.way, step.place, step.fails, step.result, step.lane)
    return alike, step.place or step.line, given, tuple(inner), codes, number


def _either(*arms: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """Return arguments with what each of some arms gives for them."""
    either = []
    for same in zip(*arms, strict=True):
        values = dict.fromkeys(one.value for one in same)
        either.append(Argument(same[0].keyword, one_of([*values])))
    return tuple(either)


def _folded(steps: Iterable[Step]) -> Iterator[Step]:
    """Yield steps, those that are alike in a row as one: with the same arguments, or many."""
    for _, group in groupby(steps, key=_likeness):
        alike = [*group]
        first = alike[0]
        same = (first.arguments, first.line, first.place)
        if all((one.arguments, one.line, one.place) == same for one in alike):
            yield replace(first, times=len(alike))
        elif len(alike) > _MOST_ALIKE:
            yield replace(first, times=len(alike), arguments=(Argument(None, UNTOLD),))
        else:
            yield from alike


def _likeness(step: Step) -> object:
    """Return what steps have in common that may be folded."""
    # a function that is called again has the same conditions once more
    ways = tuple((one.arm, one.text, one.place) for one in step.conditions)
    is_alone = bool(step.findings or step.starts)
    number = step.number if is_alone else 0
    return step.phase, step.shown, step.way, step.lane, ways, step.fails, step.result, number


def _is_unknown(name: str) -> bool:
    """Tell whether nothing is known of what a call calls, and no other such call gave it."""
    return name[0] == "?" and "()" not in name


def _takes_settings(step: Taken) -> bool:
    """Tell whether a call near the entry function takes settings from a module or class."""
    return len(step.below) < 3 and not configuration.FROM_OBJECTS.isdisjoint(step.names)


def _sets_up(step: Taken) -> bool:
    """Tell whether a call prepares the process, as the tables about order know it."""
    return not (ordered.LOADS_FILE | _PREPARES).isdisjoint(step.names)


def _serve(path: LaunchPath) -> Taken | None:
    """Return the step that serves: of several one of the main thread that is known to serve."""
    serves = [*path.having(Role.SERVE)]
    own = [step for step in serves if not step.is_detached] or serves
    known = (step for step in own if Role.SERVE in known_roles_of(step.name))
    return next(known, own[0] if own else None)


def _kind(path: LaunchPath) -> str:
    if path.is_served:
        return "loaded by a server"
    if path.declared:
        return "console script"
    if path.entry == MAIN_BLOCK:
        return _SCRIPT
    if path.entry == MODULE_LEVEL:
        return "module"
    return "Django command" if path.entry == _COMMAND else "function"


def _phase(step: Taken) -> Phase:
    if order.variables_set(step):
        return "environment"
    if step.role is None or step.role is Role.IMPORT:
        if isinstance(step, ModuleImport):
            return "import"
        if isinstance(step, OptionRead):
            return "configuration"
        if sets_handler(step):
            return "signals"
        if status.exit_of(step) is not None:
            return "end"
        if order.loads_file(step) or _takes_settings(step):
            return "configuration"
        return "other" if _PREPARES.isdisjoint(step.names) else "bootstrap"
    return "configuration" if step.role is Role.CHECK else step.phase.value


def _shown(step: Taken) -> str:
    variables = order.variables_set(step)
    if len(variables) == 1:
        text = f"os.environ[{veiled(variables[0])!r}] = {set_to(step, variables[0])}"
        return f"{text} unless it is set" if step.name.endswith("setdefault") else text
    if variables:
        return ", ".join(f"os.environ[{name!r}] = ..." for name in map(veiled, variables))
    name = called(step)
    if isinstance(step, ModuleImport):
        return f"from {name} import {step.taken}" if step.taken else f"import {name}"
    if isinstance(step, OptionRead):
        return f"the option {sources.source_of(name) or name}"
    if isinstance(step, Comparison):
        return f"compares {name}"
    return f"{name} = ..." if isinstance(step, Store) else name


def _way(step: Taken) -> tuple[str, ...]:
    """Return the functions through which the checked file leads to a step."""
    names = step.below if step.place else step.chain[1:]
    return tuple(name.lstrip("?.") for name in names)


def _caught(fate: Fate, place: Place | None, step: Taken | None) -> str:
    names = ", ".join(fate.catches)
    if place is None or step is None:
        return f"suppressed with {names or 'with'} (l. {fate.line})"
    block = fate.handler.handler.block if fate.handler is not None else "handler"
    clause = f"except {names}" if block == "handler" else block.partition(" ")[0]
    return f"{clause} ({place if step.place else f'l. {place.line}'})".replace("  ", " ")


_HOW = {
    "raise": "raised on",
    "return": "returns",
    "loop": "goes on with the next round",
    "retry": "tries again",
    "continue": "goes on",
}


def _made_of_it(fate: Fate) -> str:
    says = "logged, " if fate.is_logged else ""
    if fate.how == "exit":
        return f"{says}exits{f' {fate.status}' if fate.status is not None else ''}"
    told = f"{says}{_HOW[fate.how]}"
    if fate.is_silent and fate.how != "raise":
        told += ", and says nothing"
    if fate.status is not None and fate.how != "raise":
        told += f", and the process ends with status {fate.status}"
    return told


def _loaded(step: Call, before: Sequence[Call]) -> str:
    """Return what a step that loads configuration reads, in words."""
    name = name_of(step)
    told: dict[str, None] = {}
    default = command_line.defaults(before)
    for argument in step.arguments:
        keyword = argument.keyword or ""
        if may_hold_secret(keyword):
            continue
        if source := source_of(argument):
            told[source] = None
        if not keyword.endswith(_NO_PATHS):
            told.update((f"{veiled(path)}", None) for path in origins.paths(argument, default))
    if parsing.object_parsed(step):
        project = step.keyword("project")
        given = project.text if project else None
        files = f"the files of project {veiled(given)}" if given else "its default files"
        return f"{name}: what --config-file and --config-dir name, else {files}"
    if not told and order.loads_file(step):
        told["the nearest .env"] = None
    what = ", ".join(list(told)[:_MOST_NAMES])
    return f"{name}: {what or 'what it reads is not known'}"


__all__ = ["Found", "looked_at", "report"]

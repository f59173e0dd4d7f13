"""Steps of a report that are told as one: what all arms do, what is alike or comes again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from flake8_launcher.report.model import Argument, Condition, Step
from flake8_launcher.report.names import UNTOLD
from flake8_launcher.report.values import one_of

_MOST_ALIKE = 4


def without_arms(steps: Iterable[Step], depth: int = 0) -> Iterator[Step]:
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
        arms = [(number, [*without_arms(arm, depth + 1)]) for number, arm in by_arm]
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


def folded(steps: Iterable[Step]) -> Iterator[Step]:
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


def without_repeats(steps: Iterable[Step]) -> Iterator[Step]:
    """Yield steps; of what sets logging up, at one place again and again, the first alone.

    What a function does that several modules or classes call for their loggers comes with each.
    """
    kept: list[Step] = []
    told: dict[object, list[int]] = {}
    for step in steps:
        is_called = bool(step.place or step.way)
        if step.phase == "logging" and is_called and not step.findings and not step.starts:
            place = step.place or step.line
            same = told.setdefault((step.shown, step.arguments, place, step.lane), [])
            at = next((at for at in same if _runs_before(kept[at], step)), None)
            if at is not None:
                kept[at] = replace(kept[at], times=kept[at].times + step.times)
                continue
            same.append(len(kept))
        kept.append(step)
    yield from kept


def _runs_before(first: Step, again: Step) -> bool:
    """Tell whether a step at the same place has run before wherever a later one runs.

    What it depends on around the function must be what the later one depends on, too.
    """
    before, after = [*first.conditions], [*again.conditions]
    while before and after and _in_code(before[-1]) == _in_code(after[-1]):
        before.pop()
        after.pop()
    around = [(one.fork, one.arm) for one in before]
    return around == [(one.fork, one.arm) for one in again.conditions[: len(around)]]


def _in_code(condition: Condition) -> object:
    return condition.text, condition.place

"""Which steps of a path are worth telling, and which of them a finding is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from flake8_launcher.knowledge import configuration, known_roles_of
from flake8_launcher.knowledge import order as ordered
from flake8_launcher.launch import LaunchPath, ModuleImport, Role
from flake8_launcher.launch import Step as Taken
from flake8_launcher.report.model import Finding

_NEAR = 2
_AT_IMPORT = (Role.PATCH, Role.BACKEND, Role.LOAD, Role.LOG, Role.START, Role.CREATE)
"""What the top level of an imported module does that is told."""
PREPARES = ordered.READIES_DJANGO.union(
    ordered.MAKES_UVLOOP, ordered.POLICIES, ordered.START_METHODS
)
"""Calls that choose how the process works."""


class Found(NamedTuple):
    """A finding, and the steps that it is about, where it is about some.

    :ivar offset: where it begins in its line, as the steps have it.
    """

    finding: Finding
    causes: tuple[Taken, ...]
    offset: int


def is_of_failure(step: Taken) -> bool:
    """Tell whether a step tidies up in a handler: it has no part in a start that goes well."""
    may_be = step.is_imported or step.role in (None, Role.WAIT)
    return may_be and any(arm.kind == "except" for arm in step.arms)


def has_part(step: Taken) -> bool:
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


def checks(path: LaunchPath) -> set[int]:
    """Return the identities of the checks that may protect what is loaded: those before it."""
    load = path.first(Role.LOAD)
    if load is None:
        return set()
    before = path.steps[: path.steps.index(load)]
    return {id(step) for step in before if step.role is Role.CHECK}


def about(
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


def once(steps: Sequence[Taken], findings: Mapping[int, object]) -> Iterator[Taken]:
    """Yield steps in order; one with several roles stands there several times, and is one."""
    held: Taken | None = None
    for step in steps:
        if held is not None and held.node is step.node and held.chain == step.chain:
            if id(step) in findings or weight(step) > weight(held):
                held = held if id(held) in findings else step
            continue
        if held is not None:
            yield held
        held = step
    if held is not None:
        yield held


_WEIGHTS = {None: 0, Role.IMPORT: 0, Role.CREATE: 1, Role.START: 2, Role.SERVE: 4}


def weight(step: Taken) -> int:
    """Return how much a step with several roles says in each: the call that serves most."""
    return _WEIGHTS.get(step.role, 3)


def is_unknown(name: str) -> bool:
    """Tell whether nothing is known of what a call calls, and no other such call gave it."""
    return name[0] == "?" and "()" not in name


def takes_settings(step: Taken) -> bool:
    """Tell whether a call near the entry function takes settings from a module or class."""
    return len(step.below) < 3 and not configuration.FROM_OBJECTS.isdisjoint(step.names)


def sets_up(step: Taken) -> bool:
    """Tell whether a call prepares the process, as the tables about order know it."""
    return not (ordered.LOADS_FILE | PREPARES).isdisjoint(step.names)


def serve_of(path: LaunchPath) -> Taken | None:
    """Return the step that serves: of several one of the main thread that is known to serve.

    Of those in threads and tasks alone one that is always there goes before.
    """
    serves = [*path.having(Role.SERVE)]
    own = [step for step in serves if not step.is_detached]
    own = own or [step for step in serves if not step.conditional] or serves
    known = (step for step in own if Role.SERVE in known_roles_of(step.name))
    return next(known, own[0] if own else None)

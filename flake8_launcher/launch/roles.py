"""Gives roles to steps whose own names do not tell them, from the path around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from flake8_launcher.knowledge import Role, may_start, prepares, roles_of
from flake8_launcher.launch.model import Step


def completed(steps: Iterable[Step], certain: bool) -> tuple[Step, ...]:
    """Return the steps of a path with the roles that the path tells.

    :param certain: whether a process surely begins with this path.
    """
    shaped = tuple(_by_shape(tuple(steps)))
    if any(step.role is Role.SERVE for step in shaped):
        return shaped
    if any(step.role is Role.START for step in shaped):
        return tuple(
            replace(step, role=Role.SERVE) if step.role is Role.START else step for step in shaped
        )
    return _with_serve(shaped) if certain else shaped


def _by_shape(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Yield the steps, and once more those whose names tell a role that is not seen inside.

    The body of ``service.serve`` is read, and yet what serves there may not be found: then the
    name counts, as it does where the body cannot be read.
    """
    for index, step in enumerate(steps):
        yield step
        shaped = roles_of(step.name) if step.seen and step.role is None else ()
        if not shaped:
            continue
        inside = list(_inside(steps, index))
        known = {inner.role for inner in inside}
        for role in shaped:
            if role in known or (role is Role.SERVE and Role.WAIT in known):
                continue
            if role is not Role.PATCH or any(map(_replaces, inside)):
                yield replace(step, role=role)


def _replaces(step: Step) -> bool:
    """Tell whether a step rebinds an attribute of something outside."""
    if step.name != "setattr":
        return step.use == "stored"
    target = step.argument(0, "")
    return target is not None and any(name[0] != "?" for name in target.names)


def _inside(steps: tuple[Step, ...], index: int) -> Iterator[Step]:
    """Yield the steps that run in the function which a step calls."""
    chain = (*steps[index].chain, steps[index].name)
    for step in steps[index + 1 :]:
        if step.chain[: len(chain)] != chain:
            return
        yield step


def _with_serve(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps with a serve call among them, if something tells which it is.

    A process that patches or prepares itself to be a service serves, and what it starts then is
    the serve call even where its name alone would not tell.
    """
    ready = False
    for index, step in enumerate(steps):
        ready = ready or step.role in (Role.PATCH, Role.BACKEND) or prepares(step.name)
        if ready and step.role is None and not step.seen and may_start(step.name):
            serve = replace(step, role=Role.SERVE)
            return (*steps[:index], serve, *steps[index + 1 :])
    return steps

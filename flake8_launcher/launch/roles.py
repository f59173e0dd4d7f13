"""Gives roles to steps whose own names do not tell them, from the path around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from flake8_launcher.knowledge import Role, may_start, prepares, roles_of
from flake8_launcher.launch.model import Step


def completed(steps: Iterable[Step], module: str, certain: bool) -> tuple[Step, ...]:
    """Return the steps of a path with the roles that the path tells.

    :param module: qualified name of the checked module.
    :param certain: whether a process surely begins with this path.
    """
    shaped = tuple(_by_shape(tuple(steps)))
    if any(step.role is Role.SERVE for step in shaped):
        return shaped
    if not certain:
        return shaped
    serve = next((step for step in shaped if step.role is Role.START), None)
    serve = serve or _likely_serve(shaped, f"{module}.")
    return tuple(replace(step, role=Role.SERVE) if step is serve else step for step in shaped)


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
        unresolved = any(inner.name[0] == "?" for inner in inside)
        for role in shaped:
            if role in known or role is Role.SERVE:
                continue
            if any(map(_replaces, inside)) if role is Role.PATCH else unresolved:
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


def _likely_serve(steps: tuple[Step, ...], own: str) -> Step | None:
    """Return the step that serves, if something tells which it is.

    A process that patches or prepares itself to be a service serves, and what it starts then is
    the serve call even where its name alone would not tell. What the checked file calls goes
    before what is found on the way.
    """
    ready = False
    elsewhere: Step | None = None
    for step in steps:
        ready = ready or step.role in (Role.PATCH, Role.BACKEND) or prepares(step.name)
        if step.role is not None or step.use == "stored" or step.name.startswith(own):
            continue
        if step.seen and step.name.endswith(".main"):
            continue  # what it does are steps of their own
        name = _as_method(step) if step.seen else step.name
        if not step.place and (Role.SERVE in roles_of(name) or (ready and may_start(name))):
            return step
        if ready and elsewhere is None and may_start(name):
            elsewhere = step
    return elsewhere


def _as_method(step: Step) -> str:
    """Return the name that a method which is read would have if it were not."""
    owner, _, method = step.name.rpartition(".")
    return f"{owner}().{method}"

"""Handlers that end the loop which they stand in."""

from __future__ import annotations

from flake8_launcher.knowledge import Role, exceptions
from flake8_launcher.launch.model import ROUNDS, Catch, LaunchPath, Loop
from flake8_launcher.semantic.running.events import Arm

_ENDS = ("break", "exit", "return")


def rounds(step: Catch) -> list[Arm]:
    """Return the rounds that a handler runs in, of loops of its own function, outermost first."""
    depth = len(step.chain) - 1
    return [arm for arm in step.arms if arm.kind in ROUNDS and arm.depth == depth]


def left(path: LaunchPath, step: Catch) -> Loop | None:
    """Return the loop that serves, and that a handler in it ends after any failure.

    :param step: the handler's.
    """
    handler = step.handler
    if handler.how not in _ENDS or exceptions.BROAD.isdisjoint(handler.foreign):
        return None
    around = rounds(step)
    if handler.how == "break":
        around = around[-1:]
    nodes = {id(arm.node) for arm in around}
    return next(
        (
            one
            for one in path.having(Role.SERVE)
            if isinstance(one, Loop) and id(one.node) in nodes and one.chain == step.chain
        ),
        None,
    )

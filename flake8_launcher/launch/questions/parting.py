"""Where two steps part: the function that decides which of them comes first."""

from __future__ import annotations

from typing import NamedTuple

from flake8_launcher.launch.model import Step, shortened


class Parted(NamedTuple):
    """A step, as the function shows it that leads to another one as well.

    :ivar line: where that function calls what leads to the step, or the step itself stands.
    :ivar column: the same.
    :ivar way: how that leads to the step, for messages.
    """

    line: int
    column: int
    way: str


def parted(step: Step, other: Step) -> Parted:
    """Return a step as the function shows it in which its way parts from that to another."""
    common = 0
    for one, another in zip(step.sites, other.sites, strict=False):
        if one is not another:
            break
        common += 1
    own = step.depth if step.place else len(step.sites)
    node = step.sites[common].node if common < own else None
    beside = other.sites[common].node if common < len(other.sites) else None
    if node is None or (beside is not None and beside.lineno == node.lineno):
        return Parted(step.line, step.column, step.way)
    names = [name.lstrip("?.") for name in (*step.chain[common + 1 :], step.name)]
    place = step.place or f"l. {step.line}"
    return Parted(node.lineno, node.col_offset, f"{shortened(names)} ({place})")

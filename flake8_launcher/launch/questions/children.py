"""What becomes of how processes end that a launch path waits for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flake8_launcher.knowledge import Role
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.endings import ending_of
from flake8_launcher.launch.model import Call, LaunchPath, Return, Step, exclude
from flake8_launcher.launch.paths.conditions import conditions
from flake8_launcher.launch.paths.endings import Detached, detached, detached_loops, is_process
from flake8_launcher.launch.paths.status import fails
from flake8_launcher.semantic.running.loops import only_waits

_STATUS = "exitcode"
_ASKS = deferred(
    rf"\b(?:{_STATUS}|sentinel|waitstatus_to_exitcode|WEXITSTATUS|WIFEXITED|SIGCHLD"
    r"|active_children(?!\(\):\s+\w+\.(?:terminate|kill)\(\)))\b"
)
"""What tells how a process does or has ended."""
_IS_ALIVE = ".is_alive"
_MAX_JOINS = 64
"""Of how many calls that wait for a process, the last, it is asked what runs there."""
_IS_THERE = deferred(r"(?:el)?if [\w.\[\]]+(?: is not None|\.is_alive\(\))?")
"""A condition that asks whether there is a process."""


def asks_how(text: str) -> bool:
    """Tell whether a text asks how a process does or has ended."""
    return _ASKS.search(text) is not None


def joined(path: LaunchPath) -> Iterator[tuple[Step, str, str]]:
    """Yield the calls that wait for a process which serves, and ask nothing of how it ended.

    :returns: the call, what it does, and the name of what runs in the process.
    """
    joins = [*filter(_joins, path.steps)][-_MAX_JOINS:]
    if not joins:
        return
    at = {id(step): index for index, step in enumerate(path.steps)}
    handed = (*detached(path.steps, known=False), *detached_loops(path.steps))
    processes = [one for one in handed if is_process(one.call)]
    for step in joins:
        targets = [
            one
            for one in processes
            if at[id(one.call)] < at[id(step)] and not exclude(step, one.call)
            if all(inner is not step for inner in one.inside)
        ]
        if not targets or _may_be_skipped(step, targets[0].call):
            continue
        inside = {id(inner) for one in targets for inner in (one.call, *one.inside)}
        others = [one for one in path.steps if id(one) not in inside and not exclude(step, one)]
        if any(_serves_too(others, one) for one in others):
            continue
        if _starts_again(others, step):
            continue
        if not any(map(fails, others[others.index(step) :])):
            yield step, "returns None, whatever exitcode says", _target(targets[0])


def _joins(step: Step) -> bool:
    """Tell whether a step waits for a process, for as long as it takes, and asks nothing."""
    known = ending_of(step.name)
    if known is None or not known.blocks or known.attribute != _STATUS:
        return False
    if not isinstance(step, Call) or step.arguments:
        return False
    return step.use == "dropped" and not step.is_imported


def _starts_again(steps: Sequence[Step], join: Step) -> bool:
    """Tell whether the main thread asks in a loop whether processes run: it may start others."""
    asks = [one for one in steps if one.name.endswith(_IS_ALIVE)]
    return any(arm.kind == "endless" for one in (*asks, join) for arm in one.arms) and bool(asks)


def waited(path: LaunchPath) -> Iterator[tuple[Step, str, str]]:
    """Yield the calls that wait for a forked child which serves, and drop its status.

    :returns: the call, what it does, and the name of what the child runs.
    """
    forks = [step for step in path.steps if step.name == "os.fork"]
    for step in path.calls if len(forks) == 1 else ():
        if step.name not in ("os.wait", "os.waitpid") or step.use != "dropped":
            continue
        if step.is_imported or any(arm.kind == "endless" for arm in step.arms):
            continue
        at = path.steps.index(step)
        child = path.steps[path.steps.index(forks[0]) : at]
        serve = next((one for one in child if one.role is Role.SERVE and one.conditional), None)
        after = (one for one in path.steps[at:] if not exclude(step, one))
        if serve is not None and not any(map(fails, after)):
            yield step, "returns the status of the child, which is dropped", serve.name


def _may_be_skipped(step: Step, start: Step) -> bool:
    """Tell whether a wait may be skipped where the process is, that another step starts."""
    met = {(one.fork, one.number) for one in conditions(start)}
    told = {
        one.kind
        for one in conditions(step)
        if (one.fork, one.number) not in met and not _IS_THERE.fullmatch(one.text)
    }
    return not told <= {"loop"} or any(arm.kind == "except" for arm in step.arms)


def _serves_too(steps: Sequence[Step], one: Step) -> bool:
    """Tell whether a step serves in this process, and not only in place of the rest of it.

    A loop may but wait for the other process.
    """
    if one.role is not Role.SERVE or only_waits(one.node):
        return False
    if not one.conditional:
        return True
    if not isinstance(one, Call):
        return False
    later = (step for step in steps[steps.index(one) + 1 :] if step.arms == one.arms)
    return one.use != "returned" and not any(isinstance(step, Return) for step in later)


def _target(one: Detached) -> str:
    """Return the name of what a process runs."""
    chain = one.serve.chain[len(one.call.chain) :]
    return chain[0] if chain else one.serve.name

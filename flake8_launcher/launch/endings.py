"""What the steps of a launch path do to the thread that takes them: block, or hand work on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flake8_launcher.knowledge import Role, canonical, is_project
from flake8_launcher.knowledge.endings import Ending, ending_of
from flake8_launcher.launch.model import Step

THREADS = frozenset({"threading.Thread", "threading.Timer"})
"""Classes that are given the function which a thread runs."""
PROCESSES = frozenset(
    {
        "multiprocessing.Process",
        "multiprocessing.context.Process",
        "multiprocessing.get_context().Process",
    }
)
_WAITS = re.compile(
    r"(?:^|[._])(?:wait\w*|join\w*|run\w*|serve\w*|\w*loop\w*|sleep|pause|sig(?:timed)?wait\w*"
    r"|block\w*|idle|get|recv\w*|accept|select|input|raw_input|communicate|poll|read\w*|forever"
    r"|main|mainloop|acquire|listen\w*|consume\w*|call|check_call|check_output|system|exec\w*"
    r"|interact|spin|watch|result|as_completed|react)$"
)
_HARMLESS = re.compile(
    r"(?:^|\.)(?:debug|info|warning|warn|error|exception|critical|log|print|getLogger|echo)$"
)
_NO_CALLS = ("import", "stored", "raise", "except")


def ending(step: Step) -> Ending | None:
    """Return how the call of a step ends, or none where nothing is known of it."""
    keywords = {key: None if value is ... else value for key, value in step.keywords.items()}
    for name in (step.name, *step.aliases):
        known = ending_of(name, keywords)
        if known is not None:
            return known
    return None


def hands_on(step: Step) -> bool:
    """Tell whether a step gives its work to a thread, a task or a process."""
    names = {canonical(name) for name in (step.name, *step.aliases)}
    if not names.isdisjoint(THREADS | PROCESSES):
        return True
    known = ending(step)
    return known is not None and known.detached


def is_detached(step: Step) -> bool:
    """Tell whether a step is, or runs in, what is handed to a thread, a task or a process."""
    if hands_on(step):
        return True
    for use in (step.use, *step.uses):
        if canonical(use) in THREADS | PROCESSES:
            return True
        known = ending_of(use)
        if known is not None and known.detached:
            return True
    return False


def may_wait(step: Step) -> bool:
    """Tell whether a step may keep its thread busy, as far as is known."""
    if step.use in _NO_CALLS:
        return False
    if step.use == "loop" or step.role in (Role.SERVE, Role.WAIT):
        return True
    known = ending(step)
    if known is not None:
        return known.blocks is not False
    if _HARMLESS.search(step.name):
        return False
    if step.name[0] == "?" or _WAITS.search(step.name):
        return True
    return not step.seen and is_project(step.name)


def outside(steps: Iterable[Step]) -> list[Step]:
    """Return the steps that no other thread, task or process takes."""
    return [step for step in steps if not is_detached(step)]

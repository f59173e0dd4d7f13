"""What the steps of a launch path do to the thread that takes them: block, or hand work on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flake8_launcher.knowledge import Role, canonical, is_project, known_roles_of, language
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.endings import Ending, ending_of
from flake8_launcher.launch.model import NO_CALLS, Step

THREADS = frozenset({"threading.Thread", "threading.Timer"})
"""Classes that are given the function which a thread runs."""
PROCESSES = frozenset(
    {
        "multiprocessing.Process",
        "multiprocessing.context.Process",
        "multiprocessing.get_context().Process",
    }
)
_WAITS = deferred(
    r"(?:^|[._])(?:wait\w*|join\w*|run\w*|serve\w*|\w*loop\w*|sleep|pause|sig(?:timed)?wait\w*"
    r"|block\w*|idle|get|recv\w*|accept|select|input|raw_input|communicate|poll|read\w*|forever"
    r"|main|mainloop|acquire|listen\w*|consume\w*|call|check_call|check_output|system|exec\w*"
    r"|interact|spin|watch|result|as_completed|react)$"
)
_EVENT_LOOPS = ("asyncio.AbstractEventLoop().run_forever", "tornado.ioloop.IOLoop().start")
_HARMLESS = deferred(
    r"(?:^|\.)(?:debug|info|warning|warn|error|exception|critical|log|print|getLogger|echo)$"
)


def ending(step: Step) -> Ending | None:
    """Return how the call of a step ends, or none where nothing is known of it."""
    keywords = {key: None if value is ... else value for key, value in step.keywords.items()}
    for name in (step.name, *step.aliases):
        known = ending_of(name, keywords)
        if known is not None:
            return known
    return None


def is_event_loop(step: Step) -> bool:
    """Tell whether a step runs an event loop, which may end and be run again."""
    return canonical(step.name) in _EVENT_LOOPS


def taker(step: Step) -> str:
    """Return by what name a step gives its work to a thread, a task or a process, if it does."""
    for name in (step.name, *step.aliases):
        known = ending_of(name)
        if canonical(name) in THREADS | PROCESSES or (known is not None and known.detached):
            return name
    return ""


def is_detached(step: Step) -> bool:
    """Tell whether a step is, or runs in, what is handed to a thread, a task or a process."""
    if taker(step):
        return True
    known = [ending_of(use) for use in (step.use, *step.uses)]
    return any(one is not None and one.detached for one in known)


def is_process(call: Step) -> bool:
    """Tell whether a call makes or starts a process that is given what it runs."""
    name = canonical(call.name).removesuffix("().start")
    return name in PROCESSES or name == "multiprocessing.process.BaseProcess"


def is_daemon(steps: Sequence[Step], call: Step) -> bool:
    """Tell whether a call makes or starts a thread that ends with the main thread.

    :param steps: those of the launch path: nothing is said where it makes several threads.
    """
    made = [one for one in steps if one.use not in NO_CALLS and _names(one) & THREADS]
    if len(made) != 1 or not {name.removesuffix("().start") for name in _names(call)} & THREADS:
        return False
    marks = {f"{name}().{mark}" for name in THREADS for mark in ("daemon", "setDaemon")}
    told = [one.arguments[0].literal for one in steps if one.name in marks and one.arguments]
    return (told or [made[0].keywords.get("daemon")]) == [True]


def _names(step: Step) -> set[str]:
    return {canonical(name) for name in (step.name, *step.aliases)}


def may_wait(step: Step) -> bool:
    """Tell whether a step may keep its thread busy, as far as is known."""
    if step.use in NO_CALLS:
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
    return not step.seen and is_project(step.name) and step.name not in language.BUILTINS


class Detached(NamedTuple):
    """A serve call that runs in a thread, task or green thread.

    :ivar taker: what takes it, by the name of what is called.
    :ivar call: the step that hands it on.
    :ivar serve: the step that serves; the same step where the serve call itself is handed on.
    :ivar inside: every step that runs there.
    """

    taker: str
    call: Step
    serve: Step
    inside: tuple[Step, ...]


def detached(steps: Sequence[Step], known: bool = True) -> Iterator[Detached]:
    """Yield the serve calls among some steps that another thread or task takes.

    :param known: whether only those count that surely serve, and do not only look like it.
    """
    for index, call in enumerate(steps):
        by = taker(call)
        if not by:
            continue
        if call.role in (Role.START, Role.SERVE) and Role.SERVE in known_roles_of(call.name):
            yield Detached(by, call, call, (call,))
            continue
        group = tuple(_handed_on(steps, index))
        serve = next((one for one in group if _serves(one, known)), None)
        if serve is not None:
            yield Detached(by, call, serve, group)


def _handed_on(steps: Sequence[Step], index: int) -> Iterator[Step]:
    """Yield the steps of what a call hands on: those of its arguments, or of its ``run``."""
    call = steps[index]
    depth = len(call.chain)
    functions = {name for argument in call.arguments for name in argument.names} | {call.name}
    for at in range(index + 1, len(steps)):
        step = steps[at]
        if step.chain[:depth] != call.chain or step.chain[depth : depth + 1] == ():
            break
        if step.chain[depth] not in functions:
            break
        yield step
    for at in range(index - 1, -1, -1):
        step = steps[at]
        if step.line < call.line and not step.place and len(step.chain) == depth:
            break
        uses = (step.use, *step.uses[depth - 1 :])
        inside = step.chain[:depth] == call.chain and step.line >= call.line
        if inside and call.name in uses:
            yield step


def _serves(step: Step, known: bool) -> bool:
    return step.role is Role.SERVE and (not known or Role.SERVE in known_roles_of(step.name))

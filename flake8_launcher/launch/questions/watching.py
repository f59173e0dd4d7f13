"""Who hears of a failure in a thread, task or green thread that a launch path begins."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from flake8_launcher.knowledge import Role, canonical, language, root_of
from flake8_launcher.knowledge.shown import shows
from flake8_launcher.knowledge.watching import (
    ALIVE,
    ASKED_OF,
    ASKS,
    FAILS_AT_TIMES,
    FORGETS,
    FUTURES,
    GREENLETS,
    HARDLY_FAILS,
    HEARS,
    HELD,
    HOLDS,
    LAZY,
    SAYS,
    SLEEPS,
    STARTED,
    WAITS_FOR_ALL,
)
from flake8_launcher.launch.model import (
    Await,
    Call,
    Catch,
    LaunchPath,
    Loop,
    ModuleImport,
    Raise,
    Return,
    Step,
)
from flake8_launcher.launch.paths import endings
from flake8_launcher.launch.paths.endings import (
    PROCESSES,
    THREADS,
    Detached,
    ending,
    ending_as,
    is_event_loop,
    may_wait,
)
from flake8_launcher.launch.questions import failing
from flake8_launcher.semantic.running import loops

_KILLS = "os.kill"


def may_end(one: Detached) -> bool:
    """Tell whether what a loop does may end it: something in it is outside of its handlers.

    What gives a loop its messages may fail as well.
    """
    if isinstance(one.serve, Loop) and loops.takes(one.serve.node):
        return not any(guard.catches_failures() for guard in one.serve.guards)
    return any(
        isinstance(step, Call)
        and not (step.seen or step.role is Role.WAIT or shows(step.name))
        and not (SAYS.search(step.name) or SLEEPS.search(canonical(step.name)))
        and not HARDLY_FAILS.search(canonical(step.name))
        and not _is_kept(step, one.serve)
        for step in one.inside
        if step.is_in_rounds_of(one.serve)
    )


def _is_kept(step: Step, loop: Step) -> bool:
    """Tell whether a handler inside of a loop catches the failure of a step."""
    if failing.fails_at_times(step):
        return not failing.is_open(step, loop.guards)
    return any(guard.catches_failures() for guard in step.guards if guard not in loop.guards)


def hears(step: Step) -> bool:
    """Tell whether a step makes something hear of the failure of any thread or task."""
    if isinstance(step, ModuleImport) or not HEARS.search(step.name):
        return False
    if step.given and all(argument.idle for argument in step.given):
        return False  # it says so, and no more
    names = [name for argument in step.given for name in argument.names]
    return not names or not all(name.endswith(FORGETS) for name in names)


def asks(step: Step) -> bool:
    """Tell whether a step may ask how a thread or task does, not for something that it names."""
    if isinstance(step, ModuleImport | Await | Loop) or (isinstance(step, Call) and step.seen):
        return False  # what a function of the project does are steps of their own
    if not ASKS.search(step.name) or HOLDS.search(canonical(step.name)):
        return False
    if step.name.endswith(".get") and _has_key(step):
        return False
    if any(argument.text is not None for argument in step.given):
        return False
    if step.given and step.name.endswith(".exception"):
        return False  # a logger's
    if step.name == _KILLS and [one.literal for one in step.given[1:]] == [0]:
        return False  # that asks whether a process is there
    root = root_of(step.name)
    if root in FAILS_AT_TIMES:
        return False  # it asks another service: ``consumer.poll``
    return root in ASKED_OF or root not in sys.stdlib_module_names


def _has_key(step: Step) -> bool:
    """Tell whether a call is given what may be a key, and no number of seconds."""
    if not isinstance(step, Call) or not step.arguments:
        return False
    first = step.arguments[0]
    return first.keyword is None and not isinstance(first.literal, int | float)


def only_counts(steps: Sequence[Step]) -> bool:
    """Tell whether the first of some steps asks whether a thread is there, to wait as long.

    :param steps: the end of a launch path: nothing in it starts another thread.
    """
    first = steps[0]
    if not isinstance(first, Call) or first.use != "tested" or not ALIVE.search(first.name):
        return False
    return not any(isinstance(step, Call) and endings.makes_thread(step) for step in steps)


def only_waits(step: Step) -> bool:
    """Tell whether a step surely does nothing but wait, if it takes time at all."""
    if not may_wait(step) or isinstance(step, Await | Loop) or is_event_loop(step):
        return True
    is_seen = isinstance(step, Call) and step.seen
    if is_seen or canonical(step.name) in language.RUNS_COROUTINES or _makes(step):
        return True  # what it runs are steps of their own, or it makes an object
    known = ending(step)
    if known is not None and canonical(step.name) not in WAITS_FOR_ALL:
        return step.role is not Role.SERVE
    name = canonical(step.name)
    return name in WAITS_FOR_ALL or bool(SLEEPS.search(name)) or bool(HELD.search(step.name))


def is_idle(step: Step) -> bool:
    """Tell whether a step is no work: it waits, says something, or has to do with threads."""
    if isinstance(step, Loop):
        return loops.idles(step.node) or not step.is_endless
    if not isinstance(step, Call) or step.seen or step.role is Role.WAIT or shows(step.name):
        return True
    roots = {root_of(canonical(name)) for name in step.names}
    if roots & {*ASKED_OF, *language.BUILTINS, "gevent", "logging", "signal"}:
        return True
    return SAYS.search(step.name) is not None


def _makes(step: Step) -> bool:
    """Tell whether a step makes an object of a class, as the name says."""
    last = step.name.rpartition(".")[2].lstrip("_")
    return last[:1].isupper() and not last.isupper()


def is_lost(path: LaunchPath, one: Detached, after: Sequence[Step]) -> bool:
    """Tell whether the failure stays in what takes the serve call."""
    by = canonical(one.taker)
    known = ending_as(one.call, one.taker)
    if known is not None and known.status == "raises":
        return False
    is_of_processes = "multiprocessing" in by and not by.endswith(".apply_async")
    if by in PROCESSES or is_of_processes or one.call.is_imported:
        return False
    if by in THREADS or (STARTED.search(by) and one.call.use == "dropped"):
        return True
    if GREENLETS.search(by) and one.call.use != "dropped":
        ends = (ending(step) for step in after)
        return any(end and end.blocks and end.status == "swallowed" for end in ends)
    if by.endswith(LAZY) and one.call.use != "dropped":
        return False  # who goes through the results hears of it
    if _use(one.call) in ("returned", "tested"):
        return False
    return not any(_takes_up(step, one) for step in path.steps)


def _use(call: Call) -> str:
    """Return what becomes of a call's result, by the functions that return it."""
    uses = [*call.uses, call.use]
    while len(uses) > 1 and uses[-1] == "returned":
        uses.pop()
    return uses[-1]


def _takes_up(step: Step, one: Detached) -> bool:
    """Tell whether a step does something with what the taker of a serve call gave."""
    given = f"{one.taker}()"
    if isinstance(step, Await):
        return given in step.names
    if not isinstance(step, Call):
        return False
    if step.name.startswith(f"{given}."):
        return not step.name.endswith((".cancel", ".add_done_callback", ".set_name"))
    if step.name in language.BUILTINS or step.name.rpartition(".")[2] in language.GROWS:
        return False
    if shows(step.name):
        return False
    return given in endings.given(step)


def run_with(one: Detached) -> list[Step]:
    """Return the steps of the function that serves, of several that a thread may be given.

    Where a loop makes the threads, each of the functions has one of its own.
    """
    function = one.serve.chain[: len(one.call.chain) + 1]
    return [step for step in one.inside if step.chain[: len(function)] == function]


def is_watched_inside(path: LaunchPath, one: Detached) -> bool:
    """Tell whether what is handed on does something about its failure, or at its end."""
    if one.serve is one.call:
        return False
    for guard in one.serve.guards:
        if guard in one.call.guards or not guard.catches_failures():
            continue
        handler = path.handlers.get(guard)
        if handler is None or handler.handler.how in ("break", "loop"):
            return True
    own = run_with(one)
    later = own[own.index(one.serve) + 1 :]
    if isinstance(one.serve, Loop):  # what it does in its rounds tells nobody of its end
        later = [
            step
            for step in later
            if any(arm.kind == "except" for arm in step.arms)
            or not step.is_in_rounds_of(one.serve)
        ]
    return any(map(_tells, later))


def _tells(step: Step) -> bool:
    """Tell whether somebody may hear of a step at the end of a thread."""
    if isinstance(step, Await | Catch | Raise | Return) or (isinstance(step, Call) and step.seen):
        return False
    if ending(step) is not None or step.role is not None or FUTURES.search(step.name):
        return False  # it serves or waits
    if isinstance(step, Call) and step.use == "raised":
        return False
    return step.name != "sys.exit" and not SAYS.search(step.name)

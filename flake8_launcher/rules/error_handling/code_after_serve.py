"""LS508."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator, Sequence

from flake8_launcher.knowledge import Role, canonical, known_roles_of, preparing, root_of
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.signals import NO_HANDLERS
from flake8_launcher.launch import Call, Launcher, LaunchPath, Loop, Step
from flake8_launcher.launch.model import ROUNDS, said
from flake8_launcher.launch.paths.endings import (
    PROCESSES,
    THREADS,
    ending,
    is_event_loop,
    makes_thread,
    taker,
)
from flake8_launcher.launch.paths.waits import makes_task
from flake8_launcher.launch.questions.parting import parted
from flake8_launcher.launch.questions.readiness import says_ready
from flake8_launcher.launch.questions.signals import is_about, sets_handler
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation

_SAYS = deferred(r"(?:^|[._])(?:print|debug|info|warning|log|msg|echo|secho|write)$")
_SERVICE = (
    r"(?:agent|api|app|application|bot|consumer|daemon|listener|proxy|scheduler|server|servers"
    r"|service|services|worker|workers)"
)
_ANNOUNCES = deferred(
    r"\b(?:listening|serving|waiting for (?:clients|connections|events|jobs|messages|requests)"
    r"|ready to (?:accept|handle|receive|serve)|running (?:on|at)"
    rf"|(?:is|are|now|{_SERVICE}) up (?:on|at)"
    rf"|(?:is|are|now|up and) (?:ready|running|started)|start(?:ed|ing)\b.{{0,200}}\b{_SERVICE}"
    rf"|{_SERVICE}\b.{{0,200}}\b(?:running|started))\b|^\W*(?:ready|running|start(?:ed|ing))\W*$",
    re.IGNORECASE,
)
_TELLS_THE_END = deferred(
    r"\b(?:abort|bye|ca?n?not|clean\w*|clos\w*|complet\w*|could|done|down|end\w*|error"
    r"|(?<!\bto )exit\w*|fail\w*|finish\w*|halt\w*|interrupt\w*|kill\w*|never|no|not"
    r"|(?<!\bto )quit\w*|re-?start\w*|shut\w*|stop\w*|terminat\w*|was|were|without)\b|n't",
    re.IGNORECASE,
)
_OF_ALL_KINDS = ("asyncio", "threading")
"""Packages whose waits are for whatever ends them, which need not be the end of a service."""
_RUN = ("asyncio.run", "asyncio.AbstractEventLoop().run_until_complete", "anyio.run", "trio.run")
"""Loops that may be run again and again, each time until something stops them."""
_STARTED = THREADS | PROCESSES
_STARTS = frozenset(f"{name}().start" for name in _STARTED)
_TAKEN = ("dropped", "returned", "assigned", "tested")


class CodeAfterServe(Rule):
    """Code that was meant to run before the serve call stands after it.

    ## What it does

    Reports a step after a call, or a loop, that serves until the service ends: a message that
    says the service is listening, running or started, a signal handler that is registered, another
    serve call, a thread, process or scheduler that is started, a task that goes on for ever, a
    subscription, route or job that is added, a browser that is opened, a call that tells systemd
    that the service is ready. Cleanup, exits and messages about the end are fine, and so is what
    follows a call that may be skipped or that a thread or task takes.

    ## Why

    The serve call returns when the service ends. The message comes when it is false, the signal
    handler is never there while there is something to stop, and the second server does not run
    before the first has ended.

    ## Example

    ```python
    import logging

    import waitress

    LOG = logging.getLogger(__name__)


    def main():
        waitress.serve(application, port=8080)
        LOG.info("listening on port 8080")
    ```

    ## Use instead

    ```python
    import logging

    import waitress

    LOG = logging.getLogger(__name__)


    def main():
        LOG.info("listening on port 8080")
        waitress.serve(application, port=8080)
    ```

    ## When to ignore it

    Where the serve call is known to return at once in this program, as with a server that is
    told to run in the background.
    """

    code = "LS508"
    name = "code-after-serve"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (561,)
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each step that comes too late."""
        yield from (
            Violation(
                where.line,
                where.column,
                f"{where.way} {what} only after {serve.located_way}, which serves until the "
                "service ends",
                # else each caller has brought them into this order
                (step,) if where.way == step.way else (),
            )
            for path in launcher.own_launches
            for serve, step, what in _late(path)
            for where in (parted(step, serve),)
        )


def _late(path: LaunchPath) -> Iterator[tuple[Step, Step, str]]:
    serve: Step | None = None
    for index, step in enumerate(path.steps):
        if serve is None or (serve.conditional and not _is_as_sure(step, serve)):
            serve = step if _serves_for_ever(path.steps, index) else serve
        elif isinstance(serve, Loop) and step.is_in_rounds_of(serve):
            continue  # it is what the loop does
        elif _is_as_sure(step, serve) and not (step.is_imported or _is_away(step)):
            what = _done_in_vain(path, serve, step)
            if is_event_loop(serve) and not (_announces(step) or _listens(step)):
                continue  # it may have been told to end
            if is_event_loop(serve) and any(map(is_event_loop, path.steps[index:])):
                continue  # it runs again
            if what and (step.line, step.column, step.place) != (
                serve.line,
                serve.column,
                serve.place,
            ):
                yield serve, step, what
    if not isinstance(serve, Loop) or serve.conditional:
        return
    for step in path.unreached:
        is_behind = serve.chain[: len(step.chain)] == step.chain and not step.conditional
        if is_behind and (what := _done_in_vain(path, serve, step)):
            yield serve, step, what


def _done_in_vain(path: LaunchPath, serve: Step, step: Step) -> str:
    """Return what a step does that means nothing once something has served, or nothing."""
    return _meant_for_before(step) or _started_late(path, serve, step) or _prepares(step, serve)


def _is_as_sure(step: Step, serve: Step) -> bool:
    """Tell whether a step surely runs where another one has, and only there if that is not sure.

    So do both in one branch.
    """
    if not (step.conditional and serve.conditional):
        return not step.conditional and not serve.conditional
    ways = [{(id(one.fork), one.number) for one in each.arms} for each in (step, serve)]
    return bool(ways[0]) and ways[0] == ways[1]


def _is_away(step: Step) -> bool:
    """Tell whether a step runs in another thread or task, and does not make that itself."""
    return step.is_detached and not (isinstance(step, Call) and makes_thread(step))


def _serves_for_ever(steps: Sequence[Step], index: int) -> bool:
    """Tell whether a step serves for ever, and in the thread that goes on after it."""
    step = steps[index]
    is_wait = step.role is Role.WAIT and _waits_for_service(steps, index)
    if not (step.role is Role.SERVE or is_wait) or step.is_imported or step.is_detached:
        return False
    if isinstance(step, Call):
        known = ending(step)
        if step.seen or known is None or known.blocks is not True:
            return False
    elif not (isinstance(step, Loop) and step.is_endless):
        return False
    uses = (step.use, *step.uses) if isinstance(step, Call) else step.uses
    if not all(use in _TAKEN or canonical(use) in _RUN for use in uses):
        return False
    calls = (one for one in steps[:index] if isinstance(one, Call))
    return not any(_is_started_thread(one, step) for one in calls)


def _waits_for_service(steps: Sequence[Step], index: int) -> bool:
    """Tell whether a step is the wait that a service needs which another step has started."""
    step = steps[index]
    if not isinstance(step, Call) or step.arguments or root_of(step.name) in _OF_ALL_KINDS:
        return False
    started = (ending(one) for one in steps[:index] if isinstance(one, Call))
    return any(known is not None and known.needs == canonical(step.name) for known in started)


def _is_started_thread(call: Call, step: Step) -> bool:
    """Tell whether a call starts the thread or process whose ``run`` leads to a step."""
    chain = (*call.chain, call.name)
    return step.chain[: len(chain)] == chain and bool(taker(call))


def _meant_for_before(step: Step) -> str:
    """Return what a step does that was meant for before, or nothing."""
    if not isinstance(step, Call):
        return ""
    if sets_handler(step):
        if is_about(step, signal.SIGALRM):
            return ""  # a timer of its own, for an end that takes too long
        names = {name for argument in step.arguments[1:] for name in argument.names}
        return "registers a signal handler" if names - NO_HANDLERS else ""
    if Role.SERVE in known_roles_of(step.name) and step.role is Role.SERVE:
        known = ending(step)
        return "starts" if known is not None and not is_event_loop(step) else ""
    if _listens(step):
        return "listens"
    if _starts_work(step):
        return "starts work in the background"
    return "announces the service" if _announces(step) else ""


def _prepares(step: Step, serve: Step) -> str:
    """Return how a step adds to what has been served by then, or nothing."""
    if not isinstance(step, Call) or step.seen or _is_round(step, serve):
        return ""
    if says_ready(step):
        return "says that the service is ready"
    name = canonical(step.name)
    return next((what for shape, what in preparing.CALLS if shape.search(name)), "")


def _is_round(step: Step, other: Step) -> bool:
    """Tell whether a loop does both of two steps again and again."""
    return any(arm.kind in ROUNDS and arm in other.arms for arm in step.arms)


def _announces(step: Step) -> bool:
    """Tell whether a step says that the service is there."""
    if not isinstance(step, Call) or step.seen or not _SAYS.search(step.name):
        return False
    return any(
        _ANNOUNCES.search(text) and not _TELLS_THE_END.search(text)
        for argument in step.arguments[:1]
        for text in said(argument)
    )


def _listens(step: Step) -> bool:
    """Tell whether a step binds a port, and leaves the serving to what ran before."""
    known = ending(step)
    return known is not None and known.binds and known.blocks is False


def _started_late(path: LaunchPath, serve: Step, step: Step) -> str:
    """Return what to say of the start of an endless task, or of a thread that is made before."""
    if isinstance(step, Call) and makes_task(step.name):
        return "starts a task that goes on for ever" if _goes_on_in(path, step) else ""
    if not isinstance(step, Call) or canonical(step.name) not in _STARTS:
        return ""
    calls = path.steps[: path.steps.index(serve)]
    made = [one for one in calls if isinstance(one, Call) and _STARTED.intersection(one.names)]
    is_one = len(made) == 1 and _starts_work(made[0])
    return "starts work in the background" if is_one else ""


def _goes_on_in(path: LaunchPath, task: Call) -> bool:
    """Tell whether a task that a call makes goes on until the service ends."""
    return any(
        isinstance(one, Loop) and one.is_endless and one.sites[-1].runner is task.node
        for one in path.steps
        if one.sites
    )


def _starts_work(call: Call) -> bool:
    """Tell whether a call starts something that works beside the service, and does not end it."""
    known = ending(call)
    if Role.START in known_roles_of(call.name) or (known is not None and known.needs):
        return True
    if not any(canonical(name) in _STARTED for name in call.names):
        return False
    names = [name for argument in call.arguments for name in argument.names]
    return bool(names) and not any(map(_TELLS_THE_END.search, names))

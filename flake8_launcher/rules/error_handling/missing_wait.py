"""LS507."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import Role, known_roles_of, language
from flake8_launcher.knowledge.coroutines import makes_coroutine
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.endings import Ending
from flake8_launcher.launch import (
    Await,
    Call,
    Launcher,
    LaunchPath,
    Loop,
    ModuleImport,
    Return,
    Step,
)
from flake8_launcher.launch.paths.endings import (
    Detached,
    detached,
    ending,
    is_daemon,
    is_process,
    is_task,
    may_wait,
    taker,
)
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, at
from flake8_launcher.semantic.running.events import UNAWAITED

_ENTRIES = ("", "__main__", "main")
_THREAD = deferred(r"(?:^threading|^multiprocessing.*)\.(?:Thread|Timer|Process)(?:\(\)\.\w+)?$")
_STAYS = deferred(
    r"^(?:anyio|cherrypy|curio|telegram|trio)\.(?!run$)|Thread\(\)\.start$|Process\(\)\.start$"
)
"""Names of what keeps the process alive by threads of its own."""
_SAYS = deferred(r"(?:^|[._])(?:debug|echo|getLogger|info|log|print|secho|warning)$")
"""Names of what says something, and takes no time."""


class MissingWait(Rule):
    """The process starts to serve and ends at once.

    ## What it does

    Reports a call that starts a service and does not block, a serve call in a task of a
    coroutine, or in the only thread or process where that is a daemon, where nothing on the rest
    of the launch path waits: no `wait()`, no other serve call, no loop, nothing that is awaited,
    and nothing unknown that could wait. Silent where the path cannot be followed to its end, and
    where another thread or process is started too. Reported as well: a call that only makes a
    coroutine which would serve, and drops it.

    ## Why

    `service.launch()`, `server.start()` of grpc, `Controller.start()` of aiosmtpd and their kin
    return at once, and so do `websockets.serve()` and `asyncio.start_server()` when they are
    awaited. What serves are threads that end with the main thread, or green threads and tasks that
    run only while it waits: the process exits with status 0, and there is no service. A coroutine
    that nothing awaits never runs; Python says so in a warning.

    ## Example

    ```python
    from concurrent import futures

    import grpc


    def main():
        server = grpc.server(futures.ThreadPoolExecutor())
        server.add_insecure_port("[::]:50051")
        server.start()
    ```

    ## Use instead

    ```python
    from concurrent import futures

    import grpc


    def main():
        server = grpc.server(futures.ThreadPoolExecutor())
        server.add_insecure_port("[::]:50051")
        server.start()
        server.wait_for_termination()
    ```

    ## When to ignore it

    Where something that cannot be seen keeps the process, such as a thread of a library
    written in C or a host that embeds Python.

    ## References

    - [grpc: Server.start](https://grpc.github.io/grpc/python/grpc.html#grpc.Server.start)
    - [oslo.service: usage](https://docs.openstack.org/oslo.service/latest/user/usage.html)
    """

    code = "LS507"
    name = "missing-wait"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = ()
    needs_whole_path = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield at most one violation for each launch path."""
        yield from _all_unwaited(launcher)


def _all_unwaited(launcher: Launcher) -> Iterator[Violation]:
    entries = {path.entry for path in launcher.own_launches}
    for path in launcher.own_launches:
        is_main = path.entry in _ENTRIES or path.declared or path.is_command
        if not is_main or not path.complete:
            continue
        unawaited = list(_unawaited(path))
        yield from unawaited
        if unawaited or (
            not path.entry and ("__main__" in entries or _may_go_on(launcher, path))
        ):
            continue
        handed = _handed(path)
        if handed is not None:
            yield handed
        found = _unwaited(path)
        if found is not None:
            step, end = found
            text = (
                f"{step.way} does not block, and nothing waits after it: the process ends at "
                f"once, with status 0; {end.needs or 'a call that waits'} is missing"
            )
            yield at(step, text)


def _unawaited(path: LaunchPath) -> Iterator[Violation]:
    """Yield the calls that only make a coroutine which would serve, and drop it."""
    awaited = {id(step.node) for step in path.steps if isinstance(step, Await)}
    for step in path.calls:
        if step.is_imported:
            continue
        makes = f"{step.way} makes a coroutine that nothing awaits"
        if step.use == UNAWAITED:
            inside = (one for one in path.inside(step) if one.role is Role.SERVE)
            if serve := next(inside, None):
                yield at(step, f"{makes}: {serve.way} never runs")
        elif step.use == "dropped" and makes_coroutine(step.name):
            if id(step.node) not in awaited:
                yield at(step, f"{makes}: it never runs")


def _may_go_on(launcher: Launcher, path: LaunchPath) -> bool:
    """Tell whether what imports a module may wait for what its top level starts.

    It cannot where an event loop has run there, and ended.
    """
    return launcher.standing.is_importable and not any(
        step.name in language.RUNS_COROUTINES for step in path.calls
    )


def _handed(path: LaunchPath) -> Violation | None:
    """Return what is to say of the only thread or task, where it serves and nothing waits."""
    for one in detached(path.steps):
        what = _dies_with_main(path, one)
        if not what or one.call.conditional or one.call.is_imported or _is_late(path, one.call):
            continue
        inside = set(map(id, one.inside))
        rest = [step for step in path.steps if id(step) not in inside and step is not one.call]
        at = path.steps.index(one.call)
        if not any(may_wait(step) for step in path.steps[at + 1 :] if id(step) not in inside):
            if not any(_keeps_alive(step) for step in rest if not _is_thread(step)):
                text = (
                    f"{one.serve.way} is handed to a {what}, and nothing waits after it: the "
                    "process ends at once, with status 0"
                )
                return Violation(one.call.line, one.call.column, text)
    return None


def _is_thread(step: Step) -> bool:
    """Tell whether a step is of a thread or process: there is only one."""
    return any(_THREAD.search(name) for name in step.names)


def _dies_with_main(path: LaunchPath, one: Detached) -> str:
    """Return what takes a serve call, if that ends with the main thread."""
    if is_daemon(path.steps, one.call):
        return "daemon process" if is_process(one.call) else "daemon thread"
    runs = any(step.name in language.RUNS_COROUTINES for step in path.steps)
    return "task" if runs and is_task(one.call) and one.call.use != "returned" else ""


def _unwaited(path: LaunchPath) -> tuple[Step, Ending] | None:
    """Return the last step that starts to serve, and how it ends, if nothing waits after it."""
    is_last = True
    for step in reversed(path.steps):
        known = ending(step)
        starts = known is not None and known.blocks is False and known.needs is not None
        if known is not None and known.blocks is False and is_last and not starts:
            # what may stand beside other work, and does not
            starts = Role.START in known_roles_of(step.name) and not any(map(_blocks, path.calls))
        is_last = is_last and (isinstance(step, Return) or bool(_SAYS.search(step.name)))
        if not starts and (may_wait(step) or _hands_on(step)):
            return None
        if known is None or not starts or not isinstance(step, Call):
            continue
        if step.conditional or step.is_imported or step.is_detached:
            return None
        if step.use == "returned" and len(step.chain) == 1:
            return None
        if any(map(_keeps_alive, path.steps)) or _is_late(path, step):
            return None
        return step, known
    return None


def _is_late(path: LaunchPath, start: Step) -> bool:
    """Tell whether a step starts only after what serves: nothing is missing, it comes too late."""
    before = path.steps[: path.steps.index(start)]
    return any(_serves_on(one) and one.leads_to(start) for one in before)


def _serves_on(step: Step) -> bool:
    """Tell whether the main thread serves or waits in a step until the service ends."""
    if step.is_detached or step.is_imported:
        return False
    if isinstance(step, Loop):
        return step.is_endless
    return isinstance(step, Call) and step.role in (Role.SERVE, Role.WAIT) and _blocks(step)


def _blocks(call: Call) -> bool:
    known = ending(call)
    return known is not None and known.blocks is not False


def _keeps_alive(step: Step) -> bool:
    """Tell whether a step keeps the process alive in a way that the path does not show."""
    if isinstance(step, ModuleImport):
        return False
    if any(map(_STAYS.search, step.names)):
        return True
    known = ending(step)
    return _hands_on(step) and (known is None or known.needs is None)


def _hands_on(step: Step) -> bool:
    """Tell whether a step gives work to something else than the event loop."""
    return isinstance(step, Call) and bool(taker(step)) and not is_task(step)

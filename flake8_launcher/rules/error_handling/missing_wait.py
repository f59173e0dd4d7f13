"""LS507."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.endings import Ending
from flake8_launcher.launch import Launcher, LaunchPath, Step
from flake8_launcher.launch.endings import detached, ending, is_daemon, may_wait, taker
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Violation, once_a_place

_ENTRIES = ("", "__main__", "main")
_AWAITED = deferred(r"^(?:aiohttp|anyio|asyncio|curio|trio|uvloop|websockets)\b|\.aio\.")
"""Names of what coroutines wait for: what they await need not be a call."""
_STAYS = deferred(r"^(?:cherrypy|telegram)\.|Thread\(\)\.start$|Process\(\)\.start$")
"""Names of what keeps the process alive by threads of its own."""


class MissingWait(Rule):
    """The process starts to serve and ends at once.

    ## What it does

    Reports a call that starts a service and does not block, or the only thread, which serves and
    is a daemon, where nothing on the rest of the launch path waits: no `wait()`, no other serve
    call, no loop, and nothing unknown that could wait. Silent where the path cannot be followed
    to its end, where another thread or process is started too, and in coroutines.

    ## Why

    `service.launch()`, `server.start()` of grpc, `Controller.start()` of aiosmtpd and their kin
    return at once. What serves are threads that end with the main thread, or green threads that
    run only while it waits: the process exits with status 0, and there is no service.

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

    ## References

    - [grpc: Server.start](https://grpc.github.io/grpc/python/grpc.html#grpc.Server.start)
    - [oslo.service: usage](https://docs.openstack.org/oslo.service/latest/user/usage.html)
    """

    code = "LS507"
    name = "missing-wait"
    since = "0.1.0"

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield at most one violation for each launch path."""
        yield from once_a_place(_all_unwaited(launcher))


def _all_unwaited(launcher: Launcher) -> Iterator[Violation]:
    entries = {path.entry for path in launcher.paths}
    for path in launcher.launches:
        if path.entry not in _ENTRIES or not path.complete:
            continue
        if not path.entry and (launcher.importable or "__main__" in entries):
            continue
        daemon = _daemon(path)
        if daemon is not None:
            yield daemon
        found = _unwaited(path)
        if found is not None:
            step, end = found
            text = (
                f"{step.way} does not block, and nothing waits after it: the process ends at "
                f"once, with status 0; {end.needs} is missing"
            )
            yield Violation(step.line, step.column, text)


def _daemon(path: LaunchPath) -> Violation | None:
    """Return what is to say of the only thread, where it serves and the process ends at once."""
    for one in detached(path.steps):
        if not is_daemon(path.steps, one.call) or one.call.conditional or one.call.is_imported:
            continue
        inside = set(map(id, one.inside))
        rest = [step for step in path.steps if id(step) not in inside and step is not one.call]
        at = path.steps.index(one.call)
        if not any(may_wait(step) for step in path.steps[at + 1 :] if id(step) not in inside):
            if not any(_keeps_alive(step) for step in rest if not _is_thread(step)):
                text = (
                    f"{one.serve.way} is handed to a daemon thread, and nothing waits after it: "
                    "the process ends at once, with status 0"
                )
                return Violation(one.call.line, one.call.column, text)
    return None


def _is_thread(step: Step) -> bool:
    return step.name.startswith("threading.Thread")


def _unwaited(path: LaunchPath) -> tuple[Step, Ending] | None:
    """Return the last step that starts to serve, and how it ends, if nothing waits after it."""
    for step in reversed(path.steps):
        known = ending(step)
        starts = known is not None and known.blocks is False and known.needs is not None
        if not starts and (may_wait(step) or taker(step)):
            return None
        if known is None or not starts:
            continue
        if step.conditional or step.is_imported or step.use == "returned":
            return None
        if any(map(_keeps_alive, path.steps)):
            return None
        return step, known
    return None


def _keeps_alive(step: Step) -> bool:
    """Tell whether a step keeps the process alive in a way that the path does not show."""
    names = (step.name, *step.aliases)
    if any(_AWAITED.search(name) or _STAYS.search(name) for name in names):
        return step.use != "import"
    known = ending(step)
    return bool(taker(step)) and (known is None or known.needs is None)

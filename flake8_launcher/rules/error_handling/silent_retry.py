"""LS513."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.launch import Catch, Handler, Launcher, LaunchPath, Step
from flake8_launcher.launch.paths import handling
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation

_PAUSES = ("sleep", "wait")
_QUIET = frozenset({"close", "collect", "disconnect", "kill", "stop", "terminate", *_PAUSES})
"""Last names of calls that tell nobody anything."""

_EXPECTED = frozenset(
    {
        "BlockingIOError",
        "InterruptedError",
        "TimeoutError",
        "queue.Empty",
        "socket.timeout",
        "asyncio.TimeoutError",
    }
)
"""Types that a step which waits raises when nothing has come."""


class SilentRetry(Rule):
    """A launch step is tried again for ever, and nobody is told why.

    ## What it does

    Reports a handler in an endless loop that swallows the failure of a launch step and goes to
    the next round with no message, no pause that grows and no end. To connect to a database or a
    broker is a launch step, and so is to bind a port.

    A call that may tell somebody, or a pause that is not the same in each round, is enough.

    ## Why

    A port that is taken or a password that is wrong stays so. The process looks alive to its
    supervisor and never serves, its log is empty, and with a short pause or none it uses a
    processor for that.

    ## Example

    ```python
    import time

    import uvicorn


    def main():
        while True:
            try:
                uvicorn.run(application, port=8080)
            except Exception:
                time.sleep(1)
    ```

    ## Use instead

    Try a few times, say why, and then let the supervisor decide.

    ```python
    import logging
    import time

    import uvicorn

    LOG = logging.getLogger(__name__)


    def main():
        for attempt in range(5):
            try:
                return uvicorn.run(application, port=8080)
            except Exception:
                LOG.exception("the service has failed, attempt %d", attempt)
                time.sleep(2**attempt)
        raise SystemExit("the service does not start")
    ```

    ## When to ignore it

    Where the other side is known to be away for hours and a metric tells how long: say so in
    the loop, once, at least.
    """

    code = "LS513"
    name = "silent-retry"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (390, 835)
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each handler that tries again in silence."""
        seen: set[int] = set()
        for path in launcher.own_launches:
            for _, step in handling.handlers(path):
                if id(step.node) not in seen and (found := _found(path, step)):
                    seen.add(id(step.node))
                    yield found


def _found(path: LaunchPath, step: Catch) -> Violation | None:
    handler = step.handler
    retry = handler.retry
    if retry is None or handler.may_end or not _is_failure(handler):
        return None
    if handler.how not in ("break", "continue", "loop"):
        return None
    if any(_may_tell(name, same) for name, same in retry.calls):
        return None
    guarded = path.under(handler.guard)
    steps = handling.launching(guarded) or list(filter(_prepares, guarded))
    if not steps:
        return None
    place = f"{step.place.rpartition(':')[0]}:" if step.place else "l. "
    text = (
        f"a failure of {steps[0].located_way} is tried again for ever ({place}{retry.line}), "
        "without a message, a pause that grows or an end"
    )
    return Violation(step.line, step.column, text, (steps[0], step))


def _prepares(step: Step) -> bool:
    """Tell whether a step makes a connection that the service needs, or one that others make."""
    return handling.connects(step) or handling.binds(step)


def _is_failure(handler: Handler) -> bool:
    catches = handler.catches
    return any(map(handling.catches_failure, catches)) and not _EXPECTED.issuperset(catches)


def _may_tell(name: str, same: bool) -> bool:
    """Tell whether a call may tell somebody about the failure, or wait longer each time."""
    last = name.rpartition(".")[2]
    return last not in _QUIET or (last in _PAUSES and not same)

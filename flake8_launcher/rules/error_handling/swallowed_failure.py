"""LS501."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.launch import Catch, Guard, Launcher, LaunchPath, Raise, Step
from flake8_launcher.launch.paths.leaving import left
from flake8_launcher.launch.paths.status import (
    caught_exit,
    handlers,
    kept_from_serving,
    status_after,
    swallowed,
)
from flake8_launcher.launch.questions.circumstances import is_for_tests
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, at


class SwallowedFailure(Rule):
    """A handler ends the launcher as if all were well.

    ## What it does

    Reports an `except` clause around the creation of a service, its serve call, the wait for its
    end or the load of its configuration, after which the process ends with status 0. The clause
    catches `Exception`, `BaseException` or everything. `OSError` counts as well around what binds
    the port, around a connection that fails with it, and around the load of a configuration file,
    unless the clause writes that file. So do a library's own exceptions around calls of that
    library (`redis.ConnectionError`, `discord.LoginFailure`), unless they only report a normal
    end, such as a closed connection. A clause around any other call counts if the process would
    otherwise have gone on to serve, and so does one for an error that the project itself raises
    before it serves. A clause around the `await` of a task counts as one around what the task
    runs, and one inside the loop that serves counts if it leaves that loop, by `break`, `return`
    or the loop's flag. A `finally` block that returns or exits hides the failure as well, and
    counts as such a clause. What the clause does is followed to the end of the process: through
    `return`, the callers, what these do with `None` or `False` (`if config is None: return`) and
    `sys.exit()`.

    Nothing is reported of a handler that raises again, exits with another status or returns what
    the caller exits with, of one for the project's own exceptions that says 0 itself
    (`sys.exit(0)`, `return 0`), and of one after which something else may serve, retry, check or
    fail. Of a handler that fails itself, LS510 tells.

    ## Why

    A supervisor (systemd, a container runtime) sees status 0 and takes a service that never
    started for one that was stopped on purpose: `Restart=on-failure` does not start it
    again, and no alarm goes off. A line in the log does not change that.

    ## Example

    ```python
    import logging

    import waitress

    LOG = logging.getLogger(__name__)


    def main():
        try:
            waitress.serve(application, port=8080)
        except Exception:
            LOG.exception("the service has failed")


    if __name__ == "__main__":
        main()
    ```

    ## Use instead

    ```python
    import logging
    import sys

    import waitress

    LOG = logging.getLogger(__name__)


    def main():
        try:
            waitress.serve(application, port=8080)
        except Exception:
            LOG.exception("the service has failed")
            return 1
        return 0


    if __name__ == "__main__":
        sys.exit(main())
    ```

    ## When to ignore it

    Where the service is optional, and whoever starts it has to go on without it. Say in a comment
    who that is: a supervisor will not restart the service.

    ## References

    - [systemd.service: Restart=](https://man7.org/linux/man-pages/man5/systemd.service.5.html)
    """

    code = "LS501"
    name = "swallowed-failure"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = (390, 393)
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each `try` whose handler ends the process with status 0."""
        for path in launcher.own_launches:
            yield from _swallowing(path)


def _swallowing(path: LaunchPath) -> Iterator[Violation]:
    """Yield one violation for each `try`, on the first of its handlers that does so."""
    told: set[Guard] = set()
    for step in handlers(path):
        failed = swallowed(path, step) or kept_from_serving(path, step) or left(path, step)
        if failed and step.handler.guard not in told and status_after(path, step) == 0:
            if is_for_tests(failed) or caught_exit(path, step) or _is_meant(failed, step):
                continue
            told.add(step.handler.guard)
            yield at(step, _text(failed, step))


def _is_meant(failed: Step, step: Catch) -> bool:
    """Tell whether a clause for an error of the project's own says that the status is 0."""
    status = step.handler.status
    is_own = isinstance(failed, Raise) and not step.handler.foreign
    return is_own and status is not None and status.literal == 0 and status.literal is not False


def _text(failed: Step, step: Catch) -> str:
    how = {
        "exit": "exits with that status",
        "return": "returns",
        "continue": "goes on to the end",
        "break": "leaves the loop",
        "loop": "goes on to the end",
    }[step.handler.how]
    place = f" ({step.place})" if step.place else ""
    happens = "is raised" if isinstance(failed, Raise) else "has failed"
    text = f"the process ends with status 0 when {failed.located_way} {happens}"
    if step.handler.block in ("call", "with statement"):
        how = "suppresses that"
    return f"{text}: the {step.handler.block}{place} {how}"

"""LS505."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import language
from flake8_launcher.launch import Catch, Launcher, LaunchPath, Step
from flake8_launcher.launch.paths.status import (
    caught_exit,
    handlers,
    status_after,
)
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, at

_EXITS = language.ENDS_PROCESS | {"SystemExit"}
"""What does nothing but end the process."""


class CaughtExit(Rule):
    """A handler catches an exit and loses its status.

    ## What it does

    Reports a bare `except:`, `except BaseException` or `except SystemExit` around a launch step
    that exits with a status other than 0 when it fails (`uvicorn.run()`, `gunicorn`, Flask's
    `run()`, an own `sys.exit(1)`), where the process then ends with status 0.

    A handler that also hides other failures is reported here, and not by LS501 as well.

    `except SystemExit as e: sys.exit(e)`, `return e` and a plain `raise` keep the status.

    ## Why

    These steps report a failure by `SystemExit`, not by an error: the handler that was meant for
    an interrupt or for the end of the service takes it for that. A supervisor sees status 0 and
    does not start the service again.

    ## Example

    ```python
    import uvicorn


    def main():
        try:
            uvicorn.run(application, port=8080)
        except (KeyboardInterrupt, SystemExit):
            print("stopped")


    if __name__ == "__main__":
        main()
    ```

    ## Use instead

    ```python
    import uvicorn


    def main():
        try:
            uvicorn.run(application, port=8080)
        except KeyboardInterrupt:
            print("stopped")


    if __name__ == "__main__":
        main()
    ```

    ## When to ignore it

    Where the exit is caught to do something at the end, and the status is known to be lost on
    purpose, as in a test runner.

    ## References

    - [SystemExit](https://docs.python.org/3/library/exceptions.html#SystemExit)
    """

    code = "LS505"
    name = "caught-exit"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (393,)
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each handler after which the status is another."""
        for path in launcher.own_launches:
            yield from _lost(path)


def _lost(path: LaunchPath) -> Iterator[Violation]:
    for step in handlers(path):
        caught = caught_exit(path, step)
        if caught and status_after(path, step) == 0:
            yield at(step, _text(caught, step))


def _text(caught: tuple[Step, int], step: Catch) -> str:
    exits, status = caught
    place = f" ({step.place})" if step.place else ""
    if exits.name in _EXITS:
        return (
            f"the exit by {exits.located_way} has status {status}, "
            f"and the {step.handler.block}{place} turns that into status 0"
        )
    return (
        f"{exits.located_way} exits with status {status} when it has failed, "
        f"and the {step.handler.block}{place} turns that into status 0"
    )

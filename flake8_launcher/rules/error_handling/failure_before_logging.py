"""LS504."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import canonical, root_of
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.launch import (
    Call,
    Catch,
    Handler,
    Launcher,
    LaunchPath,
    ModuleImport,
    Return,
    Role,
    Step,
)
from flake8_launcher.launch.paths import handling
from flake8_launcher.launch.paths.status import exit_of, first_call, status_after
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, at

_DROPPED = deferred(
    r"^(?:logging|logging\.getLogger\(\)|oslo_log\.log\.getLogger\(\))\.(debug|info|log)$"
)
_LEVELS = frozenset({10, 20, "logging.DEBUG", "logging.INFO"})
"""Levels that nothing shows before logging is set up."""
_HARMLESS = deferred(
    r"(?:^|\.)(?:_\w*|close|format(?:_\w+)?|getLogger|join|repr|sleep|stop|str)$"
)
_LEAVES_LOGGING = frozenset(
    {
        "aiohttp",
        "asyncio",
        "bottle",
        "cheroot",
        "eventlet",
        "flask",
        "gevent",
        "grpc",
        "http",
        "hypercorn",
        "socketserver",
        "uvicorn",
        "waitress",
        "werkzeug",
        "wsgiref",
        "xmlrpc",
    }
)
"""Top-level packages of what serves and does not change the root logger's level."""
_SETS_UP = deferred(
    r"^logging\.(?!getLogger$|getLogger\(\)\.(?:critical|debug|error|exception|info|log|warning)$)"
)


class FailureBeforeLogging(Rule):
    """A failure is logged before logging is set up, and the message is dropped.

    ## What it does

    Reports the message of a handler for a launch step that runs before logging is set up, or in a
    launcher that never sets it up, when all that the handler tells goes to a logger with the level
    INFO or DEBUG, and it then goes on, returns or exits. Where it exits, or returns the status of
    a failure, the step may be any that the handler is there for.

    Messages of WARNING and above are fine: before logging is set up, Python writes them to
    standard error. So is anything else that may report the failure: `print`, `sys.exit` with a
    text, `raise`.

    ## Why

    Until something sets logging up, the level is WARNING. The message is dropped, and the process
    ends, or goes on without what failed, and nobody is told.

    ## Example

    ```python
    import logging
    import sys

    from oslo_config import cfg
    from oslo_service import service

    LOG = logging.getLogger(__name__)


    def main():
        try:
            cfg.CONF(sys.argv[1:], project="orchard")
        except cfg.Error as error:
            LOG.info("no configuration: %s", error)
            sys.exit(1)
        service.launch(cfg.CONF, Service()).wait()


    if __name__ == "__main__":
        main()
    ```

    ## Use instead

    ```python
    import sys

    from oslo_config import cfg
    from oslo_service import service


    def main():
        try:
            cfg.CONF(sys.argv[1:], project="orchard")
        except cfg.Error as error:
            sys.exit(f"no configuration: {error}")
        service.launch(cfg.CONF, Service()).wait()


    if __name__ == "__main__":
        main()
    ```

    ## When to ignore it

    Where something else sets up logging in all processes that get here, such as the
    environment of a platform that runs the code.

    ## References

    - [logging: what happens if no configuration is
      provided](https://docs.python.org/3/howto/logging.html#what-happens-if-no-configuration-is-provided)
    """

    code = "LS504"
    name = "failure-before-logging"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (778,)
    needs_whole_path = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each handler whose message is dropped."""
        yield from (
            at(*told)
            for path in launcher.starts
            if path in launcher.own_launches
            for index, step in handling.handlers(path)
            if (told := _told(path, index, step))
        )


def _told(path: LaunchPath, index: int, step: Catch) -> tuple[Step, str] | None:
    """Return the call of a handler whose message is dropped, and what to say of it."""
    handler = step.handler
    if not any(map(handling.catches_failure, handler.catches)) or not _is_silent(handler):
        return None
    told = _dropped(path, index, handler)
    if told is None:
        return None
    guarded = path.under(handler.guard)
    launching: list[Step] = handling.launching(guarded)
    if not launching and _ends_with_failure(path, step) and (call := first_call(path, step)):
        launching = [call]
    if not launching and not _is_of_expression(path, step):
        return None
    serving = [one for one in launching if one.role in (Role.SERVE, Role.WAIT)]
    if (launching and launching[0].role is Role.LOG) or (serving and not path.complete):
        return None
    failing = handling.failing(handler, launching, guarded) if launching else told
    if failing.role is not Role.LOAD and not all(
        root_of(canonical(one.name)) in _LEAVES_LOGGING for one in serving
    ):
        return None
    before = path.steps[: path.steps.index(failing)]
    acts = (one for one in before if not isinstance(one, ModuleImport))
    if any(one.role is Role.LOG or _SETS_UP.match(one.name) for one in acts):
        return None
    where = f" ({told.place})" if told.place else ""
    when = f"when {failing.located_way} fails" if launching else f"after {handler.catches[0]}"
    return told, (
        f"{when}, the message of {told.name}{where} is dropped, for nothing has set logging up: "
        "nobody is told"
    )


def _is_of_expression(path: LaunchPath, step: Catch) -> bool:
    """Tell whether a handler ends a start for which something is missing, with a failure.

    No call has failed, but the lookup of a key: that of a variable of the environment.
    """
    guard = step.handler.guard
    raised = guard.raised_without_call
    if raised is None or "KeyError" not in raised or step.handler.catches != ("KeyError",):
        return False
    serves = next(path.after(step, Role.SERVE, Role.WAIT), None) is not None
    return serves and _ends_with_failure(path, step)


def _is_silent(handler: Handler) -> bool:
    """Tell whether the end of a handler tells nothing by itself."""
    if handler.how != "exit":
        return handler.how != "raise" and not handler.may_end
    return handler.status is not None and isinstance(handler.status.literal, int | None)


def _dropped(path: LaunchPath, index: int, handler: Handler) -> Step | None:
    """Return the first call of a handler that says something of the failure, if all are lost."""
    told: Step | None = None
    for step in reversed(path.steps[:index]):
        is_other = isinstance(step, Catch) and step.handler.guard is handler.guard
        if is_other or any(guard is handler.guard for guard in step.guards):
            break
        if not _HARMLESS.search(step.name) and not _is_end(step):
            if not _is_dropped(step):
                return None
            told = step
    return told


def _ends_with_failure(path: LaunchPath, step: Catch) -> bool:
    """Tell whether a handler ends the process by itself, or returns the status of a failure."""
    return step.handler.how == "exit" or bool(status_after(path, step))


def _is_end(step: Step) -> bool:
    """Tell whether a step is an end that shows nothing, or makes the exception of one."""
    if isinstance(step, Return):
        return True
    if isinstance(step, Call) and step.use == "raised":
        return True
    status = exit_of(step)
    return status is not None and isinstance(status.literal, int | None)


def _is_dropped(step: Step) -> bool:
    """Tell whether a step is a message that goes to a logger with the level INFO or DEBUG."""
    found = _DROPPED.match(canonical(step.name))
    if found is None or found[1] != "log":
        return found is not None
    level = step.argument(0, "level") if isinstance(step, Call) else None
    return level is not None and bool({level.literal, *level.names} & _LEVELS)

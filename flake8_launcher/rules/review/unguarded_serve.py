"""LS103."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import canonical
from flake8_launcher.launch import Launcher, LaunchPath, Loop, Phase, Role, Step
from flake8_launcher.launch.paths.lanes import lanes
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, at

_SETS_HOOK = "oslo_log.log.setup"
_NAMED = (Phase.CONFIGURATION, Phase.LOGGING, Phase.CREATION, Phase.WAIT)


class UnguardedServe(Rule):
    """Nothing handles a failure of the serve call.

    ## What it does

    Reports the first serve call of a launcher that runs outside any `try` whose handler could
    catch a failure, in its own function and in every caller on the launch path. The message
    names the other steps (configuration, logging, creation, wait) that are outside too.

    A `try` with `finally` alone, a handler for `KeyboardInterrupt` or `SystemExit`, and a `try`
    around other steps do not count. A decorator, a context manager or `contextlib.suppress`
    counts where the code shows that it catches.

    ## Why

    When serving fails (the port is taken, a dependency is away) the process ends with a
    traceback. That may be what you want: the status is 1, and a supervisor starts it again. The
    review asks whether somebody decided so, and whether the failure reaches the log.

    ## Example

    ```python
    import uvicorn


    def main():
        uvicorn.run(application, port=8080)
    ```

    ## Use instead

    ```python
    import logging
    import sys

    import uvicorn

    LOG = logging.getLogger(__name__)


    def main():
        try:
            uvicorn.run(application, port=8080)
        except Exception:
            LOG.exception("the service has failed")
            sys.exit(1)
    ```

    ## When to ignore it

    Where a traceback and status 1 are what you want of a start that fails, because a
    supervisor or container restarts the service and keeps what it prints.

    ## Options

    - `--launcher-entry-points`: entry functions that the packaging metadata does not name and
      that cannot be seen in the module, for this and every other rule.
    """

    code = "LS103"
    name = "unguarded-serve"
    since = "0.1.0"
    severity = Severity.REVIEW
    weaknesses = (754,)
    security = 2.0
    opt_in = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield at most one violation: on the first serve call that nothing guards."""
        for path in launcher.paths:
            serves = list(path.having(Role.SERVE))
            own = [step for step in serves if not step.is_detached]
            for step in own or serves:
                if not step.is_guarded():
                    yield at(step, _text(step, path))
                    return


def _text(serve: Step, path: LaunchPath) -> str:
    text = f"nothing handles a failure of {serve.way}"
    is_loop = isinstance(serve, Loop)
    outside: dict[Phase, Step] = {}
    # what stands in another thread or process fails there
    others = (one.steps for one in lanes(path) if serve not in one.steps)
    beside = {id(step) for steps in others for step in steps}
    for step in path.steps:
        is_beside = id(step) in beside or (step.is_detached and not serve.is_detached)
        # what a loop waits for belongs to it
        is_named = step.phase in _NAMED and not (is_loop and step.phase is Phase.WAIT)
        if is_named and not is_beside and not step.is_guarded():
            outside.setdefault(step.phase, step)
    if outside:
        named = [f"{step.phase.value} (l. {step.line})" for step in outside.values()]
        text += f"; nor is a failure of {_joined(named)} handled"
    return text + _hook(path)


def _joined(parts: list[str]) -> str:
    *others, last = parts
    return f"{', '.join(others)} or {last}" if others else last


def _hook(path: LaunchPath) -> str:
    """Say which hook sees what nothing handles."""
    for step in path.steps:
        if step.name == "sys.excepthook":
            return f"; sys.excepthook is set (l. {step.line})"
    if any(canonical(step.name) == _SETS_HOOK for step in path.steps):
        return "; the exception hook of oslo.log logs it"
    return ""

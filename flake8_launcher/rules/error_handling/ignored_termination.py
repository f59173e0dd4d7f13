"""LS512."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence

from flake8_launcher.knowledge import canonical
from flake8_launcher.knowledge.signals import OF_MAIN_THREAD
from flake8_launcher.launch import Argument, Call, Launcher, LaunchPath, Loop, Role, Step
from flake8_launcher.launch.paths.endings import ending
from flake8_launcher.launch.questions.signals import is_about
from flake8_launcher.launch.questions.unread import Looks, unread_flag
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, at

_WAITS_FOR_SIGNALS = (
    "signal.pause",
    "signal.set_wakeup_fd",
    "signal.sigtimedwait",
    "signal.sigwait",
    "signal.sigwaitinfo",
)


class IgnoredTermination(Rule):
    """SIGTERM does not end the service.

    ## What it does

    Reports the call of `signal.signal` that ignores SIGTERM (`SIG_IGN`), or gives it a handler
    that does nothing, only logs, or only sets a flag that nothing looks at, where what serves
    afterwards does not handle SIGTERM by itself. Silent where SIGTERM is handled anywhere else on
    the launch path, where the launcher waits for signals (`signal.pause`, `signal.sigwait`), and
    where it cannot be told what the serve call does.

    ## Why

    Supervisors, containers and `systemctl stop` ask a service to end with SIGTERM. One that goes
    on is killed with SIGKILL when the patience is over: each stop and each restart takes that
    long, and what should have been done at the end is not.

    ## Example

    ```python
    import logging
    import signal

    import waitress

    LOG = logging.getLogger(__name__)


    def on_signal(number, frame):
        LOG.info("got signal %s", number)


    def main():
        signal.signal(signal.SIGTERM, on_signal)
        waitress.serve(application)
    ```

    ## Use instead

    ```python
    import logging
    import signal
    import sys

    import waitress

    LOG = logging.getLogger(__name__)


    def on_signal(number, frame):
        LOG.info("got signal %s", number)
        sys.exit(0)


    def main():
        signal.signal(signal.SIGTERM, on_signal)
        waitress.serve(application)
    ```

    ## When to ignore it

    Where the signal is ignored for a short time only, or where another process ends this one
    by a message.

    ## References

    - [systemd.kill: how processes are
      ended](https://www.freedesktop.org/software/systemd/man/latest/systemd.kill.html)
    - [Kubernetes: termination of
      pods](https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination)
    """

    code = "LS512"
    name = "ignored-termination"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = ()
    is_local = True
    needs_whole_path = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each call that makes the service deaf to SIGTERM."""
        yield from (
            at(
                step,
                f"{_what(step, flag)}, and {serve.located_way} has no handler of its "
                "own: the service goes on until it is killed (SIGKILL)",
            )
            for path in launcher.own_launches
            for step, flag in _deaf(launcher, path)
            if (serve := _serving(path.steps[path.steps.index(step) :]))
        )


def _deaf(launcher: Launcher, path: LaunchPath) -> list[tuple[Call, str]]:
    """Return the step that makes the process deaf to SIGTERM, if nothing else handles it.

    With the flag that it only sets, if it sets one.
    """
    found: list[tuple[Call, str]] = []
    if not path.complete:
        return []
    looks: Looks | None = None
    for step in path.calls:
        if step.name in _WAITS_FOR_SIGNALS:
            return []
        if step.seen or not is_about(step, signal.SIGTERM):
            continue  # what a function of the project does are steps of their own
        sets = canonical(step.name) in OF_MAIN_THREAD
        if not sets or step.conditional:
            return []
        looks = looks or Looks(_texts(launcher, path))
        flag = unread_flag(_handler(step), looks)
        if not flag and not _is_ignoring(step):
            return []
        found.append((step, flag))
    return found[:1]


def _handler(step: Call) -> Argument | None:
    return step.argument(1, "handler") or step.argument(1, "callback")


def _is_ignoring(step: Call) -> bool:
    handler = _handler(step)
    return handler is not None and (handler.idle or handler.names == ("signal.SIG_IGN",))


def _texts(launcher: Launcher, path: LaunchPath) -> Iterator[str]:
    """Yield the texts of the modules that a path leads through."""
    names = {name for step in path.steps for name in step.chain}
    yield from launcher.project.texts_around((launcher.module, *sorted(names)))


def _what(step: Call, flag: str) -> str:
    handler = _handler(step)
    if handler is not None and flag:
        return f"{handler.names[0]} only sets {flag} on SIGTERM, which nothing looks at"
    if handler is None or not handler.idle:
        return f"{step.way} ignores SIGTERM"
    return f"{handler.names[0]} does nothing to end on SIGTERM"


def _serving(steps: Sequence[Step]) -> Step | None:
    """Return the first of some steps that serves and leaves SIGTERM alone, if all do."""
    first: Step | None = None
    for step in steps:
        if step.role not in (Role.SERVE, Role.WAIT) or not isinstance(step, Call | Loop):
            continue
        if isinstance(step, Loop):
            # it has no handler of its own, and goes on after what interrupts it
            first = first or (step if step.is_endless else None)
            continue
        known = ending(step)
        if known is None or known.handles_termination is not False:
            return None
        if known.blocks and first is None:
            first = step
    return first

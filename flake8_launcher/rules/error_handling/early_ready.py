"""LS509."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.launch import Launcher, LaunchPath, Role, Step
from flake8_launcher.launch.endings import ending
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Violation, once_a_place

_NOTIFIES = deferred(r"(?:^|[._])(?:sd_?)?notify(?:_once|_ready)?$", re.IGNORECASE)
_SAYS_READY = deferred(
    r"^(?:oslo_service|(?:\w+\.)*openstack\.common)\.systemd\.notify(?:_once)?$"
    r"|^sd_notify\.Notifier\(\)\.ready$"
)
_READY = "READY=1"


class EarlyReady(Rule):
    """The service says that it is ready before the step that can fail.

    ## What it does

    Reports the call that tells systemd `READY=1` where the launch path loads its configuration
    or binds its port only afterwards.

    ## Why

    With `Type=notify` systemd starts what depends on the service at this message, and a rolling
    update goes on to the next host. When the port is taken or the configuration is wrong, all of
    them have been told that the service is there.

    ## Example

    ```python
    import sdnotify
    import waitress


    def main():
        sdnotify.SystemdNotifier().notify("READY=1")
        waitress.serve(application, port=8080)
    ```

    ## Use instead

    Bind first, then tell, then serve.

    ```python
    import sdnotify
    import waitress


    def main():
        server = waitress.create_server(application, port=8080)
        sdnotify.SystemdNotifier().notify("READY=1")
        server.run()
    ```

    ## References

    - [sd_notify](https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html)
    - [ironic: notify systemd after the service has
      started](https://github.com/openstack/ironic/commit/2c58ab370)
    """

    code = "LS509"
    name = "early-ready"
    since = "0.1.0"

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each message that comes before what can fail."""
        yield from once_a_place(
            Violation(
                ready.line,
                ready.column,
                f"{ready.way} says that the service is ready before {step.located_way}, "
                "which can still fail",
            )
            for path in launcher.launches
            for ready, step in _early(path)
        )


def _early(path: LaunchPath) -> Iterator[tuple[Step, Step]]:
    ready: Step | None = None
    for step in path.steps:
        if step.conditional or step.is_imported or step.is_detached:
            continue
        if ready is None:
            ready = step if _says_ready(step) else None
        elif _can_fail(step):
            yield ready, step
            return


def _says_ready(step: Step) -> bool:
    if step.seen or step.use in ("import", "stored"):
        return False
    if _SAYS_READY.search(step.name):
        return True
    told = any(argument.text and _READY in argument.text for argument in step.arguments)
    return told and _NOTIFIES.search(step.name) is not None


def _can_fail(step: Step) -> bool:
    """Tell whether a step loads the configuration, or binds the port."""
    known = ending(step)
    if known is not None and known.binds:
        return True
    return step.role is Role.LOAD and not step.seen

"""LS502."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import canonical
from flake8_launcher.knowledge.endings import ending_of
from flake8_launcher.launch import Launcher, LaunchPath, Role, Step
from flake8_launcher.launch.status import dropped_with, status_after, status_of
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Violation, once_a_place

_LAUNCH = "oslo_service.service.launch"
_EVENTLET = "BackendType.EVENTLET"
_THREADING = "BackendType.THREADING"


class DroppedStatus(Rule):
    """A value that says how the service ended is thrown away.

    ## What it does

    Reports a call whose result is the exit status and is not used, so that the process ends with
    status 0 whatever it is: the `wait()` of an oslo.service launcher, `run_wsgi()` of swift and
    their kin, also where a function of the project calls them; and a function of the project
    that serves and returns a status such as 1 somewhere.

    ## Why

    `launcher.wait()` does not raise when `start()` of the service has failed: it logs the failure
    and returns 1. Without `sys.exit()` the process ends with status 0, and a supervisor takes the
    service for one that was stopped on purpose.

    ## Example

    ```python
    from oslo_service import service


    def main():
        launcher = service.launch(CONF, Service())
        launcher.wait()


    if __name__ == "__main__":
        main()
    ```

    ## Use instead

    ```python
    import sys

    from oslo_service import service


    def main():
        launcher = service.launch(CONF, Service())
        return launcher.wait()


    if __name__ == "__main__":
        sys.exit(main())
    ```

    ## References

    - [CWE-252: Unchecked Return Value](https://cwe.mitre.org/data/definitions/252.html)
    - [oslo.service: usage](https://docs.openstack.org/oslo.service/latest/user/usage.html)
    """

    code = "LS502"
    name = "dropped-status"
    since = "0.1.0"

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each call whose status is dropped."""
        yield from once_a_place(
            Violation(
                call.line,
                call.column,
                f"{told}, and the process ends with status 0 all the same",
            )
            for path in launcher.launches
            for call, told in _dropped(path)
            if status_after(path, call) == 0
        )


def _dropped(path: LaunchPath) -> Iterator[tuple[Step, str]]:
    """Yield the calls whose result is dropped, and what the message says of it."""
    for step in path.steps:
        if step.is_imported or any(arm.kind == "candidate" for arm in step.arms):
            continue
        ending = ending_of(step.name)
        if ending and ending.status == "returned" and ending.code is not None:
            call = dropped_with(path, step)
            if call is not None and not _is_told_there(call) and not _respawns(path, step):
                yield call, f"{_way(call, step)} {ending.tells}{_mode(path, step)}"
        elif step.seen and step.use == "dropped" and not step.place:
            returned = _status_returned(path, step)
            if returned is not None:
                line = f" (l. {returned.line})" if not returned.place else f" ({returned.place})"
                status = status_of(returned.arguments[0])
                yield step, f"{step.name} may return {status}{line}, which is dropped"


def _way(call: Step, step: Step) -> str:
    return step.way if call is step or step.place else f"{call.name} -> {step.way}"


def _is_told_there(call: Step) -> bool:
    """Tell whether a call stands in the main function of another module, which is a launcher."""
    below = call.chain[call.depth :] if call.place else ()
    return any(name.endswith(".main") for name in below)


def _backends(path: LaunchPath, step: Step) -> str:
    """Return the backends that are chosen for what a step of oslo.service belongs to."""
    if not canonical(step.name).startswith("oslo_service."):
        return ""
    arguments = (one for choice in path.having(Role.BACKEND) for one in choice.arguments)
    return " ".join(name for argument in arguments for name in argument.names)


def _mode(path: LaunchPath, step: Step) -> str:
    """Say which backend the launcher must have, where there is a choice."""
    return " (eventlet backend)" if _THREADING in _backends(path, step) else ""


def _respawns(path: LaunchPath, step: Step) -> bool:
    """Tell whether a launcher may start again for ever what has failed, and not return."""
    backends = _backends(path, step)
    if _THREADING in backends and _EVENTLET not in backends:
        return True
    for launch in path.steps:
        if canonical(launch.name) == _LAUNCH and canonical(step.name).startswith(f"{_LAUNCH}()"):
            workers = launch.argument(2, "workers")
            if workers and workers.literal not in (None, 1):
                return True
    return False


def _status_returned(path: LaunchPath, call: Step) -> Step | None:
    """Return the step that returns a status other than 0 from a function that serves."""
    found: Step | None = None
    serves = False
    level = len(call.chain)
    for step in path.inside(call):
        serves = serves or step.role is Role.SERVE
        handed_up = all(use == "returned" for use in step.uses[level:])
        if step.use == "return" and handed_up and found is None:
            literal = step.arguments[0].literal
            if type(literal) is int and 0 < literal < 256:
                found = step
    return found if serves else None

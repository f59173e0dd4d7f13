"""LS509."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.launch import Call, Launcher, LaunchPath, Role, Step
from flake8_launcher.launch.model import ROUNDS
from flake8_launcher.launch.paths import handling
from flake8_launcher.launch.paths.status import exit_of, status_of
from flake8_launcher.launch.questions.parting import parted
from flake8_launcher.launch.questions.readiness import says_ready
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation

_WRITES = deferred(r"(?:^|\.)(?:write|write_text|writelines)$")
_PID = "os.getpid"
_NEAR = 4
_LOCKS = deferred(r"^(?:fcntl\.(?:flock|lockf)|portalocker\.lock)$")
_OPENS = deferred(r"(?:^|\.)open$")
_NEW = deferred("[bt+]{0,2}x[bt+]{0,2}")
_EXCLUSIVE = "O_EXCL"
_LATER = ("callback", "command", "endless")
"""Ways that are taken while the service runs, or instead of that."""
_ASKED = ("branch", "run", "try")
"""Ways that a condition decides about, if anything does."""


class EarlyReady(Rule):
    """The service says that it is ready before the step that can fail.

    ## What it does

    Reports the call that tells systemd `READY=1`, also by `systemd-notify --ready`, writes the
    process's PID into a file or registers the service with Consul, Eureka, Nacos, ZooKeeper or
    Zeroconf where the launch path loads its configuration or binds its port only afterwards. It
    stands in the function that leads to both. Servers of the standard library bind the port when
    they are created, so that a call after that is fine. What is told to systemd is reported as
    well where the program may still give up: it checks something before it serves, and calls
    `sys.exit(1)`.

    Where systemd or a registry is told, so does a connection to a database or broker that comes
    afterwards, unless a failure of it leaves the service running. A PID file may come before that.
    One that keeps a second process away, as it must not be there yet or is locked, tells nothing.

    ## Why

    With `Type=notify` systemd starts what depends on the service on this message, and a rolling
    update goes on to the next host; with `Type=forking` the PID file does the same, and a
    registry sends requests at once. When the port is taken or the configuration is wrong, all of
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

    ## When to ignore it

    Where what follows cannot fail any more, or where those who wait ask the port themselves
    and the PID file is only for a person.

    ## References

    - [sd_notify](https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html)
    - [ironic: notify systemd after the service has
      started](https://github.com/openstack/ironic/commit/2c58ab370)
    """

    code = "LS509"
    name = "early-ready"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (696,)
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each message that comes before what can fail."""
        yield from (
            Violation(
                where.line,
                where.column,
                f"{where.way} says that the service is ready; only then comes "
                f"{step.located_way}, "
                + ("with which it may give up" if _gives_up(step) else "which can still fail"),
                (ready,),
            )
            for path in launcher.own_launches
            for ready, step in _early(path)
            for where in (parted(ready, step),)
        )


def _early(path: LaunchPath) -> Iterator[tuple[Step, Step]]:
    ready: Step | None = None
    serves = (index for index, step in enumerate(path.steps) if _is_served_by(step))
    served = next(serves, 0)
    for index, step in enumerate(path.steps):
        if step.is_imported:
            continue
        if ready is not None and index < served and says_ready(ready) and _gives_up(step):
            yield ready, step
            return
        if ready is None and not step.is_detached and _may_be_asked_for(step):
            is_ready = not step.conditional and says_ready(step)
            ready = step if is_ready or _writes_pid(path, index) else None
        elif ready is not None and _surely_follows(ready, step) and _can_fail(path, ready, step):
            yield ready, step
            return


def _may_be_asked_for(step: Step) -> bool:
    """Tell whether just what is asked for decides about a step: ``if options.pid_file:``."""
    return all(arm.kind in _ASKED for arm in step.arms)


def _surely_follows(ready: Step, step: Step) -> bool:
    """Tell whether a step is taken wherever the one is that says that the service is ready."""
    return not step.conditional or (ready.conditional and set(step.arms) <= set(ready.arms))


def _is_served_by(step: Step) -> bool:
    """Tell whether the main thread serves in a step."""
    return step.role is Role.SERVE and not step.is_detached


def _gives_up(step: Step) -> bool:
    """Tell whether a step ends the process with another status than 0, as something is wrong."""
    if step.is_detached or any(arm.kind in _LATER for arm in step.arms):
        return False
    value = exit_of(step)
    return value is not None and bool(status_of(value))


def _writes_pid(path: LaunchPath, index: int) -> bool:
    """Tell whether a step writes the number of the process into a file."""
    step = path.steps[index]
    if not _WRITES.search(step.name) or step.name.startswith("sys."):
        return False
    before = path.steps[:index]
    if not any(one.name == _PID and one.chain == step.chain for one in before[-_NEAR:]):
        return False
    return not any(_locks(one) for one in before if one.chain == step.chain)


def _locks(step: Step) -> bool:
    """Tell whether a step takes a file for this process alone, before it does anything else."""
    if not isinstance(step, Call):
        return False
    if _OPENS.search(step.name) is None:
        return _LOCKS.match(step.name) is not None
    return any(
        _NEW.fullmatch(one.text or "") or any(_EXCLUSIVE in name for name in one.names)
        for one in step.arguments
    )


def _can_fail(path: LaunchPath, ready: Step, step: Step) -> bool:
    """Tell whether a step loads the configuration, binds the port, or connects and has to."""
    if handling.binds(step):
        return True
    if isinstance(step, Call) and step.role is Role.LOAD and not step.seen:
        return True
    # a socket of one's own may well lead to systemd, which is told something
    is_asked = handling.connects(step) and not step.name.startswith("socket.")
    return is_asked and says_ready(ready) and not _is_tried_again(path, step)


def _is_tried_again(path: LaunchPath, step: Step) -> bool:
    """Tell whether the service may go on where a step fails, or takes it in each round."""
    if any(arm.kind in ROUNDS for arm in step.arms):
        return True
    around = (path.handlers.get(guard) for guard in step.guards if guard.catches_failures())
    return any(one is None or one.handler.how not in ("raise", "exit") for one in around)

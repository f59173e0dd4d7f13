"""LS206."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import canonical, concurrency
from flake8_launcher.launch import (
    Call,
    Import,
    Launcher,
    LaunchPath,
    Moment,
    Role,
    Step,
    shortened,
)
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation

_CATCHES = (concurrency.ALREADY_SELECTED, "Exception", "BaseException")


class LateBackend(Rule):
    """The backend of oslo.service is chosen after an import has settled it.

    ## What it does

    Reports the import of a module that settles oslo.service's backend (`oslo_service.service`,
    `.wsgi`, `.loopingcall`, `.threadgroup`, `oslo_messaging`), in the launcher or below what it
    imports, where `init_backend()` or `register_backend_default_hook()` comes later.

    ## Why

    These modules take their classes from the backend when they are imported; without a choice
    that is eventlet. `init_backend(BackendType.THREADING)` then raises `BackendAlreadySelected`
    and the service does not start; a default hook is ignored in silence.

    ## Example

    ```python
    from oslo_service import backend
    from oslo_service import service


    def main():
        backend.init_backend(backend.BackendType.THREADING)
        service.launch(CONF, Service()).wait()
    ```

    ## Use instead

    Choose before these imports, as early as in the `__init__.py` of the package that holds the
    launchers.

    ```python
    from oslo_service import backend

    backend.init_backend(backend.BackendType.THREADING)

    from oslo_service import service


    def main():
        service.launch(CONF, Service()).wait()
    ```

    ## When to ignore it

    Where the process is known to use the backend that the import has settled anyway: then the
    call that comes too late can go instead.

    ## References

    - [oslo.service: backends](https://docs.openstack.org/oslo.service/latest/user/backend.html)
    """

    code = "LS206"
    name = "late-backend"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (696,)
    reads = frozenset({"python"})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each import that settles what is chosen later."""
        for path in launcher.starts:
            yield from _late(launcher, path)


def _late(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    settled: Moment | None = None
    late: list[Step] = []
    for moment in launcher.moments(path, path.having(Role.BACKEND)):
        event = moment.event
        if isinstance(event, Step) and event.role is Role.BACKEND:
            chosen = _choice(event)
            if chosen and settled is None:
                return
            if chosen and settled and not _is_same(settled, moment):
                late.append(event)
        elif settled is None and not moment.perhaps and _settling(event):
            settled = moment
    if settled and late:
        # what raises is worse than a hook that is ignored
        yield _violation(settled, next((one for one in late if not _is_hook(one)), late[0]))


def _choice(step: Step) -> bool:
    """Tell whether a step chooses another backend than the default, and fails if it is late."""
    if _is_hook(step):
        return True
    if canonical(step.name) != concurrency.INIT_BACKEND or not isinstance(step, Call):
        return False
    if any(caught.endswith(_CATCHES) for guard in step.guards for caught in guard.catches):
        return False
    backend = step.argument(0, "backend_type")
    return backend is not None and any(one.endswith(".THREADING") for one in backend.names)


def _is_hook(step: Step) -> bool:
    """Tell whether a step registers what chooses the backend where nothing has chosen it."""
    return canonical(step.name) == concurrency.BACKEND_HOOK


def _is_same(one: Moment, other: Moment) -> bool:
    return (one.line, one.column) == (other.line, other.column)


def _settling(event: object) -> str | None:
    """Return the module by which an event settles the backend, if it does."""
    names = event.names if isinstance(event, Import) else ()
    return next((name for name in names if concurrency.settles_backend(name)), None)


def _violation(settled: Moment, choice: Step) -> Violation:
    way = (*settled.chain, _settling(settled.event) or "")
    late = "is ignored" if _is_hook(choice) else "raises BackendAlreadySelected"
    text = (
        f"the import of {shortened(way, of_imports=True)} settles the backend of oslo.service, "
        f"so that {choice.located_way} comes too late and {late}"
    )
    return Violation(settled.line, settled.column, text)

"""LS205."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import canonical, concurrency, root_of
from flake8_launcher.launch import Call, Launcher, LaunchPath, ModuleImport, Part, Role, Step
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation


class MixedConcurrency(Rule):
    """One process is set up for two concurrency models.

    ## What it does

    Reports the second of two choices that a launch path makes, whatever happens: eventlet's
    patch, gevent's patch, and oslo.service's threading backend. Choices under a condition are
    alternatives and not reported. A server of gevent counts as a choice behind eventlet's patch,
    and the other way round.

    ## Why

    Two hubs wait for each other's sockets and never wake; threads that meet green locks switch
    greenlets of another thread. oslo.service takes its threading backend after
    `eventlet.monkey_patch()` without a word.

    ## Example

    ```python
    import eventlet

    eventlet.monkey_patch()

    from oslo_service import backend

    backend.init_backend(backend.BackendType.THREADING)


    def main():
        from oslo_service import service

        service.launch(CONF, Service()).wait()
    ```

    ## Use instead

    ```python
    from oslo_service import backend

    backend.init_backend(backend.BackendType.THREADING)


    def main():
        from oslo_service import service

        service.launch(CONF, Service()).wait()
    ```

    ## When to ignore it

    Where the second choice is known to lose and stands there for another release of the
    library, until the first is gone.

    ## References

    - [oslo.service: backends](https://docs.openstack.org/oslo.service/latest/user/backend.html)
    - [OpenStack: remove
      eventlet](https://governance.openstack.org/tc/goals/selected/remove-eventlet.html)
    """

    code = "LS205"
    name = "mixed-concurrency"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = ()

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each choice that differs from the first."""
        paths = (*launcher.starts, *launcher.patching) if launcher.part is not Part.TEST else ()
        for path in paths:
            yield from _mixed(path)


def _mixed(path: LaunchPath) -> Iterator[Violation]:
    first: tuple[str, Step] | None = None
    told: set[str] = set()
    for step in path.having(Role.IMPORT, Role.PATCH, Role.BACKEND, Role.SERVE):
        model = None if step.conditional else _model(step)
        if model is None:
            continue
        if first is None:
            first = (model, step) if step.role is not Role.SERVE else None
        elif model != first[0] and (step.line, step.place) != (first[1].line, first[1].place):
            if step.role is Role.SERVE and model in told:
                continue
            told.add(model)
            before = first[1]
            chosen = f"import {step.name}" if isinstance(step, ModuleImport) else step.way
            what, it = f"sets this process up for {model}", "it"
            if step.role is Role.SERVE:
                what, it = f"serves with {model}", "this process"
            set_up = f"{before.way} (l. {before.line}) has set {it} up for {first[0]}"
            text = f"{chosen} {what}, after {set_up}"
            yield Violation(step.line, step.column, text)


def _model(step: Step) -> str | None:
    """Return the way to run things at once that a step chooses."""
    if isinstance(step, ModuleImport):
        return concurrency.model_of_import(step.name)
    if step.role is Role.SERVE:
        root = root_of(step.name)
        return root if root in concurrency.GREEN else None
    name = canonical(step.name)
    if name != concurrency.INIT_BACKEND or not isinstance(step, Call):
        return concurrency.model_of(name)
    backend = step.argument(0, "backend_type")
    for chosen in backend.names if backend else ():
        model = chosen.rpartition(".")[2].lower()
        if model in concurrency.MODELS:
            return model
    return None

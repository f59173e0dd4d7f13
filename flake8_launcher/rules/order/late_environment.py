"""LS601."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import order as known
from flake8_launcher.knowledge.quoting import named
from flake8_launcher.launch import Import, Launcher, LaunchPath, Moment, Step
from flake8_launcher.launch.questions import order
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation


class LateEnvironment(Rule):
    """A variable of the environment is set after a library has read it.

    ## What it does

    Reports where the launch sets a variable of the environment after the import, or the call, in
    which a library reads it for the only time: `PROMETHEUS_MULTIPROC_DIR` after the import of
    prometheus_client, `OMP_NUM_THREADS` after that of numpy, `OTEL_SERVICE_NAME` after a
    `TracerProvider()`, `TZ` without a call of `time.tzset()`, `PYTHONUNBUFFERED` and others that
    Python reads when the process begins. The import may stand in
    any module that the launch imports before, and so may the assignment: then the finding stands
    on the import that brings it.

    Which library reads what, and when, was seen in real processes. Variables that are read anew
    each time, such as `SSL_CERT_FILE` and `HTTP_PROXY`, may be set late. What
    eventlet, gevent and locust read is reported by LS207.

    ## Why

    The library goes on with what it found: metrics of several workers are mixed up, a program
    takes every core of the machine, logs come at another level. Nothing tells.

    ## Example

    ```python
    import os

    import prometheus_client
    import uvicorn

    os.environ["PROMETHEUS_MULTIPROC_DIR"] = "/run/pulse/metrics"


    def main():
        uvicorn.run(prometheus_client.make_asgi_app())
    ```

    ## Use instead

    ```python
    import os

    os.environ["PROMETHEUS_MULTIPROC_DIR"] = "/run/pulse/metrics"

    import prometheus_client
    import uvicorn


    def main():
        uvicorn.run(prometheus_client.make_asgi_app())
    ```

    Better still, let what starts the process set it: a unit file, a container.

    ## When to ignore it

    Where the variable is set for the processes that this one starts, and not for itself.

    ## References

    - [prometheus_client: multiprocess mode](
      https://prometheus.github.io/client_python/multiprocess/)
    - [NumPy: global state](https://numpy.org/doc/stable/reference/global_state.html)
    """

    code = "LS601"
    name = "late-environment"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (696,)
    reads = frozenset({"python"})
    needs_whole_path = True
    subjects = frozenset({Subject.LAUNCH, Subject.ORDER})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each variable that is set too late, where that is done."""
        for path in launcher.set_up:
            yield from _late(launcher, path)


def _late(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    if path.names.isdisjoint(known.SETS):
        return
    wanted = {name for step in path.steps for name in order.variables_set(step)}
    if known.ZONE in wanted:
        yield from _zone(path)
    if not wanted.isdisjoint(known.READ_AT_START):
        yield from _of_python(path)
    if not wanted:
        return
    # the table is large, and few launches set a variable
    from flake8_launcher.knowledge import environment_variables as table

    wanted = {name for name in wanted if table.readers(name)}
    if not wanted:
        return

    def reads(moment: Moment) -> Iterator[str]:
        event = moment.event
        for name in wanted:
            if isinstance(event, Import):
                if table.read_when_imported(name, event.names):
                    yield name
            elif table.is_read_when_called(name, order.called(moment)):
                yield name

    def sets(moment: Moment) -> tuple[str, ...]:
        event = moment.event
        return order.variables_set(event) if isinstance(event, Step) else ()

    for name, early, late in order.too_late(launcher.ordered(path), reads, sets, imported=True):
        event, step = early.event, late.event
        assert isinstance(step, Step)
        if order.is_for_others(path, step) or _may_be_set(launcher, name, early):
            continue
        what = order.called(early)
        if isinstance(event, Import):
            what = f"import {table.read_when_imported(name, event.names)}"
        way = order.located(early, what, launcher.module)
        text = f"{named(name)} is set{step.by} after {way} has read it"
        yield Violation(late.line, late.column, text)


def _may_be_set(launcher: Launcher, name: str, early: Moment) -> bool:
    """Tell whether a module that leads to a read names the variable: it may set it in time."""
    return any(name in launcher.project.text_at_import(module) for module in early.modules)


def _of_python(path: LaunchPath) -> Iterator[Violation]:
    """Yield where a variable is set that Python has read when the process began."""
    for step in path.steps if path.complete else ():
        for name in known.READ_AT_START.intersection(order.variables_set(step)):
            if order.is_told_here(order.moment_of(step)) and not order.is_for_others(path, step):
                text = f"{named(name)} is set{step.by} after Python has read it, when the process"
                yield Violation(step.line, step.column, f"{text} began: it has no effect")


def _zone(path: LaunchPath) -> Iterator[Violation]:
    """Yield where the time zone is set, and nothing tells the process so."""
    if not path.complete or any(_may_tell_zone(step) for step in path.steps):
        return
    for step in path.steps:
        if known.ZONE in order.variables_set(step) and order.is_told_here(order.moment_of(step)):
            if not step.conditional and not order.is_for_others(path, step):
                text = f"{known.ZONE} is set{step.by}, and no call of time.tzset() follows"
                yield Violation(step.line, step.column, f"{text}: the process keeps its zone")


def _may_tell_zone(step: Step) -> bool:
    """Tell whether a step may tell the process that the zone has changed; Django does."""
    is_django = any(name.startswith(known.DJANGO) for name in order.variables_set(step))
    return step.name == known.SETS_ZONE or is_django or step.name.partition(".")[0] == "django"

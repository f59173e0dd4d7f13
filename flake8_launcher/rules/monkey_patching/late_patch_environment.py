"""LS207."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import canonical, concurrency
from flake8_launcher.launch import Import, Launcher, LaunchPath, Moment, Part, Role, Step
from flake8_launcher.launch.questions import order
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation


class LatePatchEnvironment(Rule):
    """An environment variable is set after it has been read.

    ## What it does

    Reports the assignment of an environment variable of eventlet, gevent or locust after the
    import, or the patch, that reads it: `EVENTLET_NO_GREENDNS`, `EVENTLET_THREADPOOL_SIZE`,
    `EVENTLET_HUB`, `GEVENT_PURE_PYTHON`, `LOCUST_SKIP_MONKEY_PATCH` and others. A module that the
    launcher imports may set it; the finding stands on that import.

    ## Why

    These libraries look once, when they are imported or when they patch. Later assignments
    change nothing, and nothing tells.

    ## Example

    ```python
    import os

    import eventlet

    os.environ["EVENTLET_NO_GREENDNS"] = "yes"
    eventlet.monkey_patch()

    from eventlet import wsgi


    def main():
        wsgi.server(eventlet.listen(("127.0.0.1", 8080)), application)
    ```

    ## Use instead

    ```python
    import os

    os.environ["EVENTLET_NO_GREENDNS"] = "yes"

    import eventlet

    eventlet.monkey_patch()

    from eventlet import wsgi


    def main():
        wsgi.server(eventlet.listen(("127.0.0.1", 8080)), application)
    ```

    ## When to ignore it

    Where the variable is set for the processes that this one starts, and not for itself.

    ## References

    - [eventlet: environment variables](https://eventlet.readthedocs.io/en/latest/environment.html)
    """

    code = "LS207"
    name = "late-patch-environment"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (696,)
    reads = frozenset({"python"})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each assignment that comes too late."""
        paths = launcher.starts or (
            launcher.patching[:1] if launcher.part is not Part.TEST else ()
        )
        for path in paths:
            yield from _late(launcher, path)


def _late(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    setters = [step for step in path.steps if not step.is_in_tests and _sets(step)]
    patches = list(path.having(Role.PATCH)) if setters else []
    read: dict[str, tuple[str, Moment]] = {}
    for moment in launcher.moments(path, [*setters, *patches]):
        event = moment.event
        if isinstance(event, Import):
            for key, reader in concurrency.READ_WHEN_IMPORTED.items():
                if reader in event.names and not moment.perhaps:
                    read.setdefault(key, (f"import {reader}", moment))
        elif isinstance(event, Step) and event.role is Role.PATCH:
            model = concurrency.model_of(canonical(event.name))
            for key, library in concurrency.READ_WHEN_PATCHED.items():
                if model == library and not moment.perhaps:
                    read.setdefault(key, (event.way, moment))
        if not isinstance(event, Step) or event not in setters:
            continue
        for key in _sets(event):
            if key not in read:
                continue
            reads, when = read[key]
            if event.is_imported and not order.is_of_other_import(when, moment):
                continue  # that module tells it
            text = f"{key} is set{event.by} after {reads} (l. {when.line}) has read it"
            text += ", and has no effect"
            yield Violation(moment.line, moment.column, text)


def _sets(step: Step) -> list[str]:
    """Return the variables of interest that a step sets."""
    tables = (concurrency.READ_WHEN_IMPORTED, concurrency.READ_WHEN_PATCHED)
    return [key for key in order.variables_set(step) if any(key in one for one in tables)]

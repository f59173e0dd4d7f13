"""LS606."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import order as known
from flake8_launcher.knowledge.quoting import named
from flake8_launcher.launch import Launcher, LaunchPath, Role, Step
from flake8_launcher.launch.questions import order
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation


class UnpatchedGreenServer(Rule):
    """A green worker is asked for, and nothing patches before the application is imported.

    ## What it does

    Reports

    - `preload_app = True` beside a gevent worker in gunicorn's file of settings, `--preload`
      beside one in a command (told on the first statement of the module that the command names),
      and a gevent worker of an application that embeds gunicorn;
    - `worker_main` and `start` of Celery with `--pool=gevent` or `--pool=eventlet`;
    - Flask-SocketIO with a message queue and an `async_mode` of gevent or eventlet;
    - a patch of gevent in a process that uses grpc without `init_gevent()`,

    where nothing on the way patches, and the application that gunicorn loads does not begin with
    a patch.

    ## Why

    gunicorn's worker patches after the fork: what the application has imported by then keeps the
    blocking originals, and ssl may recurse for ever. Celery patches in its command line alone:
    `worker_main` starts the pool, and each task blocks all others. grpc blocks the
    whole process unless it is made ready for gevent.

    ## Example

    ```python
    from celery import Celery

    app = Celery("pulse")


    def main():
        app.worker_main(["worker", "--pool=gevent"])


    if __name__ == "__main__":
        main()
    ```

    ## Use instead

    ```python
    from gevent import monkey

    monkey.patch_all()

    from celery import Celery

    app = Celery("pulse")


    def main():
        app.worker_main(["worker", "--pool=gevent"])


    if __name__ == "__main__":
        main()
    ```

    ## When to ignore it

    Where the command that patches stands outside the repository, as in the unit file of an
    operator.

    ## References

    - [gunicorn: async workers](https://docs.gunicorn.org/en/stable/design.html#async-workers)
    - [Celery: concurrency with gevent](
      https://docs.celeryq.dev/en/stable/userguide/concurrency/gevent.html)
    - [grpc.experimental.gevent](
      https://github.com/grpc/grpc/blob/master/src/python/grpcio/grpc/experimental/gevent.py)
    """

    code = "LS606"
    name = "unpatched-green-server"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = ()
    subjects = frozenset({Subject.LAUNCH, Subject.ORDER})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each place that asks for a green worker."""
        for path in launcher.set_up:
            yield from _unpatched(launcher, path)


def _unpatched(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    if not any(map(_patches, path.having(Role.PATCH))):
        yield from _by_settings(launcher)
        if launcher.surroundings.green_by and path.is_served:
            kind, file = launcher.surroundings.green_by
            text = f"gunicorn loads the module before its {named(kind)} workers patch ({file})"
            yield Violation(*launcher.first_place, text)
        is_asked = not path.names.isdisjoint(known.ASKS_FOR_GREEN)
        for step in path.calls if is_asked else ():
            pool = order.green_pool(step)
            if pool and order.is_told_here(order.moment_of(step)):
                text = f"{step.way} asks for workers of {pool}, and nothing patches before"
                yield Violation(step.line, step.column, text)
    else:
        yield from _grpc(path)


def _patches(step: Step) -> bool:
    return step.name.startswith(("gevent.", "eventlet."))


def _by_settings(launcher: Launcher) -> Iterator[Violation]:
    """Yield where gunicorn is told to load the application in front of a green worker."""
    settings = launcher.surroundings.server_settings
    if settings is None or not settings.preloads:
        return
    worker = settings.values.get("worker_class")
    if not isinstance(worker, str) or not known.GREEN.fullmatch(worker):
        return
    if settings.application and launcher.project.may_patch(settings.application):
        return
    text = f"gunicorn loads the application before its {named(worker)} worker patches"
    yield Violation(*settings.places["worker_class"], text)


def _grpc(path: LaunchPath) -> Iterator[Violation]:
    """Yield the patch of gevent in a process whose grpc is not made ready for that."""
    used = sorted(known.GRPC & path.names)
    if not used or known.GRPC_READY in path.names:
        return
    for step in path.steps:
        is_patch = step.name == "gevent.monkey.patch_all"
        if is_patch and not step.conditional and order.is_told_here(order.moment_of(step)):
            text = f"{step.way} patches, and {used[0]} blocks the process: nothing calls"
            yield Violation(step.line, step.column, f"{text} {known.GRPC_READY}")

"""LS607."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import order as known
from flake8_launcher.launch import Call, Launcher, LaunchPath, Moment, Step, Store
from flake8_launcher.launch.questions import order
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, once_a_place


class StartedBeforeFork(Rule):
    """Something is started in one process, and the work is done in another.

    ## What it does

    Reports a thread, scheduler or connection that is made

    - by the top level of a module that gunicorn loads before it forks its workers
      (`preload_app`, `--preload`), as the file of its settings, the command in a `Procfile`,
      `Dockerfile` or unit file, or a call with that command tells;
    - by that of a module of tasks which Celery's worker loads before it forks: there, only
      connections count;
    - by that of a module which uWSGI loads before it forks, without `lazy-apps`, as its `.ini`
      file or a command tells;
    - before `os.fork()`, a `DaemonContext`, Tornado's `fork_processes`, or the `run` of an
      application that embeds gunicorn;
    - before a server of Flask, Werkzeug or Bottle runs with its reloader, which starts the whole
      program twice, or, at the top level of a module, before the module runs a server of
      Uvicorn, Hypercorn or Sanic with workers or a reloader, which import it again. There,
      connections do not count.

    What hooks such as `post_fork` start is right, and so is what stands under a condition
    (`WERKZEUG_RUN_MAIN`).

    ## Why

    A thread is not there in the child of a fork: reports, schedules and listeners stop without a
    word. A connection is shared by all workers, which read each other's answers. Under a
    reloader, each job runs in both processes.

    ## Example

    ```python
    import threading

    import flask

    app = flask.Flask(__name__)


    def main():
        threading.Thread(target=watch, daemon=True).start()
        app.run(port=8080, debug=True)
    ```

    ## Use instead

    ```python
    import threading

    import flask

    app = flask.Flask(__name__)


    def main():
        threading.Thread(target=watch, daemon=True).start()
        app.run(port=8080, debug=True, use_reloader=False)
    ```

    With gunicorn, start it in the hook `post_fork`.

    ## When to ignore it

    Where the thread or connection is made anew in each child, or is used in the parent alone.

    ## References

    - [gunicorn: preload_app](https://docs.gunicorn.org/en/stable/settings.html#preload-app)
    - [Werkzeug: the reloader](https://werkzeug.palletsprojects.com/en/stable/serving/#reloader)
    - [os.fork](https://docs.python.org/3/library/os.html#os.fork)
    """

    code = "LS607"
    name = "started-before-fork"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = ()
    reads = frozenset({"python"})
    subjects = frozenset({Subject.LAUNCH, Subject.ORDER})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each place that starts something too early."""
        yield from once_a_place(
            violation for path in launcher.set_up for violation in _early(launcher, path)
        )


def _early(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    if path.names.isdisjoint(known.STARTED):
        return
    yield from _forked(launcher, path)
    yield from _run_again(launcher, path)
    if launcher.surroundings.forked_by:
        yield from _loaded(launcher, path, *launcher.surroundings.forked_by)


def _loaded(launcher: Launcher, path: LaunchPath, server: str, file: str) -> Iterator[Violation]:
    """Yield what the top level of a module starts that a server loads before it forks."""
    for step in path.steps:
        what = _started(step)
        if not what or step.origin is None or step.chain[0] != launcher.module:
            continue
        if server in known.KEEPS_THREADS and what != known.CONNECTION:
            continue
        told = f"({file} preloads)" if server == "gunicorn" else f"({file})"
        text = f"{step.way} starts a {what} before {server} forks its workers {told}"
        yield Violation(step.line, step.column, f"{text}: {_fate(what)}")


def _forked(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    """Yield what the path starts before it forks."""

    def starts(moment: Moment) -> tuple[str, ...]:
        what = _started(moment.event)
        return (f"{what} {moment.line}:{moment.column}",) if what else ()

    def forks(moment: Moment) -> Iterator[str]:
        if isinstance(moment.event, Step) and _forks(moment.event):
            yield from dict.fromkeys(seen)

    seen: list[str] = []

    def noted(moment: Moment) -> tuple[str, ...]:
        found = starts(moment)
        seen.extend(found)
        return found

    found = order.too_late(launcher.ordered(path), noted, forks, again=False, at_early=True)
    for matter, early, late in found:
        step, fork = early.event, late.event
        assert isinstance(step, Step) and isinstance(fork, Step)
        what = matter.partition(" ")[0]
        text = f"{step.way} starts a {what} before {fork.located_way} forks: {_fate(what)}"
        yield Violation(step.line, step.column, text)


def _forks(step: Step) -> bool:
    """Tell whether a step surely forks."""
    if not isinstance(step, Call):
        return False
    called = order.called_by(step)
    if called in known.FORKS_BY_NUMBER:
        return bool(step.arguments) and step.arguments[0].literal in (None, 0, *range(2, 100))
    return called in known.FORKS


def _run_again(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    """Yield what the path starts before a server that has a reloader, or spawns workers."""
    started: list[Step] = []
    is_debugged = False
    for step in path.steps:
        if isinstance(step, Store) and step.name == known.DEBUGS:
            is_debugged = not step.conditional and step.value.literal is True
        if _started(step) not in ("", known.CONNECTION):
            started.append(step)
            continue
        if _reloads(step, is_debugged):
            way, runs = "in both processes: the reloader of", "runs the program twice"
        elif _spawns(path, step):
            # they import the module, and leave out its main block
            started = [one for one in started if one.chain[0] == launcher.module]
            way, runs = "in each process: those of", "import the module again"
        else:
            continue
        for early in started:
            text = f"{early.way} starts a {_started(early)} {way} {step.located_way} {runs}"
            yield Violation(early.line, early.column, text)
        return


def _spawns(path: LaunchPath, step: Step) -> bool:
    """Tell whether a server surely spawns processes that import the main module again."""
    if not isinstance(step, Call) or step.conditional:
        return False
    server = known.SPAWNS.get(step.name)
    return server is not None and order.asks_for_workers(path, step, server)


def _reloads(step: Step, is_debugged: bool) -> bool:
    """Tell whether a server is surely told to reload.

    :param is_debugged: whether its application has been told to debug.
    """
    if not isinstance(step, Call):
        return False
    given = step.keywords
    names = known.RELOADS.get(order.called_by(step, known.RELOADS), ())
    is_told = is_debugged and order.called_by(step, known.RELOADS) == known.RUNS_DEBUGGED
    first = next((given[name] for name in names if name in given), is_told)
    return first is True and not step.conditional


def _started(event: object) -> str:
    """Return what a step surely starts, empty for any other."""
    if not isinstance(event, Step) or event.conditional or event.is_imported:
        return ""
    return known.STARTED.get(order.called_by(event), "")


def _fate(what: str) -> str:
    """Return what becomes of what is started, for messages."""
    return "they share it" if what == known.CONNECTION else "it is not there in them"

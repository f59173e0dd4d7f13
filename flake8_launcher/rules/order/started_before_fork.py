"""LS607."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import order as known
from flake8_launcher.launch import Call, Called, Launcher, LaunchPath, Moment, Step, Store
from flake8_launcher.launch.questions import order
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation

_MAX_STARTED = 64
"""Of how many of the things that are started it is told that a fork comes later."""


class _Again(NamedTuple):
    """A server that runs the program again in other processes: by its reloader, or its workers."""

    server: Step
    is_reloader: bool

    def told(self, what: str) -> str:
        """Say of something that is started before the server where it is then, and why."""
        if self.is_reloader:
            way, runs = "in both processes: the reloader of", "runs the program twice"
        else:
            way, runs = "in each process: those of", "import the module again"
        return f"starts a {what} {way} {self.server.located_way} {runs}"


class StartedBeforeFork(Rule):
    """Something is started in one process, and the work is done in another.

    ## What it does

    Reports a thread, scheduler or connection that is made

    - by the top level of a module that gunicorn loads before it forks its workers
      (`preload_app`, `--preload`), or of a module that this one imports; gunicorn's settings file,
      the command in a `Procfile`, `Dockerfile` or unit file, or a call with that command tells
      which module that is;
    - by the top level of a module of tasks, which Celery's worker loads before it forks: there,
      only connections count;
    - by the top level of a module that uWSGI loads before it forks, without `lazy-apps`, as its
      `.ini` file or a command tells;
    - before `os.fork()`, a `DaemonContext`, Tornado's `fork_processes`, or the `run` of an
      application that embeds gunicorn, also by the top level of a module that is imported;
    - before a server of Flask, Werkzeug or Bottle runs with its reloader, which starts the whole
      program twice, or, at the top level of a module, before the module runs a server of
      Uvicorn, Hypercorn or Sanic with workers or a reloader, which import the module again.
      In these cases connections are not reported.

    The connection that `metadata.create_all(engine)` or `reflect` leaves in the pool of an engine
    counts, too. No connection is reported where a module on the way to it disposes of the engine
    or has a hook for forks.

    What hooks such as `post_fork` start is right, and so is what stands under a condition
    (`WERKZEUG_RUN_MAIN`).

    ## Why

    A thread does not exist in the child of a fork: what reports, schedules or listens there stops
    silently. A connection is shared by all workers, which then read each other's answers. Under a
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
        for path in launcher.set_up:
            yield from _early(launcher, path)


def _early(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    if launcher.surroundings.forked_by:
        yield from _loaded(launcher, path, *launcher.surroundings.forked_by)
    if any(map(_forks, path.calls)):
        yield from _forked(launcher, path)
        yield from _imported(launcher, path)
    yield from _run_again(launcher, path)


def _loaded(launcher: Launcher, path: LaunchPath, server: str, file: str) -> Iterator[Violation]:
    """Yield what a server starts by loading a module, with its imports, before it forks."""
    for moment in launcher.ordered(path):
        what = _started_at(launcher, moment)
        # a function that makes the application is called where the module is loaded
        is_loaded = bool(path.is_served and path.entry) or _is_loaded(launcher, moment)
        if not what or not is_loaded or _minds_forks(launcher, moment, what):
            continue
        is_kept = server in known.KEEPS_THREADS or known.MEANT_FOR_ALL in order.keywords(moment)
        if is_kept and what != known.CONNECTION:
            continue
        told = f"({file} preloads)" if server == "gunicorn" else f"({file})"
        text = f"{order.way(moment)} starts a {what} before {server} forks its workers {told}"
        yield Violation(moment.line, moment.column, f"{text}: {_fate(what)}")


def _started_at(
    launcher: Launcher, moment: Moment, table: Mapping[str, str] = known.STARTED
) -> str:
    """Return what a step surely starts, or the top level of a module of the project."""
    event = moment.event
    if not isinstance(event, Called) or moment.perhaps or moment.skippable or not moment.chain:
        return _started(event, table)
    if not launcher.project.owns(f"{moment.chain[-1]}."):
        return ""
    done = order.done_at(launcher.project, moment, table, known.CONNECTS)
    return next((table[one] for one in done if one in table), "")


def _is_loaded(launcher: Launcher, moment: Moment) -> bool:
    """Tell whether something happens whenever the module is imported."""
    step = moment.step
    return step is None or (step.origin is not None and step.chain[0] == launcher.module)


def _minds_forks(launcher: Launcher, moment: Moment, what: str) -> bool:
    """Tell whether a module on the way to a connection closes it, or makes it anew."""
    if what != known.CONNECTION:
        return False
    texts = map(launcher.project.text_of, {launcher.module, *moment.modules})
    return any(known.MINDS_FORKS.search(text) for text in texts)


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
        found = starts(moment) if len(seen) < _MAX_STARTED else ()
        seen.extend(found)
        return found

    found = order.too_late(launcher.ordered(path), noted, forks, again=False, at_early=True)
    for matter, early, late in found:
        what = matter.partition(" ")[0]
        yield _told(early, late, what)


def _imported(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    """Yield what the top levels of imported modules start before the path forks."""
    started: list[tuple[Moment, str]] = []
    for moment in launcher.ordered(path):
        event = moment.event
        if isinstance(event, Called):
            what = _started_at(launcher, moment) if len(started) < _MAX_STARTED else ""
            if what and not _minds_forks(launcher, moment, what):
                started.append((moment, what))
        elif isinstance(event, Step) and _forks(event):
            sure = [one for one in started if order.is_sure(one[0], moment)]
            yield from (_told(early, moment, what) for early, what in sure)
            if sure:
                return


def _told(early: Moment, late: Moment, what: str) -> Violation:
    """Return what is to say of something that is started before a fork."""
    assert isinstance(late.event, Step)
    text = f"starts a {what} before {late.event.located_way} forks: {_fate(what)}"
    return Violation(early.line, early.column, f"{order.way(early)} {text}")


def _forks(step: Step) -> bool:
    """Tell whether a step surely forks, and not for a job that something else calls it for."""
    if not isinstance(step, Call) or any(arm.kind == "callback" for arm in step.arms):
        return False
    called = order.called_by(step)
    if called in known.FORKS_BY_NUMBER:
        return bool(step.arguments) and step.arguments[0].literal in (None, 0, *range(2, 100))
    return called in known.FORKS


def _run_again(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    """Yield what the path starts before a server that has a reloader, or spawns workers."""
    again = _running_again(path)
    if again is None:
        return
    wanted = [step for step in path.steps if step is again.server or _started(step)]
    for moment in launcher.everything(path, wanted):
        if moment.event is again.server:
            return
        what = _started_at(launcher, moment, known.TWICE)
        # workers import the module, and leave out its main block
        if what:
            if again.is_reloader or _is_loaded(launcher, moment):
                text = f"{order.way(moment)} {again.told(what)}"
                yield Violation(moment.line, moment.column, text)


def _running_again(path: LaunchPath) -> _Again | None:
    """Return the first server that runs the program again, if one does."""
    if path.names.isdisjoint((*known.RELOADS, *known.SPAWNS)):
        return None
    is_debugged = False
    for step in path.steps:
        if isinstance(step, Store) and step.name == known.DEBUGS:
            is_debugged = not step.conditional and step.value.literal is True
        if _reloads(step, is_debugged):
            return _Again(step, is_reloader=True)
        if _spawns(path, step):
            return _Again(step, is_reloader=False)
    return None


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


def _started(event: object, table: Mapping[str, str] = known.STARTED) -> str:
    """Return what a step surely starts, empty for any other."""
    if not isinstance(event, Step) or event.conditional or event.is_imported:
        return ""
    if order.is_off(event, known.CONNECTS):
        return ""
    return table.get(order.called_by(event), "")


def _fate(what: str) -> str:
    """Return what becomes of what is started, for messages."""
    return "they share it" if what == known.CONNECTION else "it is not there in them"

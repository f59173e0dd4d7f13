"""LS604."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import order as known
from flake8_launcher.knowledge.quoting import named
from flake8_launcher.launch import Call, Launcher, LaunchPath, ModuleImport, Moment, Step
from flake8_launcher.launch.questions import order
from flake8_launcher.launch.questions.circumstances import may_be_done
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation

_ROOT = "root"


class LateLogging(Rule):
    """Logging is configured where it silences loggers, or where it has no effect.

    ## What it does

    Reports `fileConfig`, and `dictConfig` with a literal configuration, where they disable the
    loggers of modules of the project that were imported before: they disable every logger that is
    there and that they do not name, unless `disable_existing_loggers` is false. If the top level
    of a module calls `fileConfig`, its import is reported when loggers already exist. What a file
    names is looked up in the files of the project that configure logging, for `dictConfig` those
    in YAML and JSON.

    Django disables loggers in the same way, with the `LOGGING` of its settings, in
    `django.setup()`, `get_wsgi_application()` and `get_asgi_application()`; so does Alembic in a
    launch that runs its migrations (`command.upgrade`, `flask_migrate.upgrade`), where `env.py`
    calls `fileConfig` as its template does.

    Reports `basicConfig` after something has given the root logger a handler: another
    `basicConfig`, `fileConfig`, `logging.warning()` and similar functions, or a handler that a
    module adds when it is imported. Nothing is reported with `force=True`, where the arguments are
    the same, and where handlers of the root logger are removed. `absl.app.run` gives it a handler,
    too, before it runs the main function.

    Reports `logging.setLoggerClass` after loggers of the project were made, which keep the old
    class, and `structlog.configure` after a logger was bound (`get_logger().bind(...)`), which
    keeps the defaults.

    ## Why

    A disabled logger drops everything, errors too, and says so nowhere. `basicConfig` does
    nothing at all when the root logger has a handler: level, format and file stay as they were.

    ## Example

    ```python
    import logging.config

    import uvicorn

    LOG = logging.getLogger(__name__)


    def main():
        logging.config.fileConfig("/etc/pulse/logging.ini")
        LOG.info("starting")
        uvicorn.run("pulse.web:app")
    ```

    ## Use instead

    ```python
    import logging.config

    import uvicorn

    LOG = logging.getLogger(__name__)


    def main():
        logging.config.fileConfig("/etc/pulse/logging.ini", disable_existing_loggers=False)
        LOG.info("starting")
        uvicorn.run("pulse.web:app")
    ```

    ## When to ignore it

    Where the loggers are meant to be silent, or the configuration before was only there for
    what runs until then.

    ## References

    - [logging.config.fileConfig](
      https://docs.python.org/3/library/logging.config.html#logging.config.fileConfig)
    - [logging.basicConfig](
      https://docs.python.org/3/library/logging.html#logging.basicConfig)
    """

    code = "LS604"
    name = "late-logging"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (696,)
    reads = frozenset({"python"})
    subjects = frozenset({Subject.LAUNCH, Subject.ORDER})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each call that comes too late."""
        for path in launcher.set_up:
            yield from _late(launcher, path)


def _late(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    names = path.names
    disabling = {*known.DISABLING, *known.READIES_DJANGO, *known.MIGRATES}
    if not names.isdisjoint(disabling) or _imports_what_disables(launcher, path):
        yield from _disabled(launcher, path)
    resets = any(name.startswith(known.ROOT_LOGGER) for name in names)
    if known.KEEPS_HANDLERS in names and not resets:
        yield from _without_effect(launcher, path)
    if known.SETS_LOGGER_CLASS in names:
        yield from _of_another_class(launcher, path)
    if known.CONFIGURES_STRUCTLOG in names:
        yield from _bound(launcher, path)


def _imports_what_disables(launcher: Launcher, path: LaunchPath) -> bool:
    """Tell whether a module that the launcher imports may read a file of logging at once."""
    imports = (step for step in path.steps if isinstance(step, ModuleImport) and not step.place)
    modules = {name for step in imports for name in (step.name, f"{step.name}.{step.taken}")}
    return any(known.FILE_CONFIG_WORD in launcher.project.text_of(name) for name in modules)


def _disabled(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    """Yield what disables loggers of the project that were made before."""
    made: dict[str, None] = {}
    files = launcher.logging_files

    def makes(moment: Moment) -> Iterator[str]:
        for name in _made(launcher, moment):
            made[name] = None
            yield name

    def disables(moment: Moment) -> Iterator[str]:
        event = moment.event
        if isinstance(event, Call) and order.called(moment) in known.DISABLING:
            named = order.loggers_kept(event)
            if named is not None and made and order.called(moment) == known.FILE_CONFIG:
                named = files.loggers  # which file it is, is mostly not told
            elif made and order.is_given_file(event) and not _may_keep(launcher, event):
                named = files.kept_by_data
        elif made and order.called(moment) == known.FILE_CONFIG:
            is_told = order.keywords(moment).get(known.DISABLES, True) is True
            # what is no file that is named may be anything that the user gives
            is_file = bool(order.first_text(moment) or files.configurations)
            named = files.loggers if is_told and is_file else None
        elif isinstance(event, Step) and order.called(moment) in known.READIES_DJANGO:
            settings = order.django_settings(path)
            named = files.kept_by_django(settings) if settings and made else None
        elif isinstance(event, Call) and made and order.migrates(path, event):
            named = files.loggers if files.silencing_migrations else None
        else:
            return
        if named is not None:
            yield from (one for one in made if not _is_named(one, named))

    found: dict[int, tuple[Moment, Moment, set[str]]] = {}
    moments = launcher.ordered(path)
    told = order.too_late(moments, makes, disables, again=False, imported=True)
    for name, early, late in told:
        found.setdefault(id(late), (early, late, set()))[2].add(name)
    for early, late, loggers in found.values():
        step = late.event
        first, *others = (name for name in made if name in loggers)
        more = f" and {len(others)} more" if others else ""
        line = f" (l. {early.line})"
        is_migration = isinstance(step, Call) and order.migrates(path, step)
        runs = f" runs {files.silencing_migrations}, which" if is_migration else ""
        text = f"{order.way(late)}{runs} disables the logger {named(first)}{more}"
        kept = f"{known.DISABLES}=False keeps it"
        yield Violation(late.line, late.column, f"{text}, made before{line}; {kept}")


def _made(launcher: Launcher, moment: Moment) -> Iterator[str]:
    """Yield the logger of the project that is made at a moment, if one is."""
    is_call = order.called(moment) == known.LOGGER
    name = order.first_text(moment, launcher.module) if is_call else None
    if name and launcher.project.owns(f"{name}."):
        yield name


def _may_keep(launcher: Launcher, step: Step) -> bool:
    """Tell whether the code that configures logging names what keeps the loggers."""
    modules = {launcher.module, step.chain[-1].rpartition(".")[0]}
    return any(known.DISABLES in launcher.project.text_of(module) for module in modules)


def _of_another_class(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    """Yield what sets the class of loggers when some of the project are made."""

    made: dict[str, None] = {}
    is_set = False  # what is set once more is mostly what was there before

    def sets(moment: Moment) -> tuple[str, ...]:
        nonlocal is_set
        if is_set or order.called(moment) != known.SETS_LOGGER_CLASS:
            return ()
        is_set = True
        return tuple(made)

    def makes(moment: Moment) -> Iterator[str]:
        for name in _made(launcher, moment):
            made[name] = None
            yield name

    for name, early, late in order.too_late(launcher.ordered(path), makes, sets):
        step = late.event
        assert isinstance(step, Step)
        text = f"{step.way} does not change the logger {named(name)}, made before"
        line = f"(l. {early.line})"
        yield Violation(late.line, late.column, f"{text} {line}: set the class first")
        return


def _bound(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    """Yield what configures structlog when a logger has been bound."""

    def binds(moment: Moment) -> tuple[str, ...]:
        return (_ROOT,) if order.called(moment) in known.BINDS_LOGGER else ()

    def configures(moment: Moment) -> tuple[str, ...]:
        return (_ROOT,) if order.called(moment) == known.CONFIGURES_STRUCTLOG else ()

    for _, early, late in order.too_late(launcher.ordered(path), binds, configures):
        step = late.event
        assert isinstance(step, Step)
        by = order.located(early, order.called(early), launcher.module)
        text = f"{step.way} does not reach the logger that {by} has bound: configure it first"
        yield Violation(late.line, late.column, text)
        return


def _is_named(logger: str, named: tuple[str, ...]) -> bool:
    """Tell whether a configuration names a logger, or one above it, which keeps it."""
    return any(f"{logger}.".startswith(f"{name}.") for name in named)


def _without_effect(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    """Yield each ``basicConfig`` that finds a handler, and asks for something else."""

    def gives_handler(moment: Moment) -> tuple[str, ...]:
        name = order.called(moment)
        return (_ROOT,) if name in known.SETS_ROOT_UP | known.RUNS_WITH_HANDLER else ()

    def configures(moment: Moment) -> tuple[str, ...]:
        is_call = order.called(moment) == known.KEEPS_HANDLERS
        asked = order.keywords(moment) if is_call else {}
        return (_ROOT,) if asked and asked.get("force", False) is False else ()

    moments = launcher.ordered(path)
    for _, early, late in order.too_late(moments, gives_handler, configures, again=False):
        is_same_call = order.called(early) == known.KEEPS_HANDLERS
        if is_same_call and not _differs(order.keywords(early), order.keywords(late)):
            continue
        step = late.event
        assert isinstance(step, Step)
        if may_be_done(path, step):
            continue
        by = order.located(early, order.called(early), launcher.module)
        text = f"{step.way} has no effect: {by} has given the root logger a handler before"
        text += "; force=True replaces it"
        yield Violation(late.line, late.column, text)


def _differs(early: dict[str, object], late: dict[str, object]) -> bool:
    """Tell whether one call surely asks for something that the other has not."""
    return any(
        key not in early or (... not in (value, early[key]) and value != early[key])
        for key, value in late.items()
    )

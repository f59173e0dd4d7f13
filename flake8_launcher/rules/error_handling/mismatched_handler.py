"""LS503."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import (
    canonical,
    commands,
    connections,
    exceptions,
    language,
    raises,
    root_of,
)
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.shown import shows
from flake8_launcher.launch import (
    Call,
    Handler,
    Launcher,
    LaunchPath,
    Raise,
    Return,
    Role,
    Step,
    Store,
)
from flake8_launcher.launch.paths import handling
from flake8_launcher.launch.paths.endings import ending
from flake8_launcher.launch.questions import option_imports
from flake8_launcher.launch.questions.uncaught import failures, only_keeps, uncaught
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, at

_EXIT = "SystemExit"
_SHOWN = 2
_NO_MODULE = frozenset({"ImportError", "ModuleNotFoundError"})
_NO_SUCH = {
    "import_group": "oslo_config.cfg.NoSuchGroupError",
    "import_opt": "oslo_config.cfg.NoSuchOptError",
}
_LOOKS_UP = ("os.environ.get", "os.getenv")
_SKIPS = deferred(r"ConfigParser\(\)\.read$|^dotenv\.")
_HARMLESS = frozenset({"bool", "dict", "float", "int", "len", "list", "str", *_LOOKS_UP})


class MismatchedHandler(Rule):
    """A handler cannot match what the step in its `try` raises.

    ## What it does

    Reports a handler around oslo.config's parse, in the launcher or in a function that it calls,
    when neither its `try` nor one around it catches any type that the parse raises; a handler
    of `ImportError` around `import_opt()` of an option that the module does not register
    (`NoSuchOptError`); and a handler that can never run because the failures of everything in its
    `try` are known and of other types: `except argparse.ArgumentError` around `parse_args()`,
    which exits unless its parser is made with `exit_on_error=False`, `except
    click.ClickException` around a command of click, which shows that itself and exits,
    `except OSError` around `uvicorn.run()`, which logs that it has no port and exits, `except
    subprocess.CalledProcessError` around `subprocess.run()` without `check=True`, the built-in
    `ConnectionError` around clients of Redis, RabbitMQ, PostgreSQL, MySQL, MongoDB or HTTP, which
    have exceptions of their own, or around a call that only binds a port, and their own around
    what makes a client that connects when it is first used (`redis.Redis()`, `MongoClient()`,
    `create_engine()`). Functions of the project that the `try` calls are followed.

    Nothing is said where a type is not known, or where a part of the `try` is not.

    ## Why

    The handler was written to turn a failure into a message and a status. It does not run: a
    missing configuration file raises `oslo_config.cfg.ConfigFilesNotFoundError`, which is no
    `RuntimeError`, and the operator gets a traceback.

    ## Example

    ```python
    import sys

    from oslo_config import cfg
    from oslo_service import service


    def main():
        try:
            cfg.CONF(sys.argv[1:], project="orchard")
        except RuntimeError as error:
            sys.exit(f"ERROR: {error}")
        service.launch(cfg.CONF, Service()).wait()
    ```

    ## Use instead

    ```python
    import sys

    from oslo_config import cfg
    from oslo_service import service


    def main():
        try:
            cfg.CONF(sys.argv[1:], project="orchard")
        except cfg.Error as error:
            sys.exit(f"ERROR: {error}")
        service.launch(cfg.CONF, Service()).wait()
    ```

    ## When to ignore it

    Where the types are those of several versions of a library, of which one matches.

    ## References

    - [oslo.config:
      ConfigOpts](https://docs.openstack.org/oslo.config/latest/reference/api/oslo_config.html)
    """

    code = "LS503"
    name = "mismatched-handler"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (755,)
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each handler that cannot match."""
        for path in launcher.own_launches:
            yield from (
                *_mismatched(path),
                *_unregistered(path, launcher),
                *_around_ends(path),
                *_around_lookups(path),
            )


def _unregistered(path: LaunchPath, launcher: Launcher) -> Iterator[Violation]:
    """Yield the handlers of a missing module around an import of an option that is missing."""
    for _, step in handling.handlers(path):
        handler = step.handler
        if step.place or not set(map(raises.type_of, handler.guard.foreign)) <= _NO_MODULE:
            continue
        imports = [
            one
            for one in path.under(handler.guard)
            if one.role is Role.IMPORT_OPTION and not one.place
        ]
        for missing in option_imports.unregistered(launcher) if imports else ():
            place = (missing.step.line, missing.step.column)
            if any((one.line, one.column) == place for one in imports):
                raised = _NO_SUCH[missing.method]
                caught = ", ".join(handler.foreign)
                yield at(
                    step,
                    f"{missing.step.located_way} raises {raised}, for nothing that it imports "
                    f"registers the {missing.what}: the handler of {caught} does not catch that",
                )
                break


def _around_ends(path: LaunchPath) -> Iterator[Violation]:
    """Yield the handlers around nothing but a call that tells such a failure itself, and exits."""
    told: set[int] = set()
    for _, step in handling.handlers(path):
        types = [raises.type_of(name) for name in step.handler.foreign]
        if step.is_told_there or not types or id(step.handler.guard) in told:
            continue
        around = [one for one in path.under(step.handler.guard) if one.chain == step.chain]
        calls = [one for one in around if isinstance(one, Call) and not _is_harmless(one)]
        if len(calls) != 1 or any(isinstance(one, Raise) for one in around):
            continue
        call, caught = calls[0], ", ".join(step.handler.foreign)
        if any(exceptions.CATCHES_EXIT.intersection(guard.catches) for guard in call.guards):
            continue
        told.add(id(step.handler.guard))
        if call.command and all(one in commands.SHOWS for one in types):
            yield at(
                step,
                f"{call.located_way} is a command of {call.command}, which shows such a failure "
                f"and exits by SystemExit: the handler of {caught} never runs",
            )
        elif _tells_and_exits(path, call) and all(map(_is_of_start, types)):
            if "RuntimeError" not in types or _has_no_loop(call):
                yield at(
                    step,
                    f"{call.located_way} says itself that it cannot listen and exits by "
                    f"SystemExit: the handler of {caught} does not hear of that",
                )


def _is_harmless(call: Call) -> bool:
    """Tell whether a call raises nothing that matters where it stands beside another."""
    return shows(call.name) or call.name in _HARMLESS | language.RUNS_COROUTINES


def _tells_and_exits(path: LaunchPath, call: Call) -> bool:
    """Tell whether a call serves, and exits where it cannot have its port, with a message."""
    known = ending(call)
    root = root_of(call.name)
    if known is None or not known.binds or known.status != "exits":
        return False
    if root not in raises.TELL_AND_EXIT:
        return False
    made = [one for one in path.calls if root_of(one.name) == root and one.role is Role.CREATE]
    return all(
        one.complete_arguments
        and not any(
            value is not None and raises.OPENED_WITH.search(keyword)
            for keyword, value in one.keywords.items()
        )
        for one in (call, *made)
    )


def _is_of_start(name: str | None) -> bool:
    """Tell whether a type is that of a failure to listen, or to run."""
    return name in ("OSError", "PermissionError", "RuntimeError")


def _has_no_loop(call: Call) -> bool:
    """Tell whether a call is given what it serves, and runs in no event loop of its caller's."""
    is_named = bool(call.arguments) and call.arguments[0].text is not None
    return not is_named and not any(site.taker for site in call.sites)


def _around_lookups(path: LaunchPath) -> Iterator[Violation]:
    """Yield the handlers of a missing key around nothing but what gives ``None`` instead."""
    for _, step in handling.handlers(path):
        guard = step.handler.guard
        if step.is_told_there or set(map(raises.type_of, guard.foreign)) != {"KeyError"}:
            continue
        if len(guard.catches) > len(guard.foreign) or guard.raised_without_call is None:
            continue
        around = [one for one in path.under(guard) if not isinstance(one, Return | Store)]
        reads = [one for one in around if one.name in _LOOKS_UP]
        if not reads or "KeyError" in guard.raised_without_call:
            continue
        if all(one in reads or _raises_no_key(one) for one in around):
            where = f" ({step.place})" if step.place else ""
            yield at(
                step,
                f"{reads[0].located_way} raises nothing where the variable is not set: the "
                f"handler of KeyError{where} never runs",
            )


def _raises_no_key(step: Step) -> bool:
    """Tell whether a step raises no failure of its own, or that of a value that does not fit."""
    if not isinstance(step, Call):
        return False
    made, _, method = step.name.rpartition(".")
    if made in (f"{name}()" for name in _LOOKS_UP):
        return not method.startswith("format")
    return _is_harmless(step) or only_keeps(step)


def _mismatched(path: LaunchPath) -> Iterator[Violation]:
    """Yield one violation for each `try`: on its first handler that cannot match."""
    told: set[int] = set()
    for _, step in handling.handlers(path):
        handler = step.handler
        if step.is_told_there:
            continue
        passing = uncaught(path, handler) if id(handler.guard) not in told else None
        if passing is not None:
            told.add(id(handler.guard))
            yield at(step, _text(passing, step, handler))


def _is_of_file(name: str) -> bool:
    """Tell whether a type is that of a file which is missing or cannot be read."""
    return "OSError" in raises.ancestors(raises.type_of(name) or name)


def _is_builtin(name: str) -> bool:
    """Tell whether a type is one of Python, and not that of a failure to connect."""
    return exceptions.is_builtin(name) and name not in exceptions.FAILS_TO_CONNECT


def _is_of_program(name: str) -> bool:
    """Tell whether a type is that of a program that has failed."""
    return raises.type_of(name) in ("subprocess.CalledProcessError", "subprocess.SubprocessError")


def _text(step: Step, handler_step: Step, handler: Handler) -> str:
    known = [one for one in failures(step) if one != _EXIT]
    others = " and others" if len(known) > _SHOWN else ""
    raised = ", ".join(known[:_SHOWN]) + others
    caught = ", ".join(canonical(name) for name in handler.foreign)
    where = f" ({handler_step.place})" if handler_step.place else ""
    if _SKIPS.search(step.name) and all(map(_is_of_file, handler.foreign)):
        return (
            f"{step.located_way} raises nothing where a file is missing or cannot be read: the "
            f"handler of {caught}{where} never runs"
        )
    if step.name in raises.ASKED_TO_RAISE and all(map(_is_of_program, handler.foreign)):
        missing = ", for it has no check=True" if step.name == "subprocess.run" else ""
        return (
            f"{step.located_way} raises nothing when the program fails{missing}: the handler of "
            f"{caught}{where} never runs"
        )
    is_lazy = connections.LAZY.search(canonical(step.name)) is not None
    if is_lazy and not any(map(_is_builtin, handler.foreign)):
        return (
            f"{step.located_way} does not connect before it is first used: the handler of "
            f"{caught}{where} never runs"
        )
    if not known:
        return (
            f"{step.located_way} exits the process by SystemExit, which the handler of "
            f"{caught}{where} does not catch: it never runs"
        )
    return (
        f"{step.located_way} raises {raised}, which the handler of {caught}{where} does not "
        "catch: the process ends with a traceback and status 1"
    )

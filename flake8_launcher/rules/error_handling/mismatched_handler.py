"""LS503."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import canonical, exceptions, raises
from flake8_launcher.launch import (
    Await,
    Call,
    Guard,
    Handler,
    Launcher,
    LaunchPath,
    ModuleImport,
    Return,
    Role,
    Step,
)
from flake8_launcher.launch.paths import handling
from flake8_launcher.launch.questions import option_imports
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, at, once_a_place

_EXIT = "SystemExit"
_SHOWN = 2
_NO_FAILURE = (Await, ModuleImport, Return)
_NO_MODULE = frozenset({"ImportError", "ModuleNotFoundError"})
_NO_SUCH = {
    "import_group": "oslo_config.cfg.NoSuchGroupError",
    "import_opt": "oslo_config.cfg.NoSuchOptError",
}
_ARGPARSE = "argparse.ArgumentParser"


class MismatchedHandler(Rule):
    """A handler cannot match what the step in its `try` raises.

    ## What it does

    Reports a handler around oslo.config's parse, in the launcher or in a function that it calls,
    when neither its `try` nor one around it catches any type that the parse raises; a handler
    of `ImportError` around `import_opt()` of an option that the module does not register
    (`NoSuchOptError`); and a handler that can never run because the failures of everything in its
    `try` are known and of other types: `except argparse.ArgumentError` around `parse_args()`,
    which exits unless its parser is made with `exit_on_error=False`.

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

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each handler that cannot match."""
        yield from once_a_place(
            violation
            for path in launcher.own_launches
            for violation in (*_mismatched(path), *_unregistered(path, launcher))
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


def _mismatched(path: LaunchPath) -> Iterator[Violation]:
    """Yield one violation for each `try`: on its first handler that cannot match."""
    told: set[int] = set()
    for _, step in handling.handlers(path):
        handler = step.handler
        if step.is_told_there:
            continue
        passing = _passing(path, handler) if id(handler.guard) not in told else None
        if passing is not None:
            told.add(id(handler.guard))
            yield at(step, _text(passing, step, handler))


def _passing(path: LaunchPath, handler: Handler) -> Step | None:
    """Return a step whose failures pass a handler that is made for them."""
    if not _is_known(handler.guard) or not any(map(handling.catches_failure, handler.foreign)):
        return None
    steps = [
        step
        for step in path.under(handler.guard)
        if not isinstance(step, _NO_FAILURE) and _inmost(step) is handler.guard
    ]
    if any(_may_raise_otherwise(path, step) for step in steps):
        return None
    if _may_be_for_others(handler.guard, steps):
        return None
    failing = [step for step in steps if _failures(step)]
    parses = [step for step in failing if _is_parse(step)]
    for step in parses:
        if not _is_caught(step):
            return step
    if failing and len(failing) == len(steps) and all(map(raises.is_complete, _names(steps))):
        if not any(map(_is_caught, steps)):
            return failing[0]
    return None


def _may_raise_otherwise(path: LaunchPath, step: Step) -> bool:
    """Tell whether a parser of arguments may be one that does not exit."""
    if not step.name.startswith(f"{_ARGPARSE}()."):
        return False
    made = [one for one in path.calls if _ARGPARSE in one.names]
    if any(map(_has_own_action, path.calls)):
        return True
    return any(
        one.name != _ARGPARSE or "exit_on_error" in one.keywords or not one.complete_arguments
        for one in made
    )


def _has_own_action(call: Call) -> bool:
    """Tell whether a call gives a parser an action of the project's, which may raise anything."""
    action = call.keyword("action") if call.name.endswith(".add_argument") else None
    return action is not None and action.text is None


def _names(steps: list[Step]) -> list[str]:
    return [step.name for step in steps]


def _is_known(guard: Guard) -> bool:
    """Tell whether each type that a `try` catches is known, and a failure of no expression."""
    types = [raises.type_of(name) for name in guard.foreign]
    raised = guard.raised_without_call
    of_expressions = exceptions.OF_EXPRESSIONS if raised is None else raised
    return all(one is not None and one not in of_expressions for one in types)


def _may_be_for_others(guard: Guard, steps: list[Step]) -> bool:
    """Tell whether a `try` catches what any call may raise, and has calls that are not known."""
    if exceptions.OF_EXPRESSIONS.isdisjoint(map(raises.type_of, guard.foreign)):
        return False
    return not all(_is_parse(one) or raises.is_complete(one.name) for one in steps)


def _inmost(step: Step) -> Guard | None:
    """Return the innermost `try` around a step that catches failures."""
    return next((guard for guard in reversed(step.guards) if guard.catches_failures()), None)


def _failures(step: Step) -> tuple[str, ...]:
    is_read = isinstance(step, Call) and step.seen
    return () if is_read else raises.raised_by(step.name)


def _is_parse(step: Step) -> bool:
    """Tell whether a step is oslo.config's parse."""
    return step.role is Role.LOAD and any(
        one.startswith("oslo_config.") for one in _failures(step)
    )


def _is_caught(step: Step) -> bool:
    """Tell whether some handler around a step may match one of its failures."""
    return any(
        raises.may_catch(caught, raised) is not False
        for guard in step.guards
        for caught in guard.foreign
        for raised in _failures(step)
    )


def _text(step: Step, handler_step: Step, handler: Handler) -> str:
    failures = [one for one in _failures(step) if one != _EXIT]
    others = " and others" if len(failures) > _SHOWN else ""
    raised = ", ".join(failures[:_SHOWN]) + others
    caught = ", ".join(canonical(name) for name in handler.foreign)
    where = f" ({handler_step.place})" if handler_step.place else ""
    if not failures:
        return (
            f"{step.located_way} exits the process by SystemExit, which the handler of "
            f"{caught}{where} does not catch: it never runs"
        )
    return (
        f"{step.located_way} raises {raised}, which the handler of {caught}{where} does not "
        "catch: the process ends with a traceback and status 1"
    )

"""Which failures of the steps in a `try` its handlers do not catch."""

from __future__ import annotations

from collections.abc import Set

from flake8_launcher.knowledge import Role, exceptions, raises, root_of
from flake8_launcher.knowledge.shown import shows
from flake8_launcher.launch.model import (
    Await,
    Call,
    Handler,
    LaunchPath,
    ModuleImport,
    Return,
    Step,
    Store,
)
from flake8_launcher.launch.paths import handling
from flake8_launcher.semantic.running.events import Guard

_NO_FAILURE = (Await, ModuleImport, Return, Store)
_OF_ARGUMENTS = frozenset({"TypeError", "ValueError", "argparse.ArgumentError"})
_PARSERS = frozenset({"json", "simplejson", "toml", "tomli", "tomllib", "yaml"})
"""Packages whose types of a failure derive from one of Python, and come of their calls alone."""
_ARGPARSE = "argparse.ArgumentParser"
_HAS_FIELDS = frozenset({"object", "types.SimpleNamespace", "typing.NamedTuple"})
"""What the construction of does no more than keep what it is given."""


def uncaught(path: LaunchPath, handler: Handler) -> Step | None:
    """Return a step whose failures pass a handler that is made for them.

    :returns: none where a handler may match, where it is not known what the steps raise, or where
        all of these fail for a wrong argument alone.
    """
    if not _is_known(handler.guard) or not any(map(handling.catches_failure, handler.foreign)):
        return None
    steps = [
        step
        for step in path.under(handler.guard)
        if not isinstance(step, _NO_FAILURE) and _inmost(step) is handler.guard
        if not shows(step.name)
    ]
    if any(_may_raise_otherwise(path, step) for step in steps):
        return None
    if _may_be_for_others(handler.guard, steps):
        return None
    failing = [step for step in steps if failures(step)]
    parses = [step for step in failing if _is_parse(step)]
    for step in parses:
        if not _is_caught(step):
            return step
    if _is_all_seen(path, handler):
        followed = {name for step in path.under(handler.guard) for name in step.chain}
        steps = [step for step in steps if not _is_followed(step, followed)]
    if failing and len(failing) == len(steps) and all(map(raises.is_complete, _names(steps))):
        if not any(map(_is_caught, steps)):
            telling = filter(_fails_by_itself, failing)
            return next((step for step in failing if step.role), next(telling, None))
    return None


def _is_followed(step: Step, followed: Set[str]) -> bool:
    """Tell whether a step calls a function of the project: what it does are steps of their own.

    A class that has nothing to do where an object of it is made raises nothing else.

    :param followed: the functions that steps are taken in.
    """
    if not isinstance(step, Call):
        return False
    return step.seen or f"{step.name}.__init__" in followed or only_keeps(step)


def only_keeps(call: Call) -> bool:
    """Tell whether a call makes an object that does no more than keep what it is given."""
    return not _HAS_FIELDS.isdisjoint(call.names)


def _is_all_seen(path: LaunchPath, handler: Handler) -> bool:
    """Tell whether all that may fail in the functions that a `try` calls are steps.

    Expressions are none, nor is what a handler in there lets by.
    """
    if not exceptions.OF_EXPRESSIONS.isdisjoint(map(raises.type_of, handler.foreign)):
        return False
    if not path.follows_all_under(handler.guard):
        return False
    return all(_inmost(step) is handler.guard for step in path.under(handler.guard))


def _fails_by_itself(step: Step) -> bool:
    """Tell whether a step may fail though its arguments are right."""
    return not _OF_ARGUMENTS.issuperset(failures(step))


def _may_raise_otherwise(path: LaunchPath, step: Step) -> bool:
    """Tell whether a program that is run, or a parser of arguments, may be told to raise more."""
    if isinstance(step, Call) and step.name in raises.ASKED_TO_RAISE:
        asked = raises.ASKED_TO_RAISE[step.name]
        return not step.complete_arguments or not asked.isdisjoint(step.keywords)
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
    return [_known_name(step) for step in steps]


def _known_name(step: Step) -> str:
    """Return the name of a step, or that of a base whose instances the project's class makes."""
    others = step.names if isinstance(step, Call) and not step.seen else ()
    return next((one for one in (step.name, *others) if raises.raised_by(one)), step.name)


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


def failures(step: Step) -> tuple[str, ...]:
    """Return the types of what a step is known to raise."""
    is_read = isinstance(step, Call) and (step.seen or "fallback" in step.keywords)
    return () if is_read else raises.raised_by(_known_name(step))


def _is_parse(step: Step) -> bool:
    """Tell whether a step is oslo.config's parse."""
    return step.role is Role.LOAD and any(
        one.startswith("oslo_config.") for one in failures(step)
    )


def _is_caught(step: Step) -> bool:
    """Tell whether some handler around a step may match one of its failures."""
    return any(
        raises.may_catch(caught, raised) is not False
        and not _is_of_others(caught, raised, step)
        and not _is_of_peers(caught, step)
        for guard in step.guards
        for caught in guard.foreign
        for raised in failures(step)
    )


def _is_of_others(caught: str, raised: str, step: Step) -> bool:
    """Tell whether a handler is for what another library makes of a type that a step raises.

    A parser of one format may raise ``ValueError``, but none that is made for another format.
    """
    own, other = raises.type_of(caught), raises.type_of(raised)
    if own is None or other != "ValueError" or "." not in own:
        return False
    return root_of(own) != root_of(step.name) and root_of(own) in _PARSERS


def _is_of_peers(caught: str, step: Step) -> bool:
    """Tell whether a handler is for failures of a connection, and a step only binds a port."""
    binds = isinstance(step, Call) and raises.binds(_known_name(step))
    return binds and "ConnectionError" in raises.ancestors(raises.type_of(caught) or caught)

"""When oslo.config parses, and what surely comes before it or after it on a launch path."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flake8_launcher.knowledge import Role, canonical, known_roles_of, propagators
from flake8_launcher.knowledge import options as known
from flake8_launcher.launch.model import Call, LaunchPath, ModuleImport, OptionRead, Step
from flake8_launcher.launch.questions import origins
from flake8_launcher.semantic.running.events import Arm

_UNSURE = frozenset({"branch", "candidate", "callback", "except"})
"""Ways to a step that may not be taken."""
_PASSED_ON = frozenset({"assigned", "other", "returned"})
"""Uses of a value that something else may be made of."""
_ELSEWHERE = frozenset({"candidate", "callback", "except"})
"""Ways to a step that tell little about when it runs."""


def object_parsed(step: Step) -> str | None:
    """Return the configuration object that a step has parse its files, if it does."""
    if step.role is not Role.LOAD:
        return None
    return next(
        (name for name in map(canonical, step.names) if known.CONFIGURATION.fullmatch(name)), None
    )


def may_parse(step: Step) -> bool:
    """Tell whether a step may have oslo.config parse, as far as its name tells."""
    if step.role is not Role.LOAD or (isinstance(step, Call) and step.seen):
        return False
    return object_parsed(step) is not None or not known_roles_of(step.name)


def object_read(read: OptionRead) -> str | None:
    """Return the configuration object that an option is read of."""
    return known.holder(canonical(read.name))


def option_read(step: Step) -> tuple[str, ...]:
    """Return the parts of the name of the option that a step reads."""
    return known.read(canonical(step.name))


def becomes_default(path: LaunchPath, read: OptionRead) -> bool:
    """Tell whether what a step reads of an option only goes into a default, as it is or in part.

    So does a list of an option's default and more, whatever it is called on the way there.
    """
    if read.use.endswith(known.DEFAULT_SETTERS):
        return True
    is_passed_on = read.use in _PASSED_ON or propagators.keeps(read.use)
    if not is_passed_on and not any(one.seen and one.name == read.use for one in path.calls):
        return False
    parts = option_read(read)
    given = (
        known.read(canonical(name).replace("[]", ""))
        for step in path.calls
        if step.name.endswith(known.DEFAULT_SETTERS)
        for argument in step.arguments
        for name in origins.names(argument)
    )
    return any(one and (parts[: len(one)] == one or one[: len(parts)] == parts) for one in given)


def is_single(path: LaunchPath, name: str) -> bool:
    """Tell whether only one configuration object on a path can have a name."""
    made = name.removesuffix("()")
    places = {(one.place, one.line) for one in path.steps if canonical(one.name) == made}
    # what an import makes is not among the steps
    return made == name or len(places) <= 1


def excludes(one: Step, other: Step) -> bool:
    """Tell whether one run of a function takes only one of two steps."""
    return any(
        arm.fork is another.fork and arm.kind != "try" and arm is not another
        for arm in one.arms
        for another in other.arms
    )


def reads_too_early(path: LaunchPath) -> Iterator[tuple[OptionRead, Step]]:
    """Yield what reads an option before it can have been parsed, with the parse that follows."""
    for step, parse in _before_parse(path, _read_of):
        if isinstance(step, OptionRead):
            yield step, parse


def sets_logging_up_too_early(path: LaunchPath) -> Iterator[tuple[Call, Step]]:
    """Yield what sets logging up as options tell that are parsed only then, with that parse.

    Where logging is set up once more after the parse, the first time is for what comes between.
    """
    again: dict[int, bool] = {}
    for step, parse in _before_parse(path, _set_up_with):
        if id(parse) not in again:
            after = path.steps[path.steps.index(parse) + 1 :]
            others = (one for one in after if _set_up_with(one))
            again[id(parse)] = any(_is_sure(one, parse, []) for one in others)
        if isinstance(step, Call) and not again[id(parse)]:
            yield step, parse


def _before_parse(
    path: LaunchPath, reads: Callable[[Step], str | None]
) -> Iterator[tuple[Step, Step]]:
    """Yield what surely comes before the first parse, with that parse.

    :param reads: tells the configuration object that a step reads options of, if it does.
    """
    known_parses = [step for step in path.steps if object_parsed(step)]
    pending: list[tuple[Step, str]] = []
    done: set[str] = set()
    for step in path.with_reads:
        if read := reads(step):
            if read not in done:
                pending.append((step, read))
        elif may_parse(step):
            parsed = object_parsed(step)
            if parsed is None:
                return
            same = [one for one in known_parses if object_parsed(one) == parsed]
            early = pending if parsed not in done and is_single(path, parsed) else ()
            for one, its in early:
                if its == parsed and _is_too_early(one, step, same):
                    yield one, step
            done.add(parsed)


def _read_of(step: Step) -> str | None:
    return object_read(step) if isinstance(step, OptionRead) else None


def _set_up_with(step: Step) -> str | None:
    """Return the configuration object that a step sets logging up with, if it does."""
    if not isinstance(step, Call) or canonical(step.name) not in known.SETS_LOGGING_UP:
        return None
    argument = step.argument(0, "conf")
    return canonical(argument.names[0]) if argument and len(argument.names) == 1 else None


def registers_too_late(path: LaunchPath) -> Iterator[tuple[Step, Step]]:
    """Yield what registers command-line options after a parse, with that parse."""
    parses: dict[str, list[Step]] = {}
    for step in path.steps:
        if parsed := object_parsed(step):
            parses.setdefault(parsed, []).append(step)
            continue
        holder, _, method = canonical(step.name).rpartition(".")
        if method in known.RESETS:
            parses.pop(holder, None)
        for name in (holder,) if method in known.CLI_REGISTRARS else _registered_with(step):
            before = parses.get(name, [])
            if before and is_single(path, name) and _is_too_late(step, before):
                yield step, before[0]


def imports_too_late(path: LaunchPath) -> Iterator[tuple[ModuleImport, Step]]:
    """Yield the imports in functions that surely come after the global object has parsed."""
    parses: list[Step] = []
    for step in path.steps:
        if object_parsed(step) == known.GLOBAL:
            parses.append(step)
        elif step.name.rpartition(".")[2] in known.RESETS:
            parses.clear()
        elif isinstance(step, ModuleImport) and not step.is_imported and len(step.chain) > 1:
            if parses and _is_too_late(step, parses):
                yield step, parses[0]


def _registered_with(step: Step) -> tuple[str, ...]:
    """Return the objects that a function of a library registers command-line options with."""
    if not isinstance(step, Call) or canonical(step.name) not in known.CLI_REGISTERING:
        return ()
    argument = step.argument(0, "conf")
    if argument is None:
        return ()
    return tuple(map(canonical, argument.names)) if len(argument.names) == 1 else ()


def _is_too_late(step: Step, parses: list[Step]) -> bool:
    """Tell whether a step surely comes after one of some parses, and nothing expects that."""
    parse = parses[0]
    if excludes(step, parse) or any(arm.kind in _UNSURE for arm in _own(step, parse)):
        return False
    inner = (guard for guard in step.guards if not any(guard is one for one in parse.guards))
    if any(guard.catches for guard in inner):
        return False
    return _is_sure(parse, step, parses)


def _is_too_early(read: Step, parse: Step, parses: list[Step]) -> bool:
    """Tell whether a read surely comes before a parse that surely comes.

    :param parse: the first of some parses.
    """
    if any(map(known.SEARCHER.search, read.chain)):
        return False
    if excludes(read, parse) or any(arm.kind in _ELSEWHERE for arm in _own(read, parse)):
        return False
    return _is_sure(parse, read, parses)


def _is_sure(parse: Step, step: Step, parses: list[Step]) -> bool:
    """Tell whether one of some parses, of which one is given, happens wherever a step does."""
    return all(
        arm.kind not in _UNSURE or (arm.kind == "branch" and _is_in_every(arm, parses))
        for arm in _own(parse, step)
    )


def _own(one: Step, other: Step) -> Iterator[Arm]:
    """Yield the ways to a step that are not ways to the other."""
    return (arm for arm in one.arms if not any(arm is known for known in other.arms))


def _is_in_every(arm: Arm, parses: list[Step]) -> bool:
    """Tell whether another branch of a fork parses, too."""
    others = (one for parse in parses for one in parse.arms)
    return any(one.fork is arm.fork and one is not arm for one in others)

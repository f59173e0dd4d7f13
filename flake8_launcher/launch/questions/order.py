"""What comes too late on a launch path: the one question of the rules about order.

Something takes effect only before something else. What happens on the path is told in order, and
what is set is compared with what has settled it by then.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Container, Iterable, Iterator
from typing import NamedTuple, TypeVar

from flake8_launcher.imports.summary import Called
from flake8_launcher.knowledge import order as known
from flake8_launcher.knowledge import root_of, with_packages
from flake8_launcher.knowledge.language import BUILTINS
from flake8_launcher.launch.around.project_modules import ProjectModules
from flake8_launcher.launch.model import (
    Argument,
    Call,
    LaunchPath,
    Moment,
    Step,
    Store,
    exclude,
    shortened,
)
from flake8_launcher.launch.questions.given import asks_for_file, asks_for_given
from flake8_launcher.semantic.running.events import Arm
from flake8_launcher.semantic.values import Constant, Made, Mapping, Sequence, Values

Key = TypeVar("Key")

_UNSURE = frozenset({"branch", "candidate", "loop", "endless"})
"""Ways that may not be taken."""
_UNSURE_LATE = frozenset({"branch", "candidate"})
"""Those of what comes too late. What a loop does is too late in each round that is gone."""
_OWN_NAME = (("__name__",), ("?__name__",))
_CALLED_BACK = "callback"
"""The way through a function that something else may call: what is too late there is so always."""


def too_late(
    moments: Iterable[Moment],
    settles: Callable[[Moment], Iterable[Key]],
    sets: Callable[[Moment], Iterable[Key]],
    again: bool = True,
    at_early: bool = False,
    imported: bool = False,
) -> Iterator[tuple[Key, Moment, Moment]]:
    """Yield what surely comes after something that has settled it.

    Each is told as what it is about, what has settled that, and what comes too late.

    :param moments: what happens, in order.
    :param settles: tells what a moment settles.
    :param sets: tells what a moment is to have an effect on.
    :param again: whether what was set in time may be set again, with or without effect.
    :param at_early: whether what has settled it must be there to be told in the checked file, in
        the place of what is late.
    :param imported: whether what the top level of another module does too late counts, where
        that module has not settled it itself.
    """
    settled: dict[Key, list[Moment]] = {}
    set_in_time: set[Key] = set()
    halves: dict[tuple[Key, int], _Half] = {}
    for moment in moments:
        for key in sets(moment):
            if key not in settled:
                if again:
                    set_in_time.add(key)
            elif key not in set_in_time:
                half = None
                for early in settled[key]:
                    told = is_told_here(early if at_early else moment)
                    told = told or (imported and is_of_other_import(early, moment))
                    doubts = _doubts(early, moment) if told else None
                    if doubts == []:
                        yield key, early, moment
                        break
                    if doubts and half is None and _is_half(doubts):
                        half = _Half(doubts[0], early, moment)
                else:
                    if half is not None:
                        other = halves.setdefault((key, id(half.arm.fork)), half)
                        if other.arm.number != half.arm.number:
                            yield key, other.early, other.late
                            yield key, half.early, half.late
        for key in settles(moment):
            if key not in set_in_time:
                settled.setdefault(key, []).append(moment)


class _Half(NamedTuple):
    """What comes too late in one arm of a condition: in both, it surely does."""

    arm: Arm
    early: Moment
    late: Moment


def _is_half(doubts: list[Arm]) -> bool:
    """Tell whether all that may be is that one of two arms is not taken."""
    arm = doubts[0]
    return len(doubts) == 1 and isinstance(arm.node, ast.If) and bool(arm.node.orelse)


def is_sure(early: Moment, late: Moment) -> bool:
    """Tell whether, of two moments, both happen in one run, and nothing in between may stop it."""
    return _doubts(early, late) == []


def _doubts(early: Moment, late: Moment) -> list[Arm] | None:
    """Return the ways by which the later of two moments may not be reached; none is sure.

    :returns: None where they do not both happen for another reason.
    """
    one, other = early.step, late.step
    if early.skippable or late.skippable:
        return None
    if one is None or other is None:
        return None if early.perhaps else _skipping(other, (), _UNSURE_LATE, _is_void)
    if exclude(one, other):
        return None
    if _skipping(one, other.arms, _UNSURE | {_CALLED_BACK}) != []:
        return None
    return _skipping(other, one.arms, _UNSURE_LATE, _is_void)


def _is_void(arm: Arm, step: Step) -> bool:
    """Tell whether a way says no more than that there is something to do."""
    if asks_for_given(arm, step):
        return True
    if called_by(step) == known.FILE_CONFIG:
        return asks_for_file(arm)
    if not _sets_line(step):
        return False
    lines = next((number for number, one in enumerate(step.arms) if one.kind == "loop"), None)
    # each line of a file, where there is such a file
    return asks_for_file(arm) or (lines is not None and step.arms.index(arm) >= lines)


def _skipping(
    step: Step | None,
    known: Iterable[Arm],
    unsure: Container[str],
    is_void: Callable[[Arm, Step], bool] = lambda arm, step: False,
) -> list[Arm] | None:
    """Return the ways by which a step may not be taken where some ways are.

    :param unsure: the kinds of ways that may not be taken.
    :param is_void: tells of which of them that does not matter.
    :returns: None where it may not be taken for another reason.
    """
    if step is None or not step.conditional:
        return []
    if not any(arm.kind in _CONDITIONAL for arm in step.arms):
        return None
    own = (arm for arm in step.arms if not any(arm is one for one in known))
    return [arm for arm in own if arm.kind in unsure and not is_void(arm, step)]


_CONDITIONAL = _UNSURE | {_CALLED_BACK, "except", "run"}


def is_told_here(late: Moment) -> bool:
    """Tell whether what comes too late stands in the checked file, or is called from there.

    What the top level of another module does is told there, and so is what only something else
    calls back.
    """
    step = late.step
    if step is None or late.event is not step or step.is_imported or step.is_in_tests:
        return False
    return not step.place or all(arm.kind != _CALLED_BACK for arm in step.arms)


def is_of_other_import(early: Moment, late: Moment) -> bool:
    """Tell whether the top level of another module comes too late, and alone would not."""
    step = late.event
    if isinstance(step, Step):
        is_imported = step.is_imported and not step.is_in_tests
    else:
        is_imported = isinstance(step, Called) and not late.perhaps
    return is_imported and bool(late.modules) and late.modules[-1] not in early.modules


def is_told_there(leading: Collection[str], late: Moment, checked: str) -> bool:
    """Tell whether the top level of another module comes too late by itself: it is told there.

    What settles the matter is imported by that module, or by a package that holds it.

    :param leading: the modules whose imports lead to that.
    :param checked: the name of the checked module, which its own package may import.
    """
    if late.perhaps or late.step is not None or not late.chain:
        return False
    module = late.chain[-1]
    if f"{checked}.".startswith(f"{module}."):
        return False
    return any(one in leading for one in with_packages(module))


def matters(step: Step) -> bool:
    """Tell whether a step counts for any of the rules about order."""
    return any(name in known.ORDERED for name in step.names)


def moment_of(step: Step) -> Moment:
    """Return the moment of a step."""
    return Moment(step.line, step.column, step, step.conditional, step.chain, step)


def called(moment: Moment) -> str:
    """Return the qualified name of what is called at a moment; empty where nothing is."""
    return called_by(moment.event)


def done_at(
    project: ProjectModules, moment: Moment, names: Iterable[str], switches: Iterable[str] = ()
) -> Iterator[str]:
    """Yield the name of what is called at a moment, and what that calls if it is the project's.

    :param names: those that are of interest.
    :param switches: keywords; what is called with one of them off is left out.
    """
    name = called(moment)
    if name and not is_off(moment.event, switches):
        yield name
    if isinstance(moment.event, Called) and name not in known.NOTED and project.owns(name):
        words = {one.removesuffix("()").rpartition(".")[2] for one in names}
        done = project.done_when_called(name, words)
        calls = (one for one in done if isinstance(one, Called))
        yield from (one.name for one in calls if not is_off(one, switches))


def is_off(event: object, switches: Iterable[str]) -> bool:
    """Tell whether a call is told by one of some keywords to do nothing yet."""
    given: dict[str, object] = {}
    if isinstance(event, Called):
        given = dict(event.keywords)
    elif isinstance(event, Call):
        given = event.keywords
    return any(given.get(one) is False for one in switches)


def called_by(event: object, names: Container[str] = known.ORDERED) -> str:
    """Return the qualified name of what is called; empty for what is no call.

    :param names: those that go before others.
    """
    if isinstance(event, Called):
        return event.name
    if isinstance(event, Call):
        found = (name for name in event.names if name in names)
        return next(found, event.name)
    return ""


def keywords(moment: Moment) -> dict[str, object]:
    """Return the keywords of a call: literals, or qualified names of what is none."""
    event = moment.event
    if isinstance(event, Called):
        return dict(event.keywords)
    if not isinstance(event, Call):
        return {}
    found = dict(event.keywords)
    for one in event.arguments:
        if one.keyword in found and one.literal is ... and len(one.names) == 1:
            if one.names[0][0] != "?":
                found[one.keyword] = one.names[0]
    return found


def first_text(moment: Moment, module: str = "") -> str | None:
    """Return the first argument of a call, where it is a literal text.

    :param module: the name of the checked module, whose steps may give it as ``__name__``.
    """
    event = moment.event
    if isinstance(event, Called):
        return event.argument
    if not isinstance(event, Call) or not event.arguments or event.arguments[0].keyword:
        return None
    first = event.arguments[0]
    if first.names in _OWN_NAME and not event.place:
        return module
    return first.text


def variables_set(step: Step) -> tuple[str, ...]:
    """Return the variables of the environment that a step sets."""
    keys: list[object] = []
    match step:
        case Store(name=known.SET_ITEM, key=Argument() as key) if step.value.code:
            keys = _literals(key.values)
        case Store(name=known.ENVIRONMENT):
            keys = _keys(step.value.values)
        case Call(name=known.SETS_SEVERAL):
            keys = [
                *(one.keyword for one in step.arguments if one.keyword),
                *(key for one in step.arguments if not one.keyword for key in _keys(one.values)),
            ]
        case Call() if step.name in known.SETS_ONE and step.arguments:
            keys = _literals(step.arguments[0].values)
    return tuple(key for key in keys if isinstance(key, str) and key)


def django_settings(path: LaunchPath) -> str | None:
    """Return the module of Django's settings that a path names, where it names one."""
    named = {
        step.given[-1].text
        for step in path.steps
        if step.name == known.SET_ITEM or step.name in known.SETS_ONE
        if known.DJANGO in variables_set(step)
    }
    return named.pop() if len(named) == 1 else None


def _literals(values: Iterable[object]) -> list[object]:
    """Return the literals that values are, all of them."""
    return [value.value for value in values if isinstance(value, Constant)]


def _keys(values: Iterable[object]) -> list[object]:
    """Return the literal keys of what is put into a mapping."""
    found: list[object] = []
    for value in values:
        if isinstance(value, Mapping):
            found.extend(value.items)
        parts = getattr(getattr(value, "arguments", None), "positional", ())
        found.extend(key for part in parts for key in _keys(part))
    return found


def asks_for_workers(path: LaunchPath, step: Call, server: str) -> bool:
    """Tell whether the call of a server surely starts workers, with a process for each."""
    given = step.keywords
    if server == "hypercorn":
        may_have_none = (
            one.name.endswith(known.HYPERCORN_WORKERS) and one.value.literal in (0, ...)
            if isinstance(one, Store)
            else one.name.endswith(known.HYPERCORN_LOADS)
            for one in path.steps
        )
        return not any(may_have_none)
    if server == "sanic":
        return given.get("single_process", False) is False
    application = step.argument(0, "app")
    if application is not None and not _may_be_text(application):
        return False  # what is no text cannot be imported again: it ends at once
    workers = given.get("workers")
    is_several = isinstance(workers, int) and workers > 1
    return is_several or given.get("reload") is True


def _may_be_text(argument: Argument) -> bool:
    """Tell whether something is a text, is put together of others, or is a list of such."""
    made = (one for one in argument.values if isinstance(one, Made) and one.operator)
    lists = (one for one in argument.values if isinstance(one, Sequence))
    return argument.text is not None or any(made) or any(lists)


def is_for_others(path: LaunchPath, late: Step) -> bool:
    """Tell whether a variable that is set may be meant for a process that is started later."""
    after = path.steps[path.steps.index(late) + 1 :]
    return any(map(_starts_process, after))


def _starts_process(step: Step) -> bool:
    if not isinstance(step, Call):
        return False
    if step.name in known.STARTS_WORKERS:
        given = (step.keywords.get(name) for name in known.OF_WORKERS)
        return any(value is True or value not in (None, False, 1) for value in given)
    return known.STARTS_PROCESS.match(step.name) is not None


def loads_file(event: object) -> bool:
    """Tell whether something puts what a file such as ``.env`` holds into the environment."""
    if called_by(event) in known.LOADS_FILE:
        return True
    match event:
        case Store(name=known.ENVIRONMENT) | Call(name=known.SETS_SEVERAL):
            return any(name in known.FILE_VALUES for one in event.given for name in one.names)
        case Step():
            return _sets_line(event)
    return False


def _sets_line(step: Step) -> bool:
    """Tell whether a step sets a variable of which a file tells the name."""
    match step:
        case Store(name=known.SET_ITEM, key=Argument() as key):
            return _is_of_file(key)
        case Call(arguments=(key, *_)):
            return step.name in known.SETS_ONE and _is_of_file(key)
    return False


def _is_of_file(key: Argument) -> bool:
    return any(known.OF_FILE.search(name) for name in key.names)


def key_of(step: Step) -> str:
    """Return the key of the item that a step assigns, where that is known."""
    key = step.key if isinstance(step, Store) else None
    return (key.text or "") if key is not None else ""


def way_of(early: Moment) -> str:
    """Return the modules that lead to what is reported itself, for messages."""
    event = early.event
    if isinstance(event, Step):
        return ""
    return f"{shortened(early.chain)} " if early.chain else ""


def way(moment: Moment) -> str:
    """Return what leads to what is called at a moment, and that itself, for messages."""
    event = moment.event
    return event.way if isinstance(event, Step) else f"{way_of(moment)}-> {called(moment)}"


def located(early: Moment, what: str, checked: str) -> str:
    """Return what has settled a matter, for messages, with the way there and the line.

    Where the package of the checked module does it, which no line of that module imports, it is
    the package's file that is named.

    :param checked: the name of the checked module.
    """
    event = early.event
    if isinstance(event, Step):
        return event.located_way
    chain = early.chain if not what else (*early.chain, what)
    place = f"l. {early.line}"
    package = early.chain[0] if early.chain else checked
    if checked.startswith(f"{package}."):
        place = f"{package.replace('.', '/')}/__init__.py"
        if len(early.chain) == 1:
            place += f":{event.line}"
    return f"{shortened(chain)} ({place})"


def expects(step: Step, error: str) -> bool:
    """Tell whether something around a step catches an error of a type, or every failure."""
    caught = (name for guard in step.guards for name in guard.catches)
    return any(name in (error, "Exception", "BaseException") for name in caught)


def migrates(path: LaunchPath, step: Call) -> bool:
    """Tell whether a call runs migrations that know of a file which configures logging."""
    name = called_by(step, known.MIGRATES)
    if name == known.ALEMBIC_COMMAND:
        texts = (text for one in step.given for value in one.values for text in _texts(value))
        return any(text in known.MIGRATION_COMMANDS for text in texts)
    if name in known.MIGRATES and name.startswith(known.ALEMBIC):
        made = [one.argument(0, "file_") for one in path.calls if one.name == known.MIGRATIONS]
        return bool(made) and all(one is not None and one.literal is not None for one in made)
    return name in known.MIGRATES


def loggers_kept(step: Call) -> tuple[str, ...] | None:
    """Return the loggers that a configuration of logging names; the others it disables.

    :returns: none where it disables none, or where that cannot be told.
    """
    position, keyword = known.DISABLING[called_by(step)]
    given = step.argument(position, keyword) if position >= 0 else step.keyword(keyword)
    if given is None or not step.complete_arguments:
        return None
    if called_by(step) == known.FILE_CONFIG:
        told = step.argument(2, known.DISABLES)
        return () if told is None or told.literal is True else None
    return loggers_named(given.values)


def is_given_file(step: Call) -> bool:
    """Tell whether a configuration of logging is read of a file, in YAML or another form."""
    position, keyword = known.DISABLING[called_by(step)]
    given = step.argument(position, keyword) if position >= 0 else step.keyword(keyword)
    return given is not None and any(map(known.READS_FILE_OF_LOGGING.fullmatch, given.names))


def loggers_named(values: Values) -> tuple[str, ...] | None:
    """Return the loggers that what is given to ``dictConfig`` names; the others it disables.

    :returns: none where it disables none, or where that cannot be told.
    """
    if len(values) != 1 or not isinstance(values[0], Mapping):
        return None
    keys = values[0].items
    if ... in keys or _literal(keys.get("incremental", ()), False) is not False:
        return None
    if _literal(keys.get(known.DISABLES, ()), True) is not True:
        return None
    named = keys.get("loggers", ())
    if not named:
        return ()
    if len(named) != 1 or not isinstance(named[0], Mapping):
        return None
    names = named[0].items
    return tuple(map(str, names)) if ... not in names else None


def _literal(values: Iterable[object], absent: object) -> object:
    """Return what values surely are, where they are one literal; ``...`` where they are not."""
    known_values = [*values]
    if not known_values:
        return absent
    only = known_values[0]
    return only.value if len(known_values) == 1 and isinstance(only, Constant) else ...


def green_pool(step: Call) -> str:
    """Return the kind of green workers that a call asks for; empty where it asks for none."""
    name = called_by(step, known.CELERY_WORKERS)
    if name in known.CELERY_WORKERS and step.arguments:
        given = step.argument(0, "argv") or step.arguments[0]
        texts = [text for value in given.values for text in _texts(value)]
        for text, before in zip(texts, ["", *texts], strict=False):
            found = known.CELERY_POOL.fullmatch(text)
            if found and (found[1] or before in ("-P", "--pool")):
                return found[1] or text
    elif name == known.CELERY_WORKER:
        pool = step.keywords.get("pool") or step.keywords.get("pool_cls")
        return pool if pool in ("gevent", "eventlet") else ""
    elif any(one in known.SOCKETS for one in step.names):
        mode = step.keywords.get(known.SOCKETS_MODE)
        has_queue = isinstance(step.keywords.get(known.SOCKETS_QUEUE), str)
        return mode if has_queue and mode in ("gevent", "eventlet") else ""
    elif any(one in known.GUNICORN_APPLICATIONS for one in step.names):
        if not any(map(_is_named, step.arguments)):
            return ""  # its application is made in `load`, by the worker, which has patched
        for argument in step.arguments:
            for value in argument.values:
                worker = value.get("worker_class") if isinstance(value, Mapping) else ()
                literal = _literal(worker, "")
                if isinstance(literal, str) and known.GREEN.fullmatch(literal):
                    return literal
    return ""


def _is_named(argument: Argument) -> bool:
    """Tell whether something is known by a name, and is no text, number or mapping."""
    return any(name[0] != "?" and root_of(name) not in BUILTINS for name in argument.names)


def _texts(value: object) -> Iterator[str]:
    """Yield the literal texts in a list, in order."""
    for item in value.items if isinstance(value, Sequence) else ():
        literal = _literal(item, "")
        yield literal if isinstance(literal, str) else ""


def runs_uvloop(step: Call) -> bool:
    """Tell whether a step surely has the process run an event loop of uvloop's."""
    if step.conditional or expects(step, "ImportError"):
        return False
    if step.name in known.MAKES_UVLOOP:
        return True
    if step.name in known.TAKES_LOOP:
        return step.keywords.get("loop") == "uvloop"
    is_policy = step.name in known.POLICIES
    return is_policy and any(known.UVLOOP_POLICY in one.names for one in step.arguments)

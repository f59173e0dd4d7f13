"""Calls that run code which something outside the code names, and what limits that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flake8_launcher.knowledge import importers, sources
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.importers import Sink
from flake8_launcher.knowledge.sources import Kind, Source
from flake8_launcher.launch.beginnings import command_line
from flake8_launcher.launch.launcher import Launcher
from flake8_launcher.launch.model import Argument, Call, LaunchPath, Step
from flake8_launcher.launch.questions import origins
from flake8_launcher.launch.questions.rebinding import changed

_KINDS = (Kind.CONFIGURATION, Kind.ENVIRONMENT)
_CHECKS = frozenset({"isinstance", "issubclass"})
_MATCHES = (
    ".endswith",
    ".startswith",
    ".fullmatch",
    ".match",
    "re.search",
)
_PARTS = (".partition()", ".rpartition()", ".rsplit()", ".split()")
"""How the names of what gives parts of a text end."""
_IS_CONFIGURATION = deferred("conf|cfg|setting", re.IGNORECASE)
_PARSED = deferred(r"((?:simple|u)?json\.loads|toml(?:i|lib)?\.loads)\(\)")
"""What may be of a message as well as of a file."""


@dataclass(slots=True, eq=False, repr=False)
class Reflection:
    """A call that runs code which something outside names, with nothing that limits it.

    :ivar step: the call.
    :ivar sink: what it does.
    :ivar source: what names the code.
    :ivar passed: the call that passes the name on, where the step stands in another file than the
        checked one; it stands there, or in a third; none where the step stands there itself.
    :ivar is_patch: whether the function that makes the call patches what is found by its name.
    """

    step: Step
    sink: Sink
    source: Source
    passed: Step | None = None
    is_patch: bool = False


def reflections(launcher: Launcher) -> Iterator[Reflection]:
    """Yield such calls, of several in one function with the same source the first."""
    seen: dict[tuple[Source, str], tuple[int, int]] = {}
    importing = (
        launcher.followed_on(path) if _is_named_elsewhere(launcher, path) else path
        for path in launcher.importing
    )
    for path in (*importing, *launcher.launches):
        for found in _of_path(path):
            step = found.passed or found.step
            place = (step.line, step.column)
            first = seen.setdefault((found.source, step.chain[-1]), place)
            if first == place and not _has_choices(launcher, found.source):
                yield found


def _is_named_elsewhere(launcher: Launcher, path: LaunchPath) -> bool:
    """Tell whether another module of the project has what names the code, such as its settings."""
    own = f"{launcher.module}."
    for step in path.calls:
        sink = importers.sink(step.name)
        argument = step.argument(sink.position, sink.keyword) if sink else None
        names = argument.names if argument else ()
        if any(launcher.project.owns(one) for one in names if not one.startswith(("?", own))):
            return True
    return False


def _of_path(path: LaunchPath) -> Iterator[Reflection]:
    patching: set[tuple[str, ...]] | None = None
    messages: dict[str, bool] = {}
    for index, step in enumerate(path.calls):
        sink = importers.sink(step.name)
        if sink is None or step.seen:
            continue
        argument = step.argument(sink.position, sink.keyword)
        source = _source(sink, argument, path, messages) if argument else None
        if argument is None or source is None or _is_limited(path, index, argument):
            continue
        passed = None
        if step.place:
            passed = _passing(path, step, source) or _passing_elsewhere(path, step, source)
        if passed or not step.place:
            if patching is None:
                patching = {one.step.chain for one in changed(path)}
            yield Reflection(step, sink, source, passed, step.chain in patching)


def _source(
    sink: Sink, argument: Argument, path: LaunchPath, messages: dict[str, bool]
) -> Source | None:
    """Return where an argument comes from, if that is outside and not limited.

    Who gives a name on the command line could as well run Python, but where nobody does, what
    stands in for it counts. Files of configuration that are run are another rule's.

    :param messages: whether what each parser gives is known to be of a message.
    """
    for origin in _named(argument, path):
        source = sources.source(origin)
        if source is None or any(origin in origins.leading((one,)) for one in path.sought):
            continue
        if parser := _PARSED.match(source.name):
            name = parser[1]
            if name not in messages:
                messages[name] = _is_of_message(path, name)
            if messages[name]:
                continue
        is_file = sink.position == 1 and sink.does == "executes"
        last = source.name.rpartition(".")[2].removeprefix("CONF")
        if source.kind in _KINDS and not (is_file and _IS_CONFIGURATION.search(last)):
            return source
    return None


def _named(argument: Argument, path: LaunchPath) -> Iterator[str]:
    """Yield what an argument is made of, and what stands in for the command line's part in it."""
    for origin in origins.leading(argument.values):
        yield origin
        parsed = origin.removesuffix("[]")
        if parsed.endswith(_PARTS):
            parsed = parsed.rpartition(".")[0]
        if command_line.is_parsed(parsed):
            yield from origins.leading(command_line.defaults(path.calls)(parsed))


def _is_of_message(path: LaunchPath, parser: str) -> bool:
    """Tell whether nothing shows that a text which is parsed comes from a file or the operator."""
    parsed = [step.arguments[0] for step in path.calls if step.name == parser and step.arguments]
    known = (origins.opened(text) or origins.source(text) for text in parsed)
    return bool(parsed) and not any(known)


def _has_choices(launcher: Launcher, source: Source) -> bool:
    """Tell whether an option is declared with the values that it may have."""
    if source.kind is not Kind.CONFIGURATION or not source.name.startswith("CONF"):
        return False
    keys = re.findall(r"\w+", source.name.removeprefix("CONF"))
    group = keys[-2] if len(keys) > 1 else ""
    return launcher.options.registry.is_limited(launcher.module, keys[-1], group)


def _is_limited(path: LaunchPath, index: int, argument: Argument) -> bool:
    """Tell whether the text is checked somewhere, or what it leads to is."""
    step = path.calls[index]
    results = (f"{step.name}()", "getattr()")
    for at, other in enumerate(path.calls):
        names = {name for one in other.arguments for name in one.names}
        if other.name in _CHECKS and at > index:
            if any(name.startswith(results) or name == "?" for name in names):
                return True
        elif other.name.endswith(_MATCHES):
            owner = other.name.rpartition(".")[0]
            if owner in argument.names or not names.isdisjoint(argument.names):
                return True
    return False


def _passing(path: LaunchPath, step: Step, source: Source) -> Step | None:
    """Return the call in the checked file that passes a source's value towards a step."""
    if step.depth >= len(step.chain):
        return None
    callee = step.chain[step.depth].removesuffix(".__init__")  # of a class that is called
    for one in path.calls:
        if one.place or (one.line, one.column, one.name) != (step.line, step.column, callee):
            continue
        if _is_given(one, source, path):
            return one
    return None


def _passing_elsewhere(path: LaunchPath, step: Step, source: Source) -> Call | None:
    """Return the call that passes a source's value towards a step, between two other modules.

    Neither of them has the whole evidence, so that it takes a launcher to know.
    """
    nodes = {id(site.node) for site in step.sites[step.depth :]}
    for one in path.calls:
        is_between = bool(one.place) and one.file != step.file and id(one.node) in nodes
        is_on_way = is_between and one.chain == step.chain[: len(one.chain)]
        if is_on_way and _is_given(one, source, path):
            return one
    return None


def _is_given(call: Call, source: Source, path: LaunchPath) -> bool:
    """Tell whether an argument of a call is what a source gives."""
    made_of = (_named(argument, path) for argument in call.arguments)
    return any(_gives(origin, source) for several in made_of for origin in several)


def _gives(origin: str, source: Source) -> bool:
    """Tell whether a value is what a source gives, or the mapping that it is an item of."""
    if sources.source(origin) == source:
        return True
    return sources.holds(origin) and source.name.startswith(f"{origin}[")

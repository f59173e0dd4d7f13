"""What a report says of steps, and of what becomes of failures, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flake8_launcher.knowledge import sources
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.quoting import veiled
from flake8_launcher.launch import (
    Call,
    Comparison,
    LaunchPath,
    ModuleImport,
    OptionRead,
    Role,
    Store,
)
from flake8_launcher.launch import Step as Taken
from flake8_launcher.launch.beginnings import command_line
from flake8_launcher.launch.beginnings.entries import MAIN_BLOCK, MODULE_LEVEL
from flake8_launcher.launch.paths import status
from flake8_launcher.launch.paths.fates import Fate
from flake8_launcher.launch.questions import order, origins, parsing
from flake8_launcher.launch.questions.signals import sets_handler
from flake8_launcher.report.choice import PREPARES, takes_settings
from flake8_launcher.report.model import Finding, Phase, Place
from flake8_launcher.report.names import called, name_of
from flake8_launcher.report.values import may_hold_secret, set_to, source_of

_MOST_NAMES = 12
_COMMAND = "Command.handle"
_NO_PATHS = ("project", "encoding", "namespace")
"""What the keywords end with of texts that are no paths."""
SCRIPT = "script"
_HOW = {
    "raise": "raised on",
    "return": "returns",
    "loop": "goes on with the next round",
    "break": "leaves the loop",
    "retry": "tries again",
    "continue": "goes on",
}
_GOES_ON = deferred(r"[\w.(\[]")
"""What follows a name that is only the beginning of another."""


def kind_of(path: LaunchPath, of_django: bool = False) -> str:
    """Return how a process comes to begin with a path.

    :param of_django: whether it is that of settings of Django, which commands load as well.
    """
    if path.is_served:
        return f"loaded by a server{' or manage.py' * of_django}"
    if path.declared:
        return "console script"
    if path.entry == MAIN_BLOCK:
        return SCRIPT
    if path.entry == MODULE_LEVEL:
        return "module"
    return "Django command" if path.entry == _COMMAND else "function"


def phase_of(step: Taken) -> Phase:
    """Return the part of a start to which a step belongs by what it is."""
    if order.variables_set(step):
        return "environment"
    if step.role is None or step.role is Role.IMPORT:
        if isinstance(step, ModuleImport):
            return "import"
        if isinstance(step, OptionRead):
            return "configuration"
        if sets_handler(step):
            return "signals"
        if status.exit_of(step) is not None:
            return "end"
        if order.loads_file(step) or takes_settings(step):
            return "configuration"
        return "other" if PREPARES.isdisjoint(step.names) else "bootstrap"
    return "configuration" if step.role is Role.CHECK else step.phase.value


def shown(step: Taken) -> str:
    """Return a step as a report names it, without its arguments."""
    variables = order.variables_set(step)
    if len(variables) == 1:
        text = f"os.environ[{veiled(variables[0])!r}] = {set_to(step, variables[0])}"
        return f"{text} unless it is set" if step.name.endswith("setdefault") else text
    if variables:
        return ", ".join(f"os.environ[{name!r}] = ..." for name in map(veiled, variables))
    name = called(step)
    if isinstance(step, ModuleImport):
        return f"from {name} import {step.taken}" if step.taken else f"import {name}"
    if isinstance(step, OptionRead):
        return f"the option {sources.source_of(name) or name}"
    if isinstance(step, Comparison):
        return f"compares {name}"
    return f"{name} = ..." if isinstance(step, Store) else name


def way_of(step: Taken) -> tuple[str, ...]:
    """Return the functions through which the checked file leads to a step."""
    names = step.below if step.place else step.chain[1:]
    return tuple(name.lstrip("?.") for name in names)


def caught(fate: Fate, place: Place | None, step: Taken | None) -> str:
    """Return what catches a failure.

    :param fate: what becomes of it.
    :param place: where the handler stands.
    :param step: the handler; none where a ``with`` suppresses it.
    """
    names = ", ".join(fate.catches)
    if place is None or step is None:
        return f"suppressed with {names or 'with'} (l. {fate.line})"
    block = fate.handler.handler.block if fate.handler is not None else "handler"
    clause = f"except {names}" if block == "handler" else block.partition(" ")[0]
    return f"{clause} ({place if step.place else f'l. {place.line}'})".replace("  ", " ")


def made_of_it(fate: Fate) -> str:
    """Return what whoever catches a failure makes of it."""
    says = "logged, " if fate.is_logged else ""
    if fate.how == "exit":
        return f"{says}exits{f' {fate.status}' if fate.status is not None else ''}"
    told = f"{says}{_HOW[fate.how]}"
    if fate.is_silent and fate.how != "raise":
        told += ", and says nothing"
    if fate.status is not None and fate.how != "raise":
        told += f", and the process ends with status {fate.status}"
    return told


def loaded(step: Call, before: Sequence[Call]) -> str:
    """Return what a step that loads configuration reads, in words."""
    name = name_of(step)
    told: dict[str, None] = {}
    default = command_line.defaults(before)
    for argument in step.arguments:
        keyword = argument.keyword or ""
        if may_hold_secret(keyword):
            continue
        if source := source_of(argument):
            told[source] = None
        if not keyword.endswith(_NO_PATHS):
            told.update((f"{veiled(path)}", None) for path in origins.paths(argument, default))
    if parsing.object_parsed(step):
        project = step.keyword("project")
        given = project.text if project else None
        files = f"the files of project {veiled(given)}" if given else "its default files"
        return f"{name}: what --config-file and --config-dir name, else {files}"
    if not told and order.loads_file(step) and not step.arguments:
        told["the nearest .env"] = None
    what = ", ".join(list(told)[:_MOST_NAMES])
    return f"{name}: {what or 'what it reads is not known'}"


def briefly(finding: Finding, step: Taken) -> Finding:
    """Return a finding with what it says beside the step that it is about."""
    name = name_of(step)
    text = finding.text
    for way in (step.located_way, step.way):
        before, _, behind = text.partition(way)
        if len(before) < len(text) and not _GOES_ON.match(behind):
            text = f"{before}{name}{behind}"
    brief = text.removeprefix(f"{name} ")
    return replace(finding, brief=text if brief.startswith("->") else brief)

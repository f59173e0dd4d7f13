"""What of a configuration, that nobody else should know, a step prints or logs."""

from __future__ import annotations

import ast

from flake8_launcher.knowledge import (
    Role,
    canonical,
    commands,
    configuration,
    options,
    secrets,
    shown,
)
from flake8_launcher.knowledge.quoting import named, quoted
from flake8_launcher.launch.launcher import Launcher
from flake8_launcher.launch.model import Call, LaunchPath, Step, exclude
from flake8_launcher.launch.paths.conditions import conditions
from flake8_launcher.launch.paths.shown import Shown
from flake8_launcher.launch.questions import origins
from flake8_launcher.launch.questions.masking import is_masked
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.values import Constant, Made, Value, texts

_MAPPINGS = frozenset({"dict()", "list()"})


def exposed(launcher: Launcher, path: LaunchPath, step: Call) -> str | None:
    """Tell what a step of a path gives away, as messages say it, if it does."""
    if step.name.rpartition(".")[2] == shown.LOGS_OPTIONS and not step.seen:
        option = _secret_option(launcher, path)
        return f"the command line, and with it the option {quoted(option)}" if option else None
    what = next(filter(None, (_exposed(launcher, path, step, one) for one in step.shown)), None)
    return None if what and _is_asked_for(path, step) else what


def _is_asked_for(path: LaunchPath, step: Step) -> bool:
    """Tell whether a step shows something to somebody who asks for just that."""
    asked = [one.text for one in conditions(step) if one.kind == "if"]
    if any(map(shown.ASKS_FOR_SECRET.search, asked)):
        return True
    prints = shown.prints(canonical(step.name))
    return prints and any(map(shown.ASKS.search, (path.entry, *asked)))


def _exposed(launcher: Launcher, path: LaunchPath, step: Step, part: Shown) -> str | None:
    for given in map(canonical, part.names):
        what = _given_away(launcher, path, step, part, given)
        if what and not _is_unset(step, given):
            held = map(canonical, part.names) if shown.is_parsed(given) else (given,)
            known = [name for name in held if name[0] != "?"]
            if not any(is_masked(launcher, path, step, name) for name in known):
                return what
    return None


def _is_unset(step: Step, name: str) -> bool:
    """Tell whether a step is taken where nobody gave a value, so that something made it."""
    asked = (shown.UNSET.fullmatch(one.text) for one in conditions(step) if one.kind == "if")
    return any(one is not None and name.endswith(f".{one[1] or one[2]}") for one in asked)


def _given_away(
    launcher: Launcher, path: LaunchPath, step: Step, part: Shown, given: str
) -> str | None:
    name, lists = shown.unlisted(given)
    if part.in_turn and not _is_in_plain_loop(step):
        return None
    if part.secret:
        if part.secret == part.word:
            return f"the secret {quoted(part.secret)}"
        whole = "a mapping" if name in _MAPPINGS else f"all of {named(name.removesuffix('()'))}"
        return f"{whole}, and with it the secret {quoted(part.secret)}"
    if name == shown.ENVIRONMENT:
        return "all environment variables, those that hold secrets among them"
    if name == shown.ARGUMENTS:
        option = _secret_option(launcher, path) or _secret_argument(path, step)
        return f"the command line, and with it the option {quoted(option)}" if option else None
    if shown.is_parsed(name):
        argument = _secret_argument(path, step)
        return f"all arguments, and with them {quoted(argument)}" if argument else None
    if name == commands.CONFIGURATION:
        return "all of the configuration that hydra has put together"
    if shown.OF_DJANGO.search(name):
        return f"all of {name}, passwords among them"
    if _is_whole(path, name, part.is_listed or lists) and not _is_looked_up(name, part):
        return f"all of the configuration that {name.removesuffix('()')} has read"
    if secret := _secret(path, name, part.word):
        return f"the secret {quoted(secret)}"
    return None


def _is_in_plain_loop(step: Step) -> bool:
    """Tell whether each round of the loops around a step takes it."""
    loop = step.arms[-1].node if step.arms else None
    if not isinstance(loop, ast.For):
        return False
    kinds = [arm.kind for arm in step.arms]
    if "branch" in kinds[kinds.index("loop") if "loop" in kinds else 0 :]:
        return False  # a section is chosen before its keys are
    inner = syntax.statements(loop.body)
    return not any(isinstance(one, ast.If | ast.Continue | ast.Match) for one in inner)


def _is_whole(path: LaunchPath, name: str, is_listed: bool) -> bool:
    """Tell whether a value is all of a configuration that is read on a path."""
    if shown.is_listed_alone(name):
        return is_listed
    if shown.is_of_application(name):
        return any(canonical(step.name).startswith(f"{name}.from_") for step in path.steps)
    return name.endswith("()") and _is_read(path, name.removesuffix("()"))


def _is_looked_up(name: str, part: Shown) -> bool:
    """Tell whether what is shown may be one value of a configuration, looked up by a key."""
    return any(one in map(canonical, part.names) for one in (f"{name}[]", f"{name}.get()"))


def _is_read(path: LaunchPath, reader: str) -> bool:
    """Tell whether what a function gives is all that it reads of a configuration."""
    if reader not in configuration.PARSERS and reader not in configuration.MAPPINGS:
        return False
    return any(canonical(load.name) == reader for load in path.having(Role.LOAD))


def _secret(path: LaunchPath, name: str, word: str) -> str | None:
    """Return the name of a secret that comes from configuration, if a value is one."""
    option = shown.option_of(name)
    if option is not None:
        return option if secrets.is_secret(option, "", None) else None
    if not secrets.holds_secret(word) or (word in shown.PIECES and shown.OF_TEXT.search(name)):
        return None
    reader, is_part, _ = name.replace("().get()", "()[]").partition("()[]")
    return word if shown.is_configured(name) or (is_part and _is_read(path, reader)) else None


def _secret_option(launcher: Launcher, path: LaunchPath) -> str | None:
    """Return the name of a secret that oslo.config takes from the command line, if it does."""
    for one in launcher.options.of_command_line:
        option = one.option
        if one.cli and option.name and option.kind in secrets.KINDS:
            if option.secret or secrets.is_secret(option.name, "", option.default):
                return option.name
    for step in path.calls:
        if step.name.rpartition(".")[2] in options.CLI_REGISTRARS:
            for argument in step.arguments[:1]:
                for value in origins.made_of(argument):
                    if (name := _secret_made(value)) is not None:
                        return name
    return None


def _secret_made(value: Value) -> str | None:
    """Return the name of an option that a call makes, if it is a secret."""
    kind = value.name.removesuffix("()").rpartition(".")[2] if isinstance(value, Made) else ""
    if not isinstance(value, Made) or kind not in secrets.KINDS:
        return None
    marks = value.arguments.keyword("secret")
    is_marked = any(isinstance(one, Constant) and one.value is True for one in marks)
    for name in texts(value.arguments.get(0, "name")):
        if is_marked or secrets.is_secret(name, "", None):
            return name
    return None


def _secret_argument(path: LaunchPath, shows: Step) -> str | None:
    """Return the name of a secret that a parser of the command line takes, if it does.

    What another command takes, on a way that excludes the step that shows it, does not count.
    """
    for step in path.calls:
        if step.name.rpartition(".")[2] != "add_argument" or exclude(shows, step):
            continue
        if "action" not in step.keywords:
            for argument in step.arguments:
                text = argument.text if argument.keyword is None else None
                if text and secrets.is_told(text.lstrip("-")):
                    return text
    return None

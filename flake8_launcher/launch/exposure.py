"""What of a configuration, that nobody else should know, a step prints or logs."""

from __future__ import annotations

from flake8_launcher.knowledge import Role, canonical, configuration, secrets, shown
from flake8_launcher.knowledge.quoting import quoted
from flake8_launcher.launch.launcher import Launcher
from flake8_launcher.launch.model import LaunchPath, Step, exclude
from flake8_launcher.launch.shown import Shown


def exposed(launcher: Launcher, path: LaunchPath, step: Step) -> str | None:
    """Tell what a step of a path gives away, as messages say it, if it does."""
    if step.name.rpartition(".")[2] == shown.LOGS_OPTIONS and not step.seen:
        option = _secret_option(launcher)
        return f"the command line, and with it the option {quoted(option)}" if option else None
    return next(
        (what for part in step.shown if (what := _exposed(launcher, path, step, part))), None
    )


def _exposed(launcher: Launcher, path: LaunchPath, step: Step, part: Shown) -> str | None:
    for name in map(canonical, part.names):
        if name == shown.ENVIRONMENT:
            return "all environment variables, those that hold secrets among them"
        if name == shown.ARGUMENTS:
            option = _secret_option(launcher) or _secret_argument(path, step)
            return f"the command line, and with it the option {quoted(option)}" if option else None
        if shown.is_parsed(name):
            argument = _secret_argument(path, step)
            return f"all arguments, and with them {quoted(argument)}" if argument else None
        if _is_whole(path, name, part.is_listed):
            return f"all of the configuration that {name.removesuffix('()')} has read"
        if secret := _secret(path, name, part.word):
            return f"the secret {quoted(secret)}"
    return None


def _is_whole(path: LaunchPath, name: str, is_listed: bool) -> bool:
    """Tell whether a value is all of a configuration that is read on a path."""
    if shown.is_listed_alone(name):
        return is_listed
    return name.endswith("()") and _is_read(path, name.removesuffix("()"))


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
    if not secrets.is_plain(word):
        return None
    reader, is_part, _ = name.partition("()[]")
    return word if shown.is_configured(name) or (is_part and _is_read(path, reader)) else None


def _secret_option(launcher: Launcher) -> str | None:
    """Return the name of a secret that oslo.config takes from the command line, if it does."""
    for one in launcher.registry.registered(launcher.module):
        option = one.option
        if one.cli and option.name and option.kind in secrets.KINDS:
            if option.secret or secrets.is_secret(option.name, "", option.default):
                return option.name
    return None


def _secret_argument(path: LaunchPath, shows: Step) -> str | None:
    """Return the name of a secret that a parser of the command line takes, if it does.

    What another command takes, on a way that excludes the step that shows it, does not count.
    """
    for step in path.steps:
        if exclude(shows, step):
            continue
        if step.name.rpartition(".")[2] == "add_argument" and "action" not in step.keywords:
            for argument in step.arguments:
                text = argument.text if argument.keyword is None else None
                if text and secrets.is_plain(text.lstrip("-")):
                    return text
    return None

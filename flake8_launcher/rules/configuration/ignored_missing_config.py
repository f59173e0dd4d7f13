"""LS310."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flake8_launcher.knowledge import canonical, configuration, exceptions
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.launch import (
    Argument,
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
from flake8_launcher.launch.beginnings import command_line
from flake8_launcher.launch.paths import handling
from flake8_launcher.launch.questions import origins
from flake8_launcher.launch.questions.given import asks_for_file, asks_for_no_file
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, once_a_step
from flake8_launcher.semantic.running.events import Arm
from flake8_launcher.semantic.values import Mapping

_PARSER = deferred(r"(?:^|\.)(?:Safe|Raw)?ConfigParser\(\)(?:\[\])?\.(\w+)$")
_GETS = deferred(r"get(?:int|float|boolean)?$")
_LOOKS = deferred(
    r"^os\.(?:access|stat|path\.(?:exists|isfile|lexists|getsize|getmtime))$"
    r"|\.(?:exists|is_file|stat|resolve|FileType)$"
)
_GOES_ON = ("break", "continue", "loop")
_NO_CONDITIONS = ("command", "run", "try")
"""Kinds of ways that no condition decides about."""
_CHECKS = frozenset({"sections", "has_section", "options", "items"})
_FILE_ERRORS = exceptions.OF_FILES | {"BaseException", "Exception"}


class IgnoredMissingConfig(Rule):
    """The configuration file that the user names may be missing, and nobody notices.

    ## What it does

    Reports, for a file that the command line or the environment names:

    - `ConfigParser.read` whose result is dropped where the options are read with `fallback=`;
    - a load of the opened file under a handler that goes on without it and does not say so, where
      nothing stands in for the name;
    - a load of the opened file in a function that asks first whether the file is there, and
      returns an empty configuration where it is not;
    - calls that skip a missing file and do not say so: `load_dotenv` and `read_env` whose result
      is dropped, `dotenv_values`, pydantic's `_env_file=`, the files of dynaconf,
      and Flask's `from_pyfile` and `from_file` with `silent=True`.

    A fixed path is not reported: files such as `~/.orchardrc` are optional by custom. Neither is a
    file that the code itself names, in a folder that the environment names.

    ## Why

    `ConfigParser.read` skips a file that is missing, and one that the service may not read. With
    a typo in the unit file, or after a change of the file's owner, the service starts
    with its defaults: another port, another database, no authentication.

    ## Example

    ```python
    import argparse
    import configparser

    import uvicorn


    def main():
        parser = argparse.ArgumentParser()
        parser.add_argument("--config", required=True)
        config = configparser.ConfigParser()
        config.read(parser.parse_args().config)
        uvicorn.run("orchard.api:app", port=config.getint("api", "port", fallback=8000))
    ```

    ## Use instead

    Open the file: then whatever is wrong with it ends the service and is reported.

    ```python
    import argparse
    import configparser

    import uvicorn


    def main():
        parser = argparse.ArgumentParser()
        parser.add_argument("--config", required=True)
        config = configparser.ConfigParser()
        with open(parser.parse_args().config, encoding="utf-8") as file:
            config.read_file(file)
        uvicorn.run("orchard.api:app", port=config.getint("api", "port", fallback=8000))
    ```

    ## When to ignore it

    Where the file is optional for everybody who may name it, and a default stands behind each
    option.

    ## References

    - [`ConfigParser.read` in the documentation of
      Python](https://docs.python.org/3/library/configparser.html#configparser.ConfigParser.read)
    """

    code = "LS310"
    name = "ignored-missing-config"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (252, 390)
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each load whose failure nobody notices."""
        yield from once_a_step(
            told
            for path in launcher.launches
            for told in (*_reads(path), *_opens(path), *_asks(path), *_skips(path))
        )


def _reads(path: LaunchPath) -> Iterator[tuple[Step, str]]:
    """Yield the calls of ``ConfigParser.read`` whose result nobody asks for."""
    for index, step in enumerate(path.calls):
        if _method(step) != "read" or step.use != "dropped" or step.is_in_tests:
            continue
        source = origins.source(step.argument(0, "filenames"))
        if source is None or _is_looked_for(path.calls[:index]):
            continue
        if _has_fallbacks(path.calls[index + 1 :]):
            what = f"skips the file that {source} names if it is missing or cannot be read"
            yield step, f"{what}: every option has its fallback then, and nobody is told"


def _has_fallbacks(after: Sequence[Call]) -> bool:
    """Tell whether options are read, and all of them with something to fall back on."""
    found = False
    for step in after:
        method = _method(step)
        if method in _CHECKS:
            return False
        if method and _GETS.match(method):
            if "fallback" not in step.keywords:
                return False
            found = True
    return found


def _opens(path: LaunchPath) -> Iterator[tuple[Step, str]]:
    """Yield the loads under a handler that says nothing and goes on."""
    for index, step in handling.handlers(path):
        handler = step.handler
        if handler.may_end or not (handler.how in _GOES_ON or _gives_none(handler)):
            continue
        if _FILE_ERRORS.isdisjoint(handler.catches):
            continue
        earlier = (one for one in reversed(path.steps[:index]) if not isinstance(one, Return))
        before = next(earlier, step)
        if handler.guard not in before.guards:
            continue
        under = path.under(handler.guard)
        guarded = under[: under.index(before) + 1]
        loads = [one for one in guarded if isinstance(one, Call) and one.role is Role.LOAD]
        if not loads or loads[0].is_in_tests:
            continue
        file = next(iter(loads[0].arguments), None)
        if file is None or not origins.is_opened(file):
            continue
        calls = [one for one in path.steps[:index] if isinstance(one, Call)]
        if source := _named(file, calls):
            what = f"fails when the file that {source} names is missing"
            yield loads[0], f"{what}: the handler goes on without it, and nobody is told"


def _gives_none(handler: Handler) -> bool:
    """Tell whether a handler returns an empty configuration, for which nobody has to look."""
    return handler.how == "return" and handler.status is not None and _is_empty(handler.status)


def _is_empty(given: Argument) -> bool:
    """Tell whether something that is returned is an empty configuration."""
    values = given.values
    return bool(values) and all(isinstance(one, Mapping) and not one.items for one in values)


def _may_be_empty(given: Argument) -> bool:
    """Tell whether something that is returned may be an empty configuration, and nothing kept."""
    return any(isinstance(one, Mapping) and not one.items for one in given.values)


def _asks(path: LaunchPath) -> Iterator[tuple[Step, str]]:
    """Yield the loads in functions that return an empty configuration where no file is there."""
    empty = [one for one in path.steps if isinstance(one, Return) and _may_be_empty(one.value)]
    for index, step in enumerate(path.calls if empty else ()):
        if step.role is not Role.LOAD or step.is_in_tests:
            continue
        file = next(iter(step.arguments), None)
        if file is None or not origins.is_opened(file) or not _is_left_out(path, step, empty):
            continue
        if source := _chosen(file, path.calls[:index]):
            what = f"is left out when the file that {source} names is missing"
            yield step, f"{what}: an empty configuration takes its place, and nobody is told"


def _is_left_out(path: LaunchPath, load: Call, empty: Sequence[Return]) -> bool:
    """Tell whether the function that loads a file asks whether it is there, and returns an empty
    configuration where it is not, without a word.

    :param empty: what returns one.
    """
    there = [arm for arm in load.arms if asks_for_file(arm)]
    for step in empty:
        if not _is_beside(step, load):
            continue
        if not _is_empty(step.value):
            if there and _is_passed_by(path, there[-1], load, step):
                return True
            continue
        arms = [arm for arm in step.arms if arm.kind not in _NO_CONDITIONS]
        last = arms[-1] if arms else None
        if there:
            is_left = there[-1] not in arms
        else:
            is_left = last is not None and asks_for_no_file(last)
        if is_left and not (
            last and any(_says(one, last) and _is_beside(one, load) for one in path.steps)
        ):
            return True
    return False


def _is_passed_by(path: LaunchPath, there: Arm, load: Call, step: Return) -> bool:
    """Tell whether a function returns at once behind the way that asks for a file, with or without
    it.

    Nothing is said, and nothing else done, on the other way.

    :param there: the way where the file is there.
    """
    if any(arm.fork is there.fork for arm in step.arms):
        return False
    between = path.steps[path.steps.index(load) + 1 : path.steps.index(step)]
    if any(isinstance(one, Call | Raise | Store) for one in between):
        return False
    others = (arm for one in path.steps for arm in one.arms if arm.fork is there.fork)
    return all(arm.number == there.number for arm in others)


def _is_beside(one: Step, other: Step) -> bool:
    """Tell whether two steps are taken by the same call of a function."""
    return one.sites == other.sites and one.chain == other.chain


def _says(step: Step, arm: Arm) -> bool:
    """Tell whether a step is taken on a way, and may say so."""
    return isinstance(step, Call | Raise) and arm in step.arms


def _skips(path: LaunchPath) -> Iterator[tuple[Step, str]]:
    """Yield the calls that skip a file which is missing, and do not say so."""
    for index, step in enumerate(path.calls):
        if step.is_in_tests or step.use == "tested":
            continue
        given = step.argument(configuration.NOWHERE, configuration.ENV_FILE)
        name = canonical(step.name)
        if given is None and name in configuration.SKIPPERS:
            skipper = configuration.SKIPPERS[name]
            asked = step.argument(1, skipper.silent) if skipper.silent else None
            if skipper.silent and (asked is None or asked.literal is not True):
                continue
            if not skipper.gives and step.use != "dropped":
                continue
            several = (step.argument(skipper.position, one) for one in skipper.keywords)
            given = next(filter(None, several), None)
        if given is None:
            continue
        if source := _named(given, path.calls[:index]):
            what = f"skips the file that {source} names if it is missing"
            yield step, f"{what}: its settings have their defaults then, and nobody is told"


def _named(file: Argument, before: Sequence[Call]) -> str | None:
    """Return who names a file, unless something stands in for it or looks for it first."""
    return None if _is_looked_for(before) else _chosen(file, before)


def _chosen(file: Argument, before: Sequence[Call]) -> str | None:
    """Return who names a file, and not only its folder, unless something stands in for it."""
    stands_in = any(origins.paths(file, command_line.defaults(before)))
    return None if stands_in or origins.is_in_folder(file) else origins.source(file)


def _is_looked_for(before: Sequence[Call]) -> bool:
    """Tell whether something asks first whether a file is there."""
    return any(_LOOKS.search(step.name) for step in before)


def _method(step: Call) -> str | None:
    """Return the method of a parser of the standard library that a step calls."""
    found = _PARSER.search(step.name)
    return found[1] if found else None

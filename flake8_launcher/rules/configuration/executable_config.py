"""LS304."""

from __future__ import annotations

import os
from collections.abc import Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import canonical, executed, sources
from flake8_launcher.knowledge.quoting import named, veiled
from flake8_launcher.launch import Argument, Call, Launcher
from flake8_launcher.launch.beginnings import command_line
from flake8_launcher.launch.questions import origins
from flake8_launcher.launch.questions.circumstances import is_for_other_version
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, once_a_step
from flake8_launcher.semantic.values import Mapping, Values


class ExecutableConfig(Rule):
    """A configuration file is run as a program, or unpickled.

    ## What it does

    Reports on the launch path where a configuration file is more than data:

    - `exec` or `eval` of its text, `execfile`, `runpy.run_path`, `SourceFileLoader`,
      `spec_from_file_location`, and Flask's `from_pyfile` and `from_envvar`, of a file outside
      the program;
    - `yaml.load` with a loader that makes any object (`Loader`, `UnsafeLoader`, `CLoader`), and
      `yaml.unsafe_load`; `yaml.load` without a loader makes any object with PyYAML before 5.1 and
      fails with `TypeError` since 6.0 (silent where the project asks for 5.4);
    - `pickle`, `marshal` and `shelve` of a file that is called configuration;
    - `logging.config.fileConfig` of a path, and `dictConfig` of data, that the configuration, the
      environment or the command line gives: such a file names functions, which are called.

    A script that the user passes to be run is not configuration, nor are files of the program
    itself. Where a framework runs its configuration by design, the message says what that means:
    the file needs the same protection as the program's code.

    The top level of a module that a process of the project imports is examined like a launch path.

    ## Why

    Whoever may write the file runs code with the rights of the service. Administrators guard
    configuration less well than code: templates fill it, other tools write it, users may change
    it.

    ## Example

    ```python
    import os

    import uvicorn
    import yaml


    def main():
        with open("/etc/orchard/api.yaml") as file:
            config = yaml.load(file, Loader=yaml.Loader)
        uvicorn.run("orchard.api:app", port=config["port"])
    ```

    ## Use instead

    Read data as data.

    ```python
    import uvicorn
    import yaml


    def main():
        with open("/etc/orchard/api.yaml") as file:
            config = yaml.safe_load(file)
        uvicorn.run("orchard.api:app", port=config["port"])
    ```

    Where the configuration must be Python, check who may write it, as [LS104](LS104.md) shows.

    ## When to ignore it

    Where configuration is a program by design and is protected as the code is: owned by root,
    and written by deployment alone.

    ## References

    - [Security considerations of
      `logging.config`](https://docs.python.org/3/library/logging.config.html#security-considerations)
    """

    code = "LS304"
    name = "executable-config"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = (94, 502)
    security = 7.5
    subjects = frozenset({Subject.LAUNCH, Subject.IMPORTED})
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each call that runs configuration."""
        yield from once_a_step(
            (step, told)
            for path in launcher.loaded
            for step in path.calls
            if not (step.seen or step.is_imported or step.is_in_tests)
            if (told := _runs(launcher, step))
        )


def _runs(launcher: Launcher, step: Call) -> str | None:
    """Return what a call does with a configuration file that it runs."""
    name = canonical(step.name)
    if name in executed.UNSAFE_YAML_LOADERS or name in executed.YAML_LOADERS:
        return _makes_objects(launcher, step, name)
    if name in executed.VARIABLE_RUNNERS:
        variable = step.argument(0, "variable_name")
        if variable is None or not variable.text:
            return None
        return f"runs the file that {named(variable.text)} names as Python: {executed.OWNED}"
    runner = executed.RUNNERS.get(name)
    given = step.argument(runner.position, runner.keyword) if runner else None
    if runner is None or given is None:
        return None
    what = _logging(given, runner) if runner.of_logging else _file(given, runner, step)
    return f"{runner.does.format(what)}: {executed.OWNED}" if what else None


def _makes_objects(launcher: Launcher, step: Call, name: str) -> str | None:
    """Return what a parser of YAML makes of a file."""
    stream = step.argument(0, "stream")
    if not (origins.is_opened(stream) or _is_parsed(stream)):
        return None
    if name in executed.UNSAFE_YAML_LOADERS:
        return _made(step)
    loader = step.argument(1, "Loader")
    if loader is None:
        if not step.complete_arguments or name.startswith("ruamel") or is_for_other_version(step):
            return None
        if launcher.standing.asks_for(executed.PLAIN_YAML):
            return None
        return (
            "without Loader makes whatever objects the file asks for with PyYAML before 5.1, and "
            "fails with TypeError since 6"
        )
    if not loader.names or not set(loader.names) <= executed.UNSAFE_LOADERS:
        return None
    return f"with {loader.names[0]} {_made(step)}"


def _is_parsed(given: Argument | None) -> bool:
    """Tell whether a command line has opened a configuration file, as ``argparse.FileType`` does.

    What it gives as a text is no file, and who gives that could run Python anyway.
    """
    names = filter(command_line.is_parsed, origins.names(given))
    return any(executed.SAYS_CONFIGURATION.search(name.rpartition(".")[2]) for name in names)


def _made(step: Call) -> str:
    name = next(origins.files(step.argument(0, "stream")), "the file that it reads")
    return f"{executed.MAKES.format(veiled(name))}: {executed.OWNED}"


def _file(given: Argument, runner: executed.Runner, step: Call) -> str | None:
    """Return which file is run, if it is a configuration file outside the program."""
    if runner.of_text and (not origins.is_opened(given) or _is_piece(given)):
        return None
    paths = list(origins.files(given) if runner.of_text else origins.paths(given))
    if any(os.path.basename(path) == executed.ACTIVATES for path in paths):
        return None
    source = _chooser(given, origins.opened(given) if runner.of_text else given.values)
    # the program's own file: only the folder is chosen that it is kept in
    is_kept = runner.of_data and origins.is_in_folder(given)
    if source and not is_kept:
        # a script that somebody gives to be run is no configuration
        function = step.chain[-1].rpartition(".")[2] if step.chain else ""
        if source != origins.COMMAND_LINE or executed.SAYS_CONFIGURATION.search(function):
            return f"the file that {source} names"
    for path in paths:
        # much that is kept in a folder of configuration is data
        said = os.path.basename(path) if runner.of_data else path
        if origins.is_absolute(path) and _is_configuration(said):
            return veiled(path)
    for name in () if is_kept else origins.names(given):
        if executed.SAYS_CONFIGURATION.search(name.rpartition(".")[2]):
            option = name.lstrip("?.").rpartition("().")[2]
            return f"the file that {source or option} names"
    return None


def _is_configuration(path: str) -> bool:
    """Tell whether a file is configuration, by what it is called or where it lies."""
    found = executed.SAYS_CONFIGURATION.search(path)
    return found is not None or path.startswith(executed.CONFIGURATION_FOLDER)


def _is_piece(given: Argument) -> bool:
    """Tell whether something is no more than an item of what a file holds."""
    return bool(given.names) and all("[]" in name for name in given.names)


def _chooser(given: Argument, places: Values) -> str | None:
    """Return what says where a file is, and not only which one of some folder it is.

    :param places: the paths of the file.
    """
    names = origins.leading(places)
    found = [one for name in names if (one := sources.source(name))]
    if found or not names:
        kinds = [one.kind for one in found]
        source = origins.source(given)
        # a source that is only a call does not say which option it gets
        is_told = sources.Kind.CONFIGURATION in kinds and (not source or source.endswith("()"))
        return found[0].name if is_told else source
    return None


def _logging(given: Argument, runner: executed.Runner) -> str | None:
    """Return what names the configuration of logging, if something outside does.

    What the program writes down itself, and only fills in from a file, is its own.
    """
    if any(isinstance(one, Mapping) for one in given.values):
        return None
    if runner.of_text and not origins.is_opened(given):
        return None
    source = _chooser(given, origins.opened(given) if runner.of_text else given.values)
    if source:
        by = "on" if source == origins.COMMAND_LINE else "by"
        return f"the file given {by} {source}"
    if not runner.of_text or any("__file__" in name for name in origins.names(given)):
        return None
    outside = (one for one in origins.files(given) if origins.is_absolute(one))
    return next((veiled(one) for one in outside if not one.startswith("...")), None)

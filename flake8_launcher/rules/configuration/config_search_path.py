"""LS303."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator, Sequence

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import canonical, config_files, configuration
from flake8_launcher.knowledge.quoting import veiled
from flake8_launcher.launch import Call, Launcher, LaunchPath, Role, Step
from flake8_launcher.launch.questions import origins
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, once_a_step

_OSLO = ("CONF", "ConfigOpts()")
"""What the names of oslo.config objects end with."""


class ConfigSearchPath(Rule):
    """Configuration comes from a place that others can write, or that the caller chooses.

    ## What it does

    Reports a load of configuration on the launch path whose file lies in `/tmp`, `/var/tmp` or
    `/dev/shm`, or is found from the current directory: a relative path, or one joined to
    `os.getcwd()`.

    A path that an argument of the command line or the environment gives is the user's choice,
    also where the code has a default for it, and one from `__file__` or
    `importlib.resources` belongs to the program. A relative path behind `os.chdir` is fixed. A
    relative `.env` is left to dotenv's custom: it is a convention of development, and what it says
    does not replace what the environment has. A relative path of Flask's `from_pyfile` is found
    from the application's folder. Where the path is one of several that the code chooses from,
    such as those of a function that asks `is_absolute()`, nothing is reported unless each of them
    is such a place. Of several files that one module looks for in one folder, the first is told.

    ## Why

    Where a service is started by hand, by cron or by a script, its current directory may be one
    that somebody else fills: who puts a file of that name there decides what the service does. In
    `/tmp` everybody can do that at any time. Started from another folder, the service runs
    without its configuration.

    ## Example

    ```python
    import configparser
    from wsgiref.simple_server import make_server


    def main():
        config = configparser.ConfigParser()
        config.read(["/etc/orchard/api.conf", "api.conf"])
        make_server("127.0.0.1", config.getint("api", "port"), application).serve_forever()
    ```

    ## Use instead

    Name the place, let the administrator name another one, and make sure that nobody else can
    write there (the check of [LS104](LS104.md)).

    ```python
    import argparse
    import configparser
    import os
    from pathlib import Path
    from wsgiref.simple_server import make_server


    # opens a file that nobody but root and this user can have written or put there
    def open_trusted(path):
        path = Path(path).resolve(strict=True)
        file = open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), encoding="utf-8")
        for status in [os.fstat(file.fileno()), *map(os.stat, path.parents)]:
            if status.st_uid not in (0, os.geteuid()) or status.st_mode & 0o022:
                file.close()
                raise PermissionError(f"{path}: others may write it, or a folder above it")
        return file


    def main():
        parser = argparse.ArgumentParser()
        parser.add_argument("--config", default="/etc/orchard/api.conf")
        config = configparser.ConfigParser()
        with open_trusted(parser.parse_args().config) as file:
            config.read_file(file)
        make_server("127.0.0.1", config.getint("api", "port"), application).serve_forever()
    ```

    ## When to ignore it

    In a tool that works on the folder it is started in, as a linter or build tool does: then
    the folder is its input, and the one who starts it has chosen it.

    ## References

    - [CVE-2018-10875: ansible.cfg read from the current
      directory](https://nvd.nist.gov/vuln/detail/CVE-2018-10875)
    """

    code = "LS303"
    name = "config-search-path"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = (427, 426)
    security = 7.0
    subjects = frozenset({Subject.LAUNCH, Subject.IMPORTED})
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each load of configuration from such a place."""
        yield from once_a_step(
            (step, f"reads {what}") for path in launcher.loaded for step, what in _loads(path)
        )


def _loads(path: LaunchPath) -> Iterator[tuple[Step, str]]:
    """Yield the loads of configuration from such a place, and what is wrong with it."""
    folders: set[tuple[str, str]] = set()  # those that a file of the project has looked for
    calls = ((step, moved) for step, moved in path.placed() if isinstance(step, Call))
    for step, moved in calls:
        places, relative = _places(step)
        if not places or step.seen or step.is_imported or step.is_in_tests:
            continue
        found = _files(step, places)
        if shared := [name for name in found if _is_shared(name)]:
            yield step, f"{veiled(shared[0])}, in a folder where everybody can make files"
        elif relative and not moved and (here := [one for one in found if _is_here(one)]):
            folder = os.path.dirname(here[0])
            folder = folder if folder.strip("./") else here[0]
            if (step.file, folder) in folders:
                continue
            folders.add((step.file, folder))
            yield step, f"{veiled(here[0])} in whatever directory the program is started from"


def _places(step: Step) -> tuple[Sequence[config_files.Place], bool]:
    """Return the arguments that name a file, and whether a relative one is found from here."""
    for name in map(canonical, step.names):
        if name in config_files.PLACES:
            return config_files.PLACES[name], True
        if name in config_files.ELSEWHERE:
            return config_files.ELSEWHERE[name], False
    name = canonical(step.name)
    if step.role is not Role.LOAD:
        return (), False
    if name in configuration.PARSERS:
        return ((0, "stream"), (0, "fp"), (0, "s")), True
    if configuration.opens(name):
        return ((0, "file"),), False
    return (config_files.OSLO_PLACES, True) if name.endswith(_OSLO) else ((), False)


def _files(step: Call, places: Sequence[config_files.Place]) -> list[str]:
    """Return the paths of the files that a step loads, as far as they are known."""
    found: list[str] = []
    for position, keyword in places:
        argument = step.argument(position, keyword) if position >= 0 else step.keyword(keyword)
        if argument is not None:
            each = origins.paths_of_each(argument)
            is_tried = any(  # one after the other
                arm.kind == "loop" and not isinstance(arm.node, ast.While) for arm in step.arms
            )
            if len(each) == 1 or is_tried or not any(map(_may_be_safe, each)):
                found += (path for known in each for path in known or ())
    return found


def _may_be_safe(paths: Sequence[str] | None) -> bool:
    """Tell whether a candidate may be a file that nobody else can put there.

    :param paths: its paths; none where they are not known, or the operator names them.
    """
    if paths is None:
        return True
    return bool(paths) and not any(_is_shared(path) or _is_here(path) for path in paths)


def _is_shared(path: str) -> bool:
    return any(f"{path}/".startswith(f"{folder}/") for folder in config_files.SHARED_FOLDERS)


def _is_here(path: str) -> bool:
    return not origins.is_absolute(path) and "\n" not in path

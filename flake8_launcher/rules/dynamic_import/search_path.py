"""LS405."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import sources
from flake8_launcher.knowledge.quoting import quoted, veiled
from flake8_launcher.launch import Argument, Call, Launcher, LaunchPath, Step, Store
from flake8_launcher.launch.beginnings import command_line
from flake8_launcher.launch.paths.conditions import conditions
from flake8_launcher.launch.questions import origins
from flake8_launcher.launch.questions.circumstances import is_for_tests
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, once_a_step
from flake8_launcher.semantic.values import Constant, Values

_EXTENDERS = {
    "sys.path.append": 0,
    "sys.path.extend": 0,
    "sys.path.insert": 1,
    "site.addsitedir": 0,
}
"""Calls that change the search path, and the position of what they add."""
_PATHS = ("sys.path", "sys.path[]")
_PYTHONS_OWN = frozenset({"PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE"})
"""Variables that decide about the search path anyway."""

_STARTED = "modules are then searched for in the folder that the service is started in"


class SearchPath(Rule):
    """Modules are searched for where the process is started, or where something outside says.

    ## What it does

    Reports what puts the working directory (`""`, `"."`, any relative path, `os.getcwd()`), a path
    made of `sys.argv[0]`, an environment variable or a configuration option into `sys.path`, on
    the launch path and at the top level of modules that are installed. Paths made of `__file__`
    are fine, and so are `PYTHONPATH` and a folder that somebody passes as an argument, unless its
    default is the working directory. After an `os.chdir` relative paths are not reported. Tests,
    documentation and tools are left alone.

    ## Why

    Whoever can write there decides what an `import` of the service runs, with its rights: a file
    `json.py` or `glance/__init__.py` in the directory that an administrator happens to be in is
    enough, most of all where the path is put first.

    ## Example

    ```python
    import os
    import sys

    import uvicorn

    possible_topdir = os.path.normpath(
        os.path.join(os.path.abspath(sys.argv[0]), os.pardir, os.pardir)
    )
    if os.path.exists(os.path.join(possible_topdir, "pulse", "__init__.py")):
        sys.path.insert(0, possible_topdir)


    def main():
        uvicorn.run("pulse.api:app")
    ```

    ## Use instead

    Install the package, in a development checkout with `pip install --editable .`, and declare the
    script in its metadata: then nothing has to be found.

    ```python
    import uvicorn


    def main():
        uvicorn.run("pulse.api:app")
    ```

    ## When to ignore it

    In a script that is only ever started in its own checkout, by somebody who works on it.

    ## References

    - [Python: security considerations](https://docs.python.org/3/library/security_warnings.html)
    """

    code = "LS405"
    name = "search-path"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = (427,)
    security = 6.5
    subjects = frozenset({Subject.LAUNCH, Subject.SEARCH_PATH})
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each change of the search path."""
        at_import = (launcher.extending,) if launcher.extending else ()
        yield from once_a_step(
            (step, f"adds {what}")
            for path in (*launcher.launches, *at_import)
            for step, what in _unsafe(path)
        )


def _unsafe(path: LaunchPath) -> Iterator[tuple[Step, str]]:
    """Yield the steps that add to the search path what is not safe, and what that is.

    A folder that the same file has added in the same way is there already.
    """
    told: set[tuple[str, ...]] = set()
    default = command_line.defaults(path.calls)
    for step, moved in path.placed():
        if (what := _added(step, moved, default)) and not is_for_tests(step):
            literals = [one.literal for one in step.given]
            same = (step.file, step.name, str(literals))
            if ... in literals or same not in told:
                told.add(same)
                yield step, what


def _added(step: Step, moved: bool, default: Callable[[str], Values]) -> str | None:
    """Tell what a step adds to the search path, where that is not safe.

    :param moved: whether the process has left the folder that it was started in.
    :param default: gives what stands for an argument of the command line that nobody passes.
    """
    argument: Argument | None = None
    if isinstance(step, Store):
        argument = step.value if step.name in _PATHS else None
    elif isinstance(step, Call) and step.name in _EXTENDERS:
        argument = step.argument(_EXTENDERS[step.name], "")
    if argument is None:
        return None
    found = origins.leading(argument.values)
    # one of several candidates, of which another is not known, may be there for nothing
    is_told = all(sources.is_literal(one) or sources.source(one) or one in _PATHS for one in found)
    for origin in found:
        if is_told and sources.is_relative(origin) and (not step.place or _is_folder(origin)):
            if moved:
                continue
            return f"{veiled(origin)}: {_STARTED}"
        source = sources.source(origin)
        if source is None:
            continue
        if source.kind is sources.Kind.ARGUMENTS:
            named = default(origin.removesuffix(".split()"))
            if not moved and (given := _relative(named, step)):
                return f"{given} where the command line names none: {_STARTED}"
            continue
        if source.kind is sources.Kind.DIRECTORY:
            if moved:
                continue
            return f"{source.name}: {_STARTED}"
        if source.kind is sources.Kind.ENVIRONMENT and _is_own(argument):
            continue
        return (
            f"a folder that depends on {source.name}: who can write there runs code in the service"
        )
    return None


def _relative(default: Values, step: Step) -> str | None:
    """Return the relative path that an argument is by default, if it is one.

    A condition of the step that names that path asks whether another was given.
    """
    asked = [one.text for one in conditions(step)]
    for value in default:
        if isinstance(value, Constant) and isinstance(value.value, str) and value.value:
            literals = (f"'{value.value}'", f'"{value.value}"')
            if any(one in text for text in asked for one in literals):
                continue
            if sources.is_relative(spelled := quoted(value.value)):
                return spelled
    return None


def _is_own(argument: Argument) -> bool:
    """Tell whether a variable gives the user's own folder, or one that Python itself takes."""
    told = list(origins.variables(argument))
    return any(name in _PYTHONS_OWN for name in told) or (
        bool(told) and all(map(sources.is_home, told))
    )


def _is_folder(origin: str) -> bool:
    """Tell whether a relative literal is surely a folder, not a name of something else."""
    return "/" in origin or origin.lstrip("bru").startswith(("'.", '".'))

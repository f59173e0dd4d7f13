"""LS602."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import order as known
from flake8_launcher.knowledge.quoting import named
from flake8_launcher.knowledge.shapes import READING_WORDS
from flake8_launcher.launch import (
    Call,
    Called,
    Launcher,
    LaunchPath,
    ModuleImport,
    Moment,
    Read,
    Step,
)
from flake8_launcher.launch.questions import order, origins
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation

_FILE = ""
"""Stands for every variable that a file may hold."""


class LateDotenv(Rule):
    """A module has read the environment before the launch fills it.

    ## What it does

    Reports where the launch loads a file such as `.env` into the environment, or sets a variable,
    after an import of a module of the project which reads the environment when it is imported: by
    `os.environ`, `os.getenv`, environs, Flask's `from_envvar`, or an instance of pydantic
    settings, at the top level, in the body of a class, in a default argument, in a function or
    constructor of the project that is called there. Where another module of the project loads the
    file at its top level, and the launcher imports that one too late, the import is reported.

    Nothing is reported where such a file is loaded before as well, for variables that the system
    sets (`HOME`, `LANG`), for settings that read the file themselves (`env_file`, decouple), and
    for a variable that the module or function which sets it reads itself, that is set to
    something made of its own value, or that a module reads once more afterwards. A variable that
    tells where the file is has to be read before, and is not reported either. A condition that
    only asks whether there is a file or a value to be set (`if path.exists():`) counts as none;
    under any other, nothing is reported.

    ## Why

    The module keeps what it found, mostly a default: the key is empty, the check is off, the
    program talks to another host. It works where the variables are set otherwise, and
    fails where only the file has them.

    ## Example

    ```python
    import os

    import uvicorn
    from dotenv import load_dotenv

    API_KEY = os.environ.get("PULSE_API_KEY")

    load_dotenv()


    def main():
        uvicorn.run("pulse.web:app")
    ```

    ## Use instead

    ```python
    import os

    import uvicorn
    from dotenv import load_dotenv

    load_dotenv()

    API_KEY = os.environ.get("PULSE_API_KEY")


    def main():
        uvicorn.run("pulse.web:app")
    ```

    Where other modules read the environment, load the file before they are imported, or at the
    top of the module that reads it.

    ## When to ignore it

    Where the file is only read in development, and the variables are set before the start
    everywhere else.

    ## References

    - [python-dotenv](https://saurabh-kumar.com/python-dotenv/)
    """

    code = "LS602"
    name = "late-dotenv"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (696,)
    reads = frozenset({"python"})
    subjects = frozenset({Subject.LAUNCH, Subject.ORDER})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each call or assignment that comes too late."""
        for path in launcher.set_up:
            yield from _late(launcher, path)


def _late(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    is_imported = _imports_what_loads(launcher, path)
    if not is_imported and path.names.isdisjoint(known.SETS | known.LOADS_FILE):
        return
    locating = {
        name
        for step in path.steps
        if order.loads_file(step)
        for argument in step.given
        for name in origins.variables(argument)
    }

    leading: set[str] = set()
    are_set: set[str] = set()
    is_told = False

    def reads(moment: Moment) -> Iterator[str]:
        for read in _reads(launcher, moment):
            if not _is_own(read.name):
                continue
            if read.reader not in known.READS_FILE and read.name not in locating:
                leading.update(moment.chain[:-1])
                yield _FILE
            if moment.chain and read.name:
                yield read.name

    def fills(moment: Moment) -> Iterator[str]:
        nonlocal is_told
        event = moment.event
        if order.loads_file(event):
            if not is_told:
                yield _FILE
                is_told = order.is_told_there(leading, moment, launcher.module)
        elif isinstance(event, Step):
            names = order.variables_set(event)
            if event.name == known.SETS_DEFAULT:
                names = tuple(name for name in names if name not in are_set)
            if not event.conditional:
                are_set.update(names)
            yield from names

    is_filled = False
    told = order.too_late(launcher.ordered(path), reads, fills, imported=is_imported)
    for name, early, late in told:
        step = late.event
        if late.step is None or late.step.is_imported:
            if name == _FILE and not is_filled and _is_of_order(launcher, early, late):
                yield _imported(launcher, early, late)
                is_filled = True
            continue
        assert isinstance(step, Step)
        if name == _FILE and is_filled:
            continue  # several files that are loaded one after another are late together
        is_filled = is_filled or name == _FILE
        by = early.event.name if isinstance(early.event, Called) else ""
        if name and (by == step.chain[-1] or _is_of_itself(step, name)):
            continue  # what was read is kept, or is what it was before
        if name and order.is_for_others(path, step):
            continue
        variable = name or _first_own(_reads(launcher, early))
        if _is_read_again(path, step, variable, elsewhere=bool(name)):
            continue
        is_elsewhere = early.chain or by
        way = order.located(early, by, launcher.module) if is_elsewhere else f"line {early.line}"
        what = f"{named(name)} is set{step.by}" if name else f"{step.way} fills the environment"
        if not name and step.name in known.SETS_ONE | {known.SET_ITEM}:
            what = f"what a file holds is put into the environment{step.by}"
        text = f"{what} after {way} has read {named(variable or 'it')}"
        yield Violation(late.line, late.column, text)


def _imports_what_loads(launcher: Launcher, path: LaunchPath) -> bool:
    """Tell whether a module that the launcher imports may load such a file at once."""
    imports = (step for step in path.steps if isinstance(step, ModuleImport) and not step.place)
    modules = {name for step in imports for name in (step.name, f"{step.name}.{step.taken}")}
    return any(map(launcher.project.may_fill, modules))


def _is_of_order(launcher: Launcher, early: Moment, late: Moment) -> bool:
    """Tell whether the order of the checked file's own imports makes one of them come too late.

    Otherwise a module that leads to the late one has the early one before it as well.
    """
    if early.line == late.line:
        return False
    if not early.chain:
        return True
    first = early.chain[0]
    last = first.rpartition(".")[2]
    return not any(
        name.startswith(f"{first}.") or last in launcher.project.text_of(name)
        for name in late.chain[:-1]
    )


def _imported(launcher: Launcher, early: Moment, late: Moment) -> Violation:
    """Tell of a file that the top level of another module loads, after one before has read it."""
    by = early.event.name if isinstance(early.event, Called) else ""
    variable = _first_own(_reads(launcher, early))
    is_elsewhere = early.chain or by
    way = order.located(early, by, launcher.module) if is_elsewhere else f"line {early.line}"
    read = f"{way} has read {named(variable or 'it')}"
    text = f"{order.way(late)} fills the environment after {read}"
    return Violation(late.line, late.column, text)


def _reads(launcher: Launcher, moment: Moment) -> tuple[Read, ...]:
    """Return what is read at a moment: there, or by a function of the project that is called."""
    event = moment.event
    if isinstance(event, Called) and launcher.project.owns(event.name):
        done = launcher.project.done_when_called(event.name, READING_WORDS)
        return tuple(one for one in done if isinstance(one, Read))
    if not isinstance(event, Read):
        return ()
    is_own = not moment.chain or launcher.project.owns(f"{moment.chain[-1]}.{event.name}")
    return (event,) if is_own else ()


def _is_of_itself(step: Step, variable: str) -> bool:
    """Tell whether a variable is set to something that is made of its own value."""
    return any(variable in origins.variables(one) for one in step.given)


def _is_read_again(path: LaunchPath, step: Step, variable: str, elsewhere: bool) -> bool:
    """Tell whether a module reads a variable once more after it is set, as a reload does.

    :param elsewhere: whether it has to be another module than the one that sets it.
    """
    after = path.steps[path.steps.index(step) + 1 :]
    calls = (one for one in after if isinstance(one, Call) and one.name in known.GETTERS)
    return any(_names(one, variable) for one in calls if one.file or not elsewhere)


def _names(step: Call, variable: str) -> bool:
    return bool(step.arguments) and step.arguments[0].text == variable


def _first_own(reads: tuple[Read, ...]) -> str:
    return next((read.name for read in reads if _is_own(read.name)), "")


def _is_own(variable: str) -> bool:
    """Tell whether a variable may be the project's own."""
    return variable not in known.OF_SYSTEM and not variable.startswith(known.OF_SYSTEM_PREFIXES)

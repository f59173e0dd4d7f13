"""LS404."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import canonical, executed
from flake8_launcher.launch import Launcher
from flake8_launcher.launch.questions import reflection
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation


class ImportFromInput(Rule):
    """What is imported or evaluated is named from outside, and nothing limits it.

    ## What it does

    Reports a call that imports or loads what a configuration option, an environment variable, a
    field of pydantic settings or a setting of a YAML, JSON, TOML or INI file names, and an `exec`
    or `eval` of such a text. It is reported in any file of the program, where the name can be
    followed to its source, and at the call that passes the name on to another module. Several
    calls in one function that the same option decides about are reported once.

    Silent where something limits the name: a fixed prefix (`f"pulse.drivers.{name}"`), a lookup
    in a mapping, a comparison with a collection or a pattern, an option that is declared with
    `choices`, entry points of a fixed namespace (stevedore), or an `isinstance` or `issubclass`
    check of what was imported. Silent, too, about what the command line names: servers and
    runners exist to load what the person who starts them wants, and that person could as well run
    Python; a variable that stands in where nobody names it counts. Settings that are Python code
    themselves, as Django's and Flask's, give nothing away that their author does not have; they
    are left alone, and so are tests, documentation and tools. What is imported to be patched is
    LS210's, where a process of the project may do it.

    ## Why

    The module is imported, and with that run, before anybody looks at what it is. Whoever can
    write the option runs any code that Python finds, with the rights of the service, and a typing
    mistake loads a class that does not fit and fails long after the start.

    ## Example

    ```python
    from oslo_config import cfg
    from oslo_utils import importutils

    CONF = cfg.CONF


    class Manager:
        def __init__(self):
            self.driver = importutils.import_object(CONF.driver)
    ```

    ## Use instead

    Load it as a plugin, which has to be installed and declared as one:

    ```python
    from oslo_config import cfg
    from stevedore import driver

    CONF = cfg.CONF


    class Manager:
        def __init__(self):
            self.driver = driver.DriverManager(
                "pulse.drivers", CONF.driver, invoke_on_load=True
            ).driver
    ```

    Or name a module in a package of the program, or check what has been imported:

    ```python
    cls = importutils.import_class(CONF.driver)
    if not issubclass(cls, Driver):
        raise exception.InvalidDriver(CONF.driver)
    ```

    ## When to ignore it

    Where whoever sets the name may run code in the process anyway, as the one who writes its
    unit file may, and nobody else can.
    """

    code = "LS404"
    name = "import-from-input"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = (470, 94)
    security = 7.0
    subjects = frozenset({Subject.LAUNCH, Subject.REFLECTION})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each call that runs code which something outside names."""
        if launcher.standing.is_apart:
            return
        run = {
            (step.line, step.column)
            for path in launcher.loaded
            for step in path.steps
            if (runner := executed.RUNNERS.get(canonical(step.name))) and not runner.of_text
        }
        told = (
            found
            for found in reflection.reflections(launcher)
            for step in (found.passed or found.step,)
            if (step.line, step.column) not in run  # a file of configuration: LS304
            if not (found.is_patch and any(launcher.standing.leading()))  # on a launch: LS210
        )
        yield from _together(told)


def _together(told: Iterable[reflection.Reflection]) -> Iterator[Violation]:
    """Yield what is told, once for each function of another module that imports any name.

    What one call of the checked file leads to between other modules is told once as well.
    """
    groups: dict[object, list[reflection.Reflection]] = {}
    for found in told:
        shared: object = id(found)
        if found.passed:
            last = found.passed.line if found.passed.place else found.step.chain
            shared = (found.step.place, last)
        groups.setdefault(shared, []).append(found)
    for first, *others in groups.values():
        step = first.passed or first.step
        names = {one.source.name for one in others} - {first.source.name}
        more = f"; so do {len(names)} more" if len(names) > 1 else "; so does one more"
        text = _text(first) + (more if names else "")
        yield Violation(step.line, step.column, text, (step,) if step.place else ())


def _text(found: reflection.Reflection) -> str:
    does = f"{found.source.name} names what {found.step.way} {found.sink.does}"
    if found.step.name in ("eval", "exec"):
        does = f"{found.step.way} {found.sink.does} {found.source.name}"
    return f"{does}, and nothing limits which code that may be"

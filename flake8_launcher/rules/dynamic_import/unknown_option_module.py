"""LS401."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import canonical, importers, root_of
from flake8_launcher.knowledge.quoting import quoted
from flake8_launcher.launch import Call, Launcher
from flake8_launcher.launch.questions import option_imports
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation


class UnknownOptionModule(Rule):
    """A call imports by name a module that the project does not have.

    ## What it does

    Reports `import_opt` and `import_group`, and `importlib.import_module`, `__import__` and the
    functions of `oslo_utils.importutils`, whose literal names a module that is not there, in a
    package of the project, or in one that is installed in the project's environment. What is not
    installed is not looked for; a name that a handler of `ImportError` guards is left alone.

    ## Why

    A name in a text does not follow when its module is moved: no tool that renames modules or
    finds unused ones sees it. The process ends with `ModuleNotFoundError` when it reaches the
    call, for options mostly as soon as it starts.

    ## Example

    `pulse.py` has been a package once, and its options stood in `pulse/options.py`:

    ```python
    from oslo_config import cfg

    CONF = cfg.CONF
    CONF.import_opt("workers", "pulse.options")
    ```

    ## Use instead

    Import the module that registers the option: what checks imports then checks this one, too.

    ```python
    from oslo_config import cfg

    CONF = cfg.CONF
    CONF.register_opt(cfg.IntOpt("workers"))
    ```

    ## When to ignore it

    Where the module belongs to a plugin that is installed beside the service, and is looked up
    by a name that only its package knows.

    ## References

    - [oslo.config: ConfigOpts.import_opt](
      https://docs.openstack.org/oslo.config/latest/reference/api/oslo_config.html)
    """

    code = "LS401"
    name = "unknown-option-module"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = ()
    reads = frozenset({"python"})
    subjects = frozenset({Subject.IMPORT})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each import of a module that is not there."""
        by_name = [(one.step, one.module) for one in option_imports.option_imports(launcher)]
        by_name += [(step, _module(step)) for step in launcher.calls()]
        for step, module in by_name:
            holder = _lacking(launcher, module) if module else None
            if holder and not option_imports.expects_missing_module(launcher, step):
                name = step.name.lstrip("?.")
                text = f"{name} imports {quoted(module)}, which {holder} does not have"
                yield Violation(step.line, step.column, text)


def _lacking(launcher: Launcher, module: str) -> str | None:
    """Return what should have a module and surely does not."""
    if launcher.options.registry.is_missing(module):
        return "the project"
    package = root_of(module)
    is_missing = package != module and launcher.project.not_installed(module)
    return f"the installed {package}" if is_missing else None


def _module(step: Call) -> str | None:
    """Return the module that a call imports by name, if it is one that does."""
    name = canonical(step.name)
    first = step.arguments[0].text if step.arguments else None
    if first is None or name not in importers.MODULE_IMPORTERS:
        return None
    if first.startswith(".") and name in importers.RELATIVE:
        package = step.argument(1, "package")
        return _absolute(first, package.text if package is not None else None)
    return first.rpartition(".")[0] if name in importers.CLASS_IMPORTERS else first


def _absolute(module: str, package: str | None) -> str | None:
    """Return the name of a module that is found from a package; none where that is not known."""
    name = module.lstrip(".")
    parts = package.split(".") if package else []
    kept = len(parts) - (len(module) - len(name) - 1)
    return ".".join((*parts[:kept], name)) if name and kept > 0 else None

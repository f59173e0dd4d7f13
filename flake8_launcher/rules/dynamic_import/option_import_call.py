"""LS403."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import configuration
from flake8_launcher.knowledge.quoting import quoted
from flake8_launcher.launch import Call, Launcher
from flake8_launcher.launch.questions import option_imports
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation


class OptionImportCall(Rule):
    """A call of `import_opt` or `import_group` does not fit its signature.

    ## What it does

    Reports an unknown keyword such as `default`, an argument too many or too few, and arguments
    in the wrong order: the first names a module of the project, and the second does not.

    ## Why

    The two methods take their arguments in opposite orders, `import_opt(name, module_str,
    group=None)` and `import_group(group, module_str)`, and neither has ever had a default: that
    belongs to the option. A call that does not fit raises `TypeError` when it is reached, one in
    the wrong order imports a module by the name of an option.

    ## Example

    ```python
    from oslo_config import cfg

    CONF = cfg.CONF
    CONF.import_opt("workers", "orchard.options", default=None)
    ```

    ## Use instead

    ```python
    from oslo_config import cfg

    CONF = cfg.CONF
    CONF.import_opt("workers", "orchard.options")
    ```

    ## When to ignore it

    Where the object is not oslo.config's, and only has a method of that name.

    ## References

    - [oslo.config: ConfigOpts.import_opt](
      https://docs.openstack.org/oslo.config/latest/reference/api/oslo_config.html)
    """

    code = "LS403"
    name = "option-import-call"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = (628,)
    subjects = frozenset({Subject.IMPORT})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each call that does not fit."""
        for one in option_imports.option_imports(launcher):
            if option_imports.expects(launcher, one.step, "TypeError"):
                continue
            problem = _misfit(one) or _swapped(launcher, one)
            if problem:
                text = f"{one.step.name.lstrip('?.')} {problem}"
                yield Violation(one.step.line, one.step.column, text)


def _misfit(one: option_imports.OptionImport) -> str | None:
    """Tell why a call raises ``TypeError``, if it does."""
    step, required = one.step, configuration.OPTION_IMPORTERS[one.method]
    names = (*required, "group") if one.method == "import_opt" else required
    unknown = [name for name in step.keywords if name not in names]
    if unknown:
        return f"has no parameter {unknown[0]!r}, and raises TypeError"
    positional = _positional(step)
    if positional > len(names):
        return f"takes {len(names)} arguments, gets {positional}, and raises TypeError"
    twice = [name for name in names[:positional] if name in step.keywords]
    if twice:
        return f"gets {twice[0]!r} twice, and raises TypeError"
    missing = [name for name in required[positional:] if name not in step.keywords]
    if missing and step.complete_arguments:
        return f"gets no {missing[0]!r}, and raises TypeError"
    return None


def _positional(step: Call) -> int:
    return sum(argument.keyword is None for argument in step.arguments)


def _swapped(launcher: Launcher, one: option_imports.OptionImport) -> str | None:
    """Tell that a call has its arguments in the wrong order, if it has."""
    if not one.wanted or not one.module or one.wanted == one.module:
        return None
    if "." not in one.wanted and "." in one.module:
        return None
    if not launcher.options.registry.has(one.wanted) or launcher.options.registry.has(one.module):
        return None
    first, second = configuration.OPTION_IMPORTERS[one.method]
    wanted, module = quoted(one.wanted), quoted(one.module)
    what = f"gets the module {wanted} as its {first!r} and {module} as its {second!r}"
    return f"{what}: they are swapped"

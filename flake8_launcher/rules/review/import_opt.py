"""LS102."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import configuration
from flake8_launcher.knowledge.quoting import quoted
from flake8_launcher.launch import Call, Launcher, Role
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation


class ImportOpt(Rule):
    """Configuration options are pulled in by the name of the module that registers them.

    ## What it does

    Reports each `CONF.import_opt(...)` and `CONF.import_group(...)` on the launch path, with the
    option and the module.

    ## Why

    Both import the module whose name they are given, so they run its code: they are dynamic
    imports. The import does not show in any list of imports, moves with every change of the
    module's name, and fails only when the service starts, with `ImportError` or `NoSuchOptError`.

    ## Example

    ```python
    from oslo_config import cfg
    from oslo_service import service

    CONF = cfg.CONF
    CONF.import_opt("workers", "orchard.scheduler.options")


    def main():
        launcher = service.launch(CONF, Scheduler(), workers=CONF.workers)
        launcher.wait()
    ```

    ## Use instead

    Import the module that registers the option.

    ```python
    from oslo_config import cfg
    from oslo_service import service

    from orchard.scheduler import options

    CONF = cfg.CONF
    options.register(CONF)


    def main():
        launcher = service.launch(CONF, Scheduler(), workers=CONF.workers)
        launcher.wait()
    ```

    ## When to ignore it

    Where the option belongs to a module that the launcher does not import otherwise, and its
    name is as safe as an import: the question is answered, and the finding may be accepted.

    ## References

    - [CWE-829: Inclusion of Functionality from Untrusted Control
      Sphere](https://cwe.mitre.org/data/definitions/829.html), when the name is not a literal
    - [oslo.config: ConfigOpts.import_opt](
      https://docs.openstack.org/oslo.config/latest/reference/api/oslo_config.html)
    """

    code = "LS102"
    name = "import-opt"
    since = "0.1.0"
    severity = Severity.REVIEW
    weaknesses = (829,)
    security = 2.0
    opt_in = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each import by option on the launch path."""
        for _, step in launcher.calling(Role.IMPORT_OPTION):
            if step.place:
                continue
            yield Violation(step.line, step.column, _text(step))


def _text(step: Call) -> str:
    method = step.name.rpartition(".")[2]
    name = step.name.lstrip("?.")
    kind, some = ("group", "a") if method == "import_group" else ("option", "an")
    wanted, module = (
        step.argument(position, keyword)
        for position, keyword in enumerate(configuration.OPTION_IMPORTERS[method])
    )
    of = f" for {some} {kind}"
    if wanted and wanted.text:
        of = f" for the {kind} {quoted(wanted.text)}"
    if module is None or module.text is None:
        return f"{name} imports a module{of}, by a name that is computed"
    return f"{name} imports {quoted(module.text)} by name{of}"

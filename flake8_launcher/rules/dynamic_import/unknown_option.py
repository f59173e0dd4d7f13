"""LS402."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge.quoting import named
from flake8_launcher.launch import Launcher
from flake8_launcher.launch.questions import option_imports
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation


class UnknownOption(Rule):
    """The module that an option is imported from does not register it.

    ## What it does

    Reports `import_opt` and `import_group` with literal names where neither the module that they
    name, nor what it imports, nor the file itself registers the option or group. Nothing is
    reported where a module registers what cannot be read, where it imports a package of which it
    is not known what it registers, or where a handler of `NoSuchOptError` stands around the call.

    ## Why

    The call imports the module and then looks the option up: `NoSuchOptError`, or
    `NoSuchGroupError`, when the process starts. It happens when an option is renamed or moved to
    another module or group, and stays unseen as long as something else has imported the new
    place before.

    ## Example

    ```python
    from oslo_config import cfg

    CONF = cfg.CONF
    CONF.register_opts([cfg.IntOpt("api_workers")], group="pulse")


    def workers():
        CONF.import_opt("workers", "pulse", group="pulse")
        return CONF.pulse.workers
    ```

    ## Use instead

    ```python
    from oslo_config import cfg

    CONF = cfg.CONF
    CONF.register_opts([cfg.IntOpt("api_workers")], group="pulse")


    def workers():
        CONF.import_opt("api_workers", "pulse", group="pulse")
        return CONF.pulse.api_workers
    ```

    ## When to ignore it

    Where the module registers the option in a way that cannot be read, as in a loop over what
    other packages offer.

    ## References

    - [nova bug 1164845](https://bugs.launchpad.net/nova/+bug/1164845): a service that did not
      start
    - [oslo.config: ConfigOpts.import_opt](
      https://docs.openstack.org/oslo.config/latest/reference/api/oslo_config.html)
    """

    code = "LS402"
    name = "unknown-option"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = ()
    subjects = frozenset({Subject.IMPORT})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each import of an option that is not registered."""
        for one in option_imports.unregistered(launcher):
            if not option_imports.expects_missing_option(launcher, one.step):
                text = (
                    f"neither {named(one.module or '')} nor what it imports registers the "
                    f"{one.what}, so that this call fails"
                )
                yield Violation(one.step.line, one.step.column, text)

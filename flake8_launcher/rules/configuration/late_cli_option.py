"""LS308."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge.quoting import quoted
from flake8_launcher.launch import Launcher, ModuleImport
from flake8_launcher.launch.questions import parsing
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, at


class LateCliOption(Rule):
    """A command-line option is registered after the command line has been parsed.

    ## What it does

    Reports `register_cli_opt`, `register_cli_opts` and `oslo_log.log.register_options` on the
    launch path after the call that parses the configuration of the same object, unless `clear`
    or `reset` comes between; and an import in a function behind it, of a module of the project
    whose top level does that. Nothing is reported where a condition or a handler stands around
    the call.

    ## Why

    oslo.config raises `ArgsAlreadyParsedError`, also where the same option is registered a second
    time: the process ends before it serves.

    ## Example

    ```python
    import sys

    from oslo_config import cfg
    from oslo_log import log
    from oslo_service import service

    CONF = cfg.CONF


    def main():
        CONF(sys.argv[1:])
        log.register_options(CONF)
        log.setup(CONF, "pulse")
        service.launch(CONF, service.Service()).wait()


    if __name__ == "__main__":
        main()
    ```

    ## Use instead

    ```python
    import sys

    from oslo_config import cfg
    from oslo_log import log
    from oslo_service import service

    CONF = cfg.CONF


    def main():
        log.register_options(CONF)
        CONF(sys.argv[1:])
        log.setup(CONF, "pulse")
        service.launch(CONF, service.Service()).wait()


    if __name__ == "__main__":
        main()
    ```

    ## When to ignore it

    Where the option is only there to be read from files, and nobody is meant to set it on the
    command line: `register_opt` says that.

    ## References

    - [oslo.config: ConfigOpts.register_cli_opt](
      https://docs.openstack.org/oslo.config/latest/reference/api/oslo_config.html)
    """

    code = "LS308"
    name = "late-cli-option"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (696,)
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each place that leads to such a call."""
        yield from (
            at(
                step,
                f"{step.way} comes after the configuration is parsed ({parse.located_way}): "
                f"it raises ArgsAlreadyParsedError",
            )
            for path in launcher.launches
            for step, parse in parsing.registers_too_late(path)
        )
        yield from (
            Violation(
                step.line,
                step.column,
                f"the import of {module}{step.by} registers the option {option} of the command "
                f"line after the configuration is parsed ({parse.located_way}): it raises "
                f"ArgsAlreadyParsedError",
            )
            for path in launcher.launches
            for step, parse in parsing.imports_too_late(path)
            for module, option in _registered(launcher, step)
        )


def _registered(launcher: Launcher, step: ModuleImport) -> Iterator[tuple[str, str]]:
    """Yield an option that an import registers for the command line, and nothing before it."""
    registry = launcher.options.registry
    before = {(one.group, one.option) for one in registry.registered(launcher.module)}
    for module in (step.name, f"{step.name}.{step.taken}") if step.taken else (step.name,):
        if not launcher.project.owns(f"{module}.x"):
            continue
        for one in registry.registered(module):
            if one.cli and one.option.name and (one.group, one.option) not in before:
                yield module, quoted(one.option.name)
                return

"""LS407."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.launch import Launcher, Step, shortened
from flake8_launcher.launch.unregistered import unregistered
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Violation, enumerated


class UnregisteredOption(Rule):
    """The launch reads an option that nothing in the project registers.

    ## What it does

    Reports what reads an option of oslo.config on the launch path where no module of the project
    registers it: of a group that the project itself registers, or without a group, where no
    library is known to have it either. Older names that an option has kept are names of it, too.

    Which modules the launch imports is not asked: an option that a module registers which is not
    imported is not reported. Nor is anything reported

    - of a group that a library fills, or may fill as it is given the group's name, or that gets
      options whose names are computed,
    - where a handler goes on when the read fails, or the project asks somewhere whether there is
      such an option, or sets it,
    - where a function reads in one branch what not every group has that it is given,
    - in a project that extends another service, whose groups it may use.

    ## Why

    `NoSuchOptError` when the process starts, or later when it comes to the read: an option has
    been renamed, moved to another group or removed, and this read was forgotten.

    ## Example

    ```python
    import sys

    from oslo_config import cfg
    from oslo_service import service

    CONF = cfg.CONF
    CONF.register_opts([cfg.IntOpt("api_workers")], group="orchard")


    def main():
        CONF(sys.argv[1:])
        service.launch(CONF, service.Service(), workers=CONF.orchard.workers).wait()


    if __name__ == "__main__":
        main()
    ```

    ## Use instead

    ```python
    import sys

    from oslo_config import cfg
    from oslo_service import service

    CONF = cfg.CONF
    CONF.register_opts([cfg.IntOpt("api_workers")], group="orchard")


    def main():
        CONF(sys.argv[1:])
        service.launch(CONF, service.Service(), workers=CONF.orchard.api_workers).wait()


    if __name__ == "__main__":
        main()
    ```

    ## References

    - [nova bug 1503975](https://bugs.launchpad.net/nova/+bug/1503975): a service that did not
      start
    - [oslo.config: ConfigOpts](
      https://docs.openstack.org/oslo.config/latest/reference/api/oslo_config.html)
    """

    code = "LS407"
    name = "unregistered-option"
    since = "0.1.0"

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each place that leads to such a read."""
        found: dict[tuple[int, int], tuple[Step, dict[str, None]]] = {}
        for path in launcher.launches:
            for step, name in unregistered(launcher, path):
                _, names = found.setdefault((step.line, step.column), (step, {}))
                names[name] = None
        for (line, column), (step, names) in found.items():
            by = f" by {shortened(step.chain[step.depth :])} ({step.place})" if step.place else ""
            text = (
                f"reads {enumerated(names)}{by}, which nothing in the project registers: "
                "NoSuchOptError"
            )
            yield Violation(line, column, text)

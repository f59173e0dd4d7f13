"""LS407."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.launch import Launcher, Step
from flake8_launcher.launch.questions.unregistered import unregistered
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, enumerated


class UnregisteredOption(Rule):
    """The launch reads an option that none of the modules it imports registers.

    ## What it does

    Reports what reads an option of oslo.config on the launch path where no module that has been
    imported by then registers it. Once the launch has imported something that only the metadata,
    a file or an option names, or was too long to follow, an option is reported only if none of
    the modules that the launch may import at all registers it. Deprecated names of an option
    count as well. Where the launch could be followed up to there, what functions register counts
    only once it has called them. Only launchers that a process surely begins with are examined.

    Nothing is reported

    - where the name of an option or a group is computed,
    - of options that a library is known to register, may register because it uses oslo.config
      itself, or is asked to register in a group of the project,
    - where a handler goes on when the read fails,
    - where a function that is given a group reads, in one branch, an option that not every such
      group has.

    ## Why

    `NoSuchOptError` when the process starts, or later, when the option is read: it has
    been renamed, moved to another group or removed, or the import of its module is missing, or
    the call of the function that registers it is missing or comes later.

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

    ## When to ignore it

    Where the option is registered by something that is found at run time, as an extension is,
    and that the launch always loads.

    ## References

    - [nova bug 1503975](https://bugs.launchpad.net/nova/+bug/1503975): a service that did not
      start
    - [oslo.config: ConfigOpts](
      https://docs.openstack.org/oslo.config/latest/reference/api/oslo_config.html)
    """

    code = "LS407"
    name = "unregistered-option"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = ()
    needs_whole_path = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each place that leads to such a read."""
        found: dict[tuple[int, int, str], tuple[Step, dict[str, None]]] = {}
        for path in launcher.starts if launcher.launches else ():
            for step, name, lacks in unregistered(launcher, path):
                _, names = found.setdefault((step.line, step.column, lacks), (step, {}))
                names[name] = None
        for (line, column, lacks), (step, names) in found.items():
            them = "them" if len(names) > 1 else "it"
            text = f"reads {enumerated(names)}{step.by}, but {lacks} {them}"
            yield Violation(line, column, f"{text}: NoSuchOptError is raised")

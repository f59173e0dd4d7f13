"""LS301."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.launch import Launcher, LaunchPath, OptionRead, Step
from flake8_launcher.launch.questions import option_names, parsing
from flake8_launcher.launch.questions.option_names import OptionName
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, enumerated


class OptionBeforeParse(Rule):
    """The launch reads an option before it parses the configuration.

    ## What it does

    Reports what reads an option of oslo.config on the launch path before the call that parses
    the configuration of the same object, also where both stand in other modules of the project.
    `oslo_log.log.setup` reads the logging options, and is reported unless it is called again
    after the parse. What is read while a module is imported is reported by LS302.

    Nothing is reported where something before may have parsed already, where the parse may not
    happen, for an option that is overridden before, where the value only becomes a default again
    by `set_default` or `set_defaults`, alone or with more added to it, nor in a function that
    looks for the configuration files, as its name tells (`find_config`).

    ## Why

    oslo.config gives the default, without a word: what the operator configures is not seen. A
    required option is `None` there.

    ## Example

    ```python
    import sys

    from oslo_config import cfg
    from oslo_service import service

    CONF = cfg.CONF
    CONF.register_opts([cfg.IntOpt("workers", default=4)])


    def main():
        workers = CONF.workers
        CONF(sys.argv[1:])
        service.launch(CONF, service.Service(), workers=workers).wait()


    if __name__ == "__main__":
        main()
    ```

    ## Use instead

    ```python
    import sys

    from oslo_config import cfg
    from oslo_service import service

    CONF = cfg.CONF
    CONF.register_opts([cfg.IntOpt("workers", default=4)])


    def main():
        CONF(sys.argv[1:])
        service.launch(CONF, service.Service(), workers=CONF.workers).wait()


    if __name__ == "__main__":
        main()
    ```

    ## When to ignore it

    Where the default is what you want at that moment, as for an option that nobody can set in
    a file.

    ## References

    - [oslo.config: ConfigOpts](
      https://docs.openstack.org/oslo.config/latest/reference/api/oslo_config.html)
    """

    code = "LS301"
    name = "option-before-parse"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (696,)
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each place that leads to such reads."""
        for path in launcher.launches:
            yield from (*_on(path, launcher), *_of_logging(path))


def _on(path: LaunchPath, launcher: Launcher) -> Iterator[Violation]:
    found: dict[object, tuple[list[OptionRead], Step, set[OptionName]]] = {}
    overridden = {
        argument.text
        for call in path.calls
        if call.name.endswith(".set_override") and (argument := call.argument(0, "name"))
    }
    for step, parse in parsing.reads_too_early(path):
        if _is_of_import(step, launcher) or parsing.becomes_default(path, step):
            continue
        parts = parsing.option_read(step)
        option = option_names.option_name(launcher.options.registry, parts, launcher.module)
        if option is None or option.name in overridden:
            continue
        # what a function reads that does not parse itself is mended all at once
        is_called = not step.place and step.chain != parse.chain
        place = step.chain if is_called else (step.line, step.column)
        steps, _, read = found.setdefault(place, ([], parse, set()))
        steps.append(step)
        read.add(option)
    for steps, parse, read in found.values():
        step = steps[0]
        names = enumerated(map(str, read))
        defaults = {option.default for option in read}
        default = defaults.pop() if len(defaults) == 1 else "the default"
        text = (
            f"reads {names}{step.by} before the configuration is parsed ({parse.located_way}), "
            f"and gets {default} whatever is configured"
        )
        yield Violation(step.line, step.column, text, tuple(steps))


def _of_logging(path: LaunchPath) -> Iterator[Violation]:
    """Yield what sets logging up before there is a configuration that tells how."""
    for step, parse in parsing.sets_logging_up_too_early(path):
        text = (
            f"{step.way} reads the logging options before the configuration is parsed "
            f"({parse.located_way}), and gets their defaults, whatever is configured"
        )
        yield Violation(step.line, step.column, text, (step, parse))


def _is_of_import(step: Step, launcher: Launcher) -> bool:
    """Tell whether the top level of a module itself reads, not a function that it calls."""
    return step.chain[-1] == launcher.module or step.chain[-1] == f"import {step.imported}"

"""LS302."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.launch import Launcher, shortened
from flake8_launcher.launch.questions import option_names
from flake8_launcher.launch.questions.import_reads import ImportRead
from flake8_launcher.launch.questions.option_names import OptionName
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation

_MOST_NAMED = 3
"""How many options a message names."""


class OptionAtImport(Rule):
    """An option is read when the module is imported, before anything parses the configuration.

    ## What it does

    Reports each statement, once, that is the first to read options of oslo.config in a default
    argument, in an argument of a decorator, in the body of a class or at the top level of a
    module, there also by functions that it calls, where a process of the project imports that
    module before it parses its configuration: the module that the process begins with imports it
    at its top level, or imports at its top level what does. Processes are known by the scripts
    that the project declares; where it declares none, the modules of its packages for commands
    count. The scripts in its folder `bin` count, and so does each `__main__.py` of the package.
    Tools such as `pulse-manage` do not, and for a module of one service
    (`pulse.conductor.manager`) only that service does.

    The object may have any name in the module that makes it; in others, those that it imports
    under a name such as `CONF`, `conf`, `config` or `settings` are looked at.

    Bodies of functions and lambdas are not read on import. Nothing is reported after a call that
    parses, nor for the default of another option in a module that only declares options.

    ## Why

    Before the parse oslo.config returns the default, without a word. A default argument, a
    decorator or a constant keeps that value: what the operator configures never comes into
    effect.

    ## Example

    ```python
    import sys

    from oslo_config import cfg
    from oslo_service import service

    CONF = cfg.CONF
    CONF.register_opts([cfg.IntOpt("workers", default=4)])


    def launch(server, workers=CONF.workers):
        return service.launch(CONF, server, workers=workers)


    def main():
        CONF(sys.argv[1:])
        launch(service.Service()).wait()


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


    def launch(server, workers=None):
        return service.launch(CONF, server, workers=workers or CONF.workers)


    def main():
        CONF(sys.argv[1:])
        launch(service.Service()).wait()


    if __name__ == "__main__":
        main()
    ```

    ## When to ignore it

    Where the value is only shown, as in a help text, or where the option cannot be set in any
    file.

    ## References

    - [ironic bug 1279774](https://bugs.launchpad.net/ironic/+bug/1279774) and
      [1562258](https://bugs.launchpad.net/ironic/+bug/1562258): intervals that could not be
      configured
    - [oslo.config: ConfigOpts](
      https://docs.openstack.org/oslo.config/latest/reference/api/oslo_config.html)
    """

    code = "LS302"
    name = "option-at-import"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (696,)
    subjects = frozenset({Subject.OPTION})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each statement that is the first to read some options."""
        yield from _reads(launcher)


def _reads(launcher: Launcher) -> Iterator[Violation]:
    found = launcher.import_reads
    if not found.way:
        return
    begin, *others = found.way
    seen: set[option_names.OptionName] = set()
    of_statement: dict[tuple[int, str, str], list[tuple[ImportRead, OptionName]]] = {}
    for one in found.reads:
        if one.by and not others:
            continue  # LS301 follows what a process itself calls
        # a module that imports it may have registered the option before
        registry = launcher.options.registry
        option = option_names.option_name(registry, one.parts, *reversed(found.way))
        if option is not None and option not in seen:
            seen.add(option)
            key = (one.statement, one.where, one.by)
            of_statement.setdefault(key, []).append((one, option))
    for told in of_statement.values():
        text = _text(*told)
        if others:
            text += f" when {begin} imports it ({shortened(found.way, of_imports=True)})"
        first = told[0][0].node
        yield Violation(first.lineno, first.col_offset, text)


def _text(first: tuple[ImportRead, OptionName], *rest: tuple[ImportRead, OptionName]) -> str:
    """Say what one statement reads too early."""
    one, option = first
    by = f" by {one.by}" if one.by else ""
    if rest:
        *names, last = [str(option), *(str(other) for _, other in rest)]
        more = len(names) + 1 - _MOST_NAMED
        if more > 0:
            names, last = names[:_MOST_NAMED], f"{more} more"
        what, stays = f"{', '.join(names)} and {last}", "they stay at their defaults"
    else:
        what, stays = str(option), f"it stays {option.default}"
    return (
        f"reads {what}{by} {one.where}, when the module is imported: {stays}, as the "
        "configuration is not parsed yet"
    )

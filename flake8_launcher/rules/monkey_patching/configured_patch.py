"""LS210."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import importers, sources
from flake8_launcher.launch import Launcher, LaunchPath, Role, Step, origins
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Violation, at, once_a_place


class ConfiguredPatch(Rule):
    """What is patched, or with what, is named by configuration, environment or arguments.

    ## What it does

    Reports a call that patches where the name of the module to patch, or of what replaces its
    members, comes from a configuration option, an environment variable or the command line.

    ## Why

    Whoever can write that option runs any code in the service, with its rights: the named module
    is imported, and what it names wraps every function of it. No review of the code can tell what
    the service does.

    ## Example

    ```python
    import sys

    from oslo_config import cfg
    from oslo_utils import importutils
    import uvicorn

    CONF = cfg.CONF


    def monkey_patch():
        for entry in CONF.monkey_patch_modules:
            name, decorator = entry.split(":")
            __import__(name)
            for key in dir(sys.modules[name]):
                setattr(sys.modules[name], key, importutils.import_class(decorator))


    def main():
        CONF(sys.argv[1:])
        monkey_patch()
        uvicorn.run("pulse.api:app")
    ```

    ## Use instead

    Wrap in code what is to be wrapped, and let an option switch it on or off.

    ```python
    import sys

    from oslo_config import cfg
    import uvicorn

    from pulse import compute, tracing

    CONF = cfg.CONF


    def main():
        CONF(sys.argv[1:])
        if CONF.trace_calls:
            compute.boot = tracing.traced(compute.boot)
        uvicorn.run("pulse.api:app")
    ```

    ## References

    - [CWE-470: Unsafe Reflection](https://cwe.mitre.org/data/definitions/470.html)
    - [CWE-15: External Control of System or Configuration
      Setting](https://cwe.mitre.org/data/definitions/15.html)
    """

    code = "LS210"
    name = "configured-patch"
    since = "0.1.0"

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each call that patches so."""
        yield from once_a_place(
            at(
                step,
                f"{source} names the modules that {step.way} imports and patches",
            )
            for path in launcher.paths
            for step in path.having(Role.PATCH)
            if (source := _source(step, path))
        )


def _source(patch: Step, path: LaunchPath) -> str | None:
    """Return what names the modules that a patch imports, if something outside does."""
    for step in path.inside(patch):
        if importers.is_importer(step.name):
            argument = step.argument(0, "")
            for name in origins.leading(argument.values if argument else ()):
                source = sources.source_of(name)
                if source:
                    return source
    return None

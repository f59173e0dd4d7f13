"""LS210."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import importers, sources
from flake8_launcher.launch import Argument, Call, Launcher, LaunchPath, Role, Step
from flake8_launcher.launch.questions import origins
from flake8_launcher.launch.questions.rebinding import computed
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation


class ConfiguredPatch(Rule):
    """What is patched, or with what, is named by configuration, environment or arguments.

    ## What it does

    Reports a call that patches where the name of the module to patch, or of what replaces its
    members, comes from a configuration option, an environment variable or the command line; and
    where these decide about a keyword of a patcher (`monkey_patch(os=CONF.patch_os)`). Reports an
    assignment, too, to an attribute of a module that is found by its name:
    `sys.modules[name].call = traced`, `setattr(importlib.import_module(CONF.driver), ...)`. A
    fixed prefix of that name limits nothing, as every module below it may be patched.

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

    ## When to ignore it

    Where patching is what the program is for, as in a tracer or a debugger that its user
    starts on purpose.
    """

    code = "LS210"
    name = "configured-patch"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = (470, 15)
    security = 6.5

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each call that patches so."""
        yield from (
            Violation(step.line, step.column, text, (cause,))
            for path in launcher.paths
            for step, cause, text in _patches(path)
        )


def _patches(path: LaunchPath) -> Iterator[tuple[Step, Step, str]]:
    """Yield what patches so, the step that tells it, and what messages say of it."""
    for patch in path.calling(Role.PATCH):
        if found_inside := _source(patch, path):
            source, inner = found_inside
            text = f"{source} names the modules that {patch.way} imports and patches"
            yield patch, inner, text
        elif not patch.seen and (keyword := _keyword(patch)):
            yield patch, patch, f"{keyword} decides what {patch.way} patches"
    found = list(computed(path))
    imported: dict[tuple[str, ...], str | None] = {}
    for step in path.steps if found else ():
        if isinstance(step, Call) and importers.is_importer(step.name):
            imported[step.chain] = origins.source(step.argument(0, "name"))
        for one in found:
            if one.step is not step:
                continue
            owner = Argument(None, None, ..., (), values=one.owner)
            by = origins.source(owner) or imported.get(step.chain)
            if by and one.attribute:
                text = f"{by} names the module whose {one.attribute} is replaced{step.by}"
                yield step, step, text
            elif by:
                yield step, step, f"{by} names the module that the new {one.way} comes from"


def _keyword(patch: Call) -> str | None:
    """Return what decides about a keyword of a patcher, if something outside does."""
    given = [one for one in patch.arguments if one.keyword is not None]
    for one in (*given, *([patch.rest] if patch.rest else ())):
        named = (sources.source_of(name) for name in origins.leading(one.values))
        if found_source := origins.source(one) or next(filter(None, named), None):
            return found_source
    return None


def _source(patch: Step, path: LaunchPath) -> tuple[str, Step] | None:
    """Return what names the modules that a patch imports, if something outside does.

    :returns: its name, and the step that imports them.
    """
    for step in path.inside(patch):
        if isinstance(step, Call) and importers.is_importer(step.name):
            argument = step.argument(0, "")
            for name in origins.leading(argument.values if argument else ()):
                source = sources.source_of(name)
                if source:
                    return source, step
    return None

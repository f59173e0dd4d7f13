"""LS209."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import canonical, extension_points, patchers
from flake8_launcher.launch import Launcher, LaunchPath, Part, Rebinding, Role, Step, rebindings
from flake8_launcher.launch.model import exclude
from flake8_launcher.launch.questions import library
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation


class ForeignAttributePatch(Rule):
    """A function or class of another distribution is replaced while the service starts.

    ## What it does

    Reports an attribute of a module or class of the standard library or another distribution
    that the launch path rebinds to a function or class: `module.f = g`, `Class.f = g`,
    `setattr(module, "f", g)`, and a `mock.patch` that is started. Each place of the
    launcher is reported once, with the first replacement that it leads to.

    Nothing is reported of attributes that are made to be assigned (`sys.excepthook`, `sys.stdout`,
    `warnings.showwarning`), names that are added by custom (levels of `logging` and their
    methods, `_`; what a class of the standard library does not have so far), plain values such as
    `http.client._MAXHEADERS = 200`, instances, the project's own modules and subclasses, tests,
    and what is named in `--launcher-allowed-patches`. To replace a patcher itself, as in
    `eventlet.monkey_patch = refuse`, is a guard against a patch and not reported. What weakens a
    protection is reported by LS208.

    ## Why

    Everything that uses that module or class gets the replacement, other libraries included, and
    nothing in their code shows it. Code that imported the name before keeps the original. The next
    release of the distribution may rename what is replaced, or rely on it.

    ## Example

    ```python
    import json

    import uvicorn


    def encode(self, value):
        return str(value)


    def main():
        json.JSONEncoder.default = encode
        uvicorn.run(application, port=8080)
    ```

    ## Use instead

    Use what the distribution offers for it: a subclass, an argument, a hook.

    ```python
    import json

    import uvicorn


    class Encoder(json.JSONEncoder):
        def default(self, value):
            return str(value)


    def main():
        application.encoder = Encoder
        uvicorn.run(application, port=8080)
    ```

    ## When to ignore it

    Where a library has a defect that is fixed nowhere else: pin its version beside the line,
    or name what is replaced in `--launcher-allowed-patches`.

    ## Options

    - `--launcher-allowed-patches`: functions that rebind something and that somebody has audited,
      or what is rebound, by their qualified names.
    """

    code = "LS209"
    name = "foreign-attribute-patch"
    since = "0.1.0"
    severity = Severity.LOW
    weaknesses = (1061,)
    reads = frozenset({"allowed_patches"})
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each place that rebinds something."""
        if launcher.part is Part.TEST:
            return
        allowed = {canonical(name) for name in options.allowed_patches}
        found: dict[tuple[int, int], dict[str, Rebinding]] = {}
        values: dict[tuple[int, int], tuple[int, int]] = {}
        for path in dict.fromkeys((*launcher.paths, *launcher.starts)):
            for rebinding in rebindings(path):
                step = rebinding.step
                by = {rebinding.name, *map(canonical, step.chain)}
                if _serves_elsewhere(path, step):
                    continue
                if allowed.isdisjoint(by) and _is_foreign(rebinding, launcher):
                    code = rebinding.value.code if rebinding.value is not None else None
                    # one value for several, as in ``a.f = b.f = g``
                    at = (step.line, step.column)
                    at = values.setdefault((step.line, id(code or step.node)), at)
                    found.setdefault(at, {}).setdefault(rebinding.name, rebinding)
        for (line, column), several in found.items():
            first, *others = several.values()
            verb = "may be" if first.step.conditional else "is"
            text = f"{first.way} {verb} rebound to {first.value_text} for the whole process"
            more = f"; so are {len(others)} more" if len(others) > 1 else "; so is one more"
            causes = tuple(one.step for one in several.values())
            yield Violation(line, column, text + (more if others else ""), causes)


def _serves_elsewhere(path: LaunchPath, step: Step) -> bool:
    """Tell whether a step is taken only where the process does something else than to serve."""
    serves = list(path.having(Role.SERVE))
    return bool(serves) and all(exclude(step, serve) for serve in serves)


def _is_foreign(rebinding: Rebinding, launcher: Launcher) -> bool:
    """Tell whether a function or class is replaced where nobody expects it."""
    step = rebinding.step
    if step.is_in_tests or not rebinding.is_code or _is_of_package(step, launcher):
        return False
    if step.conditional and _is_for_some(step):
        return False
    if extension_points.is_open(rebinding.name) or patchers.patcher_of(rebinding.name):
        return False
    if launcher.project.owns(rebinding.name) or rebinding.weakness is not None:
        return False
    return not library.lacks_attribute(rebinding.name)


def _is_for_some(step: Step) -> bool:
    """Tell whether a step is taken for some of what the service is asked to do, once it serves:
    in the rounds of a loop, or on a way through what something else calls, such as a job.
    """
    kinds = [arm.kind for arm in step.arms]
    if "callback" in kinds and "branch" in kinds[kinds.index("callback") :]:
        return True
    return "endless" in kinds


def _is_of_package(step: Step, launcher: Launcher) -> bool:
    """Tell whether a package that holds the checked module takes a step: it is reported there."""
    return step.imported is not None and launcher.module.startswith(f"{step.imported}.")

"""LS202."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import canonical, patchers
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.launch import Launcher, Part, Role, Step
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation

_PATCHER = deferred(r"(?:^|\.)(?:monkey_patch|patch_all|patch_stdlib\w{0,20})$")
"""Names of functions that cannot be read, and patch the process all the same."""


class MonkeyPatchOnImport(Rule):
    """A module that is imported for something else patches the whole process.

    ## What it does

    Reports a monkey patch at the top level of a module that starts no process, also where a
    function of the project makes it that the top level calls, whatever its name. Launchers, the
    `__init__.py` of packages that hold them, modules that a server loads (`wsgi.py`, `app =
    Flask(...)`, gunicorn's and Django's settings, what a Procfile or container names), modules
    whose name says that they are made to patch, and tests may do so.

    ## Why

    Whoever imports the module has the process patched, wanted or not, and mostly too late: what
    was imported before keeps the originals. Under a WSGI server that has started threads the
    patch breaks them, and tools which import the package (documentation, linters, migrations)
    hang or fail.

    ## Example

    `pulse/rpc.py`, which the API and the worker import:

    ```python
    import eventlet

    eventlet.monkey_patch()

    import kombu
    ```

    ## Use instead

    Patch where the process begins: in the launcher, or in the `__init__.py` of the package that
    holds the launchers.

    ```python
    import kombu
    ```

    ## When to ignore it

    Where the module is only ever loaded first in a process, by a server or an `-m` that this
    project does not show.

    ## References

    - [ironic bug 1608252](https://bugs.launchpad.net/ironic/+bug/1608252)
    """

    code = "LS202"
    name = "monkey-patch-on-import"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = ()
    subjects = frozenset({Subject.LAUNCH, Subject.CALL})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each patch at the top level."""
        is_importable = launcher.module.rpartition(".")[2].isidentifier()
        if launcher.part is not Part.OTHER or not is_importable:
            return
        for path in launcher.patching[:1]:
            for step in path.having(Role.PATCH):
                patcher = patchers.patcher_of(canonical(step.name))
                if patcher.table is None if patcher else not _is_surely_patcher(launcher, step):
                    continue  # of one library, which it hardens or makes green
                if not step.is_imported and not step.conditional:
                    text = f"{step.way} patches the process of whoever imports {launcher.module}"
                    yield Violation(step.line, step.column, text)


def _is_surely_patcher(launcher: Launcher, step: Step) -> bool:
    """Tell whether a function patches the process, as its body or nothing but its name tells."""
    is_read = bool(step.place) or launcher.project.owns(step.name)
    return is_read or _PATCHER.search(step.name) is not None

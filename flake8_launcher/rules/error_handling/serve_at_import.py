"""LS511."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import known_roles_of
from flake8_launcher.launch import Launcher, Loop, Role
from flake8_launcher.launch.paths.endings import ending
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation


class ServeAtImport(Rule):
    """The module serves as soon as it is imported.

    ## What it does

    Reports a serve call of a framework that the top level of a module makes, in its own file or
    in a function that it calls, and a loop that goes on until the service stops, where the module
    belongs to a package. Scripts (`#!`,
    `__main__.py`, folders such as `bin` and `examples`), modules that a server loads (`wsgi.py`)
    or whose name says that they are run (`run_worker.py`, `main.py`), and tests may do so.

    ## Why

    Whoever imports the module, for a name in it or because a console script names it, has a
    server started: a test run, a documentation build or a worker process that is spawned hangs
    in the import, or fails for a port that is taken. An exception there is an import error to
    everybody who imports the module.

    ## Example

    `pulse/api.py`:

    ```python
    import flask

    application = flask.Flask(__name__)

    application.run(port=8080)
    ```

    ## Use instead

    ```python
    import flask

    application = flask.Flask(__name__)


    def main():
        application.run(port=8080)


    if __name__ == "__main__":
        main()
    ```

    ## When to ignore it

    In a module that is a script in all but its name, and that nothing imports.

    ## References

    - [Python: idiomatic usage of
      `__main__`](https://docs.python.org/3/library/__main__.html#idiomatic-usage)
    - [multiprocessing: safe importing of main
      module](https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods)
    """

    code = "LS511"
    name = "serve-at-import"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = ()

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield at most one violation: on the first serve call of the top level."""
        if not launcher.standing.is_importable:
            return
        for path in launcher.own_launches:
            if path.entry:
                continue
            for step in path.having(Role.SERVE):
                known = Role.SERVE in known_roles_of(step.name) or isinstance(step, Loop)
                if known and not step.conditional and not step.is_imported:
                    end = ending(step)
                    text = f"importing {launcher.module} runs {step.way}"
                    blocks = end is not None and end.blocks and not end.detached
                    if blocks or isinstance(step, Loop):
                        text += ", and does not end while it serves"
                    top = path.outermost(step)
                    yield Violation(top.line, top.column, text)
                    return

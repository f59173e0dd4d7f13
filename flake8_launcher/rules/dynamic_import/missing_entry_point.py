"""LS406."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge.quoting import named, quoted
from flake8_launcher.launch import Launcher
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation


class MissingEntryPoint(Rule):
    """A script that the project declares names a module or function which is not there.

    ## What it does

    Compares the console, GUI and WSGI scripts of `setup.cfg`, `setup.py` and `pyproject.toml` with
    the modules that they name. There is no place to report on in these files, so the first line
    of the module that should have the function is reported, or of the `__init__.py` of the
    package that should hold the module. A name that only `if __name__ == "__main__":` or
    `if TYPE_CHECKING:` binds is not there when the script imports it. Entry points of other groups
    are not looked at; a module that may get names in other ways (a star import, `__getattr__`,
    `globals()`) is left alone.

    ## Why

    Nothing checks these names when a package is built or installed. The script is installed, and
    ends with `ImportError` or `ModuleNotFoundError` whenever it is called: a service that was
    renamed, or moved to another module, does not start.

    ## Example

    `setup.cfg`:

    ```ini
    [options.entry_points]
    console_scripts =
        pulse-api = pulse.api:main
    ```

    `pulse/api.py`:

    ```python
    import uvicorn


    def serve():
        uvicorn.run("pulse.application:app")
    ```

    ## Use instead

    Keep the name that is declared, or declare the new one, in the same change.

    ```python
    import uvicorn


    def main():
        uvicorn.run("pulse.application:app")
    ```

    ## When to ignore it

    Where the module is generated when the package is built, and is not in the repository.

    ## References

    - [Python packaging: entry points
      specification](https://packaging.python.org/en/latest/specifications/entry-points/)
    """

    code = "LS406"
    name = "missing-entry-point"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = ()
    subjects = frozenset({Subject.SCRIPTS})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each script that cannot start."""
        for script in launcher.missing_scripts:
            module, _, function = script.target.partition(":")
            name = function.partition(".")[0].strip()
            lacks = f"this module has no {quoted(name)}"
            if script.is_module:
                lacks = f"there is no module {named(module)}"
            elif script.is_skipped:
                lacks += " when it is imported"
            error = "ModuleNotFoundError" if script.is_module else "ImportError"
            declares = f"{script.place} declares the script {named(script.target)}"
            yield Violation(1, 0, f"{declares}, but {lacks}: it ends with {error}")

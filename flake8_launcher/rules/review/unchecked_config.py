"""LS104."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.knowledge import canonical
from flake8_launcher.launch import Launcher, LaunchPath, Role, Step
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, at


class UncheckedConfig(Rule):
    """Configuration is loaded, and nothing checks who may write it.

    ## What it does

    Reports the first step of a launcher that loads a configuration file when nothing before it
    on the launch path looks at the file's owner or mode, or compares a digest or signature.
    To make settings of pydantic or starlette is a load where they name a file, such as `.env`.
    Where the load itself cannot be seen, the report is on `CONF = cfg.CONF`.

    ## Why

    Whoever can write the configuration of a service decides what the service does. Neither
    oslo.config nor the usual readers check who that is.

    ## Example

    ```python
    import configparser
    from wsgiref.simple_server import make_server


    def main():
        config = configparser.ConfigParser()
        config.read("/etc/orchard/api.conf")
        make_server("127.0.0.1", config.getint("api", "port"), application).serve_forever()
    ```

    ## Use instead

    Check the open file, so that nobody can swap it between the check and the load, and the
    folders above it, as the `StrictModes` of sshd does. Links are resolved first, so that these
    folders are the real ones; one that is put there later is refused.

    ```python
    import configparser
    import os
    from pathlib import Path
    from wsgiref.simple_server import make_server


    # opens a file that nobody but root and this user can have written or put there
    def open_trusted(path):
        path = Path(path).resolve(strict=True)
        file = open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), encoding="utf-8")
        for status in [os.fstat(file.fileno()), *map(os.stat, path.parents)]:
            if status.st_uid not in (0, os.geteuid()) or status.st_mode & 0o022:
                file.close()
                raise PermissionError(f"{path}: others may write it, or a folder above it")
        return file


    def main():
        config = configparser.ConfigParser()
        with open_trusted("/etc/orchard/api.conf") as file:
            config.read_file(file)
        make_server("127.0.0.1", config.getint("api", "port"), application).serve_forever()
    ```

    A library that opens the file itself, as oslo.config does, opens it a second time: call the
    check before, and it holds because nobody else can write the folders.

    ## When to ignore it

    Where something outside the process looks after the file: a read-only image, a mount that
    only root writes, a unit with `ReadOnlyPaths=`. Say which in the comment.

    ## Options

    - `--launcher-config-guards`: qualified names of functions that do such a check.

    ## References

    - [OpenStack Security Guide: Check-Compute-01 and
      02](https://docs.openstack.org/security-guide/compute/checklist.html)
    """

    code = "LS104"
    name = "unchecked-config"
    since = "0.1.0"
    severity = Severity.REVIEW
    weaknesses = (732, 15)
    security = 4.0
    reads = frozenset({"config_guards"})
    opt_in = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield at most one violation: on the first load that nothing precedes."""
        guards = {canonical(name) for name in options.config_guards}
        unseen = True
        for path in launcher.paths:
            load = _load(path, guards)
            checked = _is_checked(path, load, guards)
            if load is not None and not checked:
                text = f"{load.way} loads configuration, and nothing checks first who may write it"
                yield at(load, text)
                return
            unseen = unseen and load is None and not checked
        if unseen and launcher.config_object is not None:
            line, column, name = launcher.config_object
            text = f"nothing checks who may write the configuration that {name} loads"
            yield Violation(line, column, text)


def _load(path: LaunchPath, guards: set[str]) -> Step | None:
    """Return the load to tell of: before one that may be skipped, one that always runs."""
    loads = list(path.having(Role.LOAD))
    always = (one for one in loads if not (one.conditional or _is_checked(path, one, guards)))
    return next(always, loads[0] if loads else None)


def _is_checked(path: LaunchPath, load: Step | None, guards: set[str]) -> bool:
    """Tell whether a check or a guard runs before a load, or at all where none is seen."""
    for step in path.steps:
        if step is load:
            return False
        called = {canonical(step.name), *map(canonical, step.chain)}
        if step.role is Role.CHECK or not guards.isdisjoint(called):
            return True
    return False

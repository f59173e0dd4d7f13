"""LS307."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.launch import Launcher
from flake8_launcher.launch.questions import exposure
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, once_a_step


class LoggedSecret(Rule):
    """Configuration goes to the log or to standard output with the secrets in it.

    ## What it does

    Reports, on the launch path, a call that prints or logs

    - all environment variables, or all of a configuration that was read from a file, a copy of it
      or a section among it; the `config` of a Flask application that was filled from a file;
      Django's `settings.DATABASES`, `as_dict()` of dynaconf, what hydra passes on,
    - a value from configuration, environment or command line whose name says that it is a
      secret, also as the parameter of a command of click or typer; a dictionary with such a
      value; an object of a class for settings (of pydantic, or a dataclass) with such a field, or
      with one in its parts, unless that is a `SecretStr` or hides itself,
    - the command line, by itself or as the first thing that `log_opt_values` of oslo.config does,
      where the program takes a secret there.

    The same is reported of what the top level of a module does that a process of the project
    imports. It makes no difference whether the value is formatted, listed, gone through by a
    comprehension or a loop without conditions, or turned into JSON first. What a function of the
    project makes of it, for one that masks what is secret, is not reported, nor what was changed
    before where a secret may be (`config["password"] = "***"`, `pop`, `del`) or handed to a
    function that may do that.

    ## Why

    Logs are read by more people than configuration files, are sent to other hosts and end in bug
    reports. A level such as DEBUG is no protection: it is set when something goes wrong, which is
    when logs are passed on.

    ## Example

    ```python
    import logging
    from wsgiref.simple_server import make_server

    import yaml

    LOG = logging.getLogger(__name__)


    def main():
        with open("/etc/orchard/config.yaml") as file:
            config = yaml.safe_load(file)
        LOG.debug("configuration: %s", config)
        make_server("", config["port"], application).serve_forever()
    ```

    ## Use instead

    ```python
    import logging
    from wsgiref.simple_server import make_server

    import yaml

    LOG = logging.getLogger(__name__)


    def main():
        with open("/etc/orchard/config.yaml") as file:
            config = yaml.safe_load(file)
        LOG.debug("port %s, sections %s", config["port"], sorted(config))
        make_server("", config["port"], application).serve_forever()
    ```

    ## When to ignore it

    In a command that a person runs to see the values, as `config show` does, and whose output
    goes to no log.

    ## References

    - [OWASP: Logging Cheat Sheet, data to
      exclude](https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html)
    """

    code = "LS307"
    name = "logged-secret"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = (532,)
    security = 6.5
    subjects = frozenset({Subject.LAUNCH, Subject.IMPORTED})
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each call that shows a secret."""
        yield from once_a_step(
            (step, f"shows {what}")
            for path in launcher.loaded
            for step in path.calls
            if (path in launcher.launches or not step.is_imported)
            if (what := exposure.exposed(launcher, path, step))
        )

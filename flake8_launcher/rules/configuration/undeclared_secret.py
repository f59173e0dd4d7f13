"""LS306."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge.quoting import quoted
from flake8_launcher.launch import Launcher
from flake8_launcher.launch.questions.secret_options import secret_options
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation


class UndeclaredSecret(Rule):
    """An option that holds a secret is not declared as one.

    ## What it does

    Reports an option of oslo.config without `secret=True` whose name says that it holds a
    password, a passphrase, a secret, a token, a key, credentials, or the address of a database or
    message broker with a password in it. The last words of the name count: `token_ttl`,
    `key_file` and `password_length` are none of these. An option counts as well that is described
    as a password, or whose default or example is an address with a password in it. Nothing is
    reported where the description or the default tells of something else, such as a path.

    The same goes for a field of pydantic settings that is a plain `str`: no `SecretStr`, no
    `Field(repr=False)`, and no `__repr__` of the class that leaves it out.

    ## Why

    oslo.service logs the value of every option at the level DEBUG when a service starts
    (`log_opt_values`), and replaces with asterisks those of options with `secret=True` alone.
    pydantic shows all fields where settings are printed, logged or part of an error, but for
    those with `SecretStr`. Logs are read by more people than configuration files, are sent to
    other hosts and end in bug reports.

    ## Example

    ```python
    from oslo_config import cfg

    opts = [
        cfg.StrOpt("username", help="User of the storage backend"),
        cfg.StrOpt("password", help="Password of the storage backend"),
    ]
    ```

    ## Use instead

    In pydantic settings, declare the field as a `SecretStr`, and call
    `settings.password.get_secret_value()` where the value is needed.

    ```python
    from oslo_config import cfg

    opts = [
        cfg.StrOpt("username", help="User of the storage backend"),
        cfg.StrOpt("password", secret=True, help="Password of the storage backend"),
    ]
    ```

    ## When to ignore it

    Where the value is a name, a path or a public key, whatever its own name sounds like.

    ## References

    - [OSSN-0049: nova's ironic driver logs its password](
      https://wiki.openstack.org/wiki/OSSN/OSSN-0049)
    - [oslo.config: special handling instructions](
      https://docs.openstack.org/oslo.config/latest/reference/defining.html)
    """

    code = "LS306"
    name = "undeclared-secret"
    since = "0.1.0"
    severity = Severity.MEDIUM
    weaknesses = (532,)
    security = 4.0
    subjects = frozenset({Subject.SECRET})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each option that should be secret."""
        for option in secret_options(launcher):
            if option.secret is False:
                name = quoted(option.name)
                if option.hides == "SecretStr":
                    text = (
                        f"the field {name} is not a SecretStr: its value shows "
                        "wherever the settings are printed or logged"
                    )
                else:
                    text = (
                        f"the option {name} has no secret=True: its value shows "
                        "wherever the options are logged"
                    )
                yield Violation(option.line, option.column, text)

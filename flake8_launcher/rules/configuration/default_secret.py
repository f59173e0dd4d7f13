"""LS311."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import secrets
from flake8_launcher.knowledge.quoting import quoted
from flake8_launcher.launch import Launcher
from flake8_launcher.launch.secret_options import secret_options
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Violation


class DefaultSecret(Rule):
    """An option that holds a secret has a default that works.

    ## What it does

    Reports an option of oslo.config that holds a secret, by the same names as LS306, whether or
    not it is declared secret, where its default is a literal: a password, a key, or an address
    with a password in it. An empty default, a placeholder such as `<password>` and a reference to
    another option such as `$admin_password` are fine.

    ## Why

    Where the operator sets nothing, the service starts without a word with a secret that
    everybody who can read the code knows. Without a default it asks for one, or fails.

    ## Example

    ```python
    from oslo_config import cfg

    opts = [
        cfg.StrOpt("encryption_key", default="0123456789abcdef", secret=True),
    ]
    ```

    ## Use instead

    ```python
    from oslo_config import cfg

    opts = [
        cfg.StrOpt("encryption_key", required=True, secret=True),
    ]
    ```

    ## References

    - [CWE-798: Use of Hard-coded Credentials](https://cwe.mitre.org/data/definitions/798.html)
    - [CWE-1392: Use of Default Credentials](https://cwe.mitre.org/data/definitions/1392.html)
    """

    code = "LS311"
    name = "default-secret"
    since = "0.1.0"
    subjects = frozenset({Subject.SECRET})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each secret with a default that works."""
        for option in secret_options(launcher):
            if secrets.is_usable(option.name, option.default):
                name = quoted(option.name)
                text = (
                    f"the option {name} has a secret as its default: where nobody sets "
                    "it, the service runs with what everybody can read here"
                )
                yield Violation(option.line, option.column, text)

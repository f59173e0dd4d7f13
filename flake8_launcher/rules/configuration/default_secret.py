"""LS311."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import secrets, settings
from flake8_launcher.knowledge.quoting import quoted
from flake8_launcher.launch import Launcher
from flake8_launcher.launch.questions.secret_options import secret_options
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation

if TYPE_CHECKING:
    from flake8_launcher.settings.model import Declaration


class DefaultSecret(Rule):
    """A setting that holds a secret has a default that works.

    ## What it does

    Reports a setting that holds a secret, by the same names as LS306 (`password`, `secret_key`,
    `api_token`), whose default is a literal: a password, a key, or an address with a password in
    it. It knows settings of these kinds:

    - options of oslo.config; of argparse, click and typer; traitlets,
    - fields of pydantic settings, and of the models in them; classes of configuration, as Flask
      takes them, dataclasses, and classes of environ-config and django-configurations,
    - the settings modules of Django, also through django-environ; Flask's `secret_key` and
      `config`,
    - `os.environ.get("APP_SECRET", "literal")`, `getenv("APP_SECRET") or "literal"`, and the same
      of decouple, environs, starlette, dynaconf, configparser, confuse, omegaconf, of what a
      YAML, TOML or JSON file holds, or of a function of the project that reads such a thing,
    - what signs and encrypts: `jwt.encode`, session middleware, itsdangerous, `Fernet`.

    A constant counts as its value, also when another module defines it, and so does what another
    branch gives (`except KeyError`, `if not secret`). A setting that is merely called a key counts
    where its value looks like one: random, or in the form that a well-known service uses.

    Nothing is reported of

    - an empty default, or a placeholder such as `<password>` (unless it signs or encrypts
      something: there, `<put your key here>` works as well as any other text);
    - words such as `change-me` or `test` for a secret that another service checks;
    - a value that is generated, or that the project replaces or refuses (by a check that raises
      or exits, in any of its modules); where only some modes refuse it, the message says so;
    - files, classes and conditions for development, tests, templates and examples;
    - the default address of a server on the same machine: whoever configures another server also
      gives its password;
    - keys that are sent to every browser anyway;
    - a setting of a common settings module that every module building on it sets again, or may
      set again from a file with `vars().update(...)`.

    ## Why

    Where the operator sets nothing, the service starts, without a warning, with a secret that
    everybody who can read the code knows. Without a default it would ask for one, or fail.

    ## Example

    ```python
    import os

    from flask import Flask

    app = Flask(__name__)
    app.secret_key = os.environ.get("SECRET_KEY", "changeme")
    ```

    ## Use instead

    ```python
    import os

    from flask import Flask

    app = Flask(__name__)
    app.secret_key = os.environ["SECRET_KEY"]
    ```

    ## When to ignore it

    Where the secret protects nothing, as in a demonstration that holds no data, and the
    service refuses to start with it elsewhere.
    """

    code = "LS311"
    name = "default-secret"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = (798, 1392)
    security = 8.0
    subjects = frozenset({Subject.SECRET})

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each secret with a default that works."""
        known: set[object] = set()
        for option in secret_options(launcher):
            if option.refused != "always" and _is_usable(option):
                # one variable may be read in several places, and one constant stand in for several
                default = option.default
                secret = (option.name.lower().replace("_", "-"), default)
                count = launcher.text.count(str(default))
                is_same = option.noun not in ("field", "option") or count < 2
                if (secret in known and is_same) or (default in known and count == 1):
                    continue
                known |= {secret, default}
                yield Violation(option.line, option.column, _told(option))


def _is_usable(option: Declaration) -> bool:
    if not option.is_fixed and secrets.is_on_loopback(option.default):
        return False
    if option.kind:
        return secrets.is_usable(option.name, option.default)
    return settings.is_usable(option.bare or option.name, option.default)


def _told(option: Declaration) -> str:
    name = quoted(option.name)
    if option.is_fixed:
        text = f"the {option.noun} {name} stands in the code: the service runs with what"
    else:
        text = (
            f"the {option.noun} {name} has a secret as its default: where nobody sets it, "
            "the service runs with what"
        )
    text += " everybody can read here"
    if option.refused == "elsewhere":
        text += "; that is refused, but not in each mode (debug, development)"
    return text

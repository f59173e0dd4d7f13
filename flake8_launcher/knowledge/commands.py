"""What a command line, or a library, passes to the functions that it runs."""

from __future__ import annotations

from collections.abc import Iterable

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.table import root_of

_OPTION = "click.option()"
_OF_TYPER = deferred(r"typer\.Typer\(\)\.(?:command|callback)\(\)")
_OF_CLICK = frozenset({"asyncclick", "click", "cloup", "flask", "rich_click", "typer"})
_GROUPS = ("CommandCollection()", "Flask().cli", "Group()", "Typer()", "group()")
"""Ends of the names of what commands are added to by decorators."""
_RUNS = frozenset({"typer.Typer()", "typer.run"})
STANDALONE = "standalone_mode"
"""The keyword with which a command is called that returns to its caller."""
MEMBERS = frozenset({"command", "group"})
"""Decorators of a group that make a command of it."""
SHOWS = frozenset(
    {
        "click.exceptions.Abort",
        "click.exceptions.BadArgumentUsage",
        "click.exceptions.BadOptionUsage",
        "click.exceptions.BadParameter",
        "click.exceptions.ClickException",
        "click.exceptions.Exit",
        "click.exceptions.FileError",
        "click.exceptions.MissingParameter",
        "click.exceptions.NoSuchOption",
        "click.exceptions.UsageError",
    }
)
"""Types of which no failure leaves such a command: it is shown, and the process ends."""
CONFIGURATION = "hydra.main()"
"""What hydra gives as the first argument of a function that it decorates."""


def options_of(decorators: Iterable[str]) -> str | None:
    """Return the name of what gives the parameters of a command, if a function is one.

    :param decorators: qualified names of its decorators.
    """
    for name in decorators:
        if name == _OPTION:
            return name
        if _OF_TYPER.fullmatch(name):
            return "typer.Option()"
    return None


def made_by(decorator: str) -> str:
    """Return the library of a decorator that makes a command line of a function, if it does.

    Such a command ends the process with status 0 whatever the function returns, shows what is
    raised for its user and exits then (click.palletsprojects.com, "Command return values" and
    "Exception handling").

    :param decorator: its qualified name.
    """
    root = root_of(decorator)
    owner, _, method = decorator.removesuffix("()").rpartition(".")
    if root not in _OF_CLICK or method not in {"callback", *MEMBERS}:
        return ""
    return root if owner == root or owner.endswith(_GROUPS) else ""


def run_by(name: str) -> str:
    """Return the library of a call, by its qualified name, that runs such a command line."""
    return root_of(name) if name in _RUNS else ""

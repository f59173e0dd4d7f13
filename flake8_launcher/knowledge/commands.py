"""What a command line, or a library, passes to the functions that it runs."""

from __future__ import annotations

from collections.abc import Iterable

from flake8_launcher.knowledge.deferred import deferred

_OPTION = "click.option()"
_OF_TYPER = deferred(r"typer\.Typer\(\)\.(?:command|callback)\(\)")
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

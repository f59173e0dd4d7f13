"""The ``--launcher-*`` options: one table, read into one frozen object."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from flake8_launcher.knowledge.deferred import deferred

CODES = "LS"
"""What the codes of this plugin begin with."""

_QUALIFIED_NAME = deferred(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
_ENTRY_POINT = deferred(rf"{_QUALIFIED_NAME.pattern}:{_QUALIFIED_NAME.pattern}")
_ADDRESS = deferred(r"https?://\S+")


def _option(
    accepts: Callable[[str], object],
    form: str,
    help: str,
    path: bool = False,
    several: bool = True,
) -> Any:
    if several:
        help += " (a list, separated by commas)"
    metadata = {
        "accepts": accepts,
        "form": form,
        "help": help,
        "path": path,
        "several": several,
    }
    return field(default=(), metadata=metadata)


@dataclass(frozen=True)
class Options:
    """What the user asked for.

    Each field is one comma-separated ``--launcher-<field>`` option, on the command line and in
    flake8's configuration files.
    """

    entry_points: tuple[str, ...] = _option(
        _ENTRY_POINT.fullmatch,
        "package.module:function",
        "entry functions that neither packaging metadata nor the module itself shows",
    )
    allowed_patches: tuple[str, ...] = _option(
        _QUALIFIED_NAME.fullmatch,
        "package.module.function",
        "monkey patchers that somebody has audited: LS101 and LS209 do not report them",
    )
    config_guards: tuple[str, ...] = _option(
        _QUALIFIED_NAME.fullmatch,
        "package.module.function",
        "functions that check who may write the configuration: LS104 accepts a load after them",
    )
    python: tuple[str, ...] = _option(
        os.path.exists,
        "path",
        "interpreters or virtual environments whose packages are read, to know what they keep of "
        "what a patch replaces; without it a .venv or venv beside the project, or $VIRTUAL_ENV",
        path=True,
    )
    baseline: tuple[str, ...] = _option(
        bool,
        "file",
        "findings that are accepted, in a file that `flake8-launcher check --write-baseline` "
        "writes",
        path=True,
        several=False,
    )
    documentation: tuple[str, ...] = _option(
        _ADDRESS.fullmatch,
        "https://host/path",
        "where the pages of the rules are published, LS101.html and so on; launcher-sarif links "
        "to them",
        several=False,
    )


def may_select(prefixes: Iterable[str], only: bool) -> bool:
    """Tell whether any rule of this plugin can run.

    :param prefixes: what ``select`` and ``extend-select`` name.
    :param only: whether ``select`` is set, so that nothing else runs.
    """
    return not only or any(
        prefix.startswith(CODES) or CODES.startswith(prefix) for prefix in prefixes
    )


def unknown(prefixes: Iterable[str]) -> list[str]:
    """Return which of some prefixes are meant for this plugin, and fit none of its rules."""
    meant = [one for one in prefixes if one.startswith(CODES) and one != CODES]
    if not meant:
        return []
    from flake8_launcher import codes

    return [one for one in meant if not any(code.startswith(one) for code in codes.EVERY)]


def flag(name: str) -> str:
    """Return the command-line flag of a field of :class:`Options`."""
    return "--launcher-" + name.replace("_", "-")


def read(namespace: argparse.Namespace) -> Options:
    """Read and check the values that flake8 parsed.

    :param namespace: flake8's options, with those of this plugin among them.
    :raises ValueError: naming the option, the value and the form that is wanted, or how many
        values there are where one is taken.
    """
    values: dict[str, tuple[str, ...]] = {}
    for option in fields(Options):
        given = getattr(namespace, "launcher_" + option.name, None) or ()
        if len(given) > 1 and not option.metadata["several"]:
            raise ValueError(f"{flag(option.name)} takes one value, and was given {len(given)}")
        for value in given:
            if not option.metadata["accepts"](value):
                form = option.metadata["form"]
                wrong = "is not there" if option.metadata["path"] else f"is not of the form {form}"
                raise ValueError(f"{flag(option.name)}: {value!r} {wrong}")
        values[option.name] = tuple(given)
    return Options(**values)

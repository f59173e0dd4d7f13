"""The ``--launcher-*`` options: one table, read into one frozen object."""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass, field, fields
from typing import Any

_QUALIFIED_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
_ENTRY_POINT = re.compile(rf"{_QUALIFIED_NAME.pattern}:{_QUALIFIED_NAME.pattern}")


def _option(pattern: re.Pattern[str], form: str, help: str) -> Any:
    return field(default=(), metadata={"pattern": pattern, "form": form, "help": help})


@dataclass(frozen=True)
class Options:
    """What the user asked for.

    Each field is one comma-separated ``--launcher-<field>`` option, on the command line and in
    flake8's configuration files.
    """

    entry_points: tuple[str, ...] = _option(
        _ENTRY_POINT,
        "package.module:function",
        "entry functions that neither packaging metadata nor the module itself shows",
    )
    allowed_patches: tuple[str, ...] = _option(
        _QUALIFIED_NAME,
        "package.module.function",
        "monkey patchers that somebody has audited: LS101 does not report them",
    )
    config_guards: tuple[str, ...] = _option(
        _QUALIFIED_NAME,
        "package.module.function",
        "functions that check who may write the configuration: LS104 accepts a load after them",
    )


def flag(name: str) -> str:
    """Return the command-line flag of a field of :class:`Options`."""
    return "--launcher-" + name.replace("_", "-")


def read(namespace: argparse.Namespace) -> Options:
    """Read and check the values that flake8 parsed.

    :param namespace: flake8's options, with those of this plugin among them.
    :raises ValueError: naming the option, the value and the form that is wanted.
    """
    values: dict[str, tuple[str, ...]] = {}
    for option in fields(Options):
        given = getattr(namespace, "launcher_" + option.name, None) or ()
        for value in given:
            if not option.metadata["pattern"].fullmatch(value):
                form = option.metadata["form"]
                raise ValueError(f"{flag(option.name)}: {value!r} is not of the form {form}")
        values[option.name] = tuple(given)
    return Options(**values)

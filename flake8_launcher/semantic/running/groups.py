"""Which commands a group of a command line has, as the text of its module tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from keyword import iskeyword

from flake8_launcher.knowledge.deferred import deferred

_MAX_COMMANDS = 40
_DECORATES = deferred(r"(?:^|\.)group\(\)$")
COMMAND_LINES = frozenset({"cyclopts.App()", "typer.Typer()"})
"""Objects that run the commands which are added to them, when they are called."""
RUNS = ".main"
"""The method of a group that runs it."""
_DEFINED = deferred(r"(?:[@ \t)#][^\n]*\n|\n){0,200}?(?:async )?def (\w+)")


def makes_group(decorator: str) -> bool:
    """Tell whether a decorator, by its qualified name, makes a group of a function."""
    return _DECORATES.search(decorator) is not None


def members(text: str, group: str) -> Iterator[str]:
    """Yield the dotted names of the commands that a module adds to a group, a bounded number.

    :param text: that of the module.
    :param group: the name of the group in the module.
    """
    if f"{group}." not in text:
        return
    name = re.escape(group)
    decorated = re.compile(rf"^@{name}\.(?:callback|command|default|group)\b", re.MULTILINE)
    added = re.compile(
        rf"^[ \t]*{name}\.(?:callback|command|default)\([^()\n]*\)\(([A-Za-z_][\w.]*)\)"
        rf"|^[ \t]*{name}\.(?:add_command|add_typer|command|default)\([ \t\n]*([A-Za-z_][\w.]*)",
        re.MULTILINE,
    )
    found = [
        defined[1]
        for at in decorated.finditer(text)
        if (defined := _DEFINED.match(text, text.find("\n", at.end()) + 1))
    ]
    found += [at[1] or at[2] for at in added.finditer(text)]
    yield from dict.fromkeys(one for one in found[:_MAX_COMMANDS] if _is_dotted(one))


def _is_dotted(text: str) -> bool:
    """Tell whether a text is names with dots between them; it may stand in a comment."""
    return all(part.isidentifier() and not iskeyword(part) for part in text.split("."))

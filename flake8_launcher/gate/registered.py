"""Objects with which a file registers functions, and which it then runs, as its text tells."""

from __future__ import annotations

import re

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.registering import REGISTERS, RUNS

_OWNER = r"(?:self\.)?[A-Za-z_]\w*"
_REGISTERS = deferred(rf"^[ \t]*@({_OWNER})\.{REGISTERS}", re.MULTILINE)
_RUNS = deferred(rf"(?<![\w.])({_OWNER})\.{RUNS}\(")
_METHOD = deferred(RUNS)


def runs_registered(text: str) -> bool:
    """Tell whether a file runs an object that is to call functions of it."""
    if "\n@" not in text and " @" not in text:
        return False
    owners = {found[1] for found in _REGISTERS.finditer(text)}
    return bool(owners) and any(found[1] in owners for found in _RUNS.finditer(text))


def is_run(text: str, owner: str, method: str) -> bool:
    """Tell whether a method runs an object that is to call functions of a file.

    :param text: that of the file.
    :param owner: what the file calls the object.
    :param method: the name of the method.
    """
    if _METHOD.fullmatch(method) is None or f"@{owner}." not in text:
        return False
    return any(found[1] == owner for found in _REGISTERS.finditer(text))

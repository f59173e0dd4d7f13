"""What calls tell, by their names, of those for whom a program goes on."""

from __future__ import annotations

import sys

from flake8_launcher.knowledge import language
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.model import Role
from flake8_launcher.knowledge.table import root_of

OF_SERVICE = frozenset(
    {Role.PATCH, Role.BACKEND, Role.LOAD, Role.IMPORT_OPTION, Role.LOG, Role.CREATE, Role.START}
    | {Role.SERVE}
)
"""Roles of what is done for a service, and seldom for a tool."""
OF_TERMINAL = frozenset(
    {"signal.SIGALRM", "signal.SIGINT", "signal.SIGPIPE", "signal.SIGTSTP", "signal.SIGWINCH"}
)
"""Signals that a program hears of which a person has started; others come from a supervisor."""
ASKS_ALONE = frozenset(
    {"input", "raw_input", "tty.setcbreak", "tty.setraw"}
    | {f"{library}.{asks}" for library in ("click", "typer") for asks in ("confirm", "prompt")}
)
"""What asks a person, or takes the keys that are pressed, and nothing else."""
ASKS = ASKS_ALONE | {"getpass.getpass", "sys.stdin.readline"}
"""What asks a person, or a program that has started this one to talk with it."""
_KEYS = deferred(r"(?:^|[._])(?:getch(?:ar|e)?|getwche?|kbhit|read_?key)$")
"""Last names of calls that take the keys that a person presses."""
_REDRAWS = deferred(r"\r(?!\n)|\x1b\[[\d;]{0,9}[A-HJKf]")
"""What has a terminal show a line, or all of it, in the place of another."""
CLEARS = frozenset({"clear", "cls", "reset"})
"""Programs that only make room on a terminal."""
_OF_PACKETS = "scapy"
"""A library for those who try a network out: a person has made up what it sends."""
_SENDS_PACKETS = frozenset({"?sendp", "?sendpfast", "?sr1", "?srp", "?srp1"})
"""Functions of it that a star brings."""

_LISTENS = deferred(r"\.(?:accept|listen)$")
"""Methods of a socket that others connect to."""
_ACTS = deferred(
    r"(?:^|[._])(?:call|commit|create|delete|emit|execute|insert|notify|patch|post|publish"
    r"|push|put|reply|report|save|send|set|start|store|submit|update|upload|write)(?:_\w{1,40})?$"
)
_TELLS_ONLY = deferred(r"(?:^|\.)(?:can|has|is)_\w+$|\.read(?:_?line|_?into)?$|\?_*log$")
"""Calls that only tell something, of what comes in or to who reads a log."""
_OWN = deferred(
    r"\.(?:a?close|add|append|appendleft|cancel|clear|detach|discard|extend|free|insert|join"
    r"|kill|pop|popleft|remove|reverse|setdefault|sort|stop|terminate|update|clean_?up"
    r"|\w+_(?:close|destroy|free))$"
)
"""Those that change what the program has collected itself, or put that away."""
_WAITS = deferred(rf"[._](?:{'|'.join(sorted(language.WAITS))})(?:_\w{{1,40}})?$")
"""Those that wait for something to come."""
_WITHIN = (language.BUILTINS - {"open", "setattr"}) | {_OF_PACKETS}
"""Roots of calls that do not lead out of the program's own values, or not to a service."""
HOLDS_VALUES = language.BUILTINS | {"array", "collections", "ctypes", "numpy", "pandas"}
"""Roots of what a program keeps its own values in."""
_RUNS_AT_ONCE = language.BUILTINS | sys.stdlib_module_names
"""Roots of calls that are given functions to run at once, or in a thread, and not as callbacks."""


def listens(name: str) -> bool:
    """Tell whether a call, by its canonical name, lets others connect."""
    return _LISTENS.search(name) is not None


def takes_keys(name: str) -> bool:
    """Tell whether a call takes the keys that a person presses."""
    return _KEYS.search(name) is not None


def redraws(text: str) -> bool:
    """Tell whether a text that is printed takes the place of an earlier one."""
    return _REDRAWS.search(text) is not None


def tries_out(name: str) -> bool:
    """Tell whether a call makes or sends packets that a person has made up."""
    return root_of(name) == _OF_PACKETS or name in _SENDS_PACKETS


def acts(name: str) -> bool:
    """Tell whether a call, by the end of its name, does something, whatever it gives back."""
    return _ACTS.search(name) is not None


def is_within(name: str) -> bool:
    """Tell whether a call has no effect but on the program's own values, or none at all.

    :param name: its canonical name.
    """
    if root_of(name) in _WITHIN or name == "warnings.warn":
        return True
    return name in language.ENDS_PROCESS or any(
        one.search(name) for one in (_OWN, _TELLS_ONLY, _WAITS)
    )


def puts_in_order(name: str) -> bool:
    """Tell whether a call changes what the program has collected itself, or ends it."""
    return name in language.EXIT_NAMES or _OWN.search(f".{name}") is not None


def calls_back(name: str) -> bool:
    """Tell whether a call may be given functions that are called when something happens."""
    return root_of(name) not in _RUNS_AT_ONCE

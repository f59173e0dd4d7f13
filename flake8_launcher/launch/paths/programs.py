"""What the arguments of a call tell of it: it runs a server as a program, or serves on a port."""

from __future__ import annotations

from collections.abc import Sequence as Sequential

from flake8_launcher.knowledge import is_project, programs
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.launch.model import Argument, takes_words
from flake8_launcher.semantic.values import Constant, Made, Sequence, Value, beginnings

_RUNS = deferred(r"(?:call|check_call|exec\w*|launch\w*|run\w*|sh|shell|spawn\w*|start\w*)$")
"""Names of helpers that run a program."""
_LISTENS = deferred(r"(?:run|serve)(?:_(?:app|server|forever|wsgi))?$")
"""Names of methods that serve where they are told on which port."""
_RUNS_LOOP = ("start_loop", "start_reactor")
"""Keywords that say whether a call runs the event loop, or leaves that to others."""
_WAITS = ("block", "blocking", "forever")
"""Keywords that say whether a call waits for more to do."""
_ENDPOINT = ".create_datagram_endpoint"


def runs_server(arguments: Sequential[Argument]) -> bool:
    """Tell whether a program that is run is a server: its words, or a line of a shell."""
    given = [one for one in arguments if one.keyword in (None, "args", "file", "path")]
    words: list[str | None] = []
    for argument in given:
        parts = map(_first_part, argument.values)
        lists = (one.items for one in parts if isinstance(one, Sequence))
        listed = next(lists, (argument.values,))
        words.extend(next(iter(beginnings(one)), None) for one in listed)
    line = words[0] if len(words) == 1 and words[0] is not None else ""
    return programs.is_served_by(line) if " " in line else programs.serves(words)


def _first_part(value: Value) -> Value:
    """Return the beginning of a list to which something is added that is not known."""
    while isinstance(value, Made) and value.operator == "+" and value.arguments.get(0, ""):
        value = value.arguments.get(0, "")[0]
    return value


def is_helper(name: str, arguments: Sequential[Argument]) -> bool:
    """Tell whether something that is not read runs a server, whose words it is given in a list."""
    if not is_project(name) or not _RUNS.match(name.rpartition(".")[2]):
        return False
    listed = [one for one in arguments[:1] if any(isinstance(v, Sequence) for v in one.values)]
    return runs_server(listed)


def listens(name: str, arguments: Sequential[Argument]) -> bool:
    """Tell whether something that is not read is told on which port it serves.

    ``web.app.run(port=8080)``: what only runs a command there is given that first.
    """
    if not (name[0] == "?" or is_project(name)) or "." not in name:
        return False
    if not _LISTENS.match(name.rpartition(".")[2]) or takes_words(arguments):
        return False
    return any(one.keyword == "port" for one in arguments)


def serves_nobody(arguments: Sequential[Argument]) -> bool:
    """Tell whether what a call is given tells that it does not serve, whatever its name is.

    It runs a line of a shell, or does what there is to do and does not wait for more.
    """
    if takes_words(arguments):
        return True
    return any(one.keyword in _WAITS and one.literal is False for one in arguments)


def leaves_loop(arguments: Sequential[Argument]) -> bool:
    """Tell whether a call that would run an event loop is told to leave that to others."""
    return any(one.keyword in _RUNS_LOOP and one.literal is False for one in arguments)


def is_of_client(name: str, arguments: Sequential[Argument]) -> bool:
    """Tell whether what datagrams come to is a client's: nobody knows its port, or one may send.

    A port of 0 is any.
    """
    if not name.endswith(_ENDPOINT):
        return False
    local = next((one for one in arguments if one.keyword in ("local_addr", "sock")), None)
    if local is None or any(one.keyword == "remote_addr" for one in arguments):
        return True
    pairs = (one.items for one in local.values if isinstance(one, Sequence))
    ports = (value for pair in pairs for value in pair[-1])
    return any(isinstance(port, Constant) and port.value == 0 for port in ports)

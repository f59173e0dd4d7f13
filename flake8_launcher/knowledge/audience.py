"""What calls tell, by their names, of those for whom a program goes on."""

from __future__ import annotations

import enum
import re
import sys

from flake8_launcher.knowledge import language
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.model import Role
from flake8_launcher.knowledge.table import root_of


class Sign(enum.Enum):
    """What a path may have that those of services have, and how much that weighs.

    What a tool seldom has is enough by itself; of what it may have as well, two are.
    """

    SERVES = (2, "it makes or starts what serves, or lets others connect")
    PREPARES = (2, "it makes the process ready to be a service")
    CONFIGURES = (2, "it loads a configuration")
    LOGS = (2, "it logs, and does not only print")
    STORES = (2, "it keeps in a database what it gets, or has a schedule")
    WRITES = (2, "it writes files again and again")
    RUNS = (2, "it runs other programs again and again")
    TELLS = (2, "it tells others again and again what it has found out")
    CONNECTS = (1, "it talks with a server")
    ENVIRONMENT = (1, "it asks for a variable of its own in the environment")
    CREATES = (1, "it makes what has the name of a part of a service")
    SETTLES = (1, "one of its modules loads a configuration when it is imported")
    HEARS = (1, "it has an address that others can send to")
    DRIVES = (1, "it reads or switches the pins of a device")
    NAMED = (1, "its module has the name of a service")
    OUTLIVES = (1, "its loop goes on after all failures")
    SUPERVISED = (1, "it hears what a supervisor tells it")
    SUBSCRIBES = (1, "its loop takes what comes from elsewhere")

    def __init__(self, weight: int, meaning: str) -> None:
        self.weight = weight
        self.meaning = meaning


ENOUGH = 2
"""How much a loop has to have of a service that shows what it gets to a person."""
OF_SERVER = frozenset({Role.PATCH, Role.BACKEND, Role.IMPORT_OPTION, Role.START, Role.SERVE})
"""Roles of what is done for a server alone."""
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
_OF_KEYS = frozenset({"curtsies", "getkey", "pynput", "readchar", "sshkeyboard"})
"""Libraries that do nothing else."""
_REDRAWS = deferred(r"\r(?!\n)|\x1b\[[\d;]{0,9}[A-HJKf]")
"""What has a terminal show a line, or all of it, in the place of another."""
CLEARS = frozenset({"clear", "cls", "reset"})
"""Programs that only make room on a terminal."""
_CLEARS = frozenset({"IPython.display.clear_output", "click.clear", "typer.clear"})
"""Functions that do so."""
_OF_PACKETS = "scapy"
"""A library for those who try a network out: a person has made up what it sends."""
_SENDS_PACKETS = frozenset({"?sendp", "?sendpfast", "?sr1", "?srp", "?srp1"})
"""Functions of it that a star brings."""

_LISTENS = deferred(r"\.(?:accept|listen)$")
"""Methods of a socket that others connect to."""
_HEARS = ".socket().bind"
_DRIVES = frozenset(
    {"Adafruit_DHT", "RPi", "board", "busio", "digitalio", "gpiod", "gpiozero", "lgpio", "pigpio"}
    | {"pyfirmata", "smbus", "smbus2", "spidev", "w1thermsensor", "wiringpi"}
)
"""Libraries for the pins of a small computer, and for what is connected to them."""
_ACTS = deferred(
    r"(?:^|[._])(?:call|commit|create|delete|emit|execute|insert|notify|patch|post|publish"
    r"|push|put|reply|report|save|send|set|start|store|submit|update|upload|write)(?:_\w{1,40})?$"
)
_OWN = deferred(
    r"\.(?:a?close|add|append|appendleft|cancel|clear|detach|discard|extend|free|insert|join"
    r"|kill|pop|popleft|remove|reverse|setdefault|sort|stop|terminate|update|clean_?up"
    r"|\w+_(?:close|destroy|free))$"
)
"""Those that change what the program has collected itself, or put that away."""
_KEEPS_LOG = deferred(r"^logging\.(?:handlers\.)?\w*(?:File|Journal|Socket|SysLog)\w*Handler$")
"""Handlers of a log that nobody looks at while the program runs."""
_READS = deferred(r"^os\.(?:environ\.get|getenv)$")
OF_EVERYBODY = frozenset(
    {"DISPLAY", "EDITOR", "HOME", "LANG", "LOGNAME", "PATH", "PWD", "PYTHONPATH", "SHELL", "TERM"}
    | {"USER", "USERNAME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"}
)
"""Variables that each process has."""
ON_DEMAND = deferred("debug|quiet|silent|verbos", re.IGNORECASE)
"""Names of options for a person who wants to see more, or less."""
_STORES = deferred(
    r"^(?:django\.db|elasticsearch|influxdb\w*|motor|MySQLdb|peewee|psycopg2?|pymongo|pymysql"
    r"|pyodbc|redis|schedule|sqlalchemy|sqlite3)\b|\.(?:commit|execute(?:many)?)$"
)
"""Calls of databases and schedules."""
_RUNS = deferred(r"^(?:os\.(?:popen|system)|subprocess\.\w+)$")
"""Calls that run a program."""
_REACHES = deferred(
    r"^socket\.(?:create_connection|socket).*\.(?:connect|send\w*)$"
    r"|^(?:aiohttp|boto3?|botocore|ftplib|http\.client|httplib2?|httpx|paramiko|requests"
    r"|slack\w*|smtplib|telegram|tweepy|urllib[23]?|websockets?)\b"
    r"|\.(?:notify|post|sendall|sendto)$"
)
"""Calls that tell a server something, or ask it."""
_TELLS = deferred(r"\.(?:publish|send_message)$")
"""Those that hand a server what it passes on, and ask nothing."""
OPENS = frozenset({"codecs.open", "io.open", "open"})
_WRITES = deferred(r"^(?:json|pickle|yaml)\.dump$|\.write_(?:bytes|text)$")
"""Calls that write files."""
_RUNS_AT_ONCE = language.BUILTINS | sys.stdlib_module_names
"""Roots of calls that are given functions to run at once, or in a thread, and not as callbacks."""


def listens(name: str) -> bool:
    """Tell whether a call, by its canonical name, lets others connect."""
    return _LISTENS.search(name) is not None


def hears(name: str) -> bool:
    """Tell whether a call, by its canonical name, gives a socket its address."""
    return f".{name}".endswith(_HEARS)


def drives(name: str) -> bool:
    """Tell whether a call reads or switches the pins of a device."""
    return root_of(name) in _DRIVES


def takes_keys(name: str) -> bool:
    """Tell whether a call takes the keys that a person presses."""
    return root_of(name) in _OF_KEYS or _KEYS.search(name) is not None


def clears(name: str) -> bool:
    """Tell whether a call makes room on the terminal."""
    return name in _CLEARS


def redraws(text: str) -> bool:
    """Tell whether a text that is printed takes the place of an earlier one."""
    return _REDRAWS.search(text) is not None


def tries_out(name: str) -> bool:
    """Tell whether a call makes or sends packets that a person has made up."""
    return root_of(name) == _OF_PACKETS or name in _SENDS_PACKETS


def acts(name: str) -> bool:
    """Tell whether a call, by the end of its name, does something, whatever it gives back."""
    return _ACTS.search(name) is not None


def keeps_log(name: str) -> bool:
    """Tell whether a call makes a handler of a log that nobody looks at meanwhile."""
    return _KEEPS_LOG.search(name) is not None


def reads_variable(name: str) -> bool:
    """Tell whether a call gives a variable of the environment."""
    return _READS.search(name) is not None


def stores(name: str) -> bool:
    """Tell whether a call keeps something in a database, or has to do with a schedule."""
    return _STORES.search(name) is not None


def runs(name: str) -> bool:
    """Tell whether a call runs a program."""
    return _RUNS.search(name) is not None


def reaches(name: str) -> bool:
    """Tell whether a call tells a server something, or asks it."""
    return _REACHES.search(name) is not None


def tells(name: str) -> bool:
    """Tell whether a call hands a server what it passes on."""
    return _TELLS.search(name) is not None


def writes(name: str) -> bool:
    """Tell whether a call writes a file."""
    return _WRITES.search(name) is not None


def is_of_language(name: str) -> bool:
    """Tell whether a call is one of the standard library."""
    return root_of(name) in sys.stdlib_module_names


def puts_in_order(name: str) -> bool:
    """Tell whether a call changes what the program has collected itself, or ends it."""
    return name in language.EXIT_NAMES or _OWN.search(f".{name}") is not None


def calls_back(name: str) -> bool:
    """Tell whether a call may be given functions that are called when something happens."""
    return root_of(name) not in _RUNS_AT_ONCE

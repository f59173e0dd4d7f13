"""What launch steps raise, and how exception types derive from each other.

What packages say of themselves stands in :mod:`.frameworks`; the tables here are the language's,
and those of the standard library's modules that do not serve. ``tests/test_endings.py`` compares
the types with the real ones.
"""

from __future__ import annotations

import builtins
import functools
from collections.abc import Mapping

from flake8_launcher.knowledge import Role, canonical, roles_of
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.endings import ending_of
from flake8_launcher.knowledge.frameworks import PACKAGES, known_of
from flake8_launcher.knowledge.model import PORT_ERRORS, alike
from flake8_launcher.knowledge.table import Table, root_of

ALIASES: Mapping[str, str] = {
    "ConfigParser": "configparser",
    "EnvironmentError": "OSError",
    "IOError": "OSError",
    "WindowsError": "OSError",
    "mmap.error": "OSError",
    "os.error": "OSError",
    "resource.error": "OSError",
    "select.error": "OSError",
    "socket.error": "OSError",
    "socket.timeout": "TimeoutError",
    "getopt.error": "getopt.GetoptError",
    "json.JSONDecodeError": "json.decoder.JSONDecodeError",
    "ssl.CertificateError": "ssl.SSLCertVerificationError",
    "ssl.socket_error": "OSError",
}
"""Other names of exception types, or of the modules that they are in."""

USAGE_STATUS: Mapping[str, int] = {"docopt": 1, "parse_args": 2, "parse_known_args": 2}
"""The status that parsers of the command line exit with where that is wrong.

They go by the last part of their names.
"""

TELL_AND_EXIT = frozenset({"flask", "gunicorn", "uvicorn", "werkzeug"})
"""Packages of which what serves says itself why it cannot, and exits: an ``OSError`` of the port,
or a ``RuntimeError``, does not leave it.
"""
OPENED_WITH = deferred(
    r"^ssl|cert|key|^(?:log_config|env_file|uds|fd|factory|app_dir)$|^reload_"
)
"""Keywords with which it opens files, or runs code of the project: anything may be raised."""

BASES: Mapping[str, tuple[str, ...]] = {
    **{
        name: tuple(base.__name__ for base in value.__bases__)
        for name, value in vars(builtins).items()
        if isinstance(value, type) and issubclass(value, BaseException)
    },
    **alike(
        ("Exception",),
        "argparse.ArgumentError",
        "argparse.ArgumentTypeError",
        "configparser.Error",
        "getopt.GetoptError",
        "optparse.OptParseError",
        "sqlite3.Error",
        "subprocess.SubprocessError",
        "xml.parsers.expat.ExpatError",
    ),
    **alike(
        ("ValueError",),
        "binascii.Error",
        "json.decoder.JSONDecodeError",
        "tomllib.TOMLDecodeError",
    ),
    **alike(
        ("OSError",),
        "shutil.Error",
        "socket.gaierror",
        "socket.herror",
        "ssl.SSLError",
    ),
    **alike(
        ("configparser.Error",),
        "configparser.DuplicateOptionError",
        "configparser.DuplicateSectionError",
        "configparser.InterpolationError",
        "configparser.NoOptionError",
        "configparser.NoSectionError",
        "configparser.ParsingError",
    ),
    **alike(
        ("configparser.InterpolationError",),
        "configparser.InterpolationDepthError",
        "configparser.InterpolationMissingOptionError",
        "configparser.InterpolationSyntaxError",
    ),
    "configparser.MissingSectionHeaderError": ("configparser.ParsingError",),
    "sqlite3.DatabaseError": ("sqlite3.Error",),
    "sqlite3.OperationalError": ("sqlite3.DatabaseError",),
    **alike(
        ("optparse.OptParseError",),
        "optparse.BadOptionError",
        "optparse.OptionError",
        "optparse.OptionValueError",
    ),
    **alike(
        ("ssl.SSLError",),
        "ssl.SSLEOFError",
        "ssl.SSLSyscallError",
        "ssl.SSLWantReadError",
        "ssl.SSLWantWriteError",
        "ssl.SSLZeroReturnError",
    ),
    "ssl.SSLCertVerificationError": ("ssl.SSLError", "ValueError"),
    **alike(
        ("subprocess.SubprocessError",),
        "subprocess.CalledProcessError",
        "subprocess.TimeoutExpired",
    ),
}
"""The bases of each exception type that is known, by qualified name; built-in ones are bare."""

_PARSE = (
    "SystemExit",
    "oslo_config.cfg.ConfigFilesNotFoundError",
    "oslo_config.cfg.ConfigDirNotFoundError",
    "oslo_config.cfg.ConfigFilesPermissionDeniedError",
    "oslo_config.cfg.ConfigFileParseError",
    "oslo_config.cfg.RequiredOptError",
    # the value of an option that is required, or that a later driver needs
    "oslo_config.cfg.ConfigFileValueError",
    "oslo_config.cfg.DefaultValueError",
    "oslo_config.cfg.DuplicateOptError",
    "oslo_config.cfg.TemplateSubstitutionError",
    # other troubles of reading a file than that it is not there
    "OSError",
    "UnicodeDecodeError",
)
_IMPORT_OPTION = (
    "ImportError",
    "oslo_config.cfg.NoSuchOptError",
    "oslo_config.cfg.NoSuchGroupError",
    "oslo_config.cfg.DuplicateOptError",
    "oslo_config.cfg.ArgsAlreadyParsedError",
)

RAISED: Mapping[str, tuple[str, ...]] = {
    # --- files; oslo.config's parse is known by its role
    "configparser.*ConfigParser": ("TypeError", "ValueError"),
    **alike(
        (
            "configparser.ParsingError",
            "configparser.DuplicateOptionError",
            "configparser.DuplicateSectionError",
            "UnicodeDecodeError",
            "OSError",
            "TypeError",
        ),
        "configparser.*ConfigParser().read_file",
        "configparser.*ConfigParser().readfp",
        "ConfigParser.*ConfigParser().readfp",
    ),
    **alike(
        # a file that is not there, or that may not be read, is passed over
        (
            "configparser.ParsingError",
            "configparser.DuplicateOptionError",
            "configparser.DuplicateSectionError",
            "UnicodeDecodeError",
            "TypeError",
        ),
        "configparser.*ConfigParser().read",
        "ConfigParser.*ConfigParser().read",
    ),
    **alike(
        (
            "configparser.NoSectionError",
            "configparser.NoOptionError",
            "configparser.InterpolationError",
            "TypeError",
        ),
        "configparser.*ConfigParser().get",
        "configparser.*ConfigParser().items",
        "configparser.*ConfigParser().options",
    ),
    **alike(
        (
            "configparser.NoSectionError",
            "configparser.NoOptionError",
            "configparser.InterpolationError",
            "ValueError",
            "TypeError",
        ),
        "configparser.*ConfigParser().getboolean",
        "configparser.*ConfigParser().getfloat",
        "configparser.*ConfigParser().getint",
    ),
    "sqlite3.connect": ("sqlite3.OperationalError", "sqlite3.Error", "TypeError"),
    **alike(
        ("json.decoder.JSONDecodeError", "UnicodeDecodeError", "TypeError", "RecursionError"),
        "json.load",
        "json.loads",
    ),
    **alike(
        ("tomllib.TOMLDecodeError", "UnicodeDecodeError", "TypeError", "RecursionError"),
        "tomllib.load",
        "tomllib.loads",
    ),
    **alike(
        ("OSError", "ValueError", "TypeError", "LookupError"),
        "open",
        "io.open",
        "pathlib.*Path().open",
    ),
    **alike(
        ("OSError", "UnicodeDecodeError", "TypeError", "LookupError"),
        "open().read",
        "pathlib.*Path().open().read",
        "pathlib.*Path().read_bytes",
        "pathlib.*Path().read_text",
    ),
    **alike(
        ("TypeError",),
        "os.environ.get",
        "os.getenv",
        "os.path.abspath",
        "os.path.expanduser",
        "os.path.join",
        "pathlib.Path",
        "pathlib.Path().joinpath",
    ),
    # --- the command line
    **alike(
        ("argparse.ArgumentError", "TypeError", "ValueError"),
        "argparse.ArgumentParser",
        "argparse.ArgumentParser().add_argument",
    ),
    **alike(
        # ArgumentError leaves a parser only with exit_on_error=False
        ("SystemExit",),
        "argparse.ArgumentParser().parse_args",
        "argparse.ArgumentParser().parse_known_args",
        "argparse.ArgumentParser().error",
        "argparse.ArgumentParser().exit",
        "docopt.docopt",
        "optparse.OptionParser().parse_args",
    ),
    **alike(("getopt.GetoptError",), "getopt.getopt", "getopt.gnu_getopt"),
    # --- the process
    **alike(
        ("OSError", "TypeError"),
        "os.chdir",
        "os.chmod",
        "os.chown",
        "os.initgroups",
        "os.kill",
        "os.makedirs",
        "os.mkdir",
        "os.remove",
        "os.setgid",
        "os.setgroups",
        "os.setsid",
        "os.setuid",
        "os.unlink",
    ),
    **alike(("KeyError", "TypeError"), "grp.getgrnam", "pwd.getpwnam"),
    "resource.setrlimit": ("ValueError", "OSError", "TypeError"),
    # --- the port
    "socket.create_server": ("OSError", "ValueError", "TypeError"),
    "socket.socket().bind": PORT_ERRORS,
    "socket.socket().listen": ("OSError",),
    "ssl.SSLContext().load_cert_chain": ("ssl.SSLError", "OSError", "TypeError"),
}
"""What calls raise, by qualified name; ``*`` stands for any run of characters.

A bug in the call's arguments is in it where configuration gives them.
"""


ASKED_TO_RAISE: Mapping[str, frozenset[str]] = alike(
    frozenset({"check", "preexec_fn", "timeout"}),
    "subprocess.Popen",
    "subprocess.call",
    "subprocess.run",
)
"""Calls that raise more where one of some keywords is given."""

_BINDS = (".bind", ".create_server")
"""How the names end of calls that bind, and raise more than that."""

_TABLE = Table(RAISED)


@functools.lru_cache(maxsize=256)
def _raised_in(package: str) -> Table[tuple[str, ...]]:
    return Table(known_of(package).raises) if package in PACKAGES else _TABLE


@functools.lru_cache(maxsize=4096)
def raised_by(name: str) -> tuple[str, ...]:
    """Return what a step raises when it fails, or nothing where that is not known.

    Where the step runs code of the project, :func:`is_complete` is false: what that code raises
    comes on top.

    :param name: the step's qualified name.
    :returns: qualified names of exception types; a type stands for those derived from it as well.
    """
    name = canonical(name)
    raised = _raised_in(root_of(name)).get(name)
    if raised is not None:
        return raised
    roles = roles_of(name)
    if Role.IMPORT_OPTION in roles:
        return _IMPORT_OPTION
    if Role.LOAD in roles and name.endswith(("CONF", "oslo_config.cfg.ConfigOpts()")):
        return _PARSE
    ending = ending_of(name)
    if ending is None or not ending.binds:
        return ()
    return {"exits": ("SystemExit",), "raises": ("OSError",)}.get(ending.status or "", ())


def binds(name: str) -> bool:
    """Tell whether a call fails when the port, or the path of the socket, is taken.

    :param name: its qualified name.
    """
    raised = raised_by(name)
    return raised == PORT_ERRORS or (bool(raised) and name.endswith(_BINDS))


@functools.lru_cache(maxsize=4096)
def is_complete(name: str) -> bool:
    """Tell whether a step raises nothing but what :func:`raised_by` says.

    It is not where nothing is known of the step, nor where it runs an application or imports a
    module.
    """
    name = canonical(name)
    if not raised_by(name) or Role.IMPORT_OPTION in roles_of(name):
        return False
    ending = ending_of(name)
    return ending is None or ending.blocks is False or ending.status == "returned"


def type_of(name: str) -> str | None:
    """Return the one name of an exception type, or none where the type is not known."""
    name = canonical(name).removeprefix("builtins.")
    name = ALIASES.get(name) or known_of(root_of(name)).aliases.get(name, name)
    module, _, attribute = name.rpartition(".")
    if module in ALIASES:
        name = f"{ALIASES[module]}.{attribute}"
    return name if bases_of(name) else None


def bases_of(name: str) -> tuple[str, ...]:
    """Return the bases of an exception type, or nothing where it is not known."""
    return BASES.get(name) or known_of(root_of(name)).errors.get(name, ())


@functools.lru_cache(maxsize=1024)
def ancestors(name: str) -> frozenset[str]:
    """Return an exception type with all that it derives from, as far as is known."""
    return frozenset({name}).union(*map(ancestors, bases_of(name)))


def may_catch(handler: str, raised: str) -> bool | None:
    """Tell whether a handler of one type may catch another, or one derived from that.

    :param handler: the qualified name of the type that the handler names.
    :param raised: the qualified name of the type that is raised.
    :returns: none where one of them is not known.
    """
    caught, thrown = type_of(handler), type_of(raised)
    if caught is None or thrown is None:
        return None
    return caught in ancestors(thrown) or thrown in ancestors(caught)

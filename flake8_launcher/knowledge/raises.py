"""What launch steps raise, and how exception types derive from each other.

Seen with oslo.config 10.7.0, oslo.log 8.3.2, oslo.service 4.8.0 and PyYAML 6.0.3 on CPython 3.12;
``tests/test_endings.py`` compares the types with the real ones.
"""

from __future__ import annotations

import builtins
import functools
from collections.abc import Mapping

from flake8_launcher.knowledge import Role, canonical, roles_of
from flake8_launcher.knowledge.endings import ending_of
from flake8_launcher.knowledge.table import Table

ALIASES: Mapping[str, str] = {
    "ConfigParser": "configparser",
    "six.moves.configparser": "configparser",
    "EnvironmentError": "OSError",
    "IOError": "OSError",
    "WindowsError": "OSError",
    "mmap.error": "OSError",
    "os.error": "OSError",
    "resource.error": "OSError",
    "select.error": "OSError",
    "socket.error": "OSError",
    "socket.timeout": "TimeoutError",
    # a type of its own before Python 3.11
    "asyncio.TimeoutError": "TimeoutError",
    "asyncio.exceptions.TimeoutError": "TimeoutError",
    "concurrent.futures.TimeoutError": "TimeoutError",
    "asyncio.CancelledError": "asyncio.exceptions.CancelledError",
    "concurrent.futures.CancelledError": "concurrent.futures._base.CancelledError",
    "getopt.error": "getopt.GetoptError",
    "json.JSONDecodeError": "json.decoder.JSONDecodeError",
    "simplejson.JSONDecodeError": "simplejson.errors.JSONDecodeError",
    "simplejson.scanner.JSONDecodeError": "simplejson.errors.JSONDecodeError",
    "ssl.CertificateError": "ssl.SSLCertVerificationError",
    "ssl.socket_error": "OSError",
    "eventlet.Timeout": "eventlet.timeout.Timeout",
    "gevent.GreenletExit": "greenlet.GreenletExit",
    "gevent.Timeout": "gevent.timeout.Timeout",
    "eventlet.greenlet.GreenletExit": "greenlet.GreenletExit",
    "oslo_service.service.SignalExit": "oslo_service.backend._common.service.SignalExit",
    "oslo_service.wsgi.UnsupportedBackendError": (
        "oslo_service.backend.exceptions.UnsupportedBackendError"
    ),
    "pika.AMQPConnectionError": "pika.exceptions.AMQPConnectionError",
    "redis.ConnectionError": "redis.exceptions.ConnectionError",
    "redis.RedisError": "redis.exceptions.RedisError",
    "yaml.MarkedYAMLError": "yaml.error.MarkedYAMLError",
    "yaml.YAMLError": "yaml.error.YAMLError",
    "yaml.constructor.YAMLError": "yaml.error.YAMLError",
    "yaml.parser.MarkedYAMLError": "yaml.error.MarkedYAMLError",
    "yaml.reader.YAMLError": "yaml.error.YAMLError",
    "yaml.resolver.YAMLError": "yaml.error.YAMLError",
    "yaml.scanner.MarkedYAMLError": "yaml.error.MarkedYAMLError",
    "zmq.ZMQBaseError": "zmq.error.ZMQBaseError",
    "zmq.ZMQBindError": "zmq.error.ZMQBindError",
    "zmq.ZMQError": "zmq.error.ZMQError",
    **{
        f"click.{name}": f"click.exceptions.{name}"
        for name in (
            "Abort",
            "BadArgumentUsage",
            "BadOptionUsage",
            "BadParameter",
            "ClickException",
            "FileError",
            "MissingParameter",
            "NoSuchOption",
            "UsageError",
        )
    },
}
"""Other names of exception types, or of the modules that they are in."""


def _derived(base: str, *names: str) -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(names, (base,))


BASES: Mapping[str, tuple[str, ...]] = {
    **{
        name: tuple(base.__name__ for base in value.__bases__)
        for name, value in vars(builtins).items()
        if isinstance(value, type) and issubclass(value, BaseException)
    },
    **_derived(
        "Exception",
        "argparse.ArgumentError",
        "argparse.ArgumentTypeError",
        "asyncio.exceptions.InvalidStateError",
        "click.exceptions.ClickException",
        "concurrent.futures._base.Error",
        "configparser.Error",
        "getopt.GetoptError",
        "grpc.RpcError",
        "gunicorn.errors.ConfigError",
        "hypercorn.utils.LifespanFailureError",
        "kombu.exceptions.KombuError",
        "optparse.OptParseError",
        "oslo_config.cfg.Error",
        "oslo_config.iniparser.ParseError",
        "oslo_log.log.LogConfigError",
        "oslo_service.backend.exceptions.BackendAlreadySelected",
        "oslo_service.backend.exceptions.BackendComponentNotAvailable",
        "oslo_service.backend.exceptions.UnsupportedBackendError",
        "oslo_service.eventlet_backdoor.EventletBackdoorConfigValueError",
        "oslo_service.wsgi.ConfigNotFound",
        "oslo_service.wsgi.InvalidInput",
        "oslo_service.wsgi.PasteAppNotFound",
        "pika.exceptions.AMQPError",
        "Pyro5.errors.PyroError",
        "redis.exceptions.RedisError",
        "subprocess.SubprocessError",
        "twisted.internet.error.BindError",
        "uvicorn.importer.ImportFromStringError",
        "xml.parsers.expat.ExpatError",
        "yaml.error.YAMLError",
        "zmq.error.ZMQBaseError",
    ),
    **_derived(
        "BaseException",
        "asyncio.exceptions.CancelledError",
        "eventlet.timeout.Timeout",
        "gevent.timeout.Timeout",
        "greenlet.GreenletExit",
        "gunicorn.errors.HaltServer",
    ),
    **_derived(
        "SystemExit",
        "aiohttp.web_runner.GracefulExit",
        "celery.exceptions.WorkerShutdown",
        "celery.exceptions.WorkerTerminate",
        "oslo_service.backend._common.service.SignalExit",
    ),
    **_derived(
        "ValueError",
        "binascii.Error",
        "json.decoder.JSONDecodeError",
        "simplejson.errors.JSONDecodeError",
        "toml.decoder.TomlDecodeError",
        "tomli.TOMLDecodeError",
        "tomllib.TOMLDecodeError",
    ),
    **_derived(
        "OSError",
        "shutil.Error",
        "socket.gaierror",
        "socket.herror",
        "ssl.SSLError",
    ),
    **_derived("RuntimeError", "click.exceptions.Abort", "click.exceptions.Exit"),
    **_derived("concurrent.futures._base.Error", "concurrent.futures._base.CancelledError"),
    **_derived("click.exceptions.ClickException", "click.exceptions.FileError"),
    "click.exceptions.UsageError": ("click.exceptions.ClickException",),
    **_derived(
        "click.exceptions.UsageError",
        "click.exceptions.BadArgumentUsage",
        "click.exceptions.BadOptionUsage",
        "click.exceptions.BadParameter",
        "click.exceptions.NoSuchOption",
    ),
    "click.exceptions.MissingParameter": ("click.exceptions.BadParameter",),
    **_derived(
        "configparser.Error",
        "configparser.DuplicateOptionError",
        "configparser.DuplicateSectionError",
        "configparser.InterpolationError",
        "configparser.NoOptionError",
        "configparser.NoSectionError",
        "configparser.ParsingError",
    ),
    **_derived(
        "configparser.InterpolationError",
        "configparser.InterpolationDepthError",
        "configparser.InterpolationMissingOptionError",
        "configparser.InterpolationSyntaxError",
    ),
    "configparser.MissingSectionHeaderError": ("configparser.ParsingError",),
    **_derived(
        "optparse.OptParseError",
        "optparse.BadOptionError",
        "optparse.OptionError",
        "optparse.OptionValueError",
    ),
    "kombu.exceptions.OperationalError": ("kombu.exceptions.KombuError",),
    **_derived(
        "oslo_config.cfg.Error",
        "oslo_config.cfg.ArgsAlreadyParsedError",
        "oslo_config.cfg.ConfigDirNotFoundError",
        "oslo_config.cfg.ConfigFileParseError",
        "oslo_config.cfg.ConfigFilesNotFoundError",
        "oslo_config.cfg.ConfigFilesPermissionDeniedError",
        "oslo_config.cfg.DuplicateOptError",
        "oslo_config.cfg.NoSuchGroupError",
        "oslo_config.cfg.NotInitializedError",
        "oslo_config.cfg.RequiredOptError",
        "oslo_config.cfg.TemplateSubstitutionError",
    ),
    "oslo_config.cfg.ConfigSourceValueError": ("oslo_config.cfg.Error", "ValueError"),
    "oslo_config.cfg.ConfigFileValueError": ("oslo_config.cfg.ConfigSourceValueError",),
    "oslo_config.cfg.DefaultValueError": ("oslo_config.cfg.Error", "ValueError"),
    "oslo_config.cfg.NoSuchOptError": ("oslo_config.cfg.Error", "AttributeError"),
    "oslo_config.cfg.ParseError": ("oslo_config.iniparser.ParseError",),
    "pika.exceptions.AMQPConnectionError": ("pika.exceptions.AMQPError",),
    "Pyro5.errors.DaemonError": ("Pyro5.errors.PyroError",),
    "redis.exceptions.ConnectionError": ("redis.exceptions.RedisError",),
    **_derived(
        "ssl.SSLError",
        "ssl.SSLEOFError",
        "ssl.SSLSyscallError",
        "ssl.SSLWantReadError",
        "ssl.SSLWantWriteError",
        "ssl.SSLZeroReturnError",
    ),
    "ssl.SSLCertVerificationError": ("ssl.SSLError", "ValueError"),
    **_derived(
        "subprocess.SubprocessError",
        "subprocess.CalledProcessError",
        "subprocess.TimeoutExpired",
    ),
    "twisted.internet.error.CannotListenError": ("twisted.internet.error.BindError",),
    "yaml.error.MarkedYAMLError": ("yaml.error.YAMLError",),
    "yaml.reader.ReaderError": ("yaml.error.YAMLError",),
    "yaml.resolver.ResolverError": ("yaml.error.YAMLError",),
    **_derived(
        "yaml.error.MarkedYAMLError",
        "yaml.composer.ComposerError",
        "yaml.constructor.ConstructorError",
        "yaml.parser.ParserError",
        "yaml.scanner.ScannerError",
    ),
    "zmq.error.ZMQError": ("zmq.error.ZMQBaseError",),
    "zmq.error.ZMQBindError": ("zmq.error.ZMQBaseError",),
}
"""The bases of each exception type that is known, by qualified name; built-in ones are bare."""

_EXIT = ("SystemExit",)
_OS = ("OSError",)
# a port above 65535 is no OSError
_BIND = ("OSError", "OverflowError", "TypeError")
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
_REGISTER = ("oslo_config.cfg.DuplicateOptError", "ValueError")
_REGISTER_CLI = (*_REGISTER, "oslo_config.cfg.ArgsAlreadyParsedError")
_READ_INI = (
    "configparser.ParsingError",
    "configparser.DuplicateOptionError",
    "configparser.DuplicateSectionError",
    "UnicodeDecodeError",
    "OSError",
)
_YAML = ("yaml.error.YAMLError", "ValueError", "TypeError", "AttributeError", "RecursionError")
_JSON = ("json.decoder.JSONDecodeError", "UnicodeDecodeError", "TypeError", "RecursionError")


def _all(raised: tuple[str, ...], *names: str) -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(names, raised)


RAISED: Mapping[str, tuple[str, ...]] = {
    # --- configuration; oslo.config's parse is known by its role
    **_all(_REGISTER, "oslo_config.cfg.*.register_opt", "oslo_config.cfg.*.register_opts"),
    **_all(
        _REGISTER_CLI,
        "oslo_config.cfg.*.register_cli_opt",
        "oslo_config.cfg.*.register_cli_opts",
        "oslo_log.log.register_options",
    ),
    **_all(
        (*_READ_INI, "TypeError"),
        "configparser.*ConfigParser().read",
        "configparser.*ConfigParser().read_file",
        "configparser.*ConfigParser().readfp",
        "ConfigParser.*ConfigParser().read",
        "ConfigParser.*ConfigParser().readfp",
        "six.moves.configparser.*ConfigParser().read",
    ),
    **_all(
        _YAML,
        "yaml.full_load",
        "yaml.load",
        "yaml.safe_load",
        "yaml.unsafe_load",
    ),
    **_all(_JSON, "json.load", "json.loads"),
    **_all(
        ("tomllib.TOMLDecodeError", "UnicodeDecodeError", "TypeError", "RecursionError"),
        "tomllib.load",
        "tomllib.loads",
    ),
    **_all(
        ("tomli.TOMLDecodeError", "UnicodeDecodeError", "TypeError", "RecursionError"),
        "tomli.load",
        "tomli.loads",
    ),
    **_all(("OSError", "ValueError", "TypeError", "LookupError"), "open", "io.open"),
    # --- the command line
    **_all(
        (*_EXIT, "argparse.ArgumentError"),
        "argparse.ArgumentParser().parse_args",
        "argparse.ArgumentParser().parse_known_args",
    ),
    **_all(_EXIT, "argparse.ArgumentParser().error", "argparse.ArgumentParser().exit"),
    "optparse.OptionParser().parse_args": _EXIT,
    **_all(("getopt.GetoptError",), "getopt.getopt", "getopt.gnu_getopt"),
    # --- logging
    "oslo_log.log.setup": (
        "oslo_log.log.LogConfigError",
        "oslo_config.cfg.NoSuchOptError",
        "oslo_config.cfg.ConfigFileValueError",
        "OSError",
        "ValueError",
        "RuntimeError",
    ),
    "logging.config.dictConfig": ("ValueError", "TypeError", "AttributeError", "ImportError"),
    # --- the process
    **_all(
        (*_OS, "TypeError"),
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
    **_all(("KeyError", "TypeError"), "grp.getgrnam", "pwd.getpwnam"),
    "signal.signal": ("ValueError", "OSError", "TypeError"),
    "resource.setrlimit": ("ValueError", "OSError", "TypeError"),
    # --- services are made
    "cotyledon.ServiceManager": ("RuntimeError",),
    "oslo_service.backend.init_backend": (
        "oslo_service.backend.exceptions.BackendAlreadySelected",
        "ValueError",
        "ImportError",
    ),
    **_all(
        (
            "TypeError",
            "ValueError",
            "oslo_service.eventlet_backdoor.EventletBackdoorConfigValueError",
            # of the backdoor
            "OSError",
            "RuntimeError",
        ),
        "oslo_service.service.launch",
        "oslo_service.service.*Launcher().launch_service",
    ),
    "oslo_service.wsgi.Loader": ("oslo_service.wsgi.ConfigNotFound",),
    # --- the port is bound; the application does not run
    **_all(
        _BIND,
        "asyncio.AbstractEventLoop().create_server",
        "asyncio.start_server",
        "eventlet.convenience.listen",
        "eventlet.listen",
        "http.server.*Server",
        "rpyc.*Server",
        "six.moves.*Server",
        "socket.socket().bind",
        "socketserver.*Server",
        "wsgiref.simple_server.WSGIServer",
        "wsgiref.simple_server.make_server",
        "xmlrpc.server.*Server",
    ),
    **_all(_OS, "asyncio.start_unix_server", "socket.socket().listen"),
    **_all((*_OS, "ValueError", "TypeError"), "socket.create_server"),
    **_all(
        (*_EXIT, *_BIND, "ValueError", "AttributeError"),
        "werkzeug.serving.make_server",
        "werkzeug.serving.*WSGIServer",
    ),
    "twisted.internet.reactor.listen*": (
        "twisted.internet.error.CannotListenError",
        "OverflowError",
        "TypeError",
    ),
    "grpc.*erver().add_*secure_port": ("RuntimeError", "TypeError"),
    "zmq.Context().socket().bind": ("zmq.error.ZMQError", "TypeError"),
    "ssl.SSLContext().load_cert_chain": ("ssl.SSLError", "OSError", "TypeError"),
}
"""What calls raise, by qualified name; ``*`` stands for any run of characters.

A bug in the call's arguments is in it where configuration gives them.
"""


_TABLE = Table(RAISED)


@functools.lru_cache(maxsize=4096)
def raised_by(name: str) -> tuple[str, ...]:
    """Return what a step raises when it fails, or nothing where that is not known.

    Where the step runs code of the project, :func:`is_complete` is false: what that code raises
    comes on top.

    :param name: the step's qualified name.
    :returns: qualified names of exception types; a type stands for those derived from it as well.
    """
    name = canonical(name)
    raised = _TABLE.get(name)
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
    return {"exits": _EXIT, "raises": _OS}.get(ending.status or "", ())


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
    return ending is None or ending.blocks is False


def type_of(name: str) -> str | None:
    """Return the one name of an exception type, or none where the type is not known."""
    name = canonical(name).removeprefix("builtins.")
    name = ALIASES.get(name, name)
    module, _, attribute = name.rpartition(".")
    if module in ALIASES:
        name = f"{ALIASES[module]}.{attribute}"
    return name if name in BASES else None


@functools.lru_cache(maxsize=1024)
def ancestors(name: str) -> frozenset[str]:
    """Return a type that :data:`BASES` has, with all that it derives from."""
    return frozenset({name}).union(*(ancestors(base) for base in BASES.get(name, ())))


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

"""What prints or logs, and what gives the whole of a configuration away."""

from __future__ import annotations

import re

from flake8_launcher.knowledge.deferred import deferred

_LOGGER = deferred(
    r"(?:^|[.?])(?:logging|logger|\w*log|\w*LOG|get_?[lL]ogger|\w*_logger)(?:\(\))?$"
)
_LOGS = frozenset(
    {
        "critical",
        "debug",
        "error",
        "exception",
        "fatal",
        "info",
        "log",
        "trace",
        "warn",
        "warning",
    }
)
_PRINTED = frozenset(
    {
        "click.echo",
        "django.core.management.BaseCommand().stderr.write",
        "django.core.management.BaseCommand().stdout.write",
        "django.core.management.base.BaseCommand().stderr.write",
        "django.core.management.base.BaseCommand().stdout.write",
        "pprint.pp",
        "pprint.pprint",
        "print",
        "rich.console.Console().log",
        "rich.console.Console().print",
        "rich.pretty.pprint",
        "rich.print",
        "sys.stderr.write",
        "sys.stdout.write",
        "typer.echo",
    }
)
_STREAMS = frozenset({"sys.stderr", "sys.stdout", "sys.__stderr__", "sys.__stdout__"})
STREAM = "file"
"""The keyword that names what ``print`` writes to."""

FORMATTERS = frozenset(
    {
        "ascii",
        "json.dumps",
        "omegaconf.OmegaConf.to_yaml",
        "pprint.pformat",
        "pprint.saferepr",
        "repr",
        "simplejson.dumps",
        "str",
        "textwrap.indent",
        "toml.dumps",
        "yaml.dump",
        "yaml.safe_dump",
    }
)
"""Calls that make a text of all of their first argument."""

LISTERS = frozenset(
    {
        "attr.asdict",
        "attrs.asdict",
        "dataclasses.asdict",
        "dict",
        "omegaconf.OmegaConf.to_container",
        "omegaconf.OmegaConf.to_object",
        "vars",
    }
)
"""Calls that give what an object holds."""
COPIES = frozenset({"copy.copy", "copy.deepcopy", "list", "set", "sorted", "tuple"})
"""Calls that give the keys of a mapping, and all of what another call lists."""
KEYS_ALONE = frozenset({"list", "set", "sorted", "tuple"})
"""Those of which a mapping that another call makes gives its keys."""
MAKES_MAPPING = frozenset(
    {"_asdict", "as_dict", "asdict", "copy", "dict", "model_dump", "to_dict", "todict", "vars"}
)
"""Functions and methods that make a mapping."""

LISTING_METHODS = frozenset(
    {
        "_asdict",
        "as_dict",
        "copy",
        "dict",
        "items",
        "json",
        "model_dump",
        "model_dump_json",
        "to_dict",
        "todict",
        "values",
    }
)
"""Methods, and attributes, that give what an object holds."""
_LISTED = deferred(rf"(?:\.(?:{'|'.join(sorted(LISTING_METHODS))})\(\))+$")
CHOOSES = frozenset({"exclude", "include"})
"""Keywords of such a method that leave some of it out."""
LISTING_ATTRIBUTES = frozenset({"__dict__", "_sections"})

KEEPS_SETTINGS = deferred(r"Settings|Config|Conf\b|Options|Environment")
"""Names of classes whose instances keep settings."""
SHOWS_FIELDS = deferred(
    r"\b(?:BaseSettings|BaseModel|NamedTuple|(?:pydantic_)?dataclass|attrs?\.\w+|define|frozen)\b"
)
"""Bases and decorators of classes whose instances say what their fields hold."""
UNVEILS = "get_secret_value"
"""The method of pydantic's secrets that gives what they hold."""
SAYS_ITSELF = frozenset({"__repr__", "__repr_args__", "__str__"})

GETTERS = frozenset({"get", "getenv", "pop", "setdefault"})
"""Methods and functions that give what is kept under a key."""

ENVIRONMENT = "os.environ"
ARGUMENTS = "sys.argv"
_PARSED = deferred(r"\.parse_(?:known_)?args\(\)(?:\[\])?$")
_OF_SECTIONS = deferred(r"onfig[pP]arser\.\w*ConfigParser\(\)(?:\[\])?$")
_OF_OPTIONS = deferred(
    r"(?:^|[.?])CONF$|^oslo_config\.cfg\.ConfigOpts\(\)$"
    r"|^dynaconf\.(?:settings|(?:Dynaconf|LazySettings)\(\))$"
)
_HELD = deferred(
    r"(?:^|[.?])CONF\.|^oslo_config\.cfg\.ConfigOpts\(\)\.|^os\.(?:environ\b|getenv\(\))"
    r"|\.parse_(?:known_)?args\(\)|onfig[pP]arser\.\w*ConfigParser\(\)\[\]"
    r"|onfig[pP]arser\.\w*ConfigParser\(\)\.get\(\)|^(?:click|typer)\.[oO]ption\(\)\."
    r"|^django\.conf\.settings\.|^decouple\.(?:config|(?:Auto)?Config\(\))(?:\.get)?\(\)$"
    r"|^confuse\.(?:Configuration|LazyConfig)\(\)\["
    r"|^(?:environs|environ)\.(?:env|Env\(\))(?:\.\w+)?\(\)$|^dynaconf\.\w+(?:\(\))?[.\[]"
    r"|^hydra\.main\(\)\."
)
_OPTION = deferred(r"(?:^|[.?])CONF\.(?:\w+\.)?(\w+)$")

CHANGERS = frozenset(
    {
        "__delitem__",
        "__setitem__",
        "clear",
        "pop",
        "popitem",
        "remove_option",
        "remove_section",
        "set",
        "update",
    }
)
"""Methods that change a mapping, or a parser of sections."""
MASKS = deferred(
    r"(?:^|_)(?:anonymi[sz]e|censor|clean|conceal|filter|hide|mask|obfuscate|obscure|redact"
    r"|saniti[sz]e|scrub|strip|veil)",
    re.IGNORECASE,
)
"""Names of functions that may take secrets out of what they are given."""
_APPLICATION = r"(?:flask\.Flask|quart\.Quart)\(\)\.config"
_OF_APPLICATION = deferred(f"{_APPLICATION}$")
_IN_APPLICATION = deferred(rf"{_APPLICATION}(?:$|\[|\.get\(\))")

ASKS = deferred(
    r"(?:^|[._ ])(?:display|dump|list|print|show)_?(?:\w{1,20}_)?"
    r"(?:args|conf\w*|env\w*|options|settings)\b"
    r"|[\"'](?:\w{1,20}_)?(?:DISPLAY|DUMP|LOG|PRINT|SHOW)_"
    r"(?:ARGS|CONF\w*|ENV\w*|OPTIONS|SETTINGS)[\"']"
)
"""Conditions, and names of commands, of who asks to see the configuration on the terminal."""

ASKS_FOR_SECRET = deferred(
    r"(?:\bif|\band|\bor) \(?(?!not )\S{0,80}?\b"
    r"(?:display|dump|expose|include|log|print|reveal|show)_(?:\w{1,20}_)?"
    r"(?:credential|connection|dsn|key|pass\w{0,6}|secret|token|ur[il])s?\b",
    re.IGNORECASE,
)
"""Conditions of who has chosen to have a secret shown."""

UNSET = deferred(r"(?:el)?if (?:(?:\w+\.)*(\w+) (?:is|==) None|not (?:\w+\.)*(\w+))")
"""Conditions that hold where something has no value."""

LOGS_OPTIONS = "log_opt_values"
"""The method of oslo.config that logs all options and, before them, the command line."""


OF_DJANGO = deferred(r"^django\.conf\.settings\.(?:DATABASES|CACHES)$")
"""Settings of Django that hold passwords, among others."""


def shows(name: str) -> bool:
    """Tell whether a call prints or logs its arguments."""
    logger, _, method = name.rpartition(".")
    return name in _PRINTED or (method in _LOGS and _LOGGER.search(logger) is not None)


def prints(name: str) -> bool:
    """Tell whether a call prints its arguments, to whoever has started the process."""
    return name in _PRINTED


def is_stream(name: str) -> bool:
    """Tell whether something that can be printed to is what the process says."""
    return name in _STREAMS


def is_parsed(name: str) -> bool:
    """Tell whether something is what the command line has given."""
    return _PARSED.search(name) is not None


def is_listed_alone(name: str) -> bool:
    """Tell whether a configuration object shows its values only where they are listed."""
    return _OF_SECTIONS.search(name) is not None or _OF_OPTIONS.search(name) is not None


def unlisted(name: str) -> tuple[str, bool]:
    """Return the name of what a value lists all of, and whether it does list something."""
    base = _LISTED.sub("", name)
    return base.replace(".copy()", ""), base != name


def is_of_application(name: str) -> bool:
    """Tell whether a value is the configuration of a web application."""
    return _OF_APPLICATION.search(name) is not None


def is_in_application(name: str) -> bool:
    """Tell whether a value is the configuration of a web application, or kept there."""
    return _IN_APPLICATION.search(name) is not None


def is_configured(name: str) -> bool:
    """Tell whether a value comes from configuration, environment or command line."""
    return _HELD.search(name) is not None or is_in_application(name)


def option_of(name: str) -> str | None:
    """Return the name of the option of oslo.config that a value is, if it is one."""
    found = _OPTION.search(name)
    return found[1] if found else None


PIECES = frozenset({"key", "part", "token"})
"""Names of secrets that are also those of the pieces which a text is split into."""
OF_TEXT = deferred(r"\.(?:findall|r?partition|r?split|splitlines)\(\)\[\]")
"""Part of the name of such a piece."""

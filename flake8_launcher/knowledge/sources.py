"""What a value comes from, by its qualified name, where others than the code's authors decide.

A name here is one of an origin: ``CONF.driver``, ``os.environ['DRIVER']``, ``sys.argv[0]``, or a
literal as the code spells it, ``'drivers.'``.
"""

from __future__ import annotations

import enum
from typing import NamedTuple

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.knowledge.quoting import veiled


class Kind(enum.Enum):
    """Who decides about a value."""

    CONFIGURATION = "configuration"
    ENVIRONMENT = "the environment"
    ARGUMENTS = "the command line"
    DIRECTORY = "the directory that the process is started in"
    PROGRAM = "the path that the program is called by"
    FILE = "a file"
    NETWORK = "the network"


class Source(NamedTuple):
    """Where a value comes from.

    :ivar name: what gives it, as messages name it.
    """

    kind: Kind
    name: str


_OF_TEXT = (
    r"(?:(?:r?split|r?partition|splitlines|[lr]?strip|lower|upper|title|capitalize|replace|format"
    r"|removeprefix|removesuffix|encode|decode|items|values|keys|copy)\(\)|\[\])"
)
"""What gives another form, or a part, of a text or list."""
_METHODS = (
    "clear_override|find_file|import_group|import_opt|items|keys|list_all_sections|log_opt_values"
    "|print_help|print_usage|register_cli_opts?|register_group|register_opts?|reload_config_files"
    "|reset|set_default|set_override|unregister_opts?|values"
)
_OPTION = deferred(
    rf"\bCONF(?P<key>(?:\.(?!(?:{_METHODS})\b)[A-Za-z_]\w*|\['\w+'\])+?)"
    rf"(?=$|\.{_OF_TEXT}|\[\]|\[\d)"
)
_PARSED = (
    r"(?:(?:ruamel\.)?yaml\.(?:\w+_)?load(?:_all)?\(\)|(?:simple|u)?json\.loads?\(\)"
    r"|(?:toml|tomli|tomllib|tomlkit)\.(?:loads?|parse)\(\)|pickle\.loads?\(\)"
    r"|(?:\w+\.)*[cC]onfig[pP]arser\.\w*ConfigParser\(\)|configobj\.ConfigObj\(\)"
    r"|omegaconf\.OmegaConf\.load\(\)|confuse\.(?:Configuration|LazyConfig)\(\))"
)
"""What is made of the text of a file."""
_HOLDER = deferred(
    rf"(?:os\.environb?(?:\.copy\(\))?|sys\.argv|{_PARSED}(?:\[[^\]]*\])*|(?:.*\.)?CONF)$"
)
_SETTING = deferred(
    rf"({_PARSED}\[.+\]|omegaconf\.OmegaConf\.load\(\)(?:\.[a-z_]\w*)+)"
    rf"(?=$|\.{_OF_TEXT}|\.get\(\))"
)
_GIVEN = deferred(
    r"((?:\w+\.)*[cC]onfig[pP]arser\.\w*ConfigParser\(\)(?:\[[^\]]*\])*"
    r"\.get(?!boolean|int|float|list)\w*\(\))"
    r"|(?:\w+\.)*(CONF(?:\.[a-z_]\w*)?\.get\(\))"
)
"""An option whose section, or whose own name, is not known, or what a converter makes of one."""
_ENVIRONMENT = deferred(r"(?:^|\.)os\.environb?\b(?:\.copy\(\))?(\['[^']*'\])?|^os\.getenvb?\(\)")
_HOME = deferred(
    r"HOME|HOME(?:DRIVE|PATH)|USERPROFILE|(?:LOCAL)?APPDATA|XDG_(?:CONFIG|DATA|STATE|CACHE)_HOME"
)
_ARGV = deferred(r"^sys\.argv(\[-?\d+\])?")
_PARSED_ARGUMENT = deferred(
    r"(?:\.parse_(?:known_)?args\(\)|^docopt\.docopt\(\)|^(?:click\.option|typer\.Option)\(\))"
    r"(?:\[0?\])?"
    r"(?:\.(?P<attribute>\w+)|(\[.*\]))?"
)
_DIRECTORY = deferred(r"^(?:os\.getcwdb?\(\)|os\.curdir$|os\.pardir$|pathlib\.Path\.cwd\(\))")
_LITERAL = deferred(r"""[bru]*["']""")


def is_literal(origin: str) -> bool:
    """Tell whether an origin is a literal."""
    return _LITERAL.match(origin) is not None


def is_relative(origin: str) -> bool:
    """Tell whether an origin is a literal path that depends on the working directory."""
    if not is_literal(origin):
        return False
    path = origin.lstrip("bru")[1:-1]
    return not path.startswith(("/", "~", "$", "\\", "{", "%", "<")) and path[1:2] != ":"


def holds(name: str) -> bool:
    """Tell whether something holds values by keys that are worth telling."""
    return _HOLDER.match(name) is not None


def source(origin: str) -> Source | None:  # noqa: C901
    """Return where a value comes from, if that is known to be outside the code.

    :param origin: the qualified name of the value.
    """
    if is_literal(origin):
        return None
    if found := _OPTION.search(origin):
        return Source(Kind.CONFIGURATION, f"CONF{found['key']}")
    if found := _ENVIRONMENT.search(origin):
        name = f"os.environ{veiled(found[1])}" if found[1] else "an environment variable"
        return Source(Kind.ENVIRONMENT, name)
    if found := _ARGV.match(origin):
        kind = Kind.PROGRAM if found[1] == "[0]" else Kind.ARGUMENTS
        return Source(kind, found[0])
    if found := _PARSED_ARGUMENT.search(origin):
        what = found["attribute"] or veiled(found[0].lstrip("."))
        return Source(Kind.ARGUMENTS, f"the argument {what}" if found["attribute"] else what)
    if _DIRECTORY.match(origin):
        return Source(Kind.DIRECTORY, origin)
    if found := _SETTING.match(origin) or _GIVEN.match(origin):
        return Source(Kind.CONFIGURATION, veiled(next(filter(None, found.groups()))))
    return None


def is_home(variable: str) -> bool:
    """Tell whether a variable of the environment says where the files of the user are."""
    return _HOME.fullmatch(variable) is not None


def is_of_environment(origin: str) -> bool:
    """Tell whether a value comes from the environment.

    :param origin: the qualified name of the value.
    """
    return _ENVIRONMENT.search(origin) is not None


def source_of(name: str) -> str | None:
    """Return what gives a value: an option, the environment or the command line.

    :param name: the value's qualified name.
    """
    found = source(name)
    if found is None or found.kind in (Kind.DIRECTORY, Kind.PROGRAM):
        return None
    return found.name

"""Calls that load configuration, and calls that check who may write it."""

from __future__ import annotations

import re
from typing import NamedTuple

from flake8_launcher.knowledge.deferred import deferred

LOADERS = frozenset(
    {
        # oslo.config: the object is the loader
        "oslo_config.cfg.CONF",
        "oslo_config.cfg.ConfigOpts()",
        # the standard library
        "configparser.ConfigParser().read",
        "configparser.ConfigParser().read_file",
        "configparser.RawConfigParser().read",
        "configparser.RawConfigParser().read_file",
        "configparser.SafeConfigParser().read",
        "configparser.SafeConfigParser().readfp",
        "ConfigParser.ConfigParser().read",
        "ConfigParser.ConfigParser().readfp",
        "ConfigParser.RawConfigParser().read",
        "ConfigParser.RawConfigParser().readfp",
        "ConfigParser.SafeConfigParser().read",
        "ConfigParser.SafeConfigParser().readfp",
        "logging.config.fileConfig",
        # readers that take a path
        "anyconfig.load",
        "configargparse.ArgParser().parse_args",
        "configargparse.ArgParser().parse_known_args",
        "configargparse.ArgumentParser().parse_known_args",
        "configargparse.ArgumentParser().parse_args",
        "configobj.ConfigObj",
        "confuse.Configuration",
        "confuse.Configuration().set_file",
        "confuse.LazyConfig().set_file",
        "decouple.Config",
        "dotenv.dotenv_values",
        "dotenv.load_dotenv",
        "dynaconf.DjangoDynaconf",
        "dynaconf.Dynaconf",
        "dynaconf.FlaskDynaconf",
        "dynaconf.LazySettings",
        "environ.Env.read_env",
        "environ.Env().read_env",
        "environs.Env().read_env",
        "hydra.initialize_config_dir",
        "omegaconf.OmegaConf.load",
        "pyhocon.ConfigFactory.parse_file",
        "toml.load",
    }
)
"""Calls that load configuration, whatever their arguments."""

OF_FILES: dict[str, tuple[str, ...]] = {
    "starlette.config.Config": ("", "env_file"),
    **dict.fromkeys(
        (
            "pydantic.BaseSettings",
            "pydantic.v1.BaseSettings",
            "pydantic_settings.BaseSettings",
        ),
        ("_env_file",),
    ),
}
"""Calls that load configuration where an argument names a file: its keyword, empty for the first.

So does a class of settings that names one itself."""
NAMES_FILE = deferred(r"\b(?:env|json|toml|yaml)_file[\"']? ?[=:] ?(?!None)")
"""Text of a class of settings that names a file."""

PARSERS = frozenset(
    {
        "json.load",
        "json.loads",
        "ruamel.yaml.YAML().load",
        "ruamel.yaml.load",
        "ruamel.yaml.safe_load",
        "simplejson.load",
        "simplejson.loads",
        "strictyaml.dirty_load",
        "strictyaml.load",
        "tomli.load",
        "tomli.loads",
        "tomlkit.load",
        "tomlkit.parse",
        "toml.loads",
        "tomllib.load",
        "tomllib.loads",
        "ujson.load",
        "yaml.full_load",
        "yaml.load",
        "yaml.safe_load",
        "yaml.unsafe_load",
    }
)
"""Calls that load configuration when what they read is an opened configuration file."""
OPENS = ("open", "fdopen", "read_text", "read_bytes")
OPENED = deferred(rf"(?:^|\.)(?:{'|'.join(OPENS)})\(\)")
"""Names of what they read then."""

OF_VARIABLES = deferred(
    r"(?:^|[\s'\"/])[\w-]*\.env(?:\.(?:local|dev\w*|prod\w*))?['\"\s]"
    r"(?!.*[\"'][wax]b?\+?[\"'])",
    re.DOTALL,
)
"""Text of a call that opens a file of environment variables, to read it."""
SETS_VARIABLES = deferred(
    r"\benviron(?:\[[^\]\n]{1,80}\][ ]*=(?!=)|\.(?:setdefault|update)\()"
)
"""Text of a module that sets them, so that it loads such a file itself."""

FROM_OBJECTS = frozenset(
    {
        "celery.Celery().config_from_object",
        "flask.Flask().config.from_object",
        "quart.Quart().config.from_object",
    }
)
"""Calls that take settings from a module or class of the program, given itself or by its name."""

MAPPINGS = frozenset(
    {
        "anyconfig.load",
        "configobj.ConfigObj",
        "dotenv.dotenv_values",
        "omegaconf.OmegaConf.load",
        "pyhocon.ConfigFactory.parse_file",
        "toml.load",
    }
)
"""Those of the loaders that give a mapping with all of what they read."""

NOWHERE = 99
"""The position of what only a keyword gives."""


class Skipper(NamedTuple):
    """A call that skips a file which is missing.

    :ivar position: the position of the file, :data:`NOWHERE` where there is none.
    :ivar keywords: the keywords that may name it.
    :ivar silent: the keyword that has to be true for that, if one has to.
    :ivar gives: whether its result is what it has read, so that nobody would ask that.
    """

    position: int
    keywords: tuple[str, ...]
    silent: str = ""
    gives: bool = False


SKIPPERS: dict[str, Skipper] = {
    "dotenv.dotenv_values": Skipper(0, ("dotenv_path",), gives=True),
    "dotenv.load_dotenv": Skipper(0, ("dotenv_path",)),
    "environs.Env().read_env": Skipper(0, ("path",)),
    **dict.fromkeys(
        ("environ.Env.read_env", "environ.Env().read_env"), Skipper(0, ("env_file",))
    ),
    **dict.fromkeys(
        ("dynaconf.Dynaconf", "dynaconf.LazySettings", "dynaconf.FlaskDynaconf"),
        Skipper(NOWHERE, ("settings_file", "settings_files", "includes"), gives=True),
    ),
    **{
        f"{framework}().config.{method}": Skipper(0, ("filename",), "silent")
        for framework in ("flask.Flask", "quart.Quart")
        for method in ("from_file", "from_json", "from_pyfile", "from_toml")
    },
}
ENV_FILE = "_env_file"
"""The keyword of pydantic's settings for a file that is skipped where it is missing."""

TAKE_TEXT = ("loads", "parse", "strictyaml.load")
"""What the names of parsers end with that are given a text, not a file."""

DATA_FORMATS = ("json",)
"""Parts of the names of parsers for formats that carry more data than configuration."""

MENTIONS = ("conf", "cfg", "setting", "option", ".env", "/etc/")
"""Parts of an ``open`` call, of what takes the result, or of the name of the function around it
and of its class or module, that tell configuration from data."""

DATA = deferred(
    r"schema|specification|openapi|swagger|locale|translation|fixture|cache|history"
    r"|_stat(?:e|us)(?:\b|_)|package\.json|pyproject\.toml"
)
"""Text of an ``open`` call, or of the function around it, of what is no configuration, although
its format is one for that."""

DESCRIBES_PROJECT = deferred(r"\bpyproject\.toml\b")
"""Text of an argument that names a file with the version of the project and the like."""

JUST_LOADS = deferred("_*(?:load|parse|read|reload)")
"""Names of functions that do not say what they load: their module does."""

OPTION_IMPORTERS = {"import_opt": ("name", "module_str"), "import_group": ("group", "module_str")}
"""Methods of oslo.config that import a module, with the names of their first parameters."""

CHECKERS = frozenset(
    {
        "cryptography.fernet.Fernet().decrypt",
        "gnupg.GPG().verify",
        "gnupg.GPG().verify_file",
        "hmac.compare_digest",
        "secrets.compare_digest",
    }
)
"""Calls that compare a digest or verify a signature."""

ACCESS = "os.access"
READ_MODES = frozenset({"os.F_OK", "os.R_OK", "os.X_OK"})
"""Modes of ``os.access`` that do not ask who may write."""

TELLS_WHO_WROTE = (
    ".st_mode",
    ".st_uid",
    ".st_gid",
    "stat()[]",
    "stat.S_IMODE()",
    ".digest()",
    ".hexdigest()",
    "pathlib.Path().group()",
    "pathlib.Path().owner()",
)
"""Ends of the names of what, compared, tells who may have written a file."""

OPTION_HOLDER = deferred(r"(?:^|[.?\]])(?:\w*(?:conf|CONF|Conf)\w*|cfg|\w*[oO]pts)(?:\(\))?\.\w+$")
"""A method of something that is called like an oslo.config object."""


def opens(name: str) -> bool:
    """Tell whether a call opens or reads a file, as its name tells."""
    return name.rpartition(".")[2] in OPENS

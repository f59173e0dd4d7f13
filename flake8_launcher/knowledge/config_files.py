"""Where the calls that load configuration take the path of the file."""

from __future__ import annotations

from typing import TypeAlias

Place: TypeAlias = tuple[int, str]
"""The position and the keyword of an argument; the position is -1 where there is none."""

_FIRST = ((0, "filenames"),)
_FILE = ((0, "f"), (0, "fp"), (0, "file"), (0, "path"), (0, "filename"), (0, "stream"))
_DEFAULTS = ((-1, "default_config_files"),)

PLACES: dict[str, tuple[Place, ...]] = {
    **dict.fromkeys(
        (
            f"{module}.{parser}().{method}"
            for module in ("configparser", "ConfigParser", "six.moves.configparser")
            for parser in ("ConfigParser", "RawConfigParser", "SafeConfigParser")
            for method in ("read", "read_file", "readfp")
        ),
        (*_FIRST, *_FILE),
    ),
    **dict.fromkeys(
        (
            f"configargparse.{parser}"
            for parser in ("ArgParser", "ArgumentParser", "ArgumentParser().__init__")
        ),
        _DEFAULTS,
    ),
    "anyconfig.load": ((0, "path_specs"),),
    "configobj.ConfigObj": ((0, "infile"),),
    **dict.fromkeys(
        ("confuse.Configuration().set_file", "confuse.LazyConfig().set_file"),
        ((0, "filename"),),
    ),
    "logging.config.fileConfig": ((0, "fname"),),
    "omegaconf.OmegaConf.load": ((0, "file_"),),
    "pyhocon.ConfigFactory.parse_file": ((0, "filename"),),
    "toml.load": _FILE,
    "tornado.options.parse_config_file": ((0, "path"),),
    "uvicorn.Config": ((-1, "log_config"),),
    "uvicorn.run": ((-1, "log_config"),),
}
"""The arguments that name a configuration file; a relative one is found from where the program
was started."""

OSLO_PLACES: tuple[Place, ...] = ((5, "default_config_files"), (6, "default_config_dirs"))
"""The arguments of an oslo.config object that do."""

ELSEWHERE: dict[str, tuple[Place, ...]] = {
    **dict.fromkeys(
        (
            f"{framework}().config.{method}"
            for framework in ("flask.Flask", "quart.Quart")
            for method in ("from_file", "from_json", "from_pyfile")
        ),
        ((0, "filename"),),
    ),
    "decouple.Config": ((0, "repository"),),
    "dotenv.dotenv_values": ((0, "dotenv_path"),),
    "dotenv.load_dotenv": ((0, "dotenv_path"),),
    **dict.fromkeys(
        ("dynaconf.Dynaconf", "dynaconf.FlaskDynaconf", "dynaconf.LazySettings"),
        ((-1, "settings_files"), (-1, "settings_file"), (-1, "includes")),
    ),
    "environ.Env.read_env": ((0, "env_file"),),
    "environ.Env().read_env": ((0, "env_file"),),
    "environs.Env().read_env": ((0, "path"),),
    **dict.fromkeys(
        (
            "pydantic.BaseSettings",
            "pydantic.v1.BaseSettings",
            "pydantic_settings.BaseSettings",
        ),
        ((-1, "_env_file"),),
    ),
    "starlette.config.Config": ((0, "env_file"),),
}
"""The same of calls for which a relative path is the custom, or found from somewhere else: the
application's own folder, or a ``.env`` that never goes before what the environment says."""

SHARED_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm", "/usr/tmp")
"""Folders in which everybody may make files."""

"""Programs that keep settings in the ways of many libraries, with what really comes of each.

    python tests/oracle/libraries.py "click: a default"

prints what one of them says, with nothing set but ``ORCHARD_SECRET``. ``tests/test_settings.py``
runs each, and compares with what is told of it: a default that the program runs with is LS311's,
a secret that it shows LS307's, and a missing file that it says nothing of LS310's.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Mapping
from typing import NamedTuple

DEFAULT = "orch4rd"
"""The default of a secret in each program that has one."""
SET = "s3same"
"""What the environment, or a file, gives."""
FILES = {
    ".env": f"ORCHARD_FILE={SET}\nORCHARD_BOTH=file\n",
    "orchard.yaml": f"host: localhost\npassword: {SET}\n",
    "orchard.ini": f"[store]\nhost = localhost\npassword = {SET}\n",
    "orchard.toml": f'host = "localhost"\npassword = "{SET}"\n',
}
ENVIRONMENT = {
    "ORCHARD_SECRET": SET,
    "ORCHARD_PASSWORD": SET,
    "ORCHARD_BOTH": "environment",
    "ORCHARD_HOST": "localhost",
    "ORCHARD_MODULE": "this",
}
IMPORTED = "Beautiful is better than ugly."
"""What a module says that nothing but the environment names."""
MISSING = "missing.env"
_GUARD = 'if __name__ == "__main__":'


class Program(NamedTuple):
    """A program that reads its settings and says something.

    :ivar needs: the module without which it does not run.
    :ivar setup: what stands at its top level.
    :ivar body: what its main function does.
    :ivar head: that function's first line, with decorators.
    :ivar call: what runs it.
    """

    needs: str
    setup: str
    body: str
    head: str = "def main():"
    call: str = "main()"

    def text(self, end: str = "") -> str:
        """Return its text.

        :param end: what the main function does last.
        """
        body = textwrap.indent(f"{self.body.strip()}\n{end}".rstrip(), "    ")
        parts = (self.setup.strip(), f"{self.head}\n{body}", f"{_GUARD}\n    {self.call}\n")
        return "\n\n\n".join(parts)


_SETTINGS = "from pydantic import BaseModel, Field, SecretStr, field_validator, model_validator\n"
_SETTINGS += "from pydantic_settings import BaseSettings, SettingsConfigDict\n\n\n"
_V1 = "from pydantic.v1 import BaseSettings, Field, SecretStr, validator\n\n\n"
_FLASK = "from flask import Flask\n\napp = Flask(__name__)\n"


def _class(*lines: str, name: str = "Settings", base: str = "BaseSettings") -> str:
    return f"class {name}({base}):\n" + "\n".join(f"    {line}" for line in lines) + "\n"


def _of(fields: str, body: str = "print(Settings().db_password)") -> Program:
    return Program("pydantic_settings", _SETTINGS + _class(*fields.split("\n")), body)


DEFAULTS: Mapping[str, Program] = {
    "pydantic: a field": _of(f'db_password: str = "{DEFAULT}"'),
    "pydantic: Field": _of(f'db_password: str = Field(default="{DEFAULT}", repr=False)'),
    "pydantic: SecretStr": _of(
        f'db_password: SecretStr = SecretStr("{DEFAULT}")',
        "print(Settings().db_password.get_secret_value())",
    ),
    "pydantic: a lambda": _of(f'db_password: str = Field(default_factory=lambda: "{DEFAULT}")'),
    "pydantic: no default": _of("db_password: str"),
    "pydantic: a generated default": Program(
        "pydantic_settings",
        "import secrets\n\n" + _SETTINGS
        + _class("db_password: str = Field(default_factory=secrets.token_hex)"),
        "print(Settings().db_password)",
    ),
    "pydantic: a validator": _of(
        f'db_password: str = "{DEFAULT}"\n\n@field_validator("db_password")\n@classmethod\n'
        f'def check(cls, value):\n    if value == "{DEFAULT}":\n'
        '        raise ValueError("set DB_PASSWORD")\n    return value'
    ),
    "pydantic: a validator that is not asked about defaults": _of(
        'model_config = SettingsConfigDict(validate_default=False)\n'
        f'db_password: str = "{DEFAULT}"\n\n@field_validator("db_password")\n@classmethod\n'
        f'def check(cls, value):\n    if value == "{DEFAULT}":\n'
        '        raise ValueError("set DB_PASSWORD")\n    return value'
    ),
    "pydantic: a validator of the whole": _of(
        f'db_password: str = "{DEFAULT}"\n\n@model_validator(mode="after")\ndef check(self):\n'
        f'    if self.db_password == "{DEFAULT}":\n'
        '        raise ValueError("set DB_PASSWORD")\n    return self'
    ),
    "pydantic 1: a field": Program(
        "pydantic",
        _V1 + _class(f'db_password: str = Field("{DEFAULT}", env="DATABASE_PASSWORD")'),
        "print(Settings().db_password)",
    ),
    "pydantic 1: a validator": Program(
        "pydantic",
        _V1 + _class(
            f'db_password: str = "{DEFAULT}"', "", '@validator("db_password")',
            "def check(cls, value):", f'    if value == "{DEFAULT}":',
            '        raise ValueError("set DB_PASSWORD")', "    return value",
        ),
        "print(Settings().db_password)",
    ),
    "pydantic 1: a validator that is asked always": Program(
        "pydantic",
        _V1 + _class(
            f'db_password: str = "{DEFAULT}"', "", '@validator("db_password", always=True)',
            "def check(cls, value):", f'    if value == "{DEFAULT}":',
            '        raise ValueError("set DB_PASSWORD")', "    return value",
        ),
        "print(Settings().db_password)",
    ),
    "django: configure": Program(
        "django",
        f'from django.conf import settings\n\nsettings.configure(SECRET_KEY="{DEFAULT}")',
        "print(settings.SECRET_KEY)",
    ),
    "django: an empty key is refused": Program(
        "django",
        "from django.conf import settings\n\nsettings.configure(SECRET_KEY='')",
        "print(settings.SECRET_KEY)",
    ),
    "django-environ: a scheme": Program(
        "environ",
        f'import environ\n\nenv = environ.Env(DB_PASSWORD=(str, "{DEFAULT}"))',
        'print(env("DB_PASSWORD"))',
    ),
    "django-environ: a default": Program(
        "environ",
        "import environ\n\nenv = environ.Env()",
        f'print(env("DB_PASSWORD", default="{DEFAULT}"))',
    ),
    "django-configurations: a value": Program(
        "configurations",
        "import os\n\nfrom configurations import Configuration, importer, values\n\n"
        'os.environ["DJANGO_SETTINGS_MODULE"] = "launcher"\n'
        'os.environ["DJANGO_CONFIGURATION"] = "Settings"\nimporter.install()\n\n\n'
        + _class(f'DB_PASSWORD = values.Value("{DEFAULT}", environ_name="DB_PASSWORD")',
                 base="Configuration"),
        "Settings.setup()\nprint(Settings.DB_PASSWORD)",
    ),
    "dj-database-url: an address": Program(
        "dj_database_url",
        "import dj_database_url\n\n"
        f'DATABASE = dj_database_url.config(default="postgres://orchard:{DEFAULT}@db/orchard")',
        'print(DATABASE["PASSWORD"])',
    ),
    "flask: an item": Program(
        "flask", f'{_FLASK}app.config["SECRET_KEY"] = "{DEFAULT}"', 'print(app.secret_key)'
    ),
    "flask: from_mapping": Program(
        "flask",
        f'{_FLASK}app.config.from_mapping(SECRET_KEY="{DEFAULT}")',
        "print(app.secret_key)",
    ),
    "flask: from_object": Program(
        "flask",
        _FLASK + "\n\n" + _class(f'SECRET_KEY = "{DEFAULT}"', name="Config", base="object")
        + "\n\napp.config.from_object(Config)",
        "print(app.secret_key)",
    ),
    "environment: get": Program(
        "", "import os", f'print(os.environ.get("DB_PASSWORD", "{DEFAULT}"))'
    ),
    "environment: or": Program(
        "", f'import os\n\nDB_PASSWORD = os.getenv("DB_PASSWORD") or "{DEFAULT}"',
        "print(DB_PASSWORD)",
    ),
    "environment: an item": Program("", "import os", 'print(os.environ["DB_PASSWORD"])'),
    "decouple: a default": Program(
        "decouple", "from decouple import config",
        f'print(config("DB_PASSWORD", default="{DEFAULT}"))',
    ),
    "environs: a default": Program(
        "environs", "from environs import Env\n\nenv = Env()",
        f'print(env.str("DB_PASSWORD", "{DEFAULT}"))',
    ),
    "starlette: a default": Program(
        "starlette",
        "from starlette.config import Config\nfrom starlette.datastructures import Secret\n\n"
        "config = Config()",
        f'print(str(config("DB_PASSWORD", cast=Secret, default="{DEFAULT}")))',
    ),
    "dynaconf: a validator": Program(
        "dynaconf",
        "from dynaconf import Dynaconf, Validator\n\nsettings = Dynaconf("
        f'validators=[Validator("DB.PASSWORD", default="{DEFAULT}")])',
        "print(settings.DB.PASSWORD)",
    ),
    "dynaconf: get": Program(
        "dynaconf", "from dynaconf import Dynaconf\n\nsettings = Dynaconf()",
        f'print(settings.get("DB_PASSWORD", "{DEFAULT}"))',
    ),
    "configparser: defaults": Program(
        "",
        "import configparser\n\nparser = configparser.ConfigParser("
        f'defaults={{"db_password": "{DEFAULT}"}})',
        'print(parser["DEFAULT"]["db_password"])',
    ),
    "configparser: fallback": Program(
        "", "import configparser\n\nparser = configparser.ConfigParser()",
        f'print(parser.get("store", "db_password", fallback="{DEFAULT}"))',
    ),
    "traitlets: a trait": Program(
        "traitlets",
        "from traitlets import Unicode\nfrom traitlets.config import Application\n\n\n"
        + _class(f'db_password = Unicode("{DEFAULT}").tag(config=True)', base="Application"),
        "print(Settings().db_password)",
    ),
    "traitlets: a generated default": Program(
        "traitlets",
        "import secrets\n\nfrom traitlets import Unicode, default\n"
        "from traitlets.config import Application\n\n\n"
        + _class("db_password = Unicode().tag(config=True)", "", '@default("db_password")',
                 "def _password(self):", "    return secrets.token_hex()", base="Application"),
        "print(Settings().db_password)",
    ),
    "omegaconf: a dictionary": Program(
        "omegaconf",
        "from omegaconf import OmegaConf\n\n"
        f'config = OmegaConf.create({{"db_password": "{DEFAULT}"}})',
        "print(config.db_password)",
    ),
    "omegaconf: a dataclass": Program(
        "omegaconf",
        "from dataclasses import dataclass\n\nfrom omegaconf import OmegaConf\n\n\n"
        f'@dataclass\nclass StoreConfig:\n    db_password: str = "{DEFAULT}"',
        "print(OmegaConf.structured(StoreConfig).db_password)",
    ),
    "omegaconf: what is missing is asked for": Program(
        "omegaconf",
        "from dataclasses import dataclass\n\nfrom omegaconf import MISSING, OmegaConf\n\n\n"
        "@dataclass\nclass StoreConfig:\n    db_password: str = MISSING",
        "print(OmegaConf.structured(StoreConfig).db_password)",
    ),
    "confuse: a template": Program(
        "confuse",
        "import confuse\n\n"
        f'TEMPLATE = {{"db_password": confuse.String(default="{DEFAULT}")}}',
        'config = confuse.Configuration("orchard", read=False)\n'
        "print(config.get(TEMPLATE).db_password)",
    ),
    "confuse: no default": Program(
        "confuse",
        'import confuse\n\nTEMPLATE = {"db_password": confuse.String()}',
        'config = confuse.Configuration("orchard", read=False)\n'
        "print(config.get(TEMPLATE).db_password)",
    ),
    "click: a default": Program(
        "click", "import click", "print(db_password)",
        f'@click.command()\n@click.option("--db-password", default="{DEFAULT}")\n'
        "def main(db_password):",
    ),
    "click: a prompt": Program(
        "click", "import click", "print(db_password)",
        '@click.command()\n@click.option("--db-password", prompt=True, hide_input=True)\n'
        "def main(db_password):",
    ),
    "typer: a default": Program(
        "typer", "import typer", "print(db_password)",
        f'def main(db_password: str = typer.Option("{DEFAULT}", envvar="DB_PASSWORD")):',
        "typer.run(main)",
    ),
    "argparse: a default": Program(
        "",
        "import argparse\n\nparser = argparse.ArgumentParser()\n"
        f'parser.add_argument("--db-password", default="{DEFAULT}")',
        "print(parser.parse_args().db_password)",
    ),
}
"""Programs of which it is asked whether they run with a default of a secret."""

_ORCHARD = 'model_config = SettingsConfigDict(env_prefix="ORCHARD_")'


def _shows(field: str, body: str, *before: str) -> Program:
    setup = _SETTINGS + "".join(before) + _class(_ORCHARD, field)
    return Program("pydantic_settings", setup, body)


_DATA = "import os\nfrom dataclasses import asdict, dataclass, field\n\n\n@dataclass\n"
_DATA += "class Config:\n    host: str\n    password: str{}\n"
_READ = 'config = Config("localhost", os.environ["ORCHARD_PASSWORD"])\n'
_INI = 'parser = configparser.ConfigParser()\nparser.read("orchard.ini")\n'

SHOWN: Mapping[str, Program] = {
    "pydantic: a plain field": _shows("password: str", "print(Settings())"),
    "pydantic: SecretStr": _shows("password: SecretStr", "print(Settings())"),
    "pydantic: SecretStr, dumped": _shows("password: SecretStr", "print(Settings().model_dump())"),
    "pydantic: SecretStr, as JSON": _shows(
        "password: SecretStr", "print(Settings().model_dump_json())"
    ),
    "pydantic: SecretStr, unveiled": _shows(
        "password: SecretStr", "settings = Settings()\nprint(settings.password.get_secret_value())"
    ),
    "pydantic: repr=False": _shows("password: str = Field(repr=False)", "print(Settings())"),
    "pydantic: repr=False, dumped": _shows(
        "password: str = Field(repr=False)", "print(Settings().model_dump())"
    ),
    "pydantic: left out of the dump": _shows(
        "password: str", 'print(Settings().model_dump(exclude={"password"}))'
    ),
    "pydantic: its attributes": _shows("password: str", "print(vars(Settings()))"),
    "dataclass: its fields": Program("", _DATA.format(""), f"{_READ}print(config)"),
    "dataclass: repr=False": Program(
        "", _DATA.format(" = field(repr=False)"), f"{_READ}print(config)"
    ),
    "dataclass: repr=False, as a dictionary": Program(
        "", _DATA.format(" = field(repr=False)"), f"{_READ}print(asdict(config))"
    ),
    "environment: all of it": Program("", "import os", "print(dict(os.environ))"),
    "environment: one by one": Program(
        "", "import os", 'for name, value in os.environ.items():\n    print(f"{name}={value}")'
    ),
    "environment: its names": Program("", "import os", "print(sorted(os.environ))"),
    "flask: its configuration": Program(
        "flask", f'{_FLASK}app.config.from_prefixed_env("ORCHARD")', "print(app.config)"
    ),
    "django: databases": Program(
        "django",
        "import os\n\nfrom django.conf import settings\n\nsettings.configure(DATABASES={"
        '"default": {"PASSWORD": os.environ["ORCHARD_PASSWORD"]}})',
        "print(settings.DATABASES)",
    ),
    "django: the object with the settings": Program(
        "django",
        "import os\n\nfrom django.conf import settings\n\nsettings.configure("
        'SECRET_KEY=os.environ["ORCHARD_SECRET"])',
        "print(settings)",
    ),
    "decouple: a value": Program(
        "decouple", "from decouple import config",
        'password = config("ORCHARD_PASSWORD")\nprint(password)',
    ),
    "environs: a value": Program(
        "environs", "from environs import Env\n\nenv = Env()",
        'password = env.str("ORCHARD_PASSWORD")\nprint(password)',
    ),
    "starlette: Secret": Program(
        "starlette",
        "from starlette.config import Config\nfrom starlette.datastructures import Secret\n\n"
        "config = Config()",
        'password = config("ORCHARD_PASSWORD", cast=Secret)\nprint(repr(password))',
    ),
    "dynaconf: the object": Program(
        "dynaconf",
        'from dynaconf import Dynaconf\n\nsettings = Dynaconf(settings_files=["orchard.toml"])',
        "settings.PASSWORD\nprint(settings)",
    ),
    "dynaconf: as a dictionary": Program(
        "dynaconf",
        'from dynaconf import Dynaconf\n\nsettings = Dynaconf(settings_files=["orchard.toml"])',
        "print(settings.as_dict())",
    ),
    "configparser: the object": Program("", "import configparser", f"{_INI}print(parser)"),
    "configparser: a section": Program(
        "", "import configparser", f'{_INI}print(dict(parser["store"]))'
    ),
    "omegaconf: the object": Program(
        "omegaconf", "from omegaconf import OmegaConf",
        'config = OmegaConf.load("orchard.yaml")\nprint(config)',
    ),
    "omegaconf: as YAML": Program(
        "omegaconf", "from omegaconf import OmegaConf",
        'config = OmegaConf.load("orchard.yaml")\nprint(OmegaConf.to_yaml(config))',
    ),
    "hydra: what it passes on": Program(
        "hydra", "import hydra", "print(cfg)",
        '@hydra.main(version_base=None, config_path=".", config_name="orchard")\ndef main(cfg):',
    ),
    "hydra: a secret of it": Program(
        "hydra", "import hydra", "print(cfg.host, cfg.password)",
        '@hydra.main(version_base=None, config_path=".", config_name="orchard")\ndef main(cfg):',
    ),
    "click: a parameter": Program(
        "click", "import click", "click.echo(password)",
        '@click.command()\n@click.option("--password", envvar="ORCHARD_PASSWORD")\n'
        "def main(password):",
    ),
    "click: all of them": Program(
        "click", "import click", "click.echo(options)",
        '@click.command()\n@click.option("--password", envvar="ORCHARD_PASSWORD")\n'
        "def main(**options):",
    ),
    "rich: a dictionary": Program(
        "rich", "import os\n\nfrom rich import print as show", "show(dict(os.environ))"
    ),
    "loguru: the environment": Program(
        "loguru", "import os\n\nfrom loguru import logger", 'logger.info("{}", os.environ)'
    ),
    "logging: below the level": Program(
        "", "import logging\nimport os", 'logging.warning("%s", os.environ)'
    ),
}
"""Programs of which it is asked whether what they say has a secret in it."""

_PATH = "import sys\n\n{}"

SKIPPED: Mapping[str, Program] = {
    "dotenv: load_dotenv": Program(
        "dotenv", _PATH.format("from dotenv import load_dotenv"), "load_dotenv(sys.argv[1])"
    ),
    "dotenv: dotenv_values": Program(
        "dotenv", _PATH.format("from dotenv import dotenv_values"),
        "values = dotenv_values(sys.argv[1])\nprint(len(values))",
    ),
    "environs: read_env": Program(
        "environs", _PATH.format("from environs import Env"),
        "Env().read_env(sys.argv[1], recurse=False)",
    ),
    "pydantic: _env_file": Program(
        "pydantic_settings",
        _PATH.format(_SETTINGS + _class("port: int = 80")),
        "settings = Settings(_env_file=sys.argv[1])\nprint(settings.port)",
    ),
    "pydantic: _env_file, handed on": Program(
        "pydantic_settings",
        _PATH.format(_SETTINGS + _class("port: int = 80"))
        + "\n\ndef show(settings):\n    print(settings.port)\n",
        "show(Settings(_env_file=sys.argv[1]))",
    ),
    "flask: from_pyfile": Program("flask", f"import sys\n\n{_FLASK}",
                                  "app.config.from_pyfile(sys.argv[1])"),
    "flask: from_pyfile, silent": Program(
        "flask", f"import sys\n\n{_FLASK}", "app.config.from_pyfile(sys.argv[1], silent=True)"
    ),
    "dynaconf: settings_files": Program(
        "dynaconf", _PATH.format("from dynaconf import Dynaconf"),
        "settings = Dynaconf(settings_files=[sys.argv[1]])\nprint(settings.get('PORT', 80))",
    ),
    "starlette: Config": Program(
        "starlette", _PATH.format("from starlette.config import Config"),
        "config = Config(sys.argv[1])\nprint(config('PORT', default='80'))",
    ),
    "configparser: read": Program(
        "", _PATH.format("import configparser"),
        "parser = configparser.ConfigParser()\nparser.read(sys.argv[1])\n"
        "print(parser.getint('api', 'port', fallback=80))",
    ),
    "decouple: a repository": Program(
        "decouple", _PATH.format("from decouple import Config, RepositoryEnv"),
        "config = Config(RepositoryEnv(sys.argv[1]))\nprint(config('PORT', default='80'))",
    ),
    "omegaconf: load": Program(
        "omegaconf", _PATH.format("from omegaconf import OmegaConf"),
        "print(OmegaConf.load(sys.argv[1]))",
    ),
    "confuse: set_file": Program(
        "confuse", _PATH.format("import confuse"),
        "config = confuse.Configuration('orchard', read=False)\nconfig.set_file(sys.argv[1])\n"
        "print(config['port'].get(confuse.Integer(default=80)))",
    ),
}
"""Programs of which it is asked whether they say that the file is missing which they are given."""

_IMPORT = "import importlib\n\n{}"
NAMED: Mapping[str, Program] = {
    "pydantic: a field": Program(
        "pydantic_settings",
        _IMPORT.format(_SETTINGS + _class('orchard_module: str = "json"')),
        "importlib.import_module(Settings().orchard_module)",
    ),
    "pydantic: a field without a default, in another function": Program(
        "pydantic_settings",
        _IMPORT.format(_SETTINGS + _class("orchard_module: str"))
        + "\n\ndef load(name):\n    importlib.import_module(name)\n",
        "load(Settings().orchard_module)",
    ),
    "pydantic: a prefix": Program(
        "pydantic_settings",
        _IMPORT.format(_SETTINGS + _class(
            'model_config = SettingsConfigDict(env_prefix="ORCHARD_")', "module: str | None = None"
        )),
        "importlib.import_module(Settings().module)",
    ),
    "pydantic: choices": Program(
        "pydantic_settings",
        "from typing import Literal\n"
        + _IMPORT.format(_SETTINGS + _class('host: Literal["json", "ast"] = "json"')),
        "importlib.import_module(Settings().host)",
    ),
    "pydantic: a model": Program(
        "pydantic_settings",
        _IMPORT.format(_SETTINGS + _class('orchard_module: str = "json"', base="BaseModel")),
        "importlib.import_module(Settings().orchard_module)",
    ),
    "decouple": Program(
        "decouple", _IMPORT.format("from decouple import config"),
        'importlib.import_module(config("ORCHARD_MODULE", default="json"))',
    ),
    "environs": Program(
        "environs", _IMPORT.format("from environs import Env"),
        'importlib.import_module(Env().str("ORCHARD_MODULE"))',
    ),
    "starlette": Program(
        "starlette", _IMPORT.format("from starlette.config import Config\n\nconfig = Config()"),
        'importlib.import_module(config("ORCHARD_MODULE", default="json"))',
    ),
    "environment, after a prefix": Program(
        "", _IMPORT.format("import os"),
        'importlib.import_module("json" + os.environ.get("ORCHARD_NONE", ""))',
    ),
}
"""Programs of which it is asked whether they import the module that the environment names."""

FIRST: Mapping[str, Program] = {
    "pydantic": Program(
        "pydantic_settings",
        _SETTINGS + _class('model_config = SettingsConfigDict(env_file=".env", extra="ignore")',
                           "orchard_both: str"),
        "print(Settings().orchard_both)",
    ),
    "dotenv": Program(
        "dotenv", "import os\n\nfrom dotenv import load_dotenv",
        'load_dotenv(".env")\nprint(os.environ["ORCHARD_BOTH"])',
    ),
    "environs": Program(
        "environs", "from environs import Env\n\nenv = Env()",
        'env.read_env(".env", recurse=False)\nprint(env.str("ORCHARD_BOTH"))',
    ),
    "decouple": Program(
        "decouple", "from decouple import Config, RepositoryEnv",
        'print(Config(RepositoryEnv(".env"))("ORCHARD_BOTH"))',
    ),
    "starlette": Program(
        "starlette", "from starlette.config import Config", 'print(Config(".env")("ORCHARD_BOTH"))'
    ),
}
"""Programs that find the same variable in the environment and in ``.env``."""

if __name__ == "__main__":
    chosen = {**DEFAULTS, **SHOWN, **SKIPPED, **FIRST}[sys.argv[1]]
    print(chosen.text())
    exec(compile(chosen.text(), sys.argv[1], "exec"))  # noqa: S102

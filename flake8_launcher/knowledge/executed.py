"""Calls that run what a file holds, or what it names."""

from __future__ import annotations

import re
from typing import NamedTuple

from flake8_launcher.knowledge.deferred import deferred


class Runner(NamedTuple):
    """A call that runs a file, or what a file says.

    :ivar position: the position of the argument that is the file, its path or what it holds.
    :ivar keyword: its keyword.
    :ivar does: what the call does with the file, which stands for ``{}``.
    :ivar of_text: whether the argument is what the file holds, not its path.
    :ivar of_logging: whether it is a configuration by its nature.
    :ivar of_data: whether it is mostly data of the program's own, wherever it lies.
    """

    position: int
    keyword: str
    does: str
    of_text: bool = False
    of_logging: bool = False
    of_data: bool = False


_RUNS = "runs {} as Python"
MAKES = "makes whatever objects {} asks for, and calls what it says"

RUNNERS = {
    **dict.fromkeys(("exec", "eval"), Runner(0, "source", _RUNS, of_text=True)),
    **dict.fromkeys(("execfile", "runpy.run_path"), Runner(0, "path_name", _RUNS)),
    **dict.fromkeys(
        ("imp.load_source", "imp.load_module"),
        Runner(1, "pathname", _RUNS),
    ),
    "importlib.machinery.SourceFileLoader": Runner(1, "path", _RUNS),
    "importlib.util.spec_from_file_location": Runner(1, "location", _RUNS),
    **dict.fromkeys(
        (
            f"{module}.{function}"
            for module in ("pickle", "cPickle", "_pickle", "dill", "cloudpickle", "marshal")
            for function in ("load", "loads")
        ),
        Runner(0, "file", MAKES, of_text=True, of_data=True),
    ),
    "shelve.open": Runner(0, "filename", MAKES, of_data=True),
    **dict.fromkeys(
        ("flask.Flask().config.from_pyfile", "quart.Quart().config.from_pyfile"),
        Runner(0, "filename", _RUNS),
    ),
    "logging.config.fileConfig": Runner(
        0, "fname", "evaluates the arguments of the handlers in {}", of_logging=True
    ),
    "logging.config.dictConfig": Runner(
        0, "config", "calls any function that is named in {}", of_text=True, of_logging=True
    ),
}

OWNED = "who can write that file runs code in this process"

ACTIVATES = "activate_this.py"
"""The program of virtualenv that makes the packages of an environment importable."""

VARIABLE_RUNNERS = frozenset(
    {"flask.Flask().config.from_envvar", "quart.Quart().config.from_envvar"}
)
"""Calls that run the file which an environment variable names: their first argument."""

YAML_LOADERS = frozenset(
    {"yaml.load", "yaml.load_all", "ruamel.yaml.load", "ruamel.yaml.load_all"}
)
PLAIN_YAML = deferred(
    r"^[ \t\"'-]{0,16}pyyaml[ \t\"']{0,4}=?[ \t\"']{0,4}(?:==|~=|\^|~)[ \t]?5\.4"
    r"|\bpyyaml[ \t]{0,4}>=[ \t]{0,4}5\.4[\w.]{0,12}[ \t]{0,4},[ \t]{0,4}<[ \t]{0,4}6\b",
    re.IGNORECASE | re.MULTILINE,
)
"""A requirement of versions of PyYAML whose ``yaml.load`` makes no objects by itself."""
UNSAFE_YAML_LOADERS = frozenset(
    {"yaml.unsafe_load", "yaml.unsafe_load_all", "ruamel.yaml.unsafe_load"}
)
UNSAFE_LOADERS = frozenset(
    f"{package}{module}.{loader}"
    for package in ("yaml", "ruamel.yaml")
    for module in ("", ".loader", ".cyaml")
    for loader in ("CLoader", "CUnsafeLoader", "Loader", "UnsafeLoader")
)
"""Loaders that make any object which a tag of the file names. ``FullLoader`` has not since 5.4."""

CONFIGURATION_FOLDER = "/etc/"
"""Where the system has the configuration of services."""
SAYS_CONFIGURATION = deferred(r"conf|cfg|setting|\brc\b|[a-z]rc$", re.IGNORECASE)
"""Part of the name of a file, or of what names it, that tells configuration from code."""

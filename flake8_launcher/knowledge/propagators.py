"""What calls, methods and attributes give of what they are given, or of what they belong to."""

from __future__ import annotations

import enum

from flake8_launcher.knowledge import configuration, sources


class Gives(enum.Enum):
    """What something gives, of its first argument or of its owner."""

    FORM = "another form of it, which names the same files"
    PART = "a part of it"
    JOINED = "a path of it and the parts that follow; an absolute part drops those before it"
    FILE = "the files that it names"
    ITEM = "what it holds under a key"
    CONTENT = "something else made of it"


CALLS = {
    **dict.fromkeys(configuration.PARSERS, Gives.CONTENT),
    "aiofiles.open": Gives.FILE,
    "bytes": Gives.FORM,
    "codecs.open": Gives.FILE,
    "compile": Gives.CONTENT,
    **dict.fromkeys(
        (
            "decouple.AutoConfig()",
            "decouple.Config()",
            "decouple.config",
            "environ.Env()",
            "environ.Env().path",
            "environ.Env().str",
            "environs.Env()",
            "environs.Env().path",
            "environs.Env().str",
            "environs.env",
            "environs.env.str",
            "starlette.config.Config()",
        ),
        Gives.ITEM,
    ),
    "dict.fromkeys": Gives.FORM,
    "ensure_str": Gives.FORM,
    "glob.glob": Gives.FILE,
    "int": Gives.CONTENT,
    "io.open": Gives.FILE,
    "iter": Gives.FORM,
    "list": Gives.FORM,
    "next": Gives.FORM,
    "open": Gives.FILE,
    "os.fdopen": Gives.FILE,
    "os.fsdecode": Gives.FORM,
    "os.fspath": Gives.FORM,
    "os.getenv": Gives.ITEM,
    "os.getenvb": Gives.ITEM,
    "os.open": Gives.FILE,
    "os.path.abspath": Gives.FORM,
    "os.path.dirname": Gives.PART,
    "os.path.expanduser": Gives.FORM,
    "os.path.expandvars": Gives.FORM,
    "os.path.join": Gives.JOINED,
    "os.path.normpath": Gives.FORM,
    "os.path.realpath": Gives.FORM,
    "pathlib.Path": Gives.JOINED,
    "pathlib.Path.cwd": Gives.CONTENT,
    "pathlib.PurePath": Gives.JOINED,
    "pickle.load": Gives.CONTENT,
    "posixpath.join": Gives.JOINED,
    "set": Gives.FORM,
    "six.ensure_str": Gives.FORM,
    "six.text_type": Gives.FORM,
    "sorted": Gives.FORM,
    "str": Gives.FORM,
    "tuple": Gives.FORM,
    "unicode": Gives.FORM,
    "vars": Gives.CONTENT,
}
"""Calls whose results the interpreter keeps with their arguments.

Those that give an item hold what the environment does, perhaps after a ``.env``.
"""

METHODS = {
    "absolute": Gives.FORM,
    "as_posix": Gives.FORM,
    "decode": Gives.FORM,
    "encode": Gives.FORM,
    "expanduser": Gives.FORM,
    "get": Gives.ITEM,
    "joinpath": Gives.JOINED,
    "open": Gives.FILE,
    "pop": Gives.ITEM,
    "read": Gives.FILE,
    "read_bytes": Gives.FILE,
    "read_text": Gives.FILE,
    "readlines": Gives.FILE,
    "resolve": Gives.FORM,
    "rstrip": Gives.FORM,
    "setdefault": Gives.ITEM,
    "strip": Gives.FORM,
    "with_name": Gives.JOINED,
}

ATTRIBUTES = {
    "buffer": Gives.FILE,
    "name": Gives.FILE,
    "parent": Gives.FILE,
}

_ENVIRONMENT = "os.environ"

HERE = frozenset({"os.curdir", "os.getcwd()", "os.getcwdu()", "pathlib.Path.cwd()"})
"""Names of the current directory."""

TEMPORARY = frozenset({"tempfile.gettempdir()", "tempfile.tempdir"})
"""Names of the folder for temporary files."""

CURRENT_DIRECTORY_VARIABLE = "PWD"


def keeps(name: str) -> bool:
    """Tell whether what a call is given says something of its result.

    :param name: the qualified name of what is called.
    """
    if name in CALLS or (name.endswith("Opt") and ".cfg." in name):
        return True
    owner, _, method = name.rpartition(".")
    return METHODS.get(method) is Gives.ITEM and sources.holds(owner)


def gives(name: str) -> Gives | None:
    """Return what something gives of what it is made of.

    :param name: its qualified name.
    """
    if name.endswith("[]"):
        return Gives.ITEM
    called = name.removesuffix("()")
    last = called.rpartition(".")[2]
    if called == name:
        return ATTRIBUTES.get(last)
    return CALLS.get(called) or METHODS.get(last)


def holder(name: str) -> str:
    """Return the name of what holds an item, or the value that a call gives by its key."""
    if name.endswith("[]"):
        return name.removesuffix("[]")
    called = name.removesuffix("()")
    return _ENVIRONMENT if called in CALLS else called.rpartition(".")[0]


def is_keyed_twice(name: str) -> bool:
    """Tell whether a call takes the name of a section before that of a value."""
    return holder(name).endswith("ConfigParser()")

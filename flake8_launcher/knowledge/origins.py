"""Calls whose results keep what they are given: paths, opened files, what those hold."""

from __future__ import annotations

from flake8_launcher.knowledge import configuration

JOINS = frozenset({"os.path.join", "pathlib.Path", "pathlib.PurePath", "posixpath.join"})
"""Calls that join the parts of a path: an absolute part drops those before it."""

JOINING_METHODS = frozenset({"joinpath", "with_name"})
"""Methods of a path that add to it."""

PATH_METHODS = frozenset(
    {
        "absolute",
        "as_posix",
        "decode",
        "encode",
        "expanduser",
        "open",
        "read",
        "read_bytes",
        "read_text",
        "readlines",
        "resolve",
        "rstrip",
        "strip",
    }
)
"""Methods that give the path which they are called on, or what the file there holds."""

PATH_ATTRIBUTES = frozenset({"buffer", "name", "parent"})
"""Attributes of a path or file that lie where it does."""

SAME = frozenset(
    {
        "codecs.open",
        "glob.glob",
        "io.open",
        "iter",
        "list",
        "open",
        "os.fdopen",
        "os.fspath",
        "os.open",
        "os.path.abspath",
        "os.path.expanduser",
        "os.path.expandvars",
        "os.path.normpath",
        "os.path.realpath",
        "sorted",
        "str",
        "tuple",
    }
)
"""Calls that give the path which they are given, or the file there."""

FALLBACKS = frozenset({"os.environ.get", "os.getenv", "os.environ.setdefault"})
"""Calls whose second argument stands in for a variable that is not set."""

HERE = frozenset({"os.curdir", "os.getcwd()", "os.getcwdu()", "pathlib.Path.cwd()"})
"""Names of the current directory."""

TEMPORARY = frozenset({"tempfile.gettempdir()", "tempfile.tempdir"})
"""Names of the folder for temporary files."""

CURRENT_DIRECTORY_VARIABLE = "PWD"

KEEPS = (
    JOINS
    | SAME
    | FALLBACKS
    | configuration.PARSERS
    | {"bytes", "compile", "int", "pathlib.Path.cwd", "pickle.load", "vars"}
)
"""Calls whose results the interpreter keeps with their arguments."""

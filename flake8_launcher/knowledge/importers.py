"""Calls that import, load or run what their arguments name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from flake8_launcher.knowledge import canonical

CLASS_IMPORTERS = frozenset(
    {"oslo_utils.importutils.import_class", "oslo_utils.importutils.import_object"}
)
"""Calls that import a module and are given the name of a class in it."""

MODULE_IMPORTERS = CLASS_IMPORTERS | {
    "__import__",
    "importlib.import_module",
    "oslo_utils.importutils.import_module",
}
"""Calls that fail where the module that they are given is not there."""


RELATIVE = frozenset({"importlib.import_module"})
"""Those that find a name which begins with a dot from the package that they are given."""


class Sink(NamedTuple):
    """A call that makes code run, of which an argument decides.

    :ivar position: the position of that argument.
    :ivar keyword: its keyword.
    :ivar does: what happens, for messages.
    """

    position: int
    keyword: str
    does: str = "imports"


_FIRST = Sink(0, "name")
_SINKS: Mapping[str, Sink] = {
    "__import__": _FIRST,
    "eval": Sink(0, "source", "evaluates"),
    "exec": Sink(0, "source", "executes"),
    "gunicorn.util.import_app": Sink(0, "module"),
    "imp.load_source": Sink(1, "pathname", "executes"),
    "importlib.import_module": _FIRST,
    "importlib.machinery.SourceFileLoader": Sink(1, "path", "executes"),
    "importlib.util.spec_from_file_location": Sink(1, "location", "executes"),
    "oslo_utils.importutils.import_any": Sink(0, "modules"),
    "oslo_utils.importutils.import_object_ns": Sink(1, "import_str"),
    "oslo_utils.importutils.import_versioned_module": Sink(0, "module"),
    "oslo_utils.importutils.try_import": Sink(0, "import_str"),
    "hydra.utils.get_class": Sink(0, "path"),
    "hydra.utils.get_method": Sink(0, "path"),
    "hydra.utils.get_object": Sink(0, "path"),
    "pkg_resources.EntryPoint.parse": Sink(0, "src"),
    "pkgutil.resolve_name": _FIRST,
    "pydoc.locate": Sink(0, "path"),
    "pyramid.path.DottedNameResolver().maybe_resolve": Sink(0, "dotted"),
    "pyramid.path.DottedNameResolver().resolve": Sink(0, "dotted"),
    "runpy.run_module": Sink(0, "mod_name", "runs"),
    "runpy.run_path": Sink(0, "path_name", "runs"),
    "scrapy.utils.misc.load_object": _FIRST,
    "twisted.python.reflect.namedAny": _FIRST,
    "twisted.python.reflect.namedModule": _FIRST,
    "twisted.python.reflect.namedObject": _FIRST,
    "zope.dottedname.resolve.resolve": _FIRST,
}
_TAILS: Mapping[str, Sink] = {
    "import_attribute": _FIRST,
    "import_class": Sink(0, "import_str"),
    "import_dotted_path": Sink(0, "path"),
    "import_from_string": Sink(0, "import_str"),
    "import_item": _FIRST,
    "import_module": Sink(0, "import_str"),
    "import_object": Sink(0, "import_str"),
    "import_string": Sink(0, "import_name"),
    "symbol_by_name": _FIRST,
}
"""Last names that say enough, of functions that projects and libraries hand on to each other."""


def sink(name: str) -> Sink | None:
    """Return what a call makes run, if it makes something run that an argument names.

    :param name: the qualified name of what is called.
    """
    known = canonical(name)
    return _SINKS.get(known) or _TAILS.get(known.rpartition(".")[2])


def is_importer(name: str) -> bool:
    """Tell whether a call imports what its first argument names."""
    found = sink(name)
    return found is not None and found.position == 0 and found.does == "imports"

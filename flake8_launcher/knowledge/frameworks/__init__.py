"""What is known of packages: one file each, named as the package that code imports.

To support another framework, copy the file of one that is like it. A file has one constant,
``FRAMEWORK``, and :class:`~flake8_launcher.knowledge.model.Framework` describes its fields. List
every public path that people use for a name, base classes to derive from among them. Leave out
what runs anything that it is given (``asyncio.run``, ``trio.run``): it is no sign of a service,
and what it runs is followed. Leave out, too, a method that services override and call in turn
(``oslo_service.service.Service().start``).

A file is loaded when a name of its package is first asked for. Only names of files that are there
are ever imported, whatever the code under review may call its own.
"""

from __future__ import annotations

import functools
import importlib
import os
from typing import cast

from flake8_launcher.knowledge.model import Framework

PACKAGES = frozenset(
    name.removesuffix(".py") for name in os.listdir(os.path.dirname(__file__)) if name[:2] != "__"
)
"""The packages of which something is known."""


def known_of(package: str) -> Framework:
    """Return what is known of a top-level package; all of it is empty where that is nothing."""
    return _loaded(package) if package in PACKAGES else _UNKNOWN


_UNKNOWN = Framework()


@functools.cache
def _loaded(package: str) -> Framework:
    module = importlib.import_module(f"{__name__}.{package}")
    return cast("Framework", module.FRAMEWORK)

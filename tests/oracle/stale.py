"""Print as JSON what still holds an object that a late monkey patch replaced.

    python stale.py eventlet|gevent MODULE [MODULE ...]

Imports the modules, then patches with the defaults, then looks into every module that these
imports loaded and that the patcher alone does not load: its attributes, its classes with their
attributes and bases, the defaults of its functions, and its containers one level deep. What it
finds is true of this process, by identity with objects that were collected before the patch.

Each finding has the ``module``, the ``attribute`` in it, the ``name`` of what was replaced and its
``kind``: a *reference*, a *base* class, an *instance* of a replaced class or of a standard one
that holds such an instance, or a *part* of an object of another class (``through`` says which).
Holders of the standard library are marked with ``stdlib``.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import json
import os
import subprocess
import sys
import types
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

Finding: TypeAlias = dict[str, object]
Found: TypeAlias = tuple[str, str, str]
"""The name of what was replaced, the kind of finding, and the way to it inside an object."""

PATCHED = (
    *("_thread", "_threading_local", "asyncio", "builtins", "concurrent.futures.thread"),
    *("logging", "os", "queue", "select", "selectors", "signal", "socket", "ssl"),
    *("subprocess", "threading", "time"),
)
"""Modules that must be loaded before the patch, so that what they lose is seen."""

PATCHERS = ("eventlet", "gevent", "greenlet", "__original_module_", "__patched_module_")
PLAIN = (type(None), bool, int, float, str, bytes, types.ModuleType)
CODE = (type, types.FunctionType, types.ModuleType, types.CodeType, types.GenericAlias)
DEPTH = {"instance": 4, "part": 2}
"""How deep an object is searched: one of the standard library, and one of another class."""


def main() -> int:
    """Run one look; return the exit status."""
    patcher, *modules = sys.argv[1:]
    if not modules:
        print(json.dumps(sorted(loaded_by(patcher))))
        return 0
    with contextlib.redirect_stdout(sys.stderr):
        before = set(sys.modules)
        for module in modules:
            importlib.import_module(module)
        baseline = subprocess.check_output([sys.executable, __file__, patcher], text=True)
        targets = set(sys.modules) - before - set(json.loads(baseline)) - {"__main__"}
        originals = patched(patcher)
    findings = [one for name in sorted(targets) for one in look(name, originals)]
    sys.stdout.write(json.dumps(findings, indent=1) + "\n")
    sys.stdout.flush()
    # Threads of the libraries and a patched shutdown may not let the process end.
    os._exit(0)


def loaded_by(patcher: str) -> set[str]:
    """Return the modules that a patcher loads when nothing else is imported."""
    importlib.import_module("eventlet.patcher" if patcher == "eventlet" else "gevent.monkey")
    return set(sys.modules)


@dataclass(frozen=True)
class Originals:
    """What a patch replaced.

    :ivar names: qualified name by the identity of the object; ``objects`` keeps them alive.
    :ivar classes: the classes among them, and those of what replaced functions give.
    """

    names: dict[int, str]
    classes: dict[type, str]
    objects: list[object]


def patched(patcher: str) -> Originals:
    """Patch with the defaults, and return what that replaced."""
    for module in PATCHED:
        importlib.import_module(module)
    loaded_by(patcher)
    threading = sys.modules["threading"]
    products = {
        type(threading.Lock()): "threading.Lock",
        type(threading.RLock()): "threading.RLock",
    }
    before = {name: dict(vars(module)) for name, module in sys.modules.items() if standard(name)}
    # eventlet repairs what it can reach from a module: let it, or it complains.
    keeper = types.ModuleType("keeper")
    vars(keeper)["before"] = before
    sys.modules[keeper.__name__] = keeper
    if patcher == "eventlet":
        importlib.import_module("eventlet").monkey_patch()
    else:
        importlib.import_module("gevent.monkey").patch_all()

    names: dict[int, str] = {}
    classes: dict[type, str] = dict(products)
    objects: list[object] = []
    # the public name of an object that has several: threading.Lock, not _thread.allocate_lock
    for module in sorted(before, key=lambda name: (name[0] == "_", name)):
        now = vars(sys.modules[module])
        for name, value in sorted(
            before[module].items(), key=lambda one: (one[0][0] == "_", one[0])
        ):
            if name.startswith("__") or isinstance(value, PLAIN) or now.get(name) is value:
                continue
            objects.append(value)
            names.setdefault(id(value), f"{module}.{name}")
            if isinstance(value, type):
                classes.setdefault(value, f"{module}.{name}")
    return Originals(names, classes, objects)


def standard(name: str) -> bool:
    """Tell whether a module is one of the standard library."""
    return name.partition(".")[0] in sys.stdlib_module_names and name in sys.modules


def look(name: str, originals: Originals) -> Iterator[Finding]:
    """Yield what a module holds."""
    module: object = sys.modules[name]
    if not isinstance(module, types.ModuleType) or name.startswith(PATCHERS):
        return
    if name != module.__name__ and sys.modules.get(module.__name__) is module:
        return  # another name of a module that is looked at by its own
    for attribute, (found, kind, way) in holdings(vars(module).items(), originals, name):
        finding: Finding = {"module": name, "attribute": attribute, "name": found, "kind": kind}
        if way:
            finding["through"] = way
        if standard(name):
            finding["stdlib"] = True
        yield finding


def holdings(
    namespace: Iterable[tuple[str, object]], originals: Originals, module: str
) -> Iterator[tuple[str, Found]]:
    """Yield what the attributes of a module or class hold, each with the way to it."""
    for name, value in list(namespace):
        if name.startswith("__") and name.endswith("__") and not callable(value):
            continue
        yield from ((f"{name}{rest}", found) for rest, found in holds(value, originals, module))


def holds(value: object, originals: Originals, module: str) -> Iterator[tuple[str, Found]]:
    """Yield what one attribute holds."""
    if id(value) in originals.names:
        if getattr(value, "__module__", "") != module:  # not where it is defined
            yield "", (originals.names[id(value)], "reference", "")
    elif isinstance(value, (staticmethod, classmethod)):
        yield from holds(value.__func__, originals, module)
    elif isinstance(value, type):
        if value.__module__ == module:
            for base in value.__bases__:
                if base in originals.classes:
                    yield "", (originals.classes[base], "base", "")
            inner = [one for one in vars(value).items() if not nested(one[1], value)]
            yield from ((f".{rest}", found) for rest, found in holdings(inner, originals, module))
    elif isinstance(value, types.FunctionType):
        if value.__module__ == module:
            for default in (*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values()):
                for found in direct(default, originals):
                    yield "()", found
    elif isinstance(value, (dict, list, tuple, set, frozenset, deque)):
        for element in list(value.values() if isinstance(value, dict) else value):
            for found in direct(element, originals):
                yield "[]", found
    else:
        yield from (("", found) for found in direct(value, originals))


def nested(value: object, holder: type) -> bool:
    """Tell whether a class attribute is a class that is not defined there."""
    return isinstance(value, type) and not value.__qualname__.startswith(f"{holder.__qualname__}.")


def direct(value: object, originals: Originals) -> Iterator[Found]:
    """Yield at most one finding: what an object is, or what it holds inside."""
    if id(value) in originals.names:
        yield originals.names[id(value)], "reference", ""
    elif isinstance(value, functools.partial):
        for part in (value.func, *value.args, *value.keywords.values()):
            yield from direct(part, originals)
    elif not isinstance(value, (*PLAIN, *CODE)):
        known = next((one for one in type(value).__mro__ if one in originals.classes), None)
        if known:
            yield originals.classes[known], "instance", ""
            return
        own = type(value).__module__
        kind = "instance" if standard(own) and own != "builtins" else "part"
        if way := search(value, originals, DEPTH[kind]):
            given = f"{own}.{type(value).__qualname__}" if kind == "instance" else way[1]
            yield given, kind, way[0]


def search(value: object, originals: Originals, depth: int) -> tuple[str, str] | None:
    """Return the nearest part of an object that was replaced: the way to it, and its name."""
    todo: deque[tuple[tuple[str, ...], object]] = deque([((), value)])
    seen = {id(value)}
    while todo:
        way, item = todo.popleft()
        for name, part in parts(item):
            if id(part) in seen or isinstance(part, PLAIN):
                continue
            seen.add(id(part))
            if id(part) in originals.names:
                return ".".join((*way, name)), originals.names[id(part)]
            known = next((one for one in type(part).__mro__ if one in originals.classes), None)
            if known:
                return ".".join((*way, name)), originals.classes[known]
            if len(way) + 1 < depth and not isinstance(part, CODE):
                todo.append(((*way, name), part))
    return None


def parts(value: object) -> Iterator[tuple[str, object]]:
    """Yield what an object holds, without asking it: descriptors and proxies stay asleep."""
    if isinstance(value, dict):
        yield from ((str(key), part) for key, part in list(value.items()) if type(key) is str)
    elif isinstance(value, (list, tuple, deque)):
        yield from (("[]", part) for part in list(value))
    try:
        own = object.__getattribute__(value, "__dict__")
    except (AttributeError, TypeError):
        own = {}
    if isinstance(own, dict):
        yield from (item for item in list(own.items()) if item[0] != "__annotations__")
    for base in type(value).__mro__:
        for name, slot in list(vars(base).items()):
            if isinstance(slot, types.MemberDescriptorType):
                with contextlib.suppress(AttributeError):
                    yield name, slot.__get__(value)
    if isinstance(value, (types.BuiltinMethodType, types.MethodType)):
        yield "__self__", value.__self__


if __name__ == "__main__":
    sys.exit(main())

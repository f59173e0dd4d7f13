"""Write what eventlet and gevent replace, as it is seen when they do so, or check the tables.

    python tools/patch_tables.py          write flake8_launcher/knowledge/patch_tables.py
    python tools/patch_tables.py --check  write nothing, print what differs and end with status 1

Run it with an interpreter that has eventlet and gevent, as ``tox -m patch-tables`` does. Each
patcher is called in fresh processes of that interpreter, once with each keyword alone, and the
standard library is compared before and after. A keyword that does nothing alone is tried beside
each other one (``dns`` of gevent does nothing without ``socket``).

What the tables say of a name that this Python does not have stays as it is, so that one run with
each version of Python makes tables for all of them.

An instance *stays unpatched* when one that was made before the patch holds other things than one
that is made after it in the same way, at any attribute some levels deep.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import importlib.metadata
import inspect
import itertools
import json
import os
import runpy
import subprocess
import sys
import types
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeAlias

from flake8_launcher.knowledge.patching import Effect, PatchTable

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "flake8_launcher" / "knowledge" / "patch_tables.py"

RECIPES: Mapping[str, Callable[[], tuple[Any, ...]]] = {
    "_thread.allocate_lock": tuple,
    "_threading_local.local": tuple,
    "asyncio.Event": tuple,
    "asyncio.Lock": tuple,
    "asyncio.Queue": tuple,
    "asyncio.new_event_loop": tuple,
    "concurrent.futures.Future": tuple,
    "concurrent.futures.ProcessPoolExecutor": tuple,
    "concurrent.futures.ThreadPoolExecutor": tuple,
    "contextvars.ContextVar": lambda: ("name",),
    "http.client.HTTPConnection": lambda: ("localhost",),
    "http.client.HTTPSConnection": lambda: ("localhost",),
    "http.cookiejar.CookieJar": tuple,
    "logging.FileHandler": lambda: (os.devnull,),
    "logging.Handler": tuple,
    "logging.StreamHandler": tuple,
    "logging.handlers.QueueHandler": lambda: (None,),
    "logging.handlers.SocketHandler": lambda: ("localhost", 9),
    "logging.handlers.SysLogHandler": tuple,
    "multiprocessing.Lock": tuple,
    "multiprocessing.Queue": tuple,
    "os.fdopen": lambda: (os.open(os.devnull, os.O_RDONLY),),
    "queue.LifoQueue": tuple,
    "queue.PriorityQueue": tuple,
    "queue.Queue": tuple,
    "queue.SimpleQueue": tuple,
    "sched.scheduler": tuple,
    "select.epoll": tuple,
    "select.poll": tuple,
    "selectors.DefaultSelector": tuple,
    "selectors.EpollSelector": tuple,
    "selectors.PollSelector": tuple,
    "selectors.SelectSelector": tuple,
    "smtplib.SMTP": tuple,
    "socket.create_server": lambda: (("127.0.0.1", 0),),
    "socket.socket": tuple,
    "socket.socketpair": tuple,
    "socketserver.TCPServer": lambda: (("127.0.0.1", 0), None),
    "ssl.SSLContext": lambda: (importlib.import_module("ssl").PROTOCOL_TLS_CLIENT,),
    "ssl.create_default_context": tuple,
    "subprocess.Popen": lambda: ([sys.executable, "-c", ""],),
    "tempfile.SpooledTemporaryFile": tuple,
    "threading.Barrier": lambda: (1,),
    "threading.BoundedSemaphore": tuple,
    "threading.Condition": tuple,
    "threading.Event": tuple,
    "threading.Lock": tuple,
    "threading.RLock": tuple,
    "threading.Semaphore": tuple,
    "threading.Thread": tuple,
    "threading.Timer": lambda: (1.0, print),
    "threading.local": tuple,
    "weakref.WeakValueDictionary": tuple,
    "xmlrpc.client.ServerProxy": lambda: ("http://localhost",),
}
"""Factories whose instances modules keep, with what gives the arguments to call them."""

Seen: TypeAlias = dict[str, list[str]]
"""What one call of a patcher did: qualified names that it replaced and deleted, and factories."""


# In the fresh process: patch, and look.


def probe(patcher: str, keywords: Mapping[str, bool], modules: Iterable[str]) -> Seen:
    """Call a patcher, and see what that changed in modules that are loaded before."""
    for module in (*modules, *(name.rpartition(".")[0] for name in RECIPES)):
        importlib.import_module(module)
    function = resolve(patcher)
    if function is None:
        raise LookupError(patcher)
    # What is reached from a module gets what the patcher does for what exists.
    keeper = types.ModuleType("keeper")
    sys.modules[keeper.__name__] = keeper
    kept: dict[str, Any] = {name: make(name) for name in RECIPES}
    before = {name: dict(vars(sys.modules[name])) for name in library_modules()}
    vars(keeper).update(kept, before=before)
    names = {name: spellings(name) for name in RECIPES}
    kept.clear()

    function(**keywords)

    seen: Seen = {"replaced": [], "deleted": [], "instances": []}
    for module, namespace in before.items():
        now = vars(sys.modules[module])
        for name, value in namespace.items():
            if name.startswith("__") or isinstance(value, DATA):
                continue
            if name not in now:
                seen["deleted"].append(f"{module}.{name}")
            elif now[name] is not value:
                seen["replaced"].append(f"{module}.{name}")
    for name, old in vars(keeper).items():
        if name in names and old is not None:
            ways = differences(old, make(name))
            seen["instances"] += [f"{one} {way}" for one in names[name] for way in ways]
    return {key: sorted(set(value)) for key, value in seen.items()}


DATA = (type(None), bool, int, float, str, bytes, tuple, types.ModuleType)
"""Types of what is nothing to hold on to."""


def library_modules() -> list[str]:
    """Return the names of the loaded modules of the standard library."""
    return [
        name
        for name, module in sys.modules.items()
        if name.partition(".")[0] in sys.stdlib_module_names
        and isinstance(module, types.ModuleType)
    ]


def resolve(name: str) -> Any:
    """Return what a qualified name stands for, or None."""
    module, _, attribute = name.rpartition(".")
    return getattr(importlib.import_module(module), attribute, None)


def make(name: str) -> Any:
    """Call a factory, or return None where that cannot be done here."""
    try:
        return resolve(name)(*RECIPES[name]())
    except (OSError, TypeError, ValueError, RecursionError):
        return None


def spellings(name: str) -> list[str]:
    """Return the qualified names of a factory: the given one, and where it is defined."""
    factory = resolve(name)
    own = f"{getattr(factory, '__module__', '')}.{getattr(factory, '__qualname__', '')}"
    defined = own.rpartition(".")[0] in sys.modules and resolve(own) is factory
    return [name, own] if defined else [name]


def differences(old: object, new: object) -> list[str]:
    """Return the ways at which two instances hold different things."""
    first, second = held(old), held(new)
    shared = first.keys() & second.keys()
    return [".".join(map(str, way)) for way in shared if first[way] is not second[way]]


def held(value: object, depth: int = 5) -> dict[tuple[object, ...], object]:
    """Return what an object holds: for each way there, what tells patched from unpatched."""
    found: dict[tuple[object, ...], object] = {}
    todo: deque[tuple[tuple[object, ...], object]] = deque([((), value)])
    while todo:
        path, item = todo.popleft()
        found[path] = mark(item)
        if len(path) < depth and not isinstance(
            item, (type, types.FunctionType, types.ModuleType)
        ):
            todo.extend(((*path, key), inner) for key, inner in parts(item))
    return found


def mark(value: object) -> object:
    """Return the identity of what has one: functions and classes themselves, else the type."""
    if isinstance(value, types.FunctionType):
        return value.__code__  # closures are made anew with each instance
    if isinstance(value, (type, types.ModuleType)):
        return value
    if isinstance(value, types.BuiltinFunctionType) and isinstance(
        value.__self__, (types.ModuleType, type(None))
    ):
        return value
    return type(value)


def parts(value: object) -> Iterator[tuple[object, object]]:
    """Yield what an object holds directly."""
    if isinstance(value, dict):
        yield from ((key, inner) for key, inner in value.items() if isinstance(key, str))
    elif isinstance(value, (list, tuple, deque)):
        yield from enumerate(value)
    yield from getattr(value, "__dict__", {}).items()
    for base in type(value).__mro__:
        slots = base.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            yield name, getattr(value, name, None)
    if isinstance(value, (types.BuiltinMethodType, types.MethodType)):
        yield "__self__", value.__self__


def signature(patcher: str) -> dict[str, Any]:
    """Return the keywords of a patcher with their defaults, and what else it takes."""
    function = resolve(patcher)
    parameters = inspect.signature(function).parameters.values()
    keywords = {one.name: one.default for one in parameters if isinstance(one.default, bool)}
    accepted: list[str] = []
    lenient = any(one.kind is one.VAR_KEYWORD for one in parameters)
    if not keywords and lenient:
        # The names are in the function's body: the constants that it does not refuse.
        constants = set(flat(function.__code__.co_consts))
        accepted = sorted(filter(lambda name: accepts(function, name), constants))
        lenient = accepts(function, "no_such_keyword")
        keywords = completed(function)
    return {
        "keywords": keywords,
        "accepted": sorted(set(accepted) - set(keywords)),
        "lenient": lenient,
    }


def flat(constants: Iterable[object]) -> Iterator[str]:
    """Yield the names among the constants of a function."""
    for constant in constants:
        if isinstance(constant, (tuple, frozenset)):
            yield from flat(constant)
        elif isinstance(constant, str) and constant.isidentifier():
            yield constant


def accepts(function: Callable[..., object], keyword: str) -> bool:
    """Tell whether a patcher takes a keyword."""
    try:
        function(**{"all": False, keyword: False})
    except TypeError:
        return False
    return True


def completed(function: Any) -> dict[str, bool]:
    """Return the keywords that a patcher sets for itself when it is given none."""
    result: dict[str, bool] = {}

    def watch(frame: types.FrameType, event: str, _: object) -> None:
        if event == "return" and frame.f_code is function.__code__:
            result.update(frame.f_locals["on"])

    sys.setprofile(watch)
    try:
        function()
    finally:
        sys.setprofile(None)
    return dict(sorted(result.items()))


# In this process: choose what to look at, and write it down.


def ask(question: str, *arguments: object) -> Any:
    """Call a function of this file in a fresh process, and return its answer."""
    command = [sys.executable, "-W", "ignore", __file__, "--ask", question, json.dumps(arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{question}{arguments}: {done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def loaded_by(patcher: str) -> list[str]:
    """Return the modules of the standard library that a patcher loads in all its course."""
    resolve(patcher)()
    return sorted(library_modules())


def patchers_of(distribution: str) -> list[str]:
    """Return the patchers of a distribution that can be called without arguments."""
    if distribution == "eventlet":
        return ["eventlet.monkey_patch"]
    monkey = importlib.import_module("gevent.monkey")
    return [
        f"gevent.monkey.{name}"
        for name in dir(monkey)
        if name.startswith("patch_")
        and all(
            one.default is not one.empty or one.kind is one.VAR_KEYWORD
            for one in inspect.signature(getattr(monkey, name)).parameters.values()
        )
    ]


def missing(names: list[str]) -> list[str]:
    """Return the qualified names that this Python does not have."""
    return [name for name in names if not exists(name)]


def exists(name: str) -> bool:
    """Tell whether this Python has a qualified name."""
    try:
        return resolve(name) is not None
    except ImportError:
        return False


def measure(patcher: str, version: str, modules: list[str]) -> PatchTable:
    """Return the table of one patcher."""
    about: dict[str, Any] = ask("signature", patcher)
    keywords: dict[str, bool] = about["keywords"]
    with ThreadPoolExecutor(os.cpu_count()) as pool:

        def run(calls: Iterable[frozenset[str]]) -> dict[frozenset[str], Seen]:
            asked = {on: {name: name in on for name in keywords} for on in calls}
            return dict(
                zip(asked, pool.map(lambda on: ask("probe", patcher, asked[on], modules), asked))
            )

        nothing, everything = frozenset[str](), frozenset(keywords)
        alone = run([nothing, everything, *(frozenset({name}) for name in keywords)])
        final = alone[everything]["instances"]
        found = {on: less(seen, alone[nothing]) for on, seen in alone.items() if len(on) == 1}
        silent = [name for name in keywords if not any(found[frozenset({name})].values())]
        without = run(everything - {name} for name in silent)
        idle = [name for name in silent if without[everything - {name}] != alone[everything]]
        pairs = run(frozenset(pair) for pair in itertools.product(idle, keywords))
        for on, seen in pairs.items():
            if len(on) == 2:
                found[on] = less(seen, alone[nothing], *(alone[frozenset({one})] for one in on))
        first = next((name for name, default in keywords.items() if default), None)
        plain = ask("probe", patcher, {}, modules)
        named = ask("probe", patcher, {first: True}, modules) if first else plain
    found[nothing] = alone[nothing]
    effects = [effect(on, seen, final) for on, seen in found.items() if any(seen.values())]
    return PatchTable(
        version=version,
        keywords=keywords,
        accepted=frozenset(about["accepted"]),
        lenient=about["lenient"],
        only_named=named != plain,
        effects=tuple(sorted(effects, key=lambda one: sorted(one.on))),
    )


def less(seen: Seen, *known: Seen) -> Seen:
    """Return what was seen without what is known."""
    return {
        key: [name for name in names if not any(name in one[key] for one in known)]
        for key, names in seen.items()
    }


def effect(on: frozenset[str], seen: Seen, final: list[str]) -> Effect:
    """Return what was seen as an effect.

    :param final: what instances stay unpatched when everything is on. eventlet repairs with
        ``thread`` the locks that it leaves behind without.
    """
    instances = {name.partition(" ")[0] for name in seen["instances"] if name in final}
    return Effect(
        on, frozenset(seen["replaced"]), frozenset(seen["deleted"]), frozenset(instances)
    )


def measured() -> dict[str, PatchTable]:
    """Return the table of every patcher, by qualified name."""
    tables = {}
    for distribution in ("eventlet", "gevent"):
        patchers: list[str] = ask("patchers_of", distribution)
        modules = sorted({name for one in patchers for name in ask("loaded_by", one)})
        version = importlib.metadata.version(distribution)
        for patcher in patchers:
            tables[patcher] = measure(patcher, version, modules)
    return tables


def merged(old: Mapping[str, PatchTable], new: Mapping[str, PatchTable]) -> dict[str, PatchTable]:
    """Return the new tables with what the old ones say of names that this Python does not have."""
    every = {
        name
        for table in old.values()
        for one in table.effects
        for name in (*one.replaced, *one.deleted, *one.instances)
    }
    kept = frozenset(ask("missing", sorted(every)))
    result = {}
    for patcher, table in new.items():
        before = {one.on: one for one in old[patcher].effects} if patcher in old else {}
        effects = []
        for one in table.effects:
            other = before.get(one.on, Effect(one.on))
            effects.append(
                Effect(
                    one.on,
                    one.replaced | other.replaced & kept,
                    one.deleted | other.deleted & kept,
                    one.instances | other.instances & kept,
                )
            )
        result[patcher] = table._replace(effects=tuple(effects))
    return result


def source(tables: Mapping[str, PatchTable], pythons: Iterable[str]) -> str:
    """Return the module that holds the tables."""
    releases = dict.fromkeys(f"{one.partition('.')[0]} {tables[one].version}" for one in tables)
    versions = [quoted(one) for one in sorted(pythons, key=lambda one: (len(one), one))]
    lines = [
        f'"""What {" and ".join(releases)} replace in the standard library, on Linux.',
        "",
        "Written by ``python tools/patch_tables.py`` from the installed libraries: edit that.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "from collections.abc import Mapping",
        "",
        "from flake8_launcher.knowledge.patching import Effect, PatchTable",
        "",
        f"PYTHONS = ({', '.join(versions)}{',' * (len(versions) == 1)})",
        '"""The versions of Python that the tables were made with."""',
        "",
        "PATCHES: Mapping[str, PatchTable] = {",
    ]
    for patcher, table in tables.items():
        lines.append(f"    {quoted(patcher)}: PatchTable(")
        lines.append(f"        version={quoted(table.version)},")
        if table.keywords:
            lines.append("        keywords={")
            lines += [f"            {quoted(k)}: {v}," for k, v in table.keywords.items()]
            lines.append("        },")
        lines += names("accepted", table.accepted, 8)
        lines += [f"        {flag}=True," for flag in FLAGS if getattr(table, flag)]
        if table.effects:
            lines.append("        effects=(")
            for one in table.effects:
                on = f"{{{', '.join(map(quoted, sorted(one.on)))}}}" if one.on else ""
                lines.append("            Effect(")
                lines.append(f"                on=frozenset({on}),")
                for field in ("replaced", "deleted", "instances"):
                    lines += names(field, getattr(one, field), 16)
                lines.append("            ),")
            lines.append("        ),")
        lines.append("    ),")
    lines += ["}", '"""What each patcher does, by its qualified name."""', ""]
    return "\n".join(lines)


FLAGS = ("lenient", "only_named")


def names(field: str, values: frozenset[str], indent: int) -> Iterator[str]:
    """Yield the lines of a field that holds names, one a line."""
    space = " " * indent
    if values:
        yield f"{space}{field}=frozenset("
        yield f"{space}    {{"
        yield from (f"{space}        {quoted(value)}," for value in sorted(values))
        yield f"{space}    }}"
        yield f"{space}),"


def quoted(text: str) -> str:
    """Return a text as a literal."""
    return json.dumps(text)


def main() -> int:
    """Write or check the tables; return the exit status."""
    parser = argparse.ArgumentParser(description="Write what eventlet and gevent replace.")
    parser.add_argument("--check", action="store_true", help="write nothing, print the difference")
    check: bool = parser.parse_args().check

    shipped = runpy.run_path(str(TABLES)) if TABLES.exists() else {"PATCHES": {}, "PYTHONS": ()}
    tables = merged(shipped["PATCHES"], measured())
    pythons = {*shipped["PYTHONS"], "{}.{}".format(*sys.version_info)}
    text = source(tables, pythons)
    old = TABLES.read_text(encoding="utf-8") if TABLES.exists() else ""
    if check:
        sys.stdout.writelines(
            difflib.unified_diff(
                old.splitlines(True), text.splitlines(True), "shipped", "measured"
            )
        )
        return 1 if text != old else 0
    TABLES.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ask"]:
        print(json.dumps(globals()[sys.argv[2]](*json.loads(sys.argv[3]))))
    else:
        sys.exit(main())

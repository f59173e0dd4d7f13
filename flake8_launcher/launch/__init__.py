"""The launch path of a module: what runs from its first statement until it serves and waits."""

from __future__ import annotations

import ast
import atexit
import functools
import gc
import os
from collections.abc import Iterable, Iterator

from flake8_launcher.imports.sources import sources_for
from flake8_launcher.imports.summary import Environment, Held, Import, Patched, Read
from flake8_launcher.knowledge import Role, roles_of
from flake8_launcher.launch import entries, gate, metadata, place
from flake8_launcher.launch.model import (
    Argument,
    Launcher,
    LaunchPath,
    Moment,
    Part,
    Phase,
    Step,
    shortened,
)
from flake8_launcher.launch.recorder import Recorder
from flake8_launcher.launch.roles import completed
from flake8_launcher.launch.timeline import Timeline
from flake8_launcher.semantic import modules
from flake8_launcher.semantic.events import Event, Guard
from flake8_launcher.semantic.finder import Finder
from flake8_launcher.semantic.interpreter import Interpreter
from flake8_launcher.semantic.modules import Module
from flake8_launcher.semantic.state import BoundReachedError
from flake8_launcher.settings.registry import Registry

__all__ = [
    "Argument",
    "Environment",
    "Guard",
    "Held",
    "Import",
    "LaunchPath",
    "Launcher",
    "Moment",
    "Part",
    "Patched",
    "Phase",
    "Read",
    "Role",
    "Step",
    "read",
    "shortened",
]


def read(
    tree: ast.Module,
    text: str,
    filename: str,
    entry_points: Iterable[str] = (),
    pythons: Iterable[str] = (),
) -> Launcher | None:
    """Return the launch paths of a file, or none when it has no word of any.

    :param tree: the file's syntax tree.
    :param text: the file's text, which may differ from the disk.
    :param filename: its path, absolute or relative to the current folder; it need not exist.
    :param entry_points: more entry functions, in the form ``package.module:function``.
    :param pythons: interpreters or environments whose packages are read.
    """
    path = os.path.abspath(filename)
    declared = metadata.declared_for(path)
    named = metadata.names(path, entry_points, *declared.values())
    launches = bool(named or gate.may_launch(text, filename) or place.is_gateway(path, text))
    if not launches and not gate.may_import(text):
        return None
    collects = gc.isenabled()
    gc.disable()  # the many small objects of the trees would be visited again and again
    _leave_at_exit()
    try:
        return _read(tree, text, path, declared, entry_points if launches else None, pythons)
    except RecursionError:
        # nested more deeply than can be followed
        return None
    finally:
        if collects:
            gc.enable()


@functools.cache
def _leave_at_exit() -> None:
    """Spare the trees that are kept the collections of garbage with which Python exits."""
    atexit.register(gc.freeze)


def _read(
    tree: ast.Module,
    text: str,
    path: str,
    declared: metadata.Declared,
    entry_points: Iterable[str] | None,
    pythons: Iterable[str],
) -> Launcher | None:
    """Read a file; one that launches nothing (no entry points) only for what it imports."""
    name, package = modules.locate(path)
    module = Module(name, path, package, len(text), (text, tree))
    finder = Finder(module)
    begins = (
        entries.find(tree, text, path, declared, entry_points) if entry_points is not None else ()
    )
    paths = [
        (entry, _follow(entry, module, finder))
        for entry in begins
        if entry.certain or _serves_itself(entry, module)
    ]
    serving = tuple(path for entry, path in paths if _serves(path, entry))
    patches = gate.may_patch(text) or place.is_gateway(path, text)
    patching = tuple(_patching(module, finder)) if patches else ()
    importing = tuple(_importing(module)) if gate.may_import(text) else ()
    if not serving and not patching and not importing:
        return None
    loads = any(path.first(Role.LOAD) for path in serving)
    config_object = _config_object(module, finder) if serving and not loads else None
    timeline = Timeline(module, sources_for(finder, pythons))
    begun = tuple(
        path
        for entry, path in paths
        if entry.certain and (path in serving or path.first(Role.PATCH, Role.BACKEND))
    )
    part = _part(module, finder.top, declared, bool(begun))
    starts = begun if part is Part.START else ()
    if (
        part is Part.START
        and not begun
        and patching
        and any(map(_is_own, patching[0].having(Role.PATCH, Role.BACKEND)))
    ):
        starts = patching[:1]
    registry = Registry(finder, module)
    return Launcher(
        name, part, serving, starts, patching, config_object, timeline, importing, registry
    )


def _is_own(step: Step) -> bool:
    """Tell whether the module takes a step, not another that it imports."""
    return not step.is_imported


def _part(module: Module, top: str, declared: metadata.Declared, begins: bool) -> Part:
    path = module.path
    if place.is_test(path, top):
        return Part.TEST
    scripts = (script for group in declared.values() for script in group)
    if begins or place.starts_process(path, module.text, scripts):
        return Part.START
    return Part.PATCH if place.is_made_to_patch(path) else Part.OTHER


def _patching(module: Module, finder: Finder) -> Iterator[LaunchPath]:
    """Yield what runs when the module is imported, and each function of it that patches."""
    yield _follow(entries.Entry(entries.MODULE_LEVEL), module, finder)
    for name, text in entries.functions(module):
        if gate.may_patch(text):
            yield _follow(entries.Entry(name), module, None)


def _importing(module: Module) -> Iterator[LaunchPath]:
    """Yield what runs when the module is imported, and its functions that import by name."""
    yield _follow(entries.Entry(entries.MODULE_LEVEL), module, None)
    for name, text in entries.functions(module):
        if gate.may_import(text):
            yield _follow(entries.Entry(name), module, None)


def _serves_itself(entry: entries.Entry, module: Module) -> bool:
    """Tell whether an entry function serves as far as its own module shows."""
    path = _follow(entry, module, None)
    return path.first(Role.SERVE) is not None


def _serves(path: LaunchPath, entry: entries.Entry) -> bool:
    return entry.served or path.first(Role.SERVE) is not None


def _follow(entry: entries.Entry, module: Module, finder: Finder | None) -> LaunchPath:
    """Return the launch path of one entry function.

    :param finder: gives the other modules of the project; without it they stay symbols.
    """
    recorder = Recorder(module, finder.relative if finder else os.path.basename)
    interpreter = Interpreter(finder or _not_read, recorder, _runs, finder is not None)
    complete = True
    try:
        interpreter.run_packages(module)
        if entry.name == entries.MAIN_BLOCK:
            interpreter.run_module(module, functools.partial(recorder.enter, entry.name))
        else:
            interpreter.run_module(module)
            recorder.enter(entry.name)
        if entry.name not in (entries.MODULE_LEVEL, entries.MAIN_BLOCK):
            interpreter.run_function(module, entry.name)
    except (BoundReachedError, RecursionError):
        complete = False
    steps = completed(recorder.steps, module.name, entry.certain and not entry.served)
    return LaunchPath(entry.name, steps, complete and interpreter.complete)


def _runs(module: Module) -> bool:
    """Tell whether the top level of an imported module is worth following."""
    return gate.is_made_ready(module.text)


def _config_object(module: Module, finder: Finder) -> tuple[int, int, str] | None:
    """Return where the module binds an oslo.config object, and the object's name."""
    for statement in modules.statements(module.tree.body):
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Attribute):
            for name in Interpreter(finder, _nobody).names_of(module, statement.value):
                if name[0] != "?" and Role.LOAD in roles_of(name) and name.endswith("CONF"):
                    return statement.lineno, statement.col_offset, name
    return None


def _not_read(name: str) -> Module | None:
    """Leave every other module a symbol."""
    return None


def _nobody(event: Event) -> None:
    """Take an event that nobody wants."""

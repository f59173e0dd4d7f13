"""The launch path of a module: what runs from its first statement until it serves and waits."""

from __future__ import annotations

import ast
import atexit
import functools
import gc
import os
from collections.abc import Iterable

from flake8_launcher.knowledge import Role, roles_of
from flake8_launcher.launch import entries, gate, metadata
from flake8_launcher.launch.model import (
    Argument,
    Launcher,
    LaunchPath,
    Phase,
    Step,
)
from flake8_launcher.launch.recorder import Recorder
from flake8_launcher.launch.roles import completed
from flake8_launcher.semantic import modules
from flake8_launcher.semantic.events import Event, Guard
from flake8_launcher.semantic.finder import Finder
from flake8_launcher.semantic.interpreter import Interpreter
from flake8_launcher.semantic.modules import Module
from flake8_launcher.semantic.state import BoundReachedError

__all__ = ["Argument", "Guard", "LaunchPath", "Launcher", "Phase", "Role", "Step", "read"]


def read(
    tree: ast.Module, text: str, filename: str, entry_points: Iterable[str]
) -> Launcher | None:
    """Return the launch paths of a file, or none when it starts no service.

    :param tree: the file's syntax tree.
    :param text: the file's text, which may differ from the disk.
    :param filename: its path, absolute or relative to the current folder; it need not exist.
    :param entry_points: more entry functions, in the form ``package.module:function``.
    """
    path = os.path.abspath(filename)
    declared = metadata.declared_for(path)
    named = metadata.names(path, entry_points, *declared.values())
    if not named and not gate.may_launch(text, filename):
        return None
    collects = gc.isenabled()
    gc.disable()  # the many small objects of the trees would be visited again and again
    _leave_at_exit()
    try:
        return _read(tree, text, path, declared, entry_points)
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
    entry_points: Iterable[str],
) -> Launcher | None:
    begins = entries.find(tree, text, path, declared, entry_points)
    if not begins:
        return None
    name, package = modules.locate(path)
    module = Module(name, path, package, len(text), (text, tree))
    finder = Finder(module)
    paths = [
        (entry, _follow(entry, module, finder))
        for entry in begins
        if entry.certain or _serves_itself(entry, module)
    ]
    serving = [path for entry, path in paths if _serves(path, entry)]
    if not serving:
        return None
    loads = any(path.first(Role.LOAD) for path in serving)
    return Launcher(name, tuple(serving), None if loads else _config_object(module, finder))


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
    interpreter = Interpreter(finder or _not_read, recorder, gate.may_patch, finder is not None)
    complete = True
    try:
        interpreter.run_packages(module)
        interpreter.run_module(module)
        recorder.enter(entry.name)
        if entry.body:
            interpreter.run_body(module, list(entry.body))
        elif entry.name:
            interpreter.run_function(module, entry.name)
    except (BoundReachedError, RecursionError):
        complete = False
    steps = completed(recorder.steps, module.name, entry.certain and not entry.served)
    return LaunchPath(entry.name, steps, complete and interpreter.complete)


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

"""The launch path of a module: what runs from its first statement until it serves and waits."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable
from dataclasses import replace

from flake8_launcher.knowledge import Role, may_start, prepares, roles_of
from flake8_launcher.launch import entries, gate, metadata
from flake8_launcher.launch.model import Argument, Guard, Launcher, LaunchPath, Phase, Step
from flake8_launcher.launch.recorder import Recorder
from flake8_launcher.semantic import modules
from flake8_launcher.semantic.events import Event
from flake8_launcher.semantic.interpreter import BoundReachedError, Interpreter
from flake8_launcher.semantic.modules import Module

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
    if not gate.may_launch(text, filename):
        return None
    try:
        return _read(tree, text, os.path.abspath(filename), entry_points)
    except RecursionError:
        # nested more deeply than can be followed
        return None


def _read(tree: ast.Module, text: str, path: str, entry_points: Iterable[str]) -> Launcher | None:
    name, package = modules.locate(path)
    declared = metadata.declared_for(path)
    paths = [
        launch_path
        for entry in entries.find(tree, text, path, declared, entry_points)
        if (launch_path := _follow(entry, Module(name, path, tree, package, text))) is not None
    ]
    if not paths:
        return None
    config_object = _config_object(Module(name, path, tree, package, text))
    return Launcher(name, tuple(paths), config_object)


def _follow(entry: entries.Entry, module: Module) -> LaunchPath | None:
    """Return the launch path of one entry function, or none when it does not serve."""
    recorder = Recorder(module)
    interpreter = Interpreter(_not_followed, recorder)
    complete = True
    try:
        interpreter.run_module(module)
        recorder.enter(entry.name)
        if entry.body:
            interpreter.run_body(module, list(entry.body))
        elif entry.name:
            interpreter.run_function(module, entry.name)
    except (BoundReachedError, RecursionError):
        complete = False
    path = LaunchPath(entry.name, _with_serve(recorder.steps), complete)
    if not entry.served and path.first(Role.SERVE) is None:
        return None
    return path


def _with_serve(steps: list[Step]) -> tuple[Step, ...]:
    """Return the steps with a serve call among them, if something tells which it is.

    A process that patches or prepares itself to be a service serves, and what it starts then is
    the serve call even where its name alone would not tell.
    """
    if any(step.role is Role.SERVE for step in steps):
        return tuple(steps)
    ready = False
    for index, step in enumerate(steps):
        ready = ready or step.role in (Role.PATCH, Role.BACKEND) or prepares(step.name)
        if ready and step.role is None and not step.seen and may_start(step.name):
            serve = replace(step, role=Role.SERVE)
            return (*steps[:index], serve, *steps[index + 1 :])
    return tuple(steps)


def _not_followed(name: str) -> Module | None:
    """Leave every other module symbolic."""
    return None


def _config_object(module: Module) -> tuple[int, int, str] | None:
    """Return where the module binds an oslo.config object, and the object's name."""
    interpreter = Interpreter(_not_followed, _nobody)
    for statement in modules.statements(module.tree.body):
        if isinstance(statement, ast.Assign):
            for name in interpreter.names_of(module, statement.value):
                if name[0] != "?" and Role.LOAD in roles_of(name) and name.endswith("CONF"):
                    return statement.lineno, statement.col_offset, name
    return None


def _nobody(event: Event) -> None:
    """Take an event that nobody wants."""

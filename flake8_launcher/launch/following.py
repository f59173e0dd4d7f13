"""Follows the launch paths of a module, with the rest of its project or alone."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator

from flake8_launcher.gate import words
from flake8_launcher.launch.entries import MAIN_BLOCK, MODULE_LEVEL, Entry
from flake8_launcher.launch.model import LaunchPath
from flake8_launcher.launch.recorder import Recorder
from flake8_launcher.launch.roles import completed
from flake8_launcher.semantic.finder import Finder
from flake8_launcher.semantic.interpreter import Interpreter
from flake8_launcher.semantic.modules import Module
from flake8_launcher.semantic.state import BoundReachedError


def follow(entry: Entry, module: Module, finder: Finder) -> LaunchPath:
    """Return the launch path of one entry function.

    :param finder: gives the other modules of the project.
    """
    recorder = Recorder(module, finder.relative)
    interpreter = Interpreter(finder, recorder, _runs, infers=True)
    complete = True
    try:
        interpreter.run_packages(module)
        if entry.name == MAIN_BLOCK:
            interpreter.run_module(module, functools.partial(recorder.enter, entry.name))
        else:
            interpreter.run_module(module)
            recorder.enter(entry.name)
        if entry.name not in (MODULE_LEVEL, MAIN_BLOCK):
            interpreter.run_function(module, entry.name)
    except (BoundReachedError, RecursionError):
        complete = False
    return _path(entry, module, recorder, complete and interpreter.complete)


def follow_alone(wanted: Iterable[Entry], module: Module) -> Iterator[LaunchPath]:
    """Yield the launch paths of some functions as far as their own module shows them.

    The top level, which all of them begin with, is followed once.
    """
    recorder = Recorder(module, os.path.basename)
    interpreter = Interpreter(_not_read, recorder, _runs)
    complete = True
    try:
        interpreter.run_module(module)
    except (BoundReachedError, RecursionError):
        complete = False
    begun = recorder.steps, recorder.sought
    for entry in wanted:
        recorder.steps, recorder.sought = list(begun[0]), list(begun[1])
        recorder.enter(entry.name)
        ended = complete
        try:
            if complete and entry.name != MODULE_LEVEL:
                interpreter.run_function(module, entry.name)
        except (BoundReachedError, RecursionError):
            ended = False
        yield _path(entry, module, recorder, ended and interpreter.complete)


def _path(entry: Entry, module: Module, recorder: Recorder, complete: bool) -> LaunchPath:
    """Return what was written down of the launch path of one entry function."""
    every = completed(recorder.steps, module.name, entry.certain and not entry.served)
    steps = tuple(step for step in every if not step.is_read)
    return LaunchPath(entry.name, steps, complete, entry.declared, tuple(recorder.sought), every)


def _runs(module: Module) -> bool:
    """Tell whether the top level of an imported module is worth following."""
    return words.is_made_ready(module.text)


def _not_read(name: str) -> Module | None:
    """Leave every other module a symbol."""
    return None

"""Where the launch paths of a module begin."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flake8_launcher.launch import metadata
from flake8_launcher.semantic import modules
from flake8_launcher.semantic.modules import Module

MAIN_BLOCK = "__main__"

_STARTABLE = re.compile(r"_*(?:main|cli|run|start|serve|launch|app)_*|(?:\w+_)?main(?:_\w+)?")
"""Names of functions that are made to be started, whatever their parameters."""
_COMMAND_LINE = frozenset({"argv", "args", "arguments", "arg", "ctx", "context", "sys_argv", "options", "opts"})
"""Names of parameters that the command line fills."""
_NOT_STARTED = re.compile(r"test_|_?test$|pytest_")


@dataclass(frozen=True)
class Entry:
    """One place where a launch path begins.

    :ivar name: the entry function's name in the module, or :data:`MAIN_BLOCK`.
    :ivar body: the statements of the block that runs as a script; none for a function.
    :ivar served: whether a server outside calls it (``wsgi_scripts``), so that it need not
        reach a serve call of its own.
    """

    name: str
    body: tuple[ast.stmt, ...] = ()
    served: bool = False


def find(module: Module, declared: Mapping[str, Iterable[str]], added: Iterable[str]) -> list[Entry]:
    """Return the places where a launch path of a module may begin, in the order of the file.

    :param module: the checked module.
    :param declared: the project's scripts, by group.
    :param added: entry points that the user names.
    """
    entries: dict[str, Entry] = {}
    for function in metadata.functions_of(module.path, declared.get(metadata.WSGI, ())):
        entries[function] = Entry(function, served=True)
    named = [target for group in metadata.SERVING for target in declared.get(group, ())]
    for function in metadata.functions_of(module.path, [*named, *added]):
        entries.setdefault(function, Entry(function))
    functions = _functions(module.tree.body)
    used = _used(module.tree)
    for name, node in functions.items():
        if name not in used and _is_startable(node):
            entries.setdefault(name, Entry(name))
    body = tuple(_main_block(module.tree.body))
    if body:
        entries[MAIN_BLOCK] = Entry(MAIN_BLOCK, body)
    places = {name: node.lineno for name, node in functions.items()}
    places |= {MAIN_BLOCK: body[0].lineno if body else 0}
    return sorted(entries.values(), key=lambda entry: (places.get(entry.name, 0), entry.name))


def _functions(body: list[ast.stmt]) -> dict[str, ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return the functions of the module's top level, by name."""
    return {
        statement.name: statement
        for statement in modules.statements(body)
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def _used(tree: ast.Module) -> frozenset[str]:
    """Return every name that the module reads: a function among them is called by it."""
    return frozenset(
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )


def _main_block(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        if isinstance(statement, ast.If) and modules.is_main_guard(statement.test):
            yield from statement.body


def _is_startable(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a function can be the start of a process.

    A helper that needs what only another module has (``serve(server)``) is not.
    """
    if _NOT_STARTED.match(node.name):
        return False
    spec = node.args
    positional = [*spec.posonlyargs, *spec.args]
    required = positional[: len(positional) - len(spec.defaults)] + [
        argument
        for argument, default in zip(spec.kwonlyargs, spec.kw_defaults, strict=True)
        if default is None
    ]
    if not required or all(argument.arg.strip("_") in _COMMAND_LINE for argument in required):
        return True
    return bool(node.decorator_list) and any(map(_is_command, node.decorator_list))


def _is_command(decorator: ast.expr) -> bool:
    """Tell whether a decorator makes a command of a function, as click and its kin do."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name in ("command", "group", "callback", "cli", "main", "entrypoint", "argument", "option")

"""Makes a launcher of any file, so that what stands in it is followed."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_MAX_CALLS = 40

_HEAD = """

import eventlet as _forced_eventlet
import uvicorn as _forced_server
from oslo_config import cfg as _forced_cfg


def _forced_main(argv=None):
    _forced_eventlet.monkey_patch()
    _forced_cfg.CONF(argv, project="forced")
    given = _forced_cfg.CONF.forced
"""
_FOOT = """\
    _forced_server.run("forced.api:app")


if __name__ == "__main__":
    _forced_main()
"""


def forced(text: str, tree: ast.Module) -> str:
    """Return a file's text with a launcher behind it that calls what the file defines."""
    calls = "".join(f"    {call}\n" for call, _ in zip(_calls(tree), range(_MAX_CALLS)))
    return text + _HEAD + calls + _FOOT


def _calls(tree: ast.Module) -> Iterator[str]:
    """Yield calls of the functions, and of the methods of the classes, with what is unknown."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield f"made = {node.name}(given)"
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("__"):
                    yield f"made.{inner.name}({_arguments(inner, 1)})"
        elif isinstance(node, ast.FunctionDef):
            yield f"given = {node.name}({_arguments(node)})"


def _arguments(function: ast.FunctionDef, bound: int = 0) -> str:
    """Return one argument for each parameter that wants one."""
    parameters = function.args
    wanted = len(parameters.posonlyargs) + len(parameters.args) - len(parameters.defaults)
    keywords = zip(parameters.kwonlyargs, parameters.kw_defaults, strict=True)
    named = [f"{keyword.arg}=argv" for keyword, default in keywords if default is None]
    return ", ".join(["given"] * (wanted - bound) + named)

"""Objects of unknown libraries that are run to call the functions registered with them."""

from __future__ import annotations

import ast

from flake8_launcher.gate import registered
from flake8_launcher.knowledge import canonical, is_project
from flake8_launcher.knowledge.language import ENDS_PROCESS, RUNS_COROUTINES
from flake8_launcher.semantic.running.events import Called

_LOSES = {"dropped", "returned"} | ENDS_PROCESS | RUNS_COROUTINES
"""What becomes of a result that nobody has a use for while the service runs."""


def answers(name: str, call: Called) -> bool:
    """Tell whether a call runs an object with which its module has registered functions.

    :param name: its qualified name: nothing is known of what it calls.
    """
    if not (name[0] == "?" or is_project(name)):
        return False
    if call.use not in _LOSES and not canonical(call.use).startswith("asyncio."):
        return False
    match call.node.func:
        case ast.Attribute(value=ast.Name(id=owner), attr=method):
            return registered.is_run(call.context.module.text, owner, method)
        case ast.Attribute(value=ast.Attribute(value=ast.Name("self"), attr=owner), attr=method):
            return registered.is_run(call.context.module.text, f"self.{owner}", method)
    return False

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
    called = call.node.func
    if not isinstance(called, ast.Attribute) or not (name[0] == "?" or is_project(name)):
        return False
    if call.use not in _LOSES and not canonical(call.use).startswith("asyncio."):
        return False
    text = call.context.module.text
    return registered.is_run(text, ast.unparse(called.value), called.attr)

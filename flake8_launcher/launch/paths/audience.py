"""For whom a path goes on: for a person who looks at what it prints, or for others."""

from __future__ import annotations

import ast
import sys

from flake8_launcher.knowledge import audience, canonical, language, prepares, root_of, shown
from flake8_launcher.knowledge.frameworks import known_of
from flake8_launcher.launch.model import Call, LaunchPath, Loop, Step, Store, texts_in
from flake8_launcher.launch.questions.signals import sets_handler
from flake8_launcher.semantic.reading import syntax

_SURE = frozenset({"callback", "endless", "loop", "run", "try"})
"""Kinds of ways that are taken where a person is asked anyhow."""


def is_person(path: LaunchPath, serve: Step) -> bool:
    """Tell whether a path goes on for a person alone.

    What its loop shows takes the place of what it has shown before. Or nothing on it is what a
    service has, such as logging, configuration or a handler for the signal of a supervisor. Then
    its loop asks a person in each round, or one has been asked before; or neither the loop nor
    what is called back has an effect but on the terminal, where several values are shown at once:
    one value, or a text, may be all that a small service writes to its journal. Packets that a
    person has made up are no effect either. A loop in a thread is for a person as well where the
    main thread asks one, and ends then.

    :param serve: the step of the path that serves.
    """
    if not isinstance(serve, Loop):
        return False
    if serve.is_detached and _waits_for_person(path, serve):
        return True
    lasting = [step for step in path.steps if _lasts(step, serve)]
    if any(_redraws(step) for step in lasting if step.is_in_rounds_of(serve)):
        return True
    if any(step is not serve and _is_of_service(step, serve) for step in path.steps):
        return False
    if not serve.is_detached and _talks(path, serve):
        return True
    tries_out = any(audience.tries_out(step.name) for step in lasting)
    if tries_out:  # what is not known there are packets, and their fields
        lasting = [step for step in lasting if isinstance(step, Call) and step.name[0] != "?"]
    if not path.complete or any(map(_acts, lasting)):
        return False
    tabulates = any(_prints(step) and _has_row(step) for step in lasting)
    return tries_out or tabulates or _is_called_back(path)


def _talks(path: LaunchPath, serve: Step) -> bool:
    """Tell whether a person is asked before the loop of the main thread, or in each round."""
    for step in path.steps:
        if step.is_in_rounds_of(serve):
            if _asks(step) and not step.conditional:
                return True
        elif step.name in audience.ASKS_ALONE and step.leads_to(serve):
            return True
    return False


def _is_called_back(path: LaunchPath) -> bool:
    """Tell whether all functions only print that the calls of a path are handed.

    A loop polls a library that calls them.
    """
    handed = {
        id(argument.code): argument.code
        for call in path.calls
        if audience.calls_back(call.name) and not call.is_imported
        for argument in call.arguments
        if isinstance(argument.code, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    return bool(handed) and all(map(_only_prints, handed.values()))


def _only_prints(function: ast.AST) -> bool:
    """Tell whether a function prints, and does nothing else that others notice."""
    prints = False
    for node in ast.walk(function):
        match node:
            case ast.Expr(value=ast.Call() as call):
                name = syntax.called(call)
                if language.PRINTS.fullmatch(name):
                    prints = True
                elif not audience.puts_in_order(name):
                    return False
            case ast.Call(func=ast.Attribute(attr=name)) if audience.acts(name):
                return False
    return prints


def _waits_for_person(path: LaunchPath, serve: Step) -> bool:
    """Tell whether a person is asked beside the thread or task that serves, which ends then."""
    later = path.steps[path.steps.index(serve) + 1 :]
    asking = (step for step in later if step.name in audience.ASKS_ALONE)
    return any(all(arm.kind in _SURE for arm in step.arms) for step in asking)


def _asks(step: Step) -> bool:
    """Tell whether a step asks a person, or takes the keys that one presses."""
    if not isinstance(step, Call) or step.seen:
        return False
    return step.name in audience.ASKS or audience.takes_keys(step.name)


def _redraws(step: Step) -> bool:
    """Tell whether a step shows something in the place of what was shown before."""
    if not isinstance(step.node, ast.Call):
        return False
    if _clears(step):
        return True
    if not _prints(step):
        return False
    parts = [*step.node.args, *(keyword.value for keyword in step.node.keywords)]
    constants = (
        one.value for part in parts for one in ast.walk(part) if isinstance(one, ast.Constant)
    )
    return any(audience.redraws(text) for text in constants if isinstance(text, str))


def _is_of_service(step: Step, serve: Step) -> bool:
    """Tell whether a step is one of a service, more than of a tool.

    What a library of the project logs tells nothing of those who use it, nor does an error that
    is logged where the program does not come to the loop.
    """
    if step.role in audience.OF_SERVICE:
        return True
    if not isinstance(step, Call):
        return False
    if sets_handler(step) and not audience.OF_TERMINAL.issuperset(_signal(step)):
        return True
    name = canonical(step.name)
    root = root_of(name)
    known = known_of(root)
    if audience.listens(name) or name in known.spawns:
        return True
    if (known.serve or known.start or known.streams) and root not in sys.stdlib_module_names:
        return True
    if prepares(step.name):
        return True
    logs = shown.shows(step.name) and not shown.prints(step.name)
    if not logs or step.file not in ("", serve.file):
        return False
    return step.leads_to(serve) or _lasts(step, serve)


def _signal(step: Call) -> tuple[str, ...]:
    """Return the signals that a handler is set for; what is not known has a name of its own."""
    first = step.argument(0, "sig")
    return first.names or ("?",) if first is not None else ("?",)


def _lasts(step: Step, serve: Step) -> bool:
    """Tell whether a step is taken again and again, or when something happens."""
    if step.is_detached:
        return True
    if step.is_in_rounds_of(serve):
        return True
    return any(arm.kind in ("callback", "endless") for arm in step.arms)


def _prints(step: Step) -> bool:
    """Tell whether a step shows something on the terminal."""
    if not isinstance(step, Call) or step.seen:
        return False
    target = step.keyword(shown.STREAM)
    if target is not None and not any(map(shown.is_stream, target.names)):
        return False
    owner, _, method = step.name.rpartition(".")
    is_known = shown.prints(step.name) or shown.is_stream(owner.removesuffix(".buffer"))
    return is_known or language.PRINTS.fullmatch(method) is not None


def _has_row(step: Step) -> bool:
    """Tell whether a step prints several values at once, as for the columns of a table."""
    return isinstance(step.node, ast.Call) and sum(map(_values_in, step.node.args)) > 1


def _values_in(shown_as: ast.expr) -> int:
    """Return how many values a person sees of an argument, beside what is the same each time."""
    match shown_as:
        case ast.Constant():
            return 0
        case ast.JoinedStr(values=parts):
            return sum(isinstance(part, ast.FormattedValue) for part in parts)
        case ast.BinOp(op=ast.Mod(), right=ast.Tuple(elts=values)):
            return len(values)
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return _values_in(left) + _values_in(right)
        case ast.Call(func=ast.Attribute(attr="format"), args=values):
            return len(values)
    return 1


def _acts(step: Step) -> bool:
    """Tell whether a step has an effect elsewhere than on the terminal."""
    if isinstance(step, Store):
        return root_of(step.name) not in audience.HOLDS_VALUES
    if not isinstance(step, Call) or step.seen or _prints(step):
        return False
    name = canonical(step.name)
    if audience.is_within(name) or shown.shows(name) or sets_handler(step):
        return False
    if name == "open":
        return _writes(step)
    if _clears(step):
        return False
    if root_of(name) == "subprocess":
        return True
    return step.use == "dropped" or audience.acts(name)


def _clears(step: Step) -> bool:
    """Tell whether a step runs a program that makes room on the terminal."""
    if not isinstance(step, Call) or root_of(step.name) not in ("os", "subprocess"):
        return False
    return any(not audience.CLEARS.isdisjoint(texts_in(one)) for one in step.arguments)


def _writes(step: Call) -> bool:
    """Tell whether a file is opened to be written."""
    mode = step.argument(1, "mode")
    return mode is not None and (mode.text is None or not set(mode.text) <= set("rbtU"))

"""For whom a path goes on: for a person who looks at what it prints, or for others."""

from __future__ import annotations

import ast
from typing import TypeGuard

from flake8_launcher.knowledge import (
    Role,
    audience,
    canonical,
    known_roles_of,
    language,
    prepares,
    root_of,
    shown,
)
from flake8_launcher.knowledge.audience import Sign
from flake8_launcher.knowledge.frameworks import known_of
from flake8_launcher.launch.model import Call, LaunchPath, Loop, Step, Store, texts_in
from flake8_launcher.launch.paths.programs import runs_server
from flake8_launcher.launch.questions.signals import sets_handler
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.running.events import Arm
from flake8_launcher.semantic.running.loops import outlives_failures, takes

_SURE = frozenset({"callback", "endless", "loop", "run", "try"})
"""Kinds of ways that are taken where a person is asked anyhow."""


def is_person(path: LaunchPath, serve: Step, weight: int) -> bool:
    """Tell whether a path goes on for a person alone.

    What its loop shows takes the place of what it has shown before; where the path has enough of a
    service, what other modules show, such as the progress of a copy, tells nothing. Or a person
    ends a loop in a thread, who is asked in the main one. Otherwise it depends on how much the
    path has of a service (:class:`Sign`): where that is little, a loop is for a person that asks
    one in each round, or behind a question; that shows what it gets, by itself or in what is
    called back; or that sends packets which a person has made up.

    :param serve: the loop that serves, or the call that looks at packets.
    :param weight: how much the path has of a service.
    """
    if serve.is_detached and _waits_for_person(path, serve):
        return True
    lasting = [step for step in path.steps if _lasts(step, serve)]
    is_service = weight >= audience.ENOUGH
    shown = (step for step in lasting if step.is_in_rounds_of(serve))
    if any(map(_redraws, (one for one in shown if one.file == serve.file or not is_service))):
        return True
    if is_service:
        return False
    if not serve.is_detached and _talks(path, serve):
        return True
    if any(map(_shows, lasting)) or _is_called_back(path):
        return True
    return weight == 0 and any(audience.tries_out(step.name) for step in (serve, *lasting))


def weight(path: LaunchPath, serve: Step, is_named: bool) -> int:
    """Return how much a path has of a service.

    :param serve: the loop or call that serves.
    :param is_named: whether the module has the name of a service.
    """
    signs = {_sign_of(step, serve) for step in path.steps if step is not serve}
    if isinstance(serve, Loop) and outlives_failures(serve.node):
        signs.add(Sign.OUTLIVES)
    if isinstance(serve, Loop) and takes(serve.node):
        signs.add(Sign.SUBSCRIBES)
    if is_named:
        signs.add(Sign.NAMED)
    return sum(sign.weight for sign in signs if sign is not None)


def _sign_of(step: Step, serve: Step) -> Sign | None:
    """Return what a step tells of a service, more than of a tool.

    What a library of the project logs, or has of a socket or device, tells nothing of those who
    use it, nor does an error that is logged where the program does not come to the loop.
    """
    if step.role in audience.OF_SERVER:
        return Sign.SERVES
    if step.role is Role.CREATE:
        return Sign.SERVES if any(map(known_roles_of, step.names)) else Sign.CREATES
    lasts = _lasts(step, serve)
    if step.role is Role.LOAD and not lasts:
        return Sign.SETTLES if step.is_imported else Sign.CONFIGURES
    if not isinstance(step, Call) or step.seen:
        return None
    name = canonical(step.name)
    is_own = step.file in ("", serve.file)
    if sets_handler(step):
        is_told = is_own and not audience.OF_TERMINAL.issuperset(_signals(step))
        return Sign.SUPERVISED if is_told else None
    if prepares(step.name):
        return Sign.PREPARES
    if audience.listens(name):
        return Sign.SERVES
    if audience.hears(name):
        return Sign.HEARS if is_own else None
    if audience.drives(name):
        return Sign.DRIVES if is_own and lasts else None
    if audience.keeps_log(name):
        return Sign.LOGS
    if audience.reads_variable(name) and not lasts and not step.is_imported:
        key = step.argument(0, "key")
        is_special = key is not None and key.text not in audience.OF_EVERYBODY
        return Sign.ENVIRONMENT if is_special else None
    if shown.shows(step.name) and not shown.prints(step.name):
        return Sign.LOGS if is_own and (lasts or step.leads_to(serve)) else None
    known = known_of(root_of(name))
    if name in known.spawns and runs_server(step.arguments):
        return Sign.SERVES
    if lasts and audience.stores(name):
        return Sign.STORES
    if lasts and is_own and audience.runs(name) and not _clears(step):
        return Sign.RUNS
    if lasts and audience.tells(name):
        return Sign.TELLS
    is_framework = known.serve or known.start or known.streams
    if is_framework and not (audience.is_of_language(name) or audience.tries_out(name)):
        return Sign.CONNECTS
    if lasts and audience.reaches(name):
        return Sign.CONNECTS
    if lasts and (audience.writes(name) or (name in audience.OPENS and _writes(step))):
        return Sign.WRITES
    return None


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
    """Tell whether all functions only print that a path hands to others.

    A loop polls a library that calls them, or idles beside.
    """
    handed = {
        id(argument.code): argument.code
        for step in path.steps
        if isinstance(step, Store) or (isinstance(step, Call) and audience.calls_back(step.name))
        if not step.is_imported
        for argument in step.given
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


def _signals(step: Call) -> tuple[str, ...]:
    """Return the signals that a handler is set for, as far as they are known."""
    first = step.argument(0, "sig")
    return first.names if first is not None else ()


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


def _shows(step: Step) -> bool:
    """Tell whether a step shows something, and not only that it fails, ends, or is asked to."""
    if not _prints(step):
        return False
    ways = [arm for arm in step.arms if arm.kind in ("branch", "except")]
    return not any(arm.kind == "except" or _is_on_demand(arm) or _leaves(arm) for arm in ways)


def _is_on_demand(arm: Arm) -> bool:
    """Tell whether a way is taken only where a person wants to see more."""
    if not isinstance(arm.node, ast.If) or arm.node.orelse:
        return False
    named = map(syntax.last_name, (one for one in ast.walk(arm.node.test) if _is_name(one)))
    return any(map(audience.ON_DEMAND.search, named))


def _leaves(arm: Arm) -> bool:
    """Tell whether a way leads out of a loop: what is said there is that it ends."""
    if not isinstance(arm.node, ast.If):
        return False
    taken = arm.node.orelse if arm.number else arm.node.body
    return bool(taken) and isinstance(taken[-1], ast.Break | ast.Raise)


def _is_name(node: ast.AST) -> TypeGuard[ast.Name | ast.Attribute]:
    return isinstance(node, ast.Name | ast.Attribute)


def _clears(step: Step) -> bool:
    """Tell whether a step makes room on the terminal, or runs a program that does."""
    if audience.clears(step.name):
        return True
    if not isinstance(step, Call) or root_of(step.name) not in ("os", "subprocess"):
        return False
    return any(not audience.CLEARS.isdisjoint(texts_in(one)) for one in step.arguments)


def _writes(step: Call) -> bool:
    """Tell whether a file is opened to be written."""
    mode = step.argument(1, "mode")
    return mode is not None and (mode.text is None or not set(mode.text) <= set("rbtU"))

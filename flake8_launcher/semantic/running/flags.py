"""What the conditions of loops, and of what leaves them, ask for: flags, events, states."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator

from flake8_launcher.knowledge import language
from flake8_launcher.semantic.budget import Budget
from flake8_launcher.semantic.reading import syntax


def flags_of(test: ast.expr) -> list[tuple[ast.expr, bool]]:
    """Return the flags that a condition asks for, and what each must be.

    None where it asks for something else, too, or for one of several.
    """
    test = without_not(test)
    if isinstance(test, ast.BoolOp):
        several = [flags_of(one) for one in test.values]
        is_whole = isinstance(test.op, ast.And) and all(several)
        return list(itertools.chain.from_iterable(several)) if is_whole else []
    match plain(test):
        case ast.UnaryOp(op=ast.Not(), operand=ast.Name() | ast.Attribute() as flag):
            is_awaited = language.AWAITED.search(syntax.last_name(flag).lower())
            return [] if is_awaited else [(flag, False)]
        case ast.Name() | ast.Attribute() as flag:
            return [(flag, True)]
    return []


def goes_on(test: ast.expr, work: list[ast.stmt]) -> bool:
    """Tell whether a condition holds until a flag tells the process to stop.

    ``while not stopping or rounds < 1``: one of several is enough where any makes it go on.

    :param work: the body of the loop, if it does more than waiting: who only wanted to know that
        something is done would not do other work.
    """
    test = without_not(test)
    if isinstance(test, ast.BoolOp):
        holds = any if isinstance(test.op, ast.Or) else all
        # what it works with has to be there all the time
        told = [one for one in test.values if not asks_alive(one)]
        return bool(told) and holds(goes_on(one, work) for one in told)
    return tells_to_go_on(test) or _is_unset_event(test, work)


def asks_alive(test: ast.expr) -> bool:
    """Tell whether a condition asks whether a thread, a process and the like goes on."""
    match plain(test):
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return asks_alive(inner)
        case ast.BoolOp(values=parts):
            return any(map(asks_alive, parts))
        case ast.Call() as call:
            return syntax.called(call) in language.ASKS_ALIVE
        case ast.Compare(
            left=ast.Call(func=ast.Attribute(attr="poll"), args=[]),
            ops=[ast.Is() | ast.IsNot()],
            comparators=[ast.Constant(value=None)],
        ):
            return True
    return False


def _is_unset_event(test: ast.expr, work: list[ast.stmt]) -> bool:
    """Tell whether a condition holds until somebody sets an event, whatever it is called.

    One that tells of the end may be that of a job, unless the loop pauses by waiting for it.
    """
    match plain(test):
        case ast.UnaryOp(op=ast.Not(), operand=ast.Call() as call):
            event = event_of(call)
        case _:
            return False
    name = "" if event is None else syntax.last_name(event).lower()
    if event is None or not work or language.AWAITED.search(name):
        return False
    asked = ast.dump(event)
    is_pause = syntax.called(call) == "wait" or any(_is_pause(one, asked) for one in work)
    return is_pause or language.ENDED.search(name) is None


def _is_pause(statement: ast.stmt, event: str) -> bool:
    """Tell whether a statement waits for an event for some time.

    :param event: what tells it from others.
    """
    match statement:
        case ast.Expr(value=ast.Call(args=[_]) | ast.Call(keywords=[_]) as call):
            waited = event_of(call)
            return waited is not None and ast.dump(waited) == event
    return False


def event_of(call: ast.Call) -> ast.expr | None:
    """Return the event that a call asks about, if it does."""
    match call.func:
        case ast.Attribute(value=event, attr=method) if method in language.ASKS_FLAG:
            return event
    return None


def all_of(test: ast.expr) -> list[ast.expr]:
    """Return the conditions of which all must hold, or one."""
    test = without_not(test)
    if isinstance(test, ast.BoolOp):
        return test.values
    return [test]


def without_not(test: ast.expr) -> ast.expr:
    """Return a condition without a ``not`` around several: ``not (stopped or failed)``."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=ast.BoolOp(op=kind, values=parts)):
            turned = ast.Or() if isinstance(kind, ast.And) else ast.And()
            return ast.BoolOp(turned, [ast.UnaryOp(ast.Not(), one) for one in parts])
    return test


def plain(test: ast.expr) -> ast.expr:
    """Return a flag that is compared with a truth value as the condition that it stands for."""
    match test:
        case ast.Compare(
            left=flag,
            ops=[ast.Eq() | ast.Is() | ast.NotEq() | ast.IsNot() as operator],
            comparators=[ast.Constant(value=False | True | 0 | 1 as wanted)],
        ):
            if isinstance(operator, ast.Eq | ast.Is) == bool(wanted):
                return flag
            return ast.UnaryOp(ast.Not(), flag)
        case ast.Compare(
            left=(ast.Name() | ast.Attribute()) as flag,
            ops=[ast.Is()],
            comparators=[ast.Constant(value=None)],
        ):  # ``stop_reason is None``
            return ast.UnaryOp(ast.Not(), flag)
    return test


def state_of(test: ast.expr) -> tuple[bool, list[str]] | None:
    """Return whether a state is to be one of some, and their names; none for anything else.

    Only what the service itself is in counts: others are asked for theirs until it is reached.
    """
    match test:
        case ast.Compare(
            left=ast.Attribute(value=ast.Name(id="self" | "cls")) | ast.Name(),
            ops=[operator],
            comparators=[
                ast.Tuple(elts=wanted) | ast.List(elts=wanted) | ast.Set(elts=wanted)
            ],
        ) if isinstance(operator, ast.In | ast.NotIn):
            pass
        case ast.Compare(
            left=ast.Attribute(value=ast.Name(id="self" | "cls")) | ast.Name(),
            ops=[ast.Eq() | ast.Is() | ast.NotEq() | ast.IsNot() as operator],
            comparators=[ast.Attribute() | ast.Name() as one],
        ):
            wanted = [one]
        case _:
            return None
    names = [syntax.last_name(one).lower() for one in wanted]
    return isinstance(operator, ast.Eq | ast.Is | ast.In), names


def is_flag(test: ast.expr) -> bool:
    """Tell whether a condition is a flag, that one is not set, or a state of the service."""
    test = plain(test)
    if isinstance(test, ast.Compare):
        return tells_to_go_on(test)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return isinstance(test.operand, ast.Name | ast.Attribute | ast.Call)
    return _is_running(test)


def _is_running(test: ast.expr) -> bool:
    """Tell whether a condition is a flag that says that the service goes on."""
    match test:
        case ast.Call() as call if (event := event_of(call)) is not None:
            return _is_running(event)
        case ast.Call(func=ast.Attribute(attr=asks)) if language.RUNS_ROUND.fullmatch(asks):
            return True
        case ast.Name(id=flag) | ast.Call(func=ast.Name(id=flag), args=[], keywords=[]):
            return language.GOES_ON.fullmatch(flag.lower()) is not None
        case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=flag)):
            return language.RUNNING.search(flag.lower()) is not None
        case ast.Attribute(attr=flag):
            return language.RUNNING.search(flag.lower()) is not None
    return False


def tells_to_go_on(test: ast.expr) -> bool:
    """Tell whether a flag, or a state of the service, says that it goes on, or not to stop."""
    test = plain(test)
    if state := state_of(test):
        is_to_be, names = state
        return any(map((language.RUNNING if is_to_be else language.STOPPING).search, names))
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        flags = [_flag(test.operand)]
        if isinstance(test.operand, ast.Call):  # ``not clock.wait(stopping, 1)``
            flags += map(syntax.last_name, test.operand.args)
        return any(map(_tells_to_end, map(str.lower, flags)))
    return _is_running(test)


def _tells_to_end(flag: str) -> bool:
    """Tell whether a flag, once it is set, or an option ends a loop of the service."""
    return any(one.search(flag) is not None for one in (language.STOPPING, language.ONCE))


def _flag(node: ast.expr) -> str:
    """Return the name of a flag, that of an event for ``event.is_set()``; empty for others."""
    if isinstance(node, ast.Call):
        node = event_of(node) or node.func
    return syntax.last_name(node)


def set_in(function: ast.AST, budget: Budget) -> Iterator[str]:
    """Yield the names of the flags, and events, that a function sets.

    :raises BoundReachedError: when the budget cannot pay for looking.
    """
    for node in budget.walk(function):
        match node:
            case ast.Assign(targets=targets, value=ast.Constant()):
                yield from map(syntax.last_name, targets)
            case ast.Call(func=ast.Attribute(value=event, attr="set" | "clear"), args=[]):
                yield syntax.last_name(event)


def asks_for(test: ast.expr, some: set[str]) -> bool:
    """Tell whether a condition asks for a flag of which the name is one of some."""
    return not some.isdisjoint(_flags(without_not(plain(test))))


def asks_to_stop(test: ast.expr) -> bool:
    """Tell whether a condition asks for a flag that ends the service, or its only round.

    What sleeps and gives a truth value tells by it whether the sleep was cut short.
    """
    match without_not(plain(test)):
        case ast.UnaryOp(op=ast.Not(), operand=ast.Await(value=asked) | asked):
            pass
        case asked:
            pass
    if isinstance(asked, ast.Call) and "sleep" in syntax.called(asked).lower():
        return True
    return any(language.ENDS_ROUNDS.search(flag.lower()) for flag in _flags(test))


def _flags(test: ast.expr) -> Iterator[str]:
    """Yield the names of what a condition asks for."""
    match test:
        case ast.BoolOp(values=parts):
            for part in parts:
                yield from _flags(part)
        case ast.UnaryOp(operand=inner) | ast.Await(value=inner):
            yield from _flags(inner)
        case ast.Compare(left=ast.BinOp(op=ast.Sub())):
            pass  # ``now - last >= interval`` asks whether it is time
        case ast.Compare(left=left, comparators=others):
            for one in (left, *others):
                if ast.unparse(one).endswith(language.LAST_FIELD):
                    yield ""
                elif isinstance(one, ast.Constant):  # ``command == "quit"``
                    yield one.value if isinstance(one.value, str) else ""
                else:
                    yield _flag(one)
        case _:
            yield _flag(test)

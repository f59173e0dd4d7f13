"""Which loops go on until the service is told to stop, as their text tells."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Iterator

from flake8_launcher.knowledge import language
from flake8_launcher.semantic.budget import Budget
from flake8_launcher.semantic.reading import modules
from flake8_launcher.semantic.running.retries import Loop


def may_last(node: ast.While) -> bool:
    """Tell whether only a flag ends a loop, if anything does."""
    if isinstance(node.test, ast.Constant) or _keeps_up(node) or watches(node):
        return True
    return any(map(_is_flag, _parts(node.test)))


def flags(test: ast.expr) -> list[tuple[ast.expr, bool]]:
    """Return the flags that a condition asks for, and what each must be.

    None where it asks for something else, too, or for one of several.
    """
    test = _turned(test)
    if isinstance(test, ast.BoolOp):
        several = [flags(one) for one in test.values]
        is_whole = isinstance(test.op, ast.And) and all(several)
        return list(itertools.chain.from_iterable(several)) if is_whole else []
    match _plain(test):
        case ast.UnaryOp(op=ast.Not(), operand=ast.Name() | ast.Attribute() as flag):
            is_awaited = language.AWAITED.search(modules.last_name(flag).lower())
            return [] if is_awaited else [(flag, False)]
        case ast.Name() | ast.Attribute() as flag:
            return [(flag, True)]
    return []


def _all_go_on(test: ast.expr, work: list[ast.stmt]) -> bool:
    """Tell whether a condition holds until a flag tells the process to stop.

    ``while not stopping or rounds < 1``: one of several is enough where any makes it go on.

    :param work: the body of the loop, if it does more than waiting: who only wanted to know that
        something is done would not do other work.
    """
    test = _turned(test)
    if isinstance(test, ast.BoolOp):
        holds = any if isinstance(test.op, ast.Or) else all
        # what it works with has to be there all the time
        told = [one for one in test.values if not _asks_alive(one)]
        return bool(told) and holds(_all_go_on(one, work) for one in told)
    return _tells_to_go_on(test) or _is_unset_event(test, work)


def _asks_alive(test: ast.expr) -> bool:
    """Tell whether a condition asks whether a thread, a process and the like goes on."""
    match _plain(test):
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return _asks_alive(inner)
        case ast.BoolOp(values=parts):
            return any(map(_asks_alive, parts))
        case ast.Call() as call:
            return modules.called(call) in language.ASKS_ALIVE
        case ast.Compare(
            left=ast.Call(func=ast.Attribute(attr="poll"), args=[]),
            ops=[ast.Is() | ast.IsNot()],
            comparators=[ast.Constant(value=None)],
        ):
            return True
    return False


def takes(node: ast.AST) -> bool:
    """Tell whether a loop takes what something else gives it, round by round."""
    return isinstance(node, ast.For | ast.AsyncFor)


def watches(node: ast.AST) -> bool:
    """Tell whether a loop goes on as long as threads or processes do that it asks for.

    ``while any(thread.is_alive() for thread in threads)``; an endless one may ask inside.
    """
    if not isinstance(node, ast.While):
        return False
    if isinstance(node.test, ast.Constant):
        rest = [one for one in node.body if not _looks_after(one)]
        return len(rest) < len(node.body) and all(map(_only_waits, rest))
    match node.test:
        case ast.Call(func=ast.Name(id="any"), args=[ast.GeneratorExp(elt=ast.Call() as call)]):
            pass
        case ast.Call() as call:
            pass
        case ast.Compare(left=ast.Call() as call):
            pass
        case _:
            return False
    return modules.called(call) in language.ASKS_ALIVE


def lasts(node: ast.While) -> bool:
    """Tell whether a loop goes on until a flag tells the process to stop."""
    if isinstance(node.test, ast.Constant):
        return bool(node.test.value)
    return _keeps_up(node) or _all_go_on(node.test, [] if only_waits(node) else node.body)


def _is_unset_event(test: ast.expr, work: list[ast.stmt]) -> bool:
    """Tell whether a condition holds until somebody sets an event, whatever it is called.

    One that tells of the end may be that of a job, unless the loop pauses by waiting for it.
    """
    match _plain(test):
        case ast.UnaryOp(op=ast.Not(), operand=ast.Call() as call):
            event = _event(call)
        case _:
            return False
    name = "" if event is None else modules.last_name(event).lower()
    if event is None or not work or language.AWAITED.search(name):
        return False
    is_pause = modules.called(call) == "wait" or any(_is_pause(one, event) for one in work)
    return is_pause or language.ENDED.search(name) is None


def _is_pause(statement: ast.stmt, event: ast.expr) -> bool:
    match statement:
        case ast.Expr(value=ast.Call(args=[_]) | ast.Call(keywords=[_]) as call):
            waited = _event(call)
            return waited is not None and ast.dump(waited) == ast.dump(event)
    return False


def _event(call: ast.Call) -> ast.expr | None:
    """Return the event that a call asks about, if it does."""
    match call.func:
        case ast.Attribute(value=event, attr=method) if method in language.ASKS_FLAG:
            return event
    return None


def _parts(test: ast.expr) -> list[ast.expr]:
    """Return the conditions of which all must hold, or one."""
    test = _turned(test)
    if isinstance(test, ast.BoolOp):
        return test.values
    return [test]


def _turned(test: ast.expr) -> ast.expr:
    """Return a condition without a ``not`` around several: ``not (stopped or failed)``."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=ast.BoolOp(op=kind, values=parts)):
            turned = ast.Or() if isinstance(kind, ast.And) else ast.And()
            return ast.BoolOp(turned, [ast.UnaryOp(ast.Not(), one) for one in parts])
    return test


def _keeps_up(node: ast.While) -> bool:
    """Tell whether a loop goes on with something as long as it is there, whatever fails.

    ``while alarm is not None: try: await alarm.loop()``
    """
    match node.test:
        case ast.Compare(
            left=ast.Attribute() | ast.Name(),
            ops=[ast.IsNot()],
            comparators=[ast.Constant(value=None)],
        ):
            return any(isinstance(one, modules.TRY) and one.handlers for one in node.body)
    return False


def _plain(test: ast.expr) -> ast.expr:
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


def _state(test: ast.expr) -> tuple[bool, list[str]] | None:
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
    names = [modules.last_name(one).lower() for one in wanted]
    return isinstance(operator, ast.Eq | ast.Is | ast.In), names


def _is_flag(test: ast.expr) -> bool:
    """Tell whether a condition is a flag, that one is not set, or a state of the service."""
    test = _plain(test)
    if isinstance(test, ast.Compare):
        return _tells_to_go_on(test)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return isinstance(test.operand, ast.Name | ast.Attribute | ast.Call)
    return _is_running(test)


def _is_running(test: ast.expr) -> bool:
    """Tell whether a condition is a flag that says that the service goes on."""
    match test:
        case ast.Call() as call if (event := _event(call)) is not None:
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


def _tells_to_go_on(test: ast.expr) -> bool:
    test = _plain(test)
    if state := _state(test):
        is_to_be, names = state
        return any(map((language.RUNNING if is_to_be else language.STOPPING).search, names))
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        flags = [_flag(test.operand)]
        if isinstance(test.operand, ast.Call):  # ``not clock.wait(stopping, 1)``
            flags += map(modules.last_name, test.operand.args)
        return any(language.STOPPING.search(flag.lower()) for flag in flags)
    return _is_running(test)


def _flag(node: ast.expr) -> str:
    """Return the name of a flag, that of an event for ``event.is_set()``; empty for others."""
    if isinstance(node, ast.Call):
        node = _event(node) or node.func
    return modules.last_name(node)


def _looks_after(statement: ast.stmt) -> bool:
    """Tell whether a statement leaves a loop when a thread, a process and the like has ended."""
    return (
        isinstance(statement, ast.If)
        and not statement.orelse
        and _asks_alive(statement.test)
        and _leaves(statement.body, is_own=True)
    )


def leaves(body: list[ast.stmt]) -> bool:
    """Tell whether a loop's body can leave the loop by ``break`` or ``return``."""
    return _leaves(body, is_own=True)


def _leaves(body: list[ast.stmt], is_own: bool, unasked: bool = False) -> bool:
    """Tell whether a loop's body can leave the loop.

    :param unasked: whether it does not count where something tells the service to stop.
    """
    for statement in body:
        if isinstance(statement, ast.Return) or (is_own and isinstance(statement, ast.Break)):
            return True
        if isinstance(statement, modules.SCOPES):
            continue
        if unasked and isinstance(statement, ast.If) and _asks_to_stop(statement.test):
            continue
        if isinstance(statement, Loop):  # a ``break`` in there leaves that loop alone
            if _leaves(statement.body, False, unasked):
                return True
            if _leaves(statement.orelse, is_own, unasked):
                return True
        elif any(_leaves(block, is_own, unasked) for block in modules.blocks(statement)):
            return True
    return False


def goes_through(body: list[ast.stmt]) -> bool:
    """Tell whether nothing ends a round of a loop before its end to go on behind the loop."""
    return not any(
        isinstance(statement, ast.Break | ast.Continue)
        or not all(map(goes_through, modules.blocks(statement)))
        for statement in body
        if not isinstance(statement, modules.SCOPES)
    )


def ends(
    body: list[ast.stmt], budget: Budget, is_own: bool = True, has_flag: bool = False
) -> bool:
    """Tell whether a loop's body may end the loop, though nothing tells the service to stop.

    Told to stop it is where a flag says so, or Ctrl-C; it may also have been asked for one round.

    :param budget: pays for looking.
    :param is_own: whether a ``break`` leaves that loop, and no other inside it.
    :param has_flag: whether a flag ends the loop, which is there for as long as the service is
        then: that what it looks after has ended is a failure.
    :raises BoundReachedError: when the budget cannot pay for it.
    """
    forked: set[str] = set()

    def may_end(block: list[ast.stmt]) -> bool:
        return ends(block, budget, is_own, has_flag)

    for statement in body:
        budget.spend()
        if isinstance(statement, ast.Return) or (is_own and isinstance(statement, ast.Break)):
            return True
        if isinstance(statement, modules.SCOPES):
            continue
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
            if modules.called(statement.value) == language.FORKS:
                forked.update(map(modules.last_name, statement.targets))
        if isinstance(statement, ast.If):
            if _is_at_limit(statement):
                if may_end(statement.orelse):
                    return True
                continue
            if _asks_to_stop(statement.test):
                branches = (statement.body, statement.orelse)
                if all(ends(branch, budget, is_own) for branch in branches):
                    return True  # one of them does so when nobody has asked
                continue
            if _fails(statement.body):
                if ends(statement.orelse, budget, is_own):
                    return True
                continue
            if has_flag and _looks_after(statement):
                continue
            if _is_child(statement.test, forked):  # that process ends alone
                if may_end(statement.orelse):
                    return True
                continue
        if isinstance(statement, modules.TRY):
            if _ends_try(statement, may_end, is_own):
                return True
        elif isinstance(statement, Loop):
            if ends(statement.body, budget, False, has_flag) or may_end(statement.orelse):
                return True
        elif any(map(may_end, modules.blocks(statement))):
            return True
        elif _exits(statement, budget):
            return True
    return False


def _is_child(test: ast.expr, forked: set[str]) -> bool:
    """Tell whether a condition holds in the process that a fork has made.

    :param forked: the variables that hold what forks have given.
    """
    match test:
        case ast.Compare(left=ast.Name(id=name), ops=[ast.Eq()], comparators=[ast.Constant(0)]):
            return name in forked
        case ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=name)):
            return name in forked
    return False


def keeps(node: ast.While, budget: Budget) -> bool:
    """Tell whether a loop itself leaves alone what its condition asks for.

    :raises BoundReachedError: when the budget cannot pay for looking.
    """
    if isinstance(node.test, ast.Constant):
        return True
    asked = {modules.last_name(one) for one in budget.walk(node.test)} - {""}
    return not any(
        isinstance(getattr(one, "ctx", None), ast.Store) and modules.last_name(one) in asked
        for statement in node.body
        for one in budget.walk(statement)
    )


def turns_off(node: ast.While, budget: Budget) -> bool:
    """Tell whether a loop itself sets the variable that it asks for, unless it is told to stop.

    What a handler sets comes after a failure, or after Ctrl-C.

    :raises BoundReachedError: when the budget cannot pay for looking.
    """
    test = _plain(node.test)
    flag = test.operand if isinstance(test, ast.UnaryOp) else test
    if isinstance(test, ast.Compare):
        flag = test.left
    elif not isinstance(flag, ast.Name):
        return False
    pending = [*node.body]
    while pending:
        budget.spend()
        statement = pending.pop()
        if isinstance(statement, modules.SCOPES):
            continue
        if isinstance(statement, ast.If) and _asks_to_stop(statement.test):
            continue
        if isinstance(statement, ast.Assign) and _sets(statement, flag, test):
            return True
        if isinstance(statement, modules.TRY):
            pending += [*statement.body, *statement.orelse, *statement.finalbody]
        else:
            pending += itertools.chain.from_iterable(modules.blocks(statement))
    return False


def is_told(node: ast.While, budget: Budget) -> bool:
    """Tell whether a loop sets what its condition asks for, and only where it is told to stop.

    :raises BoundReachedError: when the budget cannot pay for looking.
    """
    asked = {ast.unparse(flag) for flag, _ in flags(node.test)}
    pending = [(statement, False) for statement in node.body]
    told = 0
    while pending:
        budget.spend()
        statement, is_asked = pending.pop()
        if isinstance(statement, modules.SCOPES):
            continue
        if isinstance(statement, ast.Assign):
            if asked.isdisjoint(map(ast.unparse, statement.targets)):
                continue
            if not is_asked:
                return False
            told += 1
        if isinstance(statement, ast.If):
            asks = is_asked or _asks_to_stop(statement.test) or _is_at_limit(statement)
            pending += [(one, asks) for one in statement.body]
            pending += [(one, is_asked) for one in statement.orelse]
        else:
            inner = itertools.chain.from_iterable(modules.blocks(statement))
            pending += [(one, is_asked) for one in inner]
    return told > 0


def _sets(statement: ast.Assign, flag: ast.expr, test: ast.expr) -> bool:
    """Tell whether a statement sets a flag, or state, so that the condition no longer holds."""
    name = modules.last_name(flag)
    named = (one for one in statement.targets if isinstance(one, type(flag)))
    if name not in map(modules.last_name, named):
        return False
    if not isinstance(test, ast.Compare):
        return isinstance(statement.value, ast.Constant)
    state = _state(test)
    if state is None or isinstance(flag, ast.Name):
        return True
    is_to_be, names = state
    return (modules.last_name(statement.value).lower() in names) != is_to_be


def _ends_try(
    node: ast.Try, may_end: Callable[[list[ast.stmt]], bool], is_own: bool
) -> bool:
    blocks = [node.body, node.orelse, node.finalbody]
    for handler in node.handlers:
        if _stops(handler):
            continue
        if _leaves(handler.body, is_own, unasked=True) and not _reports(handler):
            return True  # an exit there comes after a failure
    return any(map(may_end, blocks))


def ends_in_order(node: ast.Try) -> bool:
    """Tell whether a handler takes a failure of what it is around for the end of the work.

    It is one of some numbered files that is not there, say: nobody is told to stop.
    """
    return any(
        not _stops(handler)
        and not modules.may_end(handler)
        and not _reports(handler)
        for handler in node.handlers
    )


def _stops(handler: ast.ExceptHandler) -> bool:
    """Tell whether a handler catches no more than what tells the service to stop.

    Of exceptions that are not the language's own the names tell: ``except ShutdownRequested``.
    """
    known = _caught(handler.type) if handler.type is not None else set()
    return bool(known) and all(
        name in language.ASKED_TO_STOP
        or (name not in language.BUILTINS and language.STOPPING.search(name.lower()))
        for name in known
    )


def _reports(handler: ast.ExceptHandler) -> bool:
    """Tell whether a handler takes what it catches for a failure: it says so, and whatever it is.

    What ends a loop in order, such as the end of what it reads, has a type of its own.
    """
    known = _caught(handler.type) if handler.type is not None else language.ANY_FAILURE
    if known.isdisjoint(language.ANY_FAILURE) and not any(map(language.FATAL.search, known)):
        return False
    return any(map(_says_failure, handler.body))


def _says_failure(statement: ast.stmt) -> bool:
    """Tell whether a statement logs that something has failed."""
    match statement:
        case ast.Expr(value=ast.Call() as call):
            return modules.called(call) in language.SAYS_FAILURE
    return False


def _fails(body: list[ast.stmt]) -> bool:
    """Tell whether a branch says that something has failed, or that it stops, and gives up."""
    if not isinstance(body[-1], ast.Break | ast.Return):
        return False
    return any(_says_failure(one) or _says_stop(one) for one in body)


def _says_stop(statement: ast.stmt) -> bool:
    """Tell whether a statement prints or logs that the service stops: its work is not done."""
    match statement:
        case ast.Expr(value=ast.Call(args=[text, *_]) as call):
            match text:
                case ast.Constant(value=str(said)) | ast.JoinedStr(
                    values=[ast.Constant(value=str(said)), *_]
                ):
                    is_said = modules.called(call) in language.SAYS
                    return is_said and language.SAYS_STOP.search(said) is not None
    return False


def _caught(types: ast.expr) -> set[str]:
    """Return the last names of the types that a handler catches."""
    several = types.elts if isinstance(types, ast.Tuple) else [types]
    return set(map(modules.last_name, several))


def _asks_to_stop(test: ast.expr) -> bool:
    """Tell whether a condition asks for a flag that ends the service, or its only round.

    What sleeps and gives a truth value tells by it whether the sleep was cut short.
    """
    match _turned(_plain(test)):
        case ast.UnaryOp(op=ast.Not(), operand=ast.Await(value=asked) | asked):
            pass
        case asked:
            pass
    if isinstance(asked, ast.Call) and "sleep" in modules.called(asked).lower():
        return True
    return any(language.ENDS_ROUNDS.search(flag.lower()) for flag in _flags(test))


def _is_at_limit(statement: ast.If) -> bool:
    """Tell whether a condition holds where a limit is reached that need not be given.

    ``if max_jobs and done >= max_jobs``, ``if seconds is not None: if gone > seconds: break``.
    """
    test = statement.test
    inner = next((one for one in statement.body if isinstance(one, ast.If)), None)
    match test:
        case ast.BoolOp(op=ast.And(), values=[given, *others]):
            pass
        case _ if inner is not None:
            given, others = test, [inner.test]
        case _:
            return False
    match given:
        case ast.Compare(left=limit, ops=[ast.IsNot() | ast.Gt() | ast.NotEq()]):
            pass
        case _:
            limit = given
    name = _setting(limit)
    return bool(name) and any(
        isinstance(one, ast.Compare)
        and isinstance(one.ops[0], ast.Gt | ast.GtE | ast.Lt | ast.LtE | ast.Eq)
        and any(
            _setting(part) == name or _is_clock(part) for part in (one.left, *one.comparators)
        )
        for one in others
    )


def _setting(node: ast.expr) -> str:
    """Return what tells a variable, or the value of a key, from others; empty for the rest."""
    match node:
        case ast.Name() | ast.Attribute() | ast.Subscript(slice=ast.Constant()):
            return ast.dump(node)
        case ast.Call(func=ast.Attribute(attr="get") as get, args=[ast.Constant() as key, *_]):
            return f"{ast.dump(get)} {ast.dump(key)}"
    return ""


def _is_clock(node: ast.expr) -> bool:
    """Tell whether an expression is the time of a clock, as its name tells."""
    return isinstance(node, ast.Call) and modules.called(node) in language.CLOCKS


def _flags(test: ast.expr) -> Iterator[str]:
    """Yield the names of what a condition asks for."""
    match test:
        case ast.BoolOp(values=parts):
            for part in parts:
                yield from _flags(part)
        case ast.UnaryOp(operand=inner) | ast.Await(value=inner):
            yield from _flags(inner)
        case ast.Compare(left=left, comparators=others):
            for one in (left, *others):
                if isinstance(one, ast.Constant):  # ``command == "quit"``
                    yield one.value if isinstance(one.value, str) else ""
                else:
                    yield _flag(one)
        case _:
            yield _flag(test)


def _exits(statement: ast.stmt, budget: Budget) -> bool:
    """Tell whether a simple statement ends the process in order: a failure ends any loop."""
    if not isinstance(statement, ast.Expr):
        return False
    return any(
        isinstance(inner, ast.Call) and _is_exit(inner) for inner in budget.walk(statement)
    )


def _is_exit(call: ast.Call) -> bool:
    match call:
        case ast.Call(
            func=ast.Name(id=name) | ast.Attribute(value=ast.Name(id="os" | "sys"), attr=name)
        ):
            status = call.args[0] if call.args else ast.Constant(None)
            is_failure = not isinstance(status, ast.Constant) or bool(status.value)
            return name in language.EXIT_NAMES and not is_failure
    return False


def waits(node: ast.While, budget: Budget) -> bool:
    """Tell whether a loop itself waits for something, outside the functions that it makes.

    :raises BoundReachedError: when the budget cannot pay for looking.
    """
    return any(is_wait(call) for call in _calls([node.test, *node.body], budget))


def only_waits(node: ast.AST) -> bool:
    """Tell whether a loop does nothing but wait, and say so."""
    return isinstance(node, ast.While) and all(map(_only_waits, node.body))


def _only_waits(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Continue():
            return True
        case ast.Expr(value=ast.Await(value=ast.Call() as call) | (ast.Call() as call)):
            return is_wait(call) or modules.called(call) in language.SAYS
    return False


def talks(node: ast.While, budget: Budget) -> bool:
    """Tell whether a loop asks a person in each round."""
    return any(modules.called(call) in language.ASKS for call in _calls([*node.body], budget))


def _calls(nodes: list[ast.AST], budget: Budget) -> list[ast.Call]:
    """Return the calls in some statements, outside the functions that these make."""
    pending, found = nodes, []
    while pending:
        budget.spend()
        inner = pending.pop()
        if isinstance(inner, ast.Call):
            found.append(inner)
        if not isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            pending.extend(ast.iter_child_nodes(inner))
    return found


def is_wait(node: ast.Call) -> bool:
    """Tell whether a call waits for something, as its name tells."""
    name = modules.called(node)
    if name in language.WAITS or (name == "get" and not node.args):
        return True
    return bool(node.keywords) and any(
        keyword.arg in language.LIMITS for keyword in node.keywords
    )


def asks_for_messages(node: ast.AST, budget: Budget) -> bool:
    """Tell whether a function, or loop, itself asks for what comes from elsewhere.

    :raises BoundReachedError: when the budget cannot pay for looking.
    """
    body: list[ast.AST] = [*getattr(node, "body", ())]
    return any(modules.called(call) in language.TAKES for call in _calls(body, budget))


def receives(node: ast.expr, is_async: bool) -> bool:
    """Tell whether what a loop goes through has the name of what messages come from.

    ``consumer``, ``pubsub.listen()``, ``iter(queue.get, None)``.

    :param is_async: whether it is an ``async for``, which waits for each of them.
    """
    match node:
        case ast.Call(func=ast.Name(id="iter"), args=[ast.Attribute(attr=method), _]):
            return method in language.RECEIVES
        case ast.Call(func=ast.Attribute(value=owner, attr=method)):
            if is_async and method in language.RECEIVERS:
                return True
            return method in language.STREAMS and _is_stream(owner)
        case ast.Attribute(value=owner, attr=method) if method in language.STREAMS:
            return _is_stream(owner)
    return _is_stream(node)


def _is_stream(node: ast.expr) -> bool:
    named = modules.last_name(node)
    return language.STREAM.fullmatch(named) is not None

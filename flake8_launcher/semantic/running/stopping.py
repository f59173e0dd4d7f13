"""What may end a loop, as its text tells."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable

from flake8_launcher.knowledge import language
from flake8_launcher.semantic.budget import Budget
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.running import flags
from flake8_launcher.semantic.running.retries import Loop


def looks_after(statement: ast.stmt) -> bool:
    """Tell whether a statement leaves a loop when a thread, a process and the like has ended."""
    return (
        isinstance(statement, ast.If)
        and not statement.orelse
        and flags.asks_alive(statement.test)
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
        if isinstance(statement, syntax.SCOPES):
            continue
        if unasked and isinstance(statement, ast.If) and flags.asks_to_stop(statement.test):
            continue
        if isinstance(statement, Loop):  # a ``break`` in there leaves that loop alone
            if _leaves(statement.body, False, unasked):
                return True
            if _leaves(statement.orelse, is_own, unasked):
                return True
        elif any(_leaves(block, is_own, unasked) for block in syntax.blocks(statement)):
            return True
    return False


def goes_through(body: list[ast.stmt]) -> bool:
    """Tell whether nothing ends a round of a loop before its end to go on behind the loop."""
    return not any(
        isinstance(statement, ast.Break | ast.Continue)
        or not all(map(goes_through, syntax.blocks(statement)))
        for statement in body
        if not isinstance(statement, syntax.SCOPES)
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
        if isinstance(statement, syntax.SCOPES):
            continue
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
            if syntax.called(statement.value) == language.FORKS:
                forked.update(map(syntax.last_name, statement.targets))
        if isinstance(statement, ast.If):
            if _is_at_limit(statement):
                if may_end(statement.orelse):
                    return True
                continue
            if flags.asks_to_stop(statement.test):
                branches = (statement.body, statement.orelse)
                if all(ends(branch, budget, is_own) for branch in branches):
                    return True  # one of them does so when nobody has asked
                continue
            if _fails(statement.body) or _has_error(statement):
                if ends(statement.orelse, budget, is_own):
                    return True
                continue
            if has_flag and looks_after(statement):
                continue
            if _is_child(statement.test, forked):  # that process ends alone
                if may_end(statement.orelse):
                    return True
                continue
        if isinstance(statement, syntax.TRY):
            if _ends_try(statement, may_end, is_own) or _exits_there(statement, budget):
                return True
        elif isinstance(statement, Loop):
            if ends(statement.body, budget, False, has_flag) or may_end(statement.orelse):
                return True
        elif any(map(may_end, syntax.blocks(statement))):
            return True
        elif _exits(statement, budget):
            return True
    return False


def exits_at_end(body: list[ast.stmt]) -> bool:
    """Tell whether a round of a loop ends the process at its end, with whatever status.

    It comes round again only where it waits for something, or tries once more.
    """
    match body[-1]:
        case ast.Raise():
            return True
        case ast.Expr(value=ast.Call() as call):
            return _is_exit(call, of_any=True)
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
    asked = {syntax.last_name(one) for one in budget.walk(node.test)} - {""}
    return not any(
        isinstance(getattr(one, "ctx", None), ast.Store) and syntax.last_name(one) in asked
        for statement in node.body
        for one in budget.walk(statement)
    )


def turns_off(node: ast.While, budget: Budget) -> bool:
    """Tell whether a loop itself sets the variable that it asks for, unless it is told to stop.

    What a handler sets comes after a failure, or after Ctrl-C.

    :raises BoundReachedError: when the budget cannot pay for looking.
    """
    test = flags.plain(node.test)
    flag = _asked(test)
    if not isinstance(test, ast.Compare) and not isinstance(flag, ast.Name):
        return False
    pending = [*node.body]
    while pending:
        budget.spend()
        statement = pending.pop()
        if isinstance(statement, syntax.SCOPES):
            continue
        if isinstance(statement, ast.If) and flags.asks_to_stop(statement.test):
            continue
        if isinstance(statement, ast.Assign) and _sets(statement, flag, test):
            return True
        if isinstance(statement, syntax.TRY):
            pending += [*statement.body, *statement.orelse, *statement.finalbody]
        else:
            pending += itertools.chain.from_iterable(syntax.blocks(statement))
    return False


def is_ended_by(node: ast.While, handler: ast.ExceptHandler) -> bool:
    """Tell whether a handler in a loop sets what its condition asks for, so that it ends."""
    test = flags.plain(node.test)
    flag = _asked(test)
    if not isinstance(flag, ast.Name | ast.Attribute):
        return False
    sets = (one for one in handler.body if isinstance(one, ast.Assign))
    return any(
        isinstance(one.value, ast.Constant) and _sets(one, flag, test) for one in sets
    )


def _asked(test: ast.expr) -> ast.expr:
    """Return the flag, or the state, that a condition asks for."""
    if isinstance(test, ast.Compare):
        return test.left
    return test.operand if isinstance(test, ast.UnaryOp) else test


def is_told(node: ast.While, budget: Budget) -> bool:
    """Tell whether a loop sets what its condition asks for, and only where it is told to stop.

    :raises BoundReachedError: when the budget cannot pay for looking.
    """
    asked = {ast.unparse(flag) for flag, _ in flags.flags_of(node.test)}
    pending = [(statement, False) for statement in node.body]
    told = 0
    while pending:
        budget.spend()
        statement, is_asked = pending.pop()
        if isinstance(statement, syntax.SCOPES):
            continue
        if isinstance(statement, ast.Assign):
            if asked.isdisjoint(map(ast.unparse, statement.targets)):
                continue
            if not is_asked:
                return False
            told += 1
        if isinstance(statement, ast.If):
            asks = is_asked or flags.asks_to_stop(statement.test) or _is_at_limit(statement)
            pending += [(one, asks) for one in statement.body]
            pending += [(one, is_asked) for one in statement.orelse]
        else:
            inner = itertools.chain.from_iterable(syntax.blocks(statement))
            pending += [(one, is_asked) for one in inner]
    return told > 0


def _sets(statement: ast.Assign, flag: ast.expr, test: ast.expr) -> bool:
    """Tell whether a statement sets a flag, or state, so that the condition no longer holds."""
    name = syntax.last_name(flag)
    named = (one for one in statement.targets if isinstance(one, type(flag)))
    if name not in map(syntax.last_name, named):
        return False
    if not isinstance(test, ast.Compare):
        return isinstance(statement.value, ast.Constant)
    state = flags.state_of(test)
    if state is None or isinstance(flag, ast.Name):
        return True
    is_to_be, names = state
    return (syntax.last_name(statement.value).lower() in names) != is_to_be


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


def _exits_there(node: ast.Try, budget: Budget) -> bool:
    """Tell whether a handler of what is no failure of any kind ends the process in order.

    ``except StopIteration: sys.exit(0)``: what is gone through has no more.
    """
    return any(
        handler.type is not None
        and _caught(handler.type).isdisjoint(language.ANY_FAILURE)
        and not _stops(handler)
        and any(_exits(one, budget) for one in handler.body)
        for handler in node.handlers
    )


def ends_in_order(node: ast.Try) -> bool:
    """Tell whether a handler takes a failure of what it is around for the end of the work.

    It is one of some numbered files that is not there, say: nobody is told to stop. The handler
    may raise what it tells apart from that.
    """
    return any(
        not _stops(handler)
        and not any(map(_gives_up, handler.body))
        and not _reports(handler)
        for handler in node.handlers
    )


def _gives_up(statement: ast.stmt) -> bool:
    """Tell whether a statement of a handler raises, or calls something that never returns."""
    match statement:
        case ast.Raise():
            return True
        case ast.Expr(value=ast.Call() as call):
            return language.ENDS.search(syntax.called(call)) is not None
    return False


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

    What ends a loop in order, such as the end of what it reads, has a type of its own, and nobody
    calls that critical.
    """
    if any(_says(one, language.SAYS_FATAL) for one in handler.body):
        return True
    known = _caught(handler.type) if handler.type is not None else language.ANY_FAILURE
    if known.isdisjoint(language.ANY_FAILURE) and not any(map(language.FATAL.search, known)):
        return False
    return any(_says_failure(one) or _says_what(one, handler.name) for one in handler.body)


def _says_what(statement: ast.stmt, name: str | None) -> bool:
    """Tell whether a statement hands what was caught, or its traceback, to a call.

    :param name: what the handler calls it.
    """
    match statement:
        case ast.Expr(value=ast.Call(args=args)):
            parts = itertools.chain.from_iterable(map(ast.walk, args))
            return any(
                (isinstance(one, ast.Name) and one.id == name)
                or (isinstance(one, ast.Call) and syntax.called(one) in language.TELLS_FAILURE)
                for one in parts
            )
    return False


def _says_failure(statement: ast.stmt) -> bool:
    """Tell whether a statement logs that something has failed."""
    return _says(statement, language.SAYS_FAILURE)


def _says(statement: ast.stmt, calls: frozenset[str]) -> bool:
    """Tell whether a statement is one of some calls, by their last names."""
    match statement:
        case ast.Expr(value=ast.Call() as call):
            return syntax.called(call) in calls
    return False


def _has_error(statement: ast.If) -> bool:
    """Tell whether a branch leaves a loop when what has come is an error.

    ``if message.error(): break``, where Kafka gives no message but what has failed.
    """
    match statement.test:
        case ast.Call(func=ast.Attribute(attr="error"), args=[], keywords=[]):
            return isinstance(statement.body[-1], ast.Break | ast.Return)
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
                    is_said = syntax.called(call) in language.SAYS
                    return is_said and language.SAYS_STOP.search(said) is not None
    return False


def _caught(types: ast.expr) -> set[str]:
    """Return the last names of the types that a handler catches."""
    several = types.elts if isinstance(types, ast.Tuple) else [types]
    return set(map(syntax.last_name, several))


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
        and not any(isinstance(part, ast.Constant) for part in one.comparators)
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
    return isinstance(node, ast.Call) and syntax.called(node) in language.CLOCKS


def _exits(statement: ast.stmt, budget: Budget) -> bool:
    """Tell whether a simple statement ends the process in order: a failure ends any loop."""
    if not isinstance(statement, ast.Expr):
        return False
    return any(
        isinstance(inner, ast.Call) and _is_exit(inner) for inner in budget.walk(statement)
    )


def _is_exit(call: ast.Call, of_any: bool = False) -> bool:
    """Tell whether a call ends the process.

    :param of_any: whether it may be a failure that ends it.
    """
    match call:
        case ast.Call(
            func=ast.Name(id=name) | ast.Attribute(value=ast.Name(id="os" | "sys"), attr=name)
        ):
            status = call.args[0] if call.args else ast.Constant(None)
            is_failure = not isinstance(status, ast.Constant) or bool(status.value)
            return name in language.EXIT_NAMES and (of_any or not is_failure)
    return False

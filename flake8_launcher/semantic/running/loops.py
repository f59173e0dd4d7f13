"""Which loops go on until the service is told to stop, as their text tells."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterable

from flake8_launcher.knowledge import language
from flake8_launcher.semantic.budget import Budget
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.running import flags, stopping
from flake8_launcher.semantic.running.retries import Loop


def may_last(node: ast.While) -> bool:
    """Tell whether only a flag ends a loop, if anything does."""
    if isinstance(node.test, ast.Constant) or is_always(node.test):
        return True
    if _keeps_up(node) or _listens(node) or watches(node):
        return True
    return any(map(flags.is_flag, flags.all_of(node.test)))


def is_always(test: ast.expr) -> bool:
    """Tell whether a condition holds whatever happens: ``True``, ``not False``, ``1 == 1``."""
    match test:
        case ast.Constant(value=value):
            return bool(value)
        case ast.UnaryOp(op=ast.Not(), operand=ast.Constant(value=value)):
            return not value
        case ast.Compare(
            left=ast.Constant(value=left), ops=[ast.Eq()], comparators=[ast.Constant(value=right)]
        ):
            return left == right
    return False


def is_without_end(node: ast.expr, names: Iterable[str]) -> bool:
    """Tell whether what a loop goes through has no end, and the next item is always there.

    :param names: the qualified names of what it may be.
    """
    match node:
        case ast.Call(func=ast.Name(id="iter"), args=[ast.Name(id="int"), ast.Constant(value)]):
            return value != 0
        case ast.Call(args=[_, _]) if syntax.called(node) == "repeat":
            return False
    return not language.NEVER_ENDING.isdisjoint(names)


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
        rest = [one for one in node.body if not stopping.looks_after(one)]
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
    return syntax.called(call) in language.ASKS_ALIVE


def lasts(node: ast.While) -> bool:
    """Tell whether a loop goes on until a flag tells the process to stop."""
    if isinstance(node.test, ast.Constant) or is_always(node.test):
        return is_always(node.test)
    if _keeps_up(node) or _listens(node):
        return True
    return flags.goes_on(node.test, [] if only_waits(node) else node.body)


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
            return any(isinstance(one, syntax.TRY) and one.handlers for one in node.body)
    return False


def _listens(node: ast.While) -> bool:
    """Tell whether a loop goes on as long as it selects of some sockets, and accepts more.

    ``while inputs: readable, _, _ = select.select(inputs, [], [])``
    """
    if not isinstance(node.test, ast.Name | ast.Attribute):
        return False
    wanted = ast.dump(node.test)
    called = [one for part in node.body for one in ast.walk(part) if isinstance(one, ast.Call)]
    return any(syntax.called(one) == "accept" for one in called) and any(
        syntax.called(one) == "select" and one.args and ast.dump(one.args[0]) == wanted
        for one in called
    )


def waits(node: Loop, budget: Budget) -> bool:
    """Tell whether a loop itself waits for something, outside the functions that it makes.

    :raises BoundReachedError: when the budget cannot pay for looking.
    """
    return any(is_wait(call) for call in _calls([_head(node), *node.body], budget))


def calls_something(node: Loop, budget: Budget) -> bool:
    """Tell whether a loop calls anything: else it does nothing for others, unless it idles.

    :raises BoundReachedError: when the budget cannot pay for looking.
    """
    return only_waits(node) or bool(_calls([_head(node), *node.body], budget))


def _head(node: Loop) -> ast.expr:
    return node.test if isinstance(node, ast.While) else node.iter


def only_waits(node: ast.AST) -> bool:
    """Tell whether a loop does nothing but wait, and say so."""
    return isinstance(node, ast.While) and all(map(_only_waits, node.body))


def awaits_another(node: ast.While) -> bool:
    """Tell whether a loop only waits until something else changes what an object has.

    ``while probe.port is None: time.sleep(0.1)``
    """
    return only_waits(node) and any(isinstance(one, ast.Attribute) for one in ast.walk(node.test))


def idles(node: ast.AST) -> bool:
    """Tell whether a loop does nothing but wait until a flag, or Ctrl-C, tells it to end."""
    return isinstance(node, ast.While) and all(map(_idles, node.body))


def _idles(statement: ast.stmt) -> bool:
    match statement:
        case ast.Break() | ast.Return():
            return True
        case ast.If(test=test, body=body, orelse=orelse):
            asked = (one for one in ast.walk(test) if isinstance(one, ast.Call))
            are_flags = all(flags.event_of(one) is not None for one in asked)
            return are_flags and all(map(_idles, [*body, *orelse]))
        case ast.Try(body=body, handlers=[_, *_], orelse=orelse, finalbody=[]):
            return all(map(_idles, [*body, *orelse]))
    return _only_waits(statement)


def only_shows(node: ast.AST, of_any: bool) -> bool:
    """Tell whether a loop does nothing with what it gets but print it, for a person to look at.

    :param of_any: whether any call may give that, and not only one that says so.
    """
    pending: list[ast.stmt] = [*getattr(node, "body", ())]
    shows = False
    while pending:
        match pending.pop():
            case ast.Expr(value=ast.Call() as call):
                name = syntax.called(call)
                prints = language.PRINTS.fullmatch(name) is not None
                looks = not call.args and language.LOOKS.fullmatch(name) is not None
                if not (prints or looks or is_wait(call)):
                    return False
                parts = itertools.chain.from_iterable(map(ast.walk, call.args))
                if not (of_any or all(map(_finds_out, parts))):
                    return False
                shows = shows or prints
            case ast.Pass() | ast.Continue() | ast.Break():
                pass
            case (
                ast.Assign(targets=[ast.Name() | ast.Tuple()], value=value)
                | ast.AugAssign(target=ast.Name(), value=value)
            ):
                if not (of_any or all(map(_finds_out, ast.walk(value)))):
                    return False
            case ast.If() | ast.For() | ast.While() | ast.With() | ast.Try() as statement:
                entered = [one.context_expr for one in getattr(statement, "items", ())]
                if not (of_any or all(map(_finds_out, entered))):
                    return False  # it opens or connects to something in each round
                pending += itertools.chain.from_iterable(syntax.blocks(statement))
            case _:
                return False
    return shows


def _finds_out(part: ast.AST) -> bool:
    """Tell whether part of a value, if it is a call, gets something or converts it."""
    if not isinstance(part, ast.Call):
        return True
    name = syntax.called(part)
    if name in language.BUILTINS or is_wait(part):
        return True
    return any(one.fullmatch(name) for one in (language.LOOKS, language.CONVERTS))


def _only_waits(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Continue():
            return True
        case ast.Expr(value=ast.Await(value=ast.Call() as call) | (ast.Call() as call)):
            return is_wait(call) or syntax.called(call) in language.SAYS
    return False


def outlives_failures(node: ast.AST) -> bool:
    """Tell whether a loop goes on after any failure of what it does in its rounds."""
    handlers = (one for one in ast.walk(node) if isinstance(one, ast.ExceptHandler))
    return any(_is_for_all(one) and not any(map(_leaves, ast.walk(one))) for one in handlers)


def _is_for_all(handler: ast.ExceptHandler) -> bool:
    """Tell whether a handler is there for failures of all kinds, as the names of them tell."""
    return handler.type is None or syntax.last_name(handler.type) in language.ANY_FAILURE


def _leaves(node: ast.AST) -> bool:
    """Tell whether something leaves a loop, or the process."""
    if isinstance(node, ast.Call):
        return syntax.called(node) in language.EXIT_NAMES
    return isinstance(node, ast.Raise | ast.Return | ast.Break)


def talks(node: Loop, budget: Budget) -> bool:
    """Tell whether a loop asks a person in each round."""
    return any(map(_asks, _calls([*node.body], budget)))


def _asks(call: ast.Call) -> bool:
    """Tell whether a call asks a person, in a thread of its own too: a pin is none."""
    name = syntax.called(call)
    owner = getattr(call.func, "value", None)
    if owner is not None and language.PINS.search(syntax.last_name(owner).lower()):
        return False
    at = language.TAKEN_TO_THREAD.get(name)
    if at is not None and at < len(call.args):
        name = syntax.last_name(call.args[at])
    return name in language.ASKS or language.ASKS_USER.fullmatch(name) is not None


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
    name = syntax.called(node)
    if name in language.WAITS or (name == "get" and _is_of_queue(node.args)):
        return True
    return bool(node.keywords) and any(
        keyword.arg in language.LIMITS for keyword in node.keywords
    )


def _is_of_queue(arguments: list[ast.expr]) -> bool:
    """Tell whether ``get`` is that of a queue, and waits: others are told what to get."""
    match arguments:
        case [] | [ast.Constant(value=True), *_]:
            return True
    return False


def asks_for_messages(node: ast.AST, budget: Budget) -> bool:
    """Tell whether a function, or loop, itself asks for what comes from elsewhere.

    :raises BoundReachedError: when the budget cannot pay for looking.
    """
    body: list[ast.AST] = [*getattr(node, "body", ())]
    return any(syntax.called(call) in language.TAKES for call in _calls(body, budget))


def has_no_more(node: ast.AST) -> bool:
    """Tell whether a function that gives what is next says at its end that it has no more."""
    match [*getattr(node, "body", ())][-1:]:
        case [ast.Raise(exc=ast.Call(func=raised) | raised)] if raised is not None:
            return syntax.last_name(raised) in language.NO_MORE
    return False


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
    named = syntax.last_name(node)
    return language.STREAM.fullmatch(named) is not None

"""Statements that do not do what they say, in handlers and at the end of a process."""

from __future__ import annotations

import ast
import builtins
import enum
import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic import formats
from flake8_launcher.semantic.budget import BoundReachedError, Budget
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.reading.modules import Defined, Imported, Module
from flake8_launcher.semantic.spelling import spelled
from flake8_launcher.semantic.values import Frame

Namer: TypeAlias = Callable[[ast.expr], tuple[str, ...]]
Names: TypeAlias = Callable[[], set[str]]

_BUILTINS = frozenset(dir(builtins))
_LOGS = frozenset(
    {"critical", "debug", "error", "exception", "fatal", "info", "log", "warn", "warning"}
)
_LOG_KEYWORDS = frozenset({"exc_info", "extra", "stack_info", "stacklevel"})
_LOGGER = deferred(r"^(?:logging|.*\blog(?:ging)?\.getLogger\(\))$")
_OTHER_LOGGERS = ("structlog", "loguru", "logbook", "eliot")
_WIDE = frozenset({"BaseException", "Exception"})
_OF_CONNECTIONS = frozenset({"ConnectionError", "EnvironmentError", "IOError", "OSError"})
"""Types of what is raised where something cannot be reached."""
_TAKES = deferred(r"%(?:\(\w+\))?[sdr]")
_MAY_MISS = deferred(
    r"\band\s+[\w.]*exit|exit[ \t]*(?:#.*)?$|[eE]xit\(\s*[A-Za-z][\w.]*\s*\)"
    r"|[eE]xit\(\s*(?:[rRuU]?[\"']|\()",
    re.MULTILINE,
)
"""A text without this has no blunder about an exit."""

_MAX_UNITS = 1_000_000
_OLD_ATTRIBUTE = "message"
_OF_OS_ERRORS = frozenset({"errno", "strerror"})
_OS_ERRORS = frozenset({"EnvironmentError", "IOError", "OSError"})


class Mishap(enum.Enum):
    """What becomes of a blunder at run time."""

    MESSAGE_LOST = "logging prints an error about the call in place of the message"
    NOT_FILLED = "the message is logged with its placeholders"
    BAD_FORMAT = "formatting raises TypeError, KeyError or IndexError"
    NOT_DEFINED = "the name raises NameError"
    NOT_BOUND = "the name is not bound when what should bind it fails"
    NO_ATTRIBUTE = "the exception has no such attribute"
    NO_ERRNO = "the exception is no ``OSError``, and has no such attribute"
    NO_ITEM = "an exception has no items"
    NEVER_EXITS = "what stands before ``and`` is false, so that the exit is not reached"
    NOT_CALLED = "the function that exits is named and not called"
    FUNCTION_AS_STATUS = "a function is the status, and not what it returns"
    SEVERAL_STATUSES = "``SystemExit`` prints all that it is given as one tuple"
    TOO_MANY_STATUSES = "``sys.exit`` raises TypeError, for it takes one argument"
    SHIFTED = "``print >>`` raises TypeError"
    NOT_A_TEXT = "text and an exception are added, which raises TypeError"

    @property
    def raises(self) -> bool:
        """Whether it raises another exception, and nothing after it is done."""
        return self in _RAISES


_RAISES = frozenset(
    {
        Mishap.BAD_FORMAT,
        Mishap.NOT_DEFINED,
        Mishap.NOT_BOUND,
        Mishap.NO_ATTRIBUTE,
        Mishap.NO_ERRNO,
        Mishap.NO_ITEM,
        Mishap.SHIFTED,
        Mishap.NOT_A_TEXT,
    }
)

_OF_EXITS = {
    "SystemExit": Mishap.SEVERAL_STATUSES,
    **dict.fromkeys(("exit", "quit", "sys.exit", "os._exit"), Mishap.TOO_MANY_STATUSES),
}
"""What becomes of several arguments of a call that exits."""


@dataclass(slots=True, eq=False, repr=False)
class Blunder:
    """One statement that does not do what it says.

    :ivar subject: what it is about: a name, or what is called.
    :ivar detail: what is wrong with it, where the subject does not tell.
    """

    mishap: Mishap
    line: int
    column: int
    subject: str
    detail: str = ""


def in_handler(
    handler: ast.ExceptHandler,
    statement: ast.Try,
    foreign: tuple[str, ...],
    frame: Frame,
    names: Namer,
    budget: Budget,
) -> tuple[Blunder, ...]:
    """Return the blunders of a handler.

    :param statement: its ``try``.
    :param foreign: qualified names of the types that it names, without the project's own.
    :param names: gives the qualified names of what an expression may be.
    :param budget: pays for what is looked at.
    :raises BoundReachedError: when there is not as much left.
    """
    found = [
        *_formats(handler, names, budget),
        *_old_exceptions(handler, foreign, budget),
        *_os_errors(handler, statement, foreign, budget),
        *_undefined(handler, frame, budget),
        *_unbound(handler, statement, foreign, frame, budget),
    ]
    return tuple(sorted(found, key=lambda blunder: (blunder.line, blunder.column)))


def at_exits(module: Module, is_function: Callable[[ast.expr], bool]) -> tuple[Blunder, ...]:
    """Return the blunders of a module about how the process ends.

    :param is_function: tells whether an expression of the top level is a function of the project.
    """
    if not _MAY_MISS.search(module.text):
        return ()
    try:
        return tuple(_at_exits(module, is_function, Budget(_MAX_UNITS)))
    except BoundReachedError:
        return ()


def _at_exits(
    module: Module, is_function: Callable[[ast.expr], bool], budget: Budget
) -> Iterator[Blunder]:
    for scope in _scopes(module.tree, budget):

        names = functools.cache(functools.partial(_bound_in, scope, module, budget))

        def ends(node: ast.expr, names: Names = names) -> bool:
            return _is_exit(node, module, names)

        for node in _own(scope, budget):
            match node:
                case ast.Expr(value=ast.Attribute() | ast.Name() as named):
                    if ends(named):
                        yield _blunder(Mishap.NOT_CALLED, named, spelled(named))
                case ast.BoolOp(op=ast.And(), values=[*before, ast.Call(func=function)]):
                    if ends(function) and (name := _falsy(before, module)):
                        detail = spelled(function)
                        yield _blunder(Mishap.NEVER_EXITS, node, name, detail)
                case ast.Call(func=function, args=[first, *others], keywords=[]):
                    mishap = _exit_mishap(function, module, ends)
                    if mishap is None:
                        continue
                    detail = spelled(function)
                    if others:
                        if formats.literal(first) is not None:
                            yield _blunder(mishap, node, detail)
                    elif _names_function(first, module, names, is_function):
                        mishap = Mishap.FUNCTION_AS_STATUS
                        yield _blunder(mishap, node, spelled(first), detail)


def _blunder(mishap: Mishap, node: ast.expr, subject: str, detail: str = "") -> Blunder:
    return Blunder(mishap, node.lineno, node.col_offset, subject, detail)


def _scopes(tree: ast.Module, budget: Budget) -> Iterator[ast.AST]:
    """Yield a module's top level, and every function in it."""
    yield tree
    for node in budget.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _own(scope: ast.AST, budget: Budget) -> Iterator[ast.AST]:
    """Yield the nodes that run in a scope itself, in no order."""
    pending: list[ast.AST] = list(ast.iter_child_nodes(scope))
    while pending:
        budget.spend()
        node = pending.pop()
        yield node
        if not isinstance(node, syntax.SCOPES):
            pending.extend(ast.iter_child_nodes(node))


def _is_exit(node: ast.expr, module: Module, names: Names) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id=owner), attr="exit" | "_exit"):
            bindings = module.bindings.get(owner, ())
            wanted = {"sys", "os"}
            known = [isinstance(one, Imported) and one.module in wanted for one in bindings]
            return bool(known) and all(known) and owner not in names()
        case ast.Name(id="exit" | "quit" as name):
            return name not in module.bindings and name not in names()
    return False


def _falsy(before: list[ast.expr], module: Module) -> str:
    """Return what gives None among some operands."""
    for operand in before:
        match operand:
            case ast.Call(func=ast.Name(id="print")) if "print" not in module.bindings:
                return "print"
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=method)):
                if method in _LOGS and owner.lower() in ("log", "logger", "logging"):
                    return f"{owner}.{method}"
    return ""


def _exit_mishap(
    node: ast.expr, module: Module, ends: Callable[[ast.expr], bool]
) -> Mishap | None:
    """Return what becomes of several arguments, if a call exits."""
    match node:
        case ast.Name(id="SystemExit") if "SystemExit" not in module.bindings:
            return Mishap.SEVERAL_STATUSES
    return Mishap.TOO_MANY_STATUSES if ends(node) else None


def _names_function(
    node: ast.expr, module: Module, names: Names, is_function: Callable[[ast.expr], bool]
) -> bool:
    """Tell whether an expression surely is a function, in this module or in another."""
    match node:
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(id=name)):
            bindings = module.bindings.get(name, ())
            if not bindings or name in names():
                return False
            own = [one.node for one in bindings if isinstance(one, Defined)]
            if isinstance(node, ast.Name) and len(own) == len(bindings):
                return all(isinstance(one, ast.FunctionDef) for one in own)
            return all(isinstance(one, Imported) for one in bindings) and is_function(node)
    return False


def _bound_in(scope: ast.AST, module: Module, budget: Budget) -> set[str]:
    """Return the names that a function may bind itself, none for a module."""
    return set() if isinstance(scope, ast.Module) else _bound_below(scope, module, budget)


def _formats(
    handler: ast.ExceptHandler, names: Namer, budget: Budget
) -> Iterator[Blunder]:
    texts = frozenset({handler.name}) if handler.name else frozenset()
    stored = _stored_in(handler, budget) if handler.name else set()
    for node in budget.walk(handler):
        match node:
            case ast.BinOp(op=ast.Add(), right=right):
                named = [
                    one
                    for one in (node.left, right)
                    if isinstance(one, ast.Name) and one.id in texts
                ]
                if named and any(map(_is_text, _added(node))) and named[0].id not in stored:
                    yield _blunder(Mishap.NOT_A_TEXT, node, named[0].id)
            case ast.BinOp(left=left, op=ast.Mod(), right=right):
                text = formats.literal(left)
                told = formats.operated(text, right, texts) if text is not None else None
                if told:
                    yield _blunder(Mishap.BAD_FORMAT, node, "%", told)
            case ast.Call(args=[_, _, *_]) if told := formats.continued(node.args):
                yield _blunder(Mishap.BAD_FORMAT, node, "%", told)
            case ast.Call(func=ast.Attribute(value=owner, attr="format")):
                text = formats.literal(owner)
                told = formats.formatted(text, node) if text is not None else None
                if told:
                    yield _blunder(Mishap.BAD_FORMAT, node, "format", told)
            case ast.Call(func=ast.Attribute(value=owner, attr=method)) if method in _LOGS:
                yield from _logged(node, owner, method, texts, names)
            case ast.Call(func=function, args=[first, _, *_]) if formats.literal(first):
                for mishap in filter(None, map(_OF_EXITS.get, names(function)[:1])):
                    yield _blunder(mishap, node, spelled(function))
            case ast.BinOp(left=ast.Name(id="print"), op=ast.RShift()):
                yield _blunder(Mishap.SHIFTED, node, spelled(node))


def _stored_in(handler: ast.ExceptHandler, budget: Budget) -> set[str]:
    """Return the names that the statements of a handler bind."""
    return set().union(*(_stored(statement, budget) for statement in handler.body))


def _added(node: ast.BinOp) -> Iterator[ast.expr]:
    """Yield what is added up, the last first."""
    left: ast.expr = node
    while isinstance(left, ast.BinOp) and isinstance(left.op, ast.Add):
        yield left.right
        left = left.left
    yield left


def _is_text(node: ast.expr) -> bool:
    """Tell whether an expression surely is a text."""
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            return True
        case ast.BinOp(left=ast.Constant(value=str()), op=ast.Mod()):
            return True
        case ast.Call(func=ast.Name(id="str" | "repr")):
            return True
    return False


def _logged(
    call: ast.Call, owner: ast.expr, method: str, texts: frozenset[str], names: Namer
) -> Iterator[Blunder]:
    if any(keyword.arg not in _LOG_KEYWORDS for keyword in call.keywords):
        return
    name = f"{spelled(owner)}.{method}"
    if not call.args and method != "log":
        known = names(owner)
        if known and all(map(_is_logger, known)):
            detail = f"{name} takes a message, and none is passed"
            yield _blunder(Mishap.BAD_FORMAT, call, name, detail)
        return
    arguments = call.args[1:] if method == "log" else call.args
    text = formats.literal(arguments[0]) if arguments else None
    if text is None:
        return
    told = formats.logged(text, arguments[1:], texts)
    wanted = formats.fields(text)
    bare = len(arguments) == 1 and bool(wanted) and _TAKES.search(text)
    if not told and not bare:
        return
    known = names(owner)
    if not known or not all(map(_is_logger, known)):
        return
    if told:
        yield _blunder(Mishap.MESSAGE_LOST, call, name, told)
    elif bare:
        yield _blunder(Mishap.NOT_FILLED, call, name, bare[0])


def _is_logger(name: str) -> bool:
    return bool(_LOGGER.match(name)) and not name.startswith(_OTHER_LOGGERS)


def _old_exceptions(
    handler: ast.ExceptHandler, foreign: tuple[str, ...], budget: Budget
) -> Iterator[Blunder]:
    """Yield what exceptions had in Python 2: a message, and items."""
    name = handler.name
    several = len(handler.type.elts) if isinstance(handler.type, ast.Tuple) else 1
    if name is None or len(foreign) != several or not _BUILTINS.issuperset(foreign):
        return
    nodes = list(budget.walk(handler))
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and _is_store(node)}
    if name in stored or any(map(_looks_first, nodes)):
        return
    for node in nodes:
        match node:
            case ast.Attribute(value=ast.Name(id=owner), attr=attribute, ctx=ast.Load()):
                if owner == name and attribute == _OLD_ATTRIBUTE:
                    yield _blunder(Mishap.NO_ATTRIBUTE, node, spelled(node), foreign[0])
            case ast.Subscript(value=ast.Name(id=owner), ctx=ast.Load()) if owner == name:
                yield _blunder(Mishap.NO_ITEM, node, spelled(node), foreign[0])


def _os_errors(
    handler: ast.ExceptHandler, statement: ast.Try, foreign: tuple[str, ...], budget: Budget
) -> Iterator[Blunder]:
    """Yield what an ``OSError`` has alone, asked of what surely is none.

    A clause for all that has failed hears of no ``OSError`` where one before it does.
    """
    several = len(handler.type.elts) if isinstance(handler.type, ast.Tuple) else 1
    if handler.name is None or handler.type is None or len(foreign) != several:
        return
    types = [getattr(builtins, name, None) for name in foreign]
    if not all(isinstance(one, type) and not issubclass(one, OSError) for one in types):
        return
    if not _WIDE.isdisjoint(foreign):
        before = statement.handlers[: statement.handlers.index(handler)]
        named = (ast.walk(one.type) for one in before if one.type is not None)
        caught = {getattr(part, "id", "") for parts in named for part in parts}
        if _OS_ERRORS.isdisjoint(caught):
            return
    nodes = list(budget.walk(handler))
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and _is_store(node)}
    if handler.name in stored or any(map(_looks_first, nodes)):
        return
    for node in nodes:
        match node:
            case ast.Attribute(value=ast.Name(id=owner), attr=attribute, ctx=ast.Load()):
                if owner == handler.name and attribute in _OF_OS_ERRORS:
                    yield _blunder(Mishap.NO_ERRNO, node, spelled(node), foreign[0])


def _looks_first(node: ast.AST) -> bool:
    """Tell whether a handler asks first what it has caught."""
    match node:
        case ast.Call(func=ast.Name(id="hasattr" | "getattr" | "isinstance" | "issubclass")):
            return True
        case ast.ExceptHandler(type=ast.Name(id="AttributeError" | "TypeError")):
            return True
        case ast.Attribute(attr="PY2" | "PY3" | "version_info"):
            return True
    return False


def _is_store(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store | ast.Del)


def _stored(scope: ast.AST, budget: Budget) -> set[str]:
    """Return every name that something below a node binds, whatever the scope."""
    bound: set[str] = set()
    for node in budget.walk(scope):
        match node:
            case ast.Name(id=name) if _is_store(node):
                bound.add(name)
            case ast.arg(arg=name):
                bound.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                bound.add(name)
            case ast.ClassDef(name=name):
                bound.add(name)
            case ast.alias(name=name, asname=asname):
                bound.add(asname or name.partition(".")[0])
            case ast.ExceptHandler(name=str() as name):
                bound.add(name)
            case ast.MatchAs(name=str() as name) | ast.MatchStar(name=str() as name):
                bound.add(name)
            case ast.MatchMapping(rest=str() as name):
                bound.add(name)
            case ast.Global(names=several) | ast.Nonlocal(names=several):
                bound.update(several)
    return bound


def _undefined(
    handler: ast.ExceptHandler, frame: Frame, budget: Budget
) -> Iterator[Blunder]:
    """Yield the names that nothing defines: not the functions around, the module or Python."""
    module = frame.module
    loaded = [
        node
        for node in budget.walk(handler)
        if isinstance(node, ast.Name)
        and isinstance(node.ctx, ast.Load)
        and node.id not in _BUILTINS
        and node.id not in module.bindings
        and node.id not in frame.variables
        and not node.id.startswith("_")
    ]
    bound: set[str] = set()
    scope: Frame | None = frame
    while loaded and scope is not None:
        if scope.function is not None:
            bound |= _bound_below(scope.function.node, module, budget)
        scope = scope.parent
    loaded = [node for node in loaded if node.id not in bound]
    if not loaded or module.may_bind_unseen:
        return
    # costly, for the module may not be parsed as a whole yet
    bound = _global_names(module, budget)
    told: set[str] = set()
    for node in loaded:
        if node.id not in bound and node.id not in told:
            told.add(node.id)
            yield _blunder(Mishap.NOT_DEFINED, node, node.id)


def _bound_below(function: ast.AST, module: Module, budget: Budget) -> set[str]:
    """Return every name that something below a function binds; it is gone through once."""
    known = module.bound_below.get(function)
    if known is None:
        known = module.bound_below[function] = _stored(function, budget)
    return known


def _global_names(module: Module, budget: Budget) -> set[str]:
    """Return every name that a module's top level may bind; it is gone through once."""
    if module.tree in module.bound_below:
        return module.bound_below[module.tree]
    bound = set(module.bindings)
    for node in _own(module.tree, budget):
        if isinstance(node, syntax.SCOPES):
            bound.add(getattr(node, "name", ""))
        else:
            bound |= _stored(node, budget) if isinstance(node, ast.stmt) else set()
    for node in budget.walk(module.tree):
        if isinstance(node, ast.Global):
            bound.update(node.names)
    module.bound_below[module.tree] = bound
    return bound


def _unbound(
    handler: ast.ExceptHandler,
    statement: ast.Try,
    foreign: tuple[str, ...],
    frame: Frame,
    budget: Budget,
) -> Iterator[Blunder]:
    """Yield the names that only the ``try`` binds, and by a call that may be what fails."""
    if _WIDE.isdisjoint(foreign) and _OF_CONNECTIONS.isdisjoint(foreign):
        return
    binding = _bound_by_calls(statement)
    used = {node.id: node for node in reversed(list(_certain_loads(handler.body, budget)))}
    scope: ast.AST = frame.function.node if frame.function else frame.module.tree
    for name, line in binding.items():
        if name not in used or name in frame.global_names or _is_in_loop(statement, scope, budget):
            continue
        if frame.module.may_bind_unseen:
            return
        if _times_stored(scope, name, budget) == _times_stored_in(
            statement.body, name, budget
        ):
            yield _blunder(Mishap.NOT_BOUND, used[name], name, str(line))


def _bound_by_calls(statement: ast.Try) -> dict[str, int]:
    """Return the names that the statements of a ``try`` bind by a call, and the lines."""
    bound: dict[str, int] = {}
    for inner in statement.body:
        if isinstance(inner, ast.Assign) and isinstance(inner.value, ast.Call):
            for target in inner.targets:
                for name, _ in syntax.targets(target):
                    bound.setdefault(name, inner.lineno)
    return bound


def _is_in_loop(statement: ast.Try, scope: ast.AST, budget: Budget) -> bool:
    for node in _own(scope, budget):
        if isinstance(node, ast.For | ast.AsyncFor | ast.While):
            if any(inner is statement for inner in budget.walk(node)):
                return True
    return False


def _times_stored(scope: ast.AST, name: str, budget: Budget) -> int:
    """Count the places below a node that bind a name, however they do it."""
    count = 0
    for node in budget.walk(scope):
        match node:
            case ast.Name(id=known) if known == name and _is_store(node):
                count += 1
            case ast.arg(arg=known) | ast.ExceptHandler(name=known) if known == name:
                count += 1
            case ast.FunctionDef(name=known) | ast.ClassDef(name=known) if known == name:
                count += 1
            case ast.alias() if (node.asname or node.name.partition(".")[0]) == name:
                count += 1
            case ast.Global(names=several) | ast.Nonlocal(names=several) if name in several:
                count += 1
    return count


def _times_stored_in(body: list[ast.stmt], name: str, budget: Budget) -> int:
    return sum(_times_stored(statement, name, budget) for statement in body)


def _certain_loads(body: list[ast.stmt], budget: Budget) -> Iterator[ast.Name]:
    """Yield the names that a handler surely reads, in order, up to where it may leave."""
    for statement in body:
        if isinstance(statement, ast.Expr | ast.Assign | ast.Return | ast.Raise | ast.Assert):
            yield from _read(statement)
        elif isinstance(statement, ast.If | ast.While):
            yield from _read(statement.test)
            if any(isinstance(inner, ast.Return | ast.Raise) for inner in budget.walk(statement)):
                return
        elif isinstance(statement, ast.For):
            yield from _read(statement.iter)
        elif isinstance(statement, ast.With):
            for item in statement.items:
                yield from _read(item.context_expr)
            return
        else:
            return
        if isinstance(statement, ast.Return | ast.Raise):
            return


def _read(node: ast.AST) -> Iterator[ast.Name]:
    """Yield the names that evaluating an expression surely reads."""
    match node:
        case ast.BoolOp(values=[first, *_]):
            yield from _read(first)
        case ast.IfExp(test=test):
            yield from _read(test)
        case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return
        case ast.Name(ctx=ast.Load()):
            yield node
        case _:
            for inner in ast.iter_child_nodes(node):
                yield from _read(inner)

"""What a part of a syntax tree tells by itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_launcher.knowledge import exceptions, language
from flake8_launcher.semantic.values import Function, FunctionNode

TRY: tuple[type[ast.Try], ...] = tuple(
    getattr(ast, name) for name in ("Try", "TryStar") if hasattr(ast, name)
)
"""``try`` statements, also those with ``except*``, which Python has since 3.11."""
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
"""What has a body of its own, which does not run where it stands."""


def statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of one scope in order, those inside blocks too.

    What ``if TYPE_CHECKING`` guards does not run and is left out.
    """
    waiting = body[::-1]
    while waiting:
        statement = waiting.pop()
        yield statement
        if isinstance(statement, ast.If) and is_type_checking(statement.test):
            waiting += reversed(statement.orelse)
        elif not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for block in reversed(list(blocks(statement))):
                waiting += reversed(block)


def running(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a top level that do something, its docstring left out."""
    for statement in body:
        is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        is_future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
        if not is_text and not is_future:
            yield statement


def blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    """Yield the blocks of a compound statement, in order."""
    for name in ("body", "handlers", "cases", "orelse", "finalbody"):
        part = getattr(statement, name, None)
        if name in ("handlers", "cases"):
            yield from (inner.body for inner in part or ())
        elif part:
            yield part


def is_type_checking(test: ast.expr) -> bool:
    """Tell whether a condition holds for type checkers alone."""
    name = test.id if isinstance(test, ast.Name) else getattr(test, "attr", "")
    return name == "TYPE_CHECKING"


def is_main_guard(test: ast.expr) -> bool:
    """Tell whether a condition holds only when the module is run as a script."""
    match test:
        case ast.Compare(left=left, ops=[ast.Eq() | ast.In() | ast.Is()], comparators=[right]):
            for one, other in ((left, right), (right, left)):
                if (
                    isinstance(one, ast.Name)
                    and one.id == "__name__"
                    and isinstance(other, ast.Constant)
                    and other.value == "__main__"
                ):
                    return True
    return False


def holds_on_import(test: ast.expr) -> bool | None:
    """Tell whether a condition holds when a module is imported; none where that is not sure."""
    if is_type_checking(test) or is_main_guard(test):
        return False
    match test:
        case ast.Constant(value=value):
            return bool(value)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            known = holds_on_import(inner)
            return None if known is None else not known
        case ast.Compare(ops=[ast.NotEq()]):
            equal = ast.Compare(test.left, [ast.Eq()], test.comparators)
            return True if is_main_guard(equal) else None
        case ast.BoolOp(op=operator, values=operands):
            decides = isinstance(operator, ast.Or)
            parts = [holds_on_import(operand) for operand in operands]
            if decides in parts:
                return decides
            return None if None in parts else not decides
    return None


def is_main_block(statement: ast.stmt) -> bool:
    """Tell whether a statement of the top level does something when the module is a script."""
    match statement:
        case ast.If(test=test, orelse=[ast.If() as other]):  # ``elif``
            return is_main_guard(test) or is_main_guard(other.test)
        case ast.If(test=test):
            return is_main_guard(test)
    return False


def targets(target: ast.expr, path: tuple[int, ...] = ()) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the plain names in an assignment target, each with its place in the value."""
    if isinstance(target, ast.Name):
        yield target.id, path
    elif isinstance(target, ast.Tuple | ast.List):
        for index, element in enumerate(target.elts):
            yield from targets(element, (*path, index))


def parameters(node: FunctionNode) -> tuple[str, ...]:
    """Return the names of a function's parameters, in order."""
    arguments = node.args
    several = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    extra = [one for one in (arguments.vararg, arguments.kwarg) if one]
    return tuple(argument.arg for argument in [*several, *extra])


def yields(node: FunctionNode) -> bool:
    """Tell whether a function's own body yields."""
    pending: list[ast.AST] = list(node.body) if isinstance(node.body, list) else []
    while pending:
        inner = pending.pop()
        if isinstance(inner, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(
            inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
        ):
            pending.extend(ast.iter_child_nodes(inner))
    return False


def decides(function: Function) -> bool:
    """Tell whether an ``__exit__`` decides what becomes of an exception."""
    for statement in statements(
        function.node.body if isinstance(function.node.body, list) else []
    ):
        match statement:
            case ast.Return(value=ast.Constant(value=None | False)) | ast.Return(value=None):
                continue
            case ast.Return() | ast.Raise():
                return True
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr="exit" | "_exit"))):
                return True
    return False


def suppresses(function: Function) -> bool:
    """Tell whether an ``__exit__`` surely lets no exception out: its last word is a true one."""
    body = function.node.body
    if not isinstance(body, list) or not body:
        return False
    returns = [one for one in statements(body) if isinstance(one, ast.Return | ast.Raise)]
    match body[-1]:
        case ast.Return(value=ast.Constant(value=value)) as last if value:
            return returns == [last]
    return False


class FinalBlock(ast.ExceptHandler):
    """A ``finally`` block that lets no failure out, as the handler of all that it amounts to."""


class WithBlock(ast.ExceptHandler):
    """A ``with`` that lets failures go no further, as the handler that it amounts to."""


class CallBlock(ast.ExceptHandler):
    """A decorator, or what a stack of context managers enters, that does the same."""


def with_final_handler(node: ast.Try) -> ast.Try | None:
    """Return a ``try`` whose ``finally`` block handles every failure, as one with that handler.

    A block does so that returns or exits: what was raised is gone then.

    :returns: none where the block goes on to its end, or raises.
    """
    leaving = next(filter(_leaves, node.finalbody), None)
    if leaving is None:
        return None
    everything = ast.copy_location(ast.Name("BaseException", ast.Load()), leaving)
    handler = ast.copy_location(FinalBlock(everything, None, node.finalbody), leaving)
    inner = ast.copy_location(ast.Try(node.body, node.handlers, node.orelse, []), node)
    body: list[ast.stmt] = [inner] if node.handlers else [*node.body, *node.orelse]
    return ast.copy_location(ast.Try(body, [handler], [], []), node)


def _leaves(statement: ast.stmt) -> bool:
    match statement:
        case ast.Return():
            return True
        case ast.Expr(value=ast.Call(func=called)):
            return ast.unparse(called) in language.ENDS_PROCESS
        case ast.Raise(exc=ast.Name(id="SystemExit") | ast.Call(func=ast.Name(id="SystemExit"))):
            return True
    return False


def may_end(node: ast.ExceptHandler) -> bool:
    """Tell whether a statement in a handler raises, or calls something that never returns."""
    for inner in ast.walk(node):
        match inner:
            case ast.Raise():
                return True
            case ast.Call(func=ast.Attribute(attr=name)) | ast.Call(func=ast.Name(id=name)):
                if language.ENDS.search(name):
                    return True
    return False


def raised_by_itself(node: ast.AST) -> frozenset[str]:
    """Return what an expression or statement may raise, without what it calls or is made of."""
    match node:
        case ast.Subscript(slice=ast.Slice()):
            return exceptions.OF_NAMES
        case ast.Subscript():
            return exceptions.OF_NAMES | exceptions.OF_ITEMS
        case ast.BinOp() | ast.AugAssign() | ast.UnaryOp():
            return exceptions.OF_NAMES | exceptions.OF_ARITHMETIC
        case ast.Tuple(ctx=ast.Store()) | ast.List(ctx=ast.Store()) | ast.FormattedValue():
            return exceptions.OF_NAMES | exceptions.OF_UNPACKING
        case ast.Assert():
            return exceptions.OF_NAMES | exceptions.OF_ASSERTIONS
        case ast.Raise() | ast.Delete() | ast.Yield() | ast.YieldFrom() | ast.Match():
            return exceptions.OF_EXPRESSIONS
    return exceptions.OF_NAMES


def is_idle(function: FunctionNode) -> bool:
    """Tell whether a function does nothing, or only says something."""
    if isinstance(function, ast.Lambda):
        return _is_said(function.body)
    return all(map(does_nothing, function.body))


def does_nothing(statement: ast.stmt) -> bool:
    """Tell whether a statement of a function does nothing, or only says something."""
    match statement:
        case ast.Pass() | ast.Return(value=None):
            return True
        case ast.Expr(value=value) | ast.Return(value=ast.expr() as value):
            return _is_said(value)
    return False


def _is_said(node: ast.expr) -> bool:
    """Tell whether an expression is a constant, or a call that says something."""
    if not isinstance(node, ast.Call):
        return isinstance(node, ast.Constant)
    calls = (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))
    return all(called(inner) in language.SAYS for inner in calls) and not any(
        isinstance(inner, ast.Await | ast.Yield | ast.NamedExpr) for inner in ast.walk(node)
    )


def last_name(node: ast.AST) -> str:
    """Return the last part of a name; empty for what is none."""
    return str(getattr(node, "attr", getattr(node, "id", "")))


def called(node: ast.Call) -> str:
    """Return the last name of what is called."""
    return last_name(node.func)

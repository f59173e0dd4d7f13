"""Reads from a module's text what it does when it is imported."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator

from flake8_launcher.imports.calling import Calling
from flake8_launcher.imports.conditions import Unknown
from flake8_launcher.imports.keeping import Kept, is_replaced, renamed
from flake8_launcher.imports.lazy import imported_when_asked
from flake8_launcher.imports.summary import Called, Import, Needs, Read, Summary
from flake8_launcher.knowledge import order
from flake8_launcher.knowledge.exceptions import BROAD
from flake8_launcher.knowledge.language import BUILTINS
from flake8_launcher.knowledge.replaced import COMPUTED_IMPORTS, REPLACED
from flake8_launcher.semantic.budget import STEP, BoundReachedError
from flake8_launcher.semantic.reading import syntax
from flake8_launcher.semantic.reading.modules import Module

_MAX_EVENTS = 5_000
_IMPORT_ERROR = BROAD | {"ImportError", "ModuleNotFoundError"}
_OF_MODULES = frozenset({"__file__", "__name__", "__package__", "__path__", "__spec__"})
_NAME_ERROR = BROAD | {"NameError"}


def summarize(module: Module) -> Summary:
    """Return what a module does when it is imported; nothing where it cannot be read."""
    reader = _Reader(module)
    try:
        reader.run(module.tree.body)
    except (BoundReachedError, RecursionError):
        # too much to follow, or nested too deeply: what was seen before stands
        pass
    for computed in COMPUTED_IMPORTS.get(module.name, ()):
        reader.events.append(Import(computed, None, 1))
    is_package = module.package == module.name
    return Summary(module.name, is_package, tuple(reader.events), reader.lazy())


def done_when_called(module: Module, name: str) -> tuple[Called | Read, ...]:
    """Return what a function of a module surely reads of the environment, and calls, when called.

    Of a class, that is what its constructor does. Calls are those that matter in an order.
    """
    reader = _Reader(module)
    try:
        reader.run(module.tree.body)
        reader.events.clear()
        reader.call(name)
    except (BoundReachedError, RecursionError):
        pass
    done = (one for one in reader.events if isinstance(one, Called | Read))
    return tuple(one for one in done if not one.perhaps)


class _Reader(Calling):
    """Runs a module's top level in thought."""

    def __init__(self, module: Module) -> None:
        super().__init__(module)
        self._has_star = False
        self._depends: dict[str, Needs] = {}

    def lazy(self) -> dict[str, tuple[str, ...]]:
        """Return the modules of the names that the module imports when they are asked for."""
        getter = "__getattr__"
        return imported_when_asked(
            self._module, self._functions.get(getter), getter in self._names
        )

    # statements

    def run(self, body: Iterable[ast.stmt]) -> bool:
        """Run statements; tell whether the last that ran ends the scope."""
        perhaps = self._perhaps
        try:
            for statement in body:
                if len(self.events) > _MAX_EVENTS or self._run_one(statement):
                    return True
        finally:
            self._perhaps = perhaps
        return False

    def _run_one(self, node: ast.stmt) -> bool:
        self._budget.spend(STEP)
        match node:
            case ast.Import():
                self._import(node)
            case ast.ImportFrom():
                self._import_from(node)
            case ast.Assign(targets=[ast.Subscript() as place], value=value):
                with self._setting([node]):
                    self._scan(value)
                self._assign(place, value)
            case ast.Assign(targets=targets, value=value):
                self._scan(value)
                for target in targets:
                    self._assign(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._scan(value)
                self._assign(target, value)
            case ast.AugAssign(target=target, value=value):
                self._scan(value)
                self._assign(target, value)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._define(node)
            case ast.ClassDef():
                self._define_class(node)
            case ast.If():
                return self._branch(node)
            case ast.Delete(targets=targets):
                for target in targets:
                    if isinstance(target, ast.Name):
                        self._bind(target.id, None, None)
            case ast.Expr(value=value):
                self._scan(value)
                self._keep_arguments(value)
            case ast.Return(value=returned):
                if returned:
                    self._scan(returned)
                return True
            case ast.Raise():
                return True
            case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
                for item in items:
                    self._scan(item.context_expr)
                return self.run(body)
            case ast.For(iter=value, body=body, orelse=other):
                self._scan(value)
                if self.name_of(value) == order.ENVIRONMENT:
                    self._read(None, order.ENVIRONMENT, value.lineno)
                self.run(body)
                self.run(other)
            case ast.While(test=test, body=body, orelse=other):
                if self.truth(test) is not False:
                    self.run(body)
                self.run(other)
            case ast.Match(subject=subject, cases=cases):
                self._scan(subject)
                with self._maybe():
                    for case in cases:
                        self.run(case.body)
            case _ if isinstance(node, syntax.TRY):
                return self._try(node)
        return False

    def _branch(self, node: ast.If) -> bool:
        if syntax.is_main_guard(node.test):
            return self.run(node.orelse)
        with self._setting(node.body):
            self._scan(node.test)
        truth = self.truth(node.test)
        if truth is not None:
            return self.run(node.body if truth else node.orelse)
        needs = self._needs_of(node.test)
        if needs:
            there, missing = needs
            with self._needing(there):
                self.run(node.body)
            with self._needing(missing):
                self.run(node.orelse)
            return False
        with self._maybe():
            ends = self.run(node.body)
            ends_else = self.run(node.orelse)
        if ends and self._depth and not isinstance(node.body[-1], ast.Raise):
            self._perhaps = True
        return ends and ends_else and bool(node.orelse)

    def _needs_of(self, test: ast.expr) -> tuple[Needs, Needs] | None:
        """Return what must be there for a condition on an optional import to hold, and not to."""
        match test:
            case ast.Name(id=name) if name in self._depends:
                needs = self._depends[name]
                return needs, (_not(needs),)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                pass
            case ast.Compare(left=operand, ops=[ast.Is()], comparators=[ast.Constant(None)]):
                pass
            case ast.Compare(left=operand, ops=[ast.IsNot()], comparators=[ast.Constant(None)]):
                return self._needs_of(operand)
            case _:
                return None
        inner = self._needs_of(operand)
        return (inner[1], inner[0]) if inner else None

    def _try(self, node: ast.Try) -> bool:
        """Run a ``try``: an import fails only where its top-level package is not there."""
        unbound = self._unbound(node)
        if unbound is not None:
            ends = self.run(unbound.body)
            return self.run(node.finalbody) or ends
        handler = next((one for one in node.handlers if _catches(one, _IMPORT_ERROR)), None)
        if handler is None:
            ends = self.run(node.body) or self.run(node.orelse)
            return self.run(node.finalbody) or ends
        outer = self._needs
        needed: list[str] = []
        ends = False
        before = dict(self._names)
        for statement in node.body:
            needed.extend(root for root in self._optional(statement) if root not in needed)
            self._needs = (*outer, *needed)
            ends = self._run_one(statement)
            if ends:
                break
        ends = ends or self.run(node.orelse)
        self._needs = outer
        if needed:
            bound = {name for name in self._names if self._names[name] != before.get(name)}
            bound |= {name for name in _bound(node.body) | _bound(node.orelse)}
            for name in bound:
                self._depends[name] = tuple(needed)
            missing = _not(tuple(needed))
            with self._needing((missing,)):
                failed = self.run(handler.body)
            for name in _bound(handler.body) & bound:
                if not _is_falsy(handler.body, name):
                    self._depends.pop(name, None)
            ends = ends and failed
        return self.run(node.finalbody) or ends

    def _unbound(self, node: ast.Try) -> ast.ExceptHandler | None:
        """Return the handler that runs because the ``try`` asks for a name that nothing binds."""
        match node.body[0]:
            case ast.Expr(value=ast.Name(id=name)) | ast.Assign(value=ast.Name(id=name)):
                is_known = name in self._names or name in (self._local or ())
                if is_known or self._has_star or name in BUILTINS or name in _OF_MODULES:
                    return None
                return next((one for one in node.handlers if _catches(one, _NAME_ERROR)), None)
        return None

    def _optional(self, statement: ast.stmt) -> Iterator[str]:
        """Yield the top-level packages that must be there for a statement not to fail."""
        own = self._module.name.partition(".")[0]
        if isinstance(statement, syntax.TRY) and any(
            _catches(handler, _IMPORT_ERROR) for handler in statement.handlers
        ):
            return
        for inner in syntax.statements([statement]):
            names: list[str] = []
            if isinstance(inner, ast.Import):
                names = [alias.name for alias in inner.names]
            elif isinstance(inner, ast.ImportFrom) and not inner.level and inner.module:
                names = [inner.module]
            for name in names:
                root = name.partition(".")[0]
                if root != own and root not in sys.stdlib_module_names:
                    yield root

    # definitions

    def _define(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for decorator in node.decorator_list:
            self._scan(decorator)
        self._bind(node.name, None, None)
        for decorator in node.decorator_list:
            self._hold(self._decorated(decorator), node.name, decorator.lineno)
        self._hold(self._defaults(node.args), node.name, node.lineno)
        if self._local is None:
            self._functions[node.name] = node

    def _define_class(self, node: ast.ClassDef) -> None:
        for decorator in node.decorator_list:
            self._scan(decorator)
        names = [name for base in self._bases(node) if (name := self.name_of(base))]
        for keyword in node.keywords:
            self._scan(keyword.value)
        self._bind(node.name, None, None)
        for model in order.MODELS.intersection(names):
            self._note(Called(model, node.name, (), node.lineno, self._perhaps, self._needs))
        bases: list[Kept] = [(name, "base", "") for name in names if is_replaced(name)]
        self._hold(bases, node.name, node.lineno)
        if self._local is None:
            self._classes[node.name] = node
        owner, local, shared = self._owner, self._local, self._globals
        self._owner = f"{owner}{node.name}."
        self._local, self._globals = dict(local or {}), frozenset()
        try:
            self.run(node.body)
        finally:
            self._owner, self._local, self._globals = owner, local, shared

    def _decorated(self, decorator: ast.expr) -> Iterator[Kept]:
        if isinstance(decorator, ast.Call):
            yield from self._kept_arguments(decorator)

    def _defaults(self, arguments: ast.arguments) -> Iterator[Kept]:
        for default in (*arguments.defaults, *arguments.kw_defaults):
            if default is not None:
                self._scan(default)
                yield from self._kept(default)

    # imports

    def _import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._imported(alias.name, None, node.lineno)
            if alias.asname:
                self._bind(alias.asname, alias.name, None)
            else:
                root = alias.name.partition(".")[0]
                self._bind(root, root, None)

    def _import_from(self, node: ast.ImportFrom) -> None:
        source = self._module.absolute(node)
        for alias in node.names:
            if source is None and node.level == 1 and not self._module.package:
                self._imported(alias.name, None, node.lineno)
                self._bind(alias.asname or alias.name, alias.name, None)
            elif source and alias.name == "*":
                self._has_star = True
                self._imported(source, "*", node.lineno)
                for name in sorted(REPLACED.get(source, ())):
                    if name[0] != "_":
                        self._take(f"{source}.{name}", name, node.lineno)
            elif source:
                self._imported(source, alias.name, node.lineno)
                self._take(
                    renamed(f"{source}.{alias.name}"), alias.asname or alias.name, node.lineno
                )

    def _take(self, name: str, bound: str, line: int) -> None:
        self._bind(bound, name, None)
        if is_replaced(name):
            self._hold([(name, "reference", "")], bound, line)

    # bindings

    def _bind(self, name: str, value: str | None, constant: ast.expr | None) -> None:
        """Bind a name; what may not run does not hide what is known."""
        is_certain = not self._perhaps and not self._needs
        if self._local is not None and name not in self._globals:
            if is_certain or value or name not in self._local:
                self._local[name] = value
            if is_certain and self._owner:
                self._release(self._owner + name)
            return
        if is_certain:
            self._release(name)
            self._depends.pop(name, None)
        if is_certain or value or name not in self._names:
            self._names[name] = value
        known = self.value(constant) if constant is not None else None
        if constant is not None and is_certain and not isinstance(known, Unknown):
            self.constants[name] = known
        else:
            self.constants.pop(name, None)

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        match target:
            case ast.Name(id=name):
                self._bind(name, self.name_of(value), value)
                self._hold(self._kept(value), name, value.lineno)
            case ast.Attribute() | ast.Subscript():
                place = target.value if isinstance(target, ast.Subscript) else target
                if isinstance(target, ast.Subscript):
                    self._assign_item(target, value)
                self._hold(self._kept(value), _dotted(place), value.lineno)
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                parts = value.elts if isinstance(value, ast.Tuple | ast.List) else []
                if len(parts) == len(elements):
                    for element, part in zip(elements, parts, strict=True):
                        self._assign(element, part)
                else:
                    for name, _ in syntax.targets(target):
                        self._bind(name, None, None)

    def _assign_item(self, target: ast.Subscript, value: ast.expr) -> None:
        owner = self.name_of(target.value)
        if owner == order.ENVIRONMENT and not self._perhaps:
            self._set.add(self._text(target.slice) or "")
        elif owner == "globals()":
            name = self.value(target.slice)
            if isinstance(name, str):
                self._bind(name, self.name_of(value), value)

    def _keep_arguments(self, node: ast.expr) -> None:
        """Note what a call as a statement hands to something that keeps it."""
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr="append" | "add" | "setdefault")):
                self._hold(self._kept_arguments(node), _dotted(owner), node.lineno)


def _not(needs: Needs) -> str:
    return "!" + ",".join(needs)


def _catches(handler: ast.ExceptHandler, names: frozenset[str]) -> bool:
    """Tell whether a handler catches one of some exception types, or everything."""
    if handler.type is None:
        return True
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(one, ast.Name) and one.id in names for one in types)


def _bound(body: list[ast.stmt]) -> set[str]:
    """Return the names that statements bind by assignments and imports."""
    names: set[str] = set()
    for statement in syntax.statements(body):
        if isinstance(statement, ast.Assign):
            names.update(
                name for target in statement.targets for name, _ in syntax.targets(target)
            )
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            names.update(alias.asname or alias.name.partition(".")[0] for alias in statement.names)
    return names


def _is_falsy(body: list[ast.stmt], name: str) -> bool:
    """Tell whether statements bind a name to ``None`` or ``False``."""
    return any(
        isinstance(statement, ast.Assign)
        and isinstance(statement.value, ast.Constant)
        and not statement.value.value
        and any(
            name == bound for target in statement.targets for bound, _ in syntax.targets(target)
        )
        for statement in syntax.statements(body)
    )


def _dotted(node: ast.expr) -> str:
    """Return the text of a chain of attributes, as far as it is one."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    parts.append(node.id if isinstance(node, ast.Name) else "")
    return ".".join(reversed(parts)).strip(".")

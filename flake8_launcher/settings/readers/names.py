"""Qualified names and literals of one module's top level, and of what it takes from others."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Collection
from functools import cached_property

from flake8_launcher.knowledge import canonical, settings
from flake8_launcher.knowledge.deferred import deferred
from flake8_launcher.semantic.budget import MAX_TEXT
from flake8_launcher.semantic.reading.finder import Finder
from flake8_launcher.semantic.reading.modules import Assigned, Defined, Imported, Module

_MAX_DEPTH = 10
_MAX_CLASSES = 20
_WRAPPERS = frozenset({"str", "bytes", "bytearray"})
_MAKES_OPTIONS = deferred(r"\boslo[._]config\b")
_DEFAULT = deferred(r"\bdefault(?=\s*=\s*(\w+))")


class Names:
    """What names of a module stand for.

    :ivar module: the module.
    :ivar find: gives the project's other modules.
    :ivar read_by: the functions that were asked whether they read a setting, each with the
        parameters for its name, its default and what it is read from; none where it reads nothing.
    :ivar held: the classes of the module that its settings are made of, once they were asked for.
    """

    def __init__(self, module: Module, find: Finder) -> None:
        self.module = module
        self.find = find
        self.read_by: dict[ast.AST, tuple[str, str, str] | None] = {}
        self.held: frozenset[str] | None = None
        self._stars: dict[Module, list[Module]] = {}

    @cached_property
    def of_options(self) -> frozenset[str]:
        """What the defaults of the module's options of oslo.config are called: told with these."""
        text = self.module.text
        return frozenset(_DEFAULT.findall(text) if _MAKES_OPTIONS.search(text) else ())

    def qualified(self, node: ast.expr, module: Module | None = None, depth: int = 0) -> str:
        """Return a qualified name, ``()`` for the result of a call; ``?`` begins what is unknown.

        :param module: where the expression stands; the module itself without one.
        """
        return canonical(self._qualified(node, module or self.module, depth))

    def _qualified(self, node: ast.expr, module: Module, depth: int) -> str:
        if depth > _MAX_DEPTH:
            return "?"
        match node:
            case ast.Attribute(value=owner, attr=name):
                held = self._qualified(owner, module, depth + 1)
                other = self.find(held) if held[0] != "?" else None
                if other is not None and name in other.bindings:
                    return self._named(name, other, depth + 1)
                return f"{held}.{name}"
            case ast.Call(func=called):
                return f"{self._qualified(called, module, depth + 1)}()"
            case ast.Subscript(value=owner):
                return f"{self._qualified(owner, module, depth + 1)}[]"
            case ast.Name(id=name):
                return self._named(name, module, depth + 1)
        return "?"

    def _named(self, name: str, module: Module, depth: int) -> str:
        if depth > _MAX_DEPTH:
            return "?"
        bindings = module.bindings.get(name)
        if bindings is None and (giver := self._giver(name, module)) is not None:
            return self._named(name, giver, depth + 1)
        for binding in bindings or ():
            match binding:
                case Imported(module=source, name=taken):
                    other = self.find(source) if taken else None
                    if other is not None and taken is not None:
                        found = self._named(taken, other, depth + 1)
                        return found if found[0] != "?" else f"{source}.{taken}"
                    return f"{source}.{taken}" if taken else source
                case Assigned(value=ast.Call() | ast.Attribute() | ast.Name() as value, path=()):
                    if not binding.iterated:
                        return self._qualified(value, module, depth + 1)
                case Defined():
                    return f"{module.name}.{name}"
        return f"?{name}"

    def _giver(self, name: str, module: Module) -> Module | None:
        """Return the module that binds a name which another takes with all others of it."""
        if module not in self._stars:
            self._stars[module] = [
                other
                for node in module.tree.body
                if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
                if (source := module.absolute(node)) and (other := self.find(source)) is not None
            ]
        return next((one for one in self._stars[module] if name in one.bindings), None)

    def definition(self, node: ast.expr) -> tuple[ast.AST | None, Module]:
        """Return the function or class of the project that a name stands for, and its module.

        A method counts as well, of a class or of an object that a name stands for, as does what
        is called where the object itself is; in a method, those of the module's own classes.
        """
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=method):
                several = (one for one in self.module.tree.body if isinstance(one, ast.ClassDef))
                all_found = (self._method(one, self.module, method) for one in several)
                return next((one for one in all_found if one[0] is not None), (None, self.module))
        name = self._full(node)
        if name.endswith("()"):
            name = f"{name}.__call__"
        found, module = self._defined(name)
        if found is None:
            holder, _, method = name.rpartition(".")
            cls, module = self._defined(holder.removesuffix("()"))
            if isinstance(cls, ast.ClassDef):
                return self._method(cls, module, method)
        return found, module

    def _method(
        self, cls: ast.ClassDef, module: Module, name: str
    ) -> tuple[ast.AST | None, Module]:
        """Return a method of a class, or of one that it is derived from."""
        classes = [(cls, module)]
        for held, where in classes:
            for part in reversed(held.body):
                if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) and part.name == name:
                    return part, where
            for base in held.bases[: _MAX_CLASSES - len(classes)]:
                names = Names(where, self.find)
                inner, other = names._defined(names._full(base))
                if isinstance(inner, ast.ClassDef):
                    classes.append((inner, other))
        return None, self.module

    def _full(self, node: ast.expr) -> str:
        """Return the qualified name of something, that of the module's own among them."""
        name = self.qualified(node)
        if name.startswith("?") and isinstance(node, ast.Name):
            return f"{self.module.name}.{node.id}"
        return name

    def _defined(self, name: str) -> tuple[ast.AST | None, Module]:
        """Return what a module's top level defines, or a nameless function that it keeps.

        The last definition counts: those before it say which types it takes (``overload``).
        """
        holder, _, last = name.rpartition(".")
        other = self.module if holder == self.module.name else self.find(holder)
        if other is not None and last not in other.bindings:
            other = self._giver(last, other)
        for binding in reversed(other.bindings.get(last, ())) if other is not None else ():
            match binding:
                case Defined(node=node) if other is not None:
                    return node, other
                case Assigned(value=ast.Lambda() as value, path=()) if other is not None:
                    return value, other
        return None, self.module

    def literal(self, node: ast.expr | None, depth: int = 0) -> object:
        """Return a constant, ``None`` for nothing at all, ``...`` for what is computed."""
        if depth > _MAX_DEPTH:
            return ...
        match node:
            case None:
                return None
            case ast.Constant(value=value):
                return value
            case ast.Name() | ast.Attribute():
                found = self.constant(node)
                return ... if found is None else self.literal(found[0], depth + 1)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                several = (self.literal(left, depth + 1), self.literal(right, depth + 1))
                texts = [one for one in several if isinstance(one, str)]
                if len(texts) == 2 and sum(map(len, texts)) <= MAX_TEXT:
                    return "".join(texts)
            case ast.JoinedStr(values=parts):
                return self._joined(parts, depth)
            case ast.Call(func=ast.Attribute(value=inner, attr="encode")):
                return self.literal(inner, depth + 1)
            case ast.Call(func=called, args=[inner, *_]) if isinstance(called, ast.Name):
                if called.id in _WRAPPERS or settings.TYPES.search(called.id):
                    return self.literal(inner, depth + 1)
            case ast.Call(func=ast.Attribute(attr=name), args=[inner]):
                if settings.TYPES.search(name):
                    return self.literal(inner, depth + 1)
        return ...

    def _joined(self, parts: list[ast.expr], depth: int) -> object:
        """Return the text of an f-string, where each of its parts is a literal.

        What is a secret by itself is told where it stands.
        """
        found: list[str] = []
        for part in parts:
            node = part.value if isinstance(part, ast.FormattedValue) else part
            word = getattr(node, "id", "") or getattr(node, "attr", "")
            value = self.literal(node, depth + 1)
            if not isinstance(value, str | int) or settings.is_secret(word, "", None):
                return ...
            found.append(str(value))
        return "".join(found) if sum(map(len, found)) <= MAX_TEXT else ...

    def described(self, node: ast.expr | None) -> ast.expr | None:
        """Return the default that the description of a setting gives, if something is one."""
        if isinstance(node, ast.Dict):
            told = {self.literal(key): value for key, value in zip(node.keys, node.values)}
            return told.get("default") if settings.DESCRIBES & told.keys() else None
        if not isinstance(node, ast.Call) or not node.args and not node.keywords:
            return None
        if settings.DESCRIBERS.fullmatch(self.qualified(node.func)) is None:
            return None
        named = (one.value for one in node.keywords if one.arg == "default")
        return next(named, node.args[0] if node.args else None)

    def holds_settings(self, owner: ast.expr) -> bool:
        """Tell whether something has settings, by its name, or because a file is read into it."""
        for _ in range(_MAX_DEPTH):
            match owner:
                case ast.Subscript(value=inner):
                    owner = inner
                case ast.Call(func=ast.Attribute(value=inner, attr="get")):
                    owner = inner
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    if settings.HOLDS_DEFAULTS.fullmatch(name):
                        return True
                    if isinstance(owner, ast.Attribute) or name not in self._parts:
                        break
                    owner = self._parts[name]
                case _:
                    break
        return self.given_by(owner, settings.PARSED)

    def given_by(self, node: ast.expr, calls: Collection[str]) -> bool:
        """Tell whether something is what one of some calls gives, here or in a function.

        :param calls: their qualified names.
        """
        if self.qualified(node).removesuffix("()") in calls:
            return True
        if not isinstance(node, ast.Name | ast.Attribute):
            return False
        return not self._givers.get(ast.unparse(node), set()).isdisjoint(calls)

    @cached_property
    def _giving(self) -> list[ast.Assign | ast.For | ast.AsyncFor]:
        """The assignments and loops of the module, wherever they stand."""
        kinds = ast.Assign | ast.For | ast.AsyncFor
        return [one for one in ast.walk(self.module.tree) if isinstance(one, kinds)]

    @cached_property
    def _givers(self) -> dict[str, set[str]]:
        """The qualified names of the calls whose results each target is assigned, anywhere."""
        givers: dict[str, set[str]] = {}
        for one in self._giving:
            if isinstance(one, ast.Assign):
                target, value = one.targets[0], one.value
            else:
                target, value = one.target, one.iter
            if isinstance(value, ast.BoolOp):
                value = value.values[0]  # ``load(file) or {}``
            if isinstance(value, ast.Call):
                called = self.qualified(value.func)
                givers.setdefault(ast.unparse(target), set()).add(called)
        return givers

    @cached_property
    def _parts(self) -> dict[str, ast.expr]:
        """What each variable is a part of which is assigned only that, anywhere."""
        parts: dict[str, ast.expr | None] = {}
        for one in self._giving:
            match one:
                case ast.Assign(
                    targets=[ast.Name(id=name)],
                    value=ast.Subscript(value=owner)
                    | ast.Call(func=ast.Attribute(value=owner, attr="get")),
                ):
                    is_same = ast.unparse(parts.get(name) or owner) == ast.unparse(owner)
                    parts[name] = owner if is_same and parts.get(name, owner) else None
                case ast.Assign(targets=[ast.Name(id=name)]):
                    parts[name] = None
        return {name: owner for name, owner in parts.items() if owner is not None}

    def is_replaced(self, line: int) -> bool:
        """Tell whether the top level sets the variable again that a line sets, whatever happens,
        and nothing there reads it before.
        """
        at, name = self.set_by(line)
        last = self._last_set.get(name, at)
        if last <= at:
            return False
        reads = self._reads.get(name, [])
        read = bisect_right(reads, at)
        return read == len(reads) or reads[read] > last

    def set_by(self, line: int) -> tuple[int, str]:
        """Return which statement of the top level a line belongs to, and what variable it sets.

        :returns: the name is empty where it sets none, or several.
        """
        body = self.module.tree.body
        at = bisect_right(body, line, key=lambda node: node.lineno) - 1
        match body[at] if at >= 0 else None:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                return at, name
        return at, ""

    @cached_property
    def _reads(self) -> dict[str, list[int]]:
        """The statements of the top level in which each name is read, in order."""
        found: dict[str, list[int]] = {}
        for at, one in enumerate(self.module.tree.body):
            for node in ast.walk(one):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                    found.setdefault(node.id, []).append(at)
        return found

    @cached_property
    def _last_set(self) -> dict[str, int]:
        """Which statement of the top level is the last that assigns each name."""
        return {
            target.id: at
            for at, one in enumerate(self.module.tree.body)
            if isinstance(one, ast.Assign | ast.AnnAssign) and one.value is not None
            for target in (one.targets if isinstance(one, ast.Assign) else [one.target])
            if isinstance(target, ast.Name)
        }

    def constant(self, node: ast.expr) -> tuple[ast.expr, Module, str] | None:
        """Return what the only assignment of a name of a module's top level gives it.

        :returns: the value, the module and the name there; none where it has another binding.
        """
        module: Module | None = self.module
        match node:
            case ast.Name(id=name):
                pass
            case ast.Attribute(value=owner, attr=name):
                own = self._attribute(owner, name)
                if own is not None:
                    return own, self.module, name
                held = self.qualified(owner)
                module = self.find(held) if held[0] != "?" else None
            case _:
                return None
        for _ in range(_MAX_DEPTH):
            match module.bindings.get(name) if module is not None else None:
                case [Assigned(value=ast.Constant() as value, path=(), iterated=False)]:
                    assert module is not None
                    return value, module, name
                case [Imported(module=source, name=str(taken))]:
                    module, name = self.find(source), taken
                case _:
                    return None
        return None

    def _attribute(self, owner: ast.expr, name: str) -> ast.expr | None:
        """Return the literal that a class of the module's top level gives an attribute."""
        if not isinstance(owner, ast.Name):
            return None
        found = [
            one.value
            for cls in self.module.tree.body
            if isinstance(cls, ast.ClassDef) and owner.id in ("self", "cls", cls.name)
            for one in cls.body
            if isinstance(one, ast.Assign | ast.AnnAssign)
            for target in (one.targets if isinstance(one, ast.Assign) else [one.target])
            if isinstance(target, ast.Name) and target.id == name
        ]
        is_one = len(found) == 1 and isinstance(found[0], ast.Constant)
        return found[0] if is_one else None

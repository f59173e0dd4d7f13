"""What names and attributes are bound to."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Sequential
from itertools import islice

from flake8_launcher.knowledge import commands, language, leads_to_known, sources
from flake8_launcher.semantic.budget import STEP
from flake8_launcher.semantic.reading import modules, syntax
from flake8_launcher.semantic.reading.modules import (
    Assigned,
    Binding,
    Defined,
    Imported,
    Module,
)
from flake8_launcher.semantic.running.events import Stored
from flake8_launcher.semantic.running.state import MAX_MODULES, Machine
from flake8_launcher.semantic.values import (
    MAX_CANDIDATES,
    NOTHING,
    UNKNOWN,
    Arguments,
    Class,
    Constant,
    Frame,
    Function,
    Instance,
    Made,
    Mapping,
    Method,
    Namespace,
    Partial,
    Sequence,
    Super,
    Symbol,
    Value,
    Values,
    attribute,
    dotted,
    made,
    qualified_name,
    symbol,
    union,
    unresolved,
)

_NONE = Constant(None)
_MAX_FILLED = 64
"""How many items a dictionary has that others are still put into."""


class Names(Machine):
    """Looks names and attributes up, and binds them."""

    def _assign(self, target: ast.expr, values: Values, frame: Frame) -> None:
        self.budget.spend()
        match target:
            case ast.Name(id=name):
                self._store_name(name, values, frame)
            case ast.Starred(value=inner):
                self._assign(inner, NOTHING, frame)
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                for index, element in enumerate(elements):
                    self._assign(element, self._element(values, index), frame)
            case ast.Attribute(value=owner, attr=attribute):
                for holder in self._value(owner, frame):
                    if isinstance(holder, Instance):
                        known = holder.attributes.get(attribute, ()) if self._conditional else ()
                        holder.attributes[attribute] = union(known, values)
                    elif isinstance(holder, Class | Namespace) and not self._quiet:
                        self._set_outside(holder, attribute, values)
                    elif isinstance(holder, Symbol) and not self._quiet:
                        name = f"{holder.name}.{attribute}"
                        context = self._context(frame)
                        self._listener(Stored(target, name, values, context, owner=(holder,)))
            case ast.Subscript(value=owner, slice=index):
                holders = self._value(owner, frame)
                key = self._value(index, frame)
                for holder in holders:
                    if isinstance(holder, Symbol) and holder.name[0] != "?" and not self._quiet:
                        name = f"{holder.name}[]"
                        context = self._context(frame)
                        self._listener(Stored(target, name, values, context, key))
                self._fill(owner, holders, ((key_of(key), values),), frame)

    def _fill(
        self,
        target: ast.expr,
        known: Values,
        items: Iterable[tuple[object, Values]],
        frame: Frame,
        missing: bool = False,
    ) -> None:
        """Put items into the dictionary that a name or attribute stands for.

        :param known: what it may be.
        :param items: keys, ``...`` for one that is not known, and values.
        :param missing: whether only what is missing is put there.
        """
        if self._quiet or not isinstance(target, ast.Name | ast.Attribute) or len(known) != 1:
            return
        if isinstance(known[0], Mapping) and len(known[0].items) < _MAX_FILLED:
            self.budget.spend(len(known[0].items) // STEP)
            filled = {**known[0].items}
            for key, values in items:
                if key is ...:
                    filled[key] = union(filled.get(key, ()), values)
                elif not missing or key not in filled:
                    filled[key] = values
            self._assign(target, (Mapping(filled),), frame)

    def _set_outside(self, holder: Class | Namespace, name: str, values: Values) -> None:
        """Set an attribute of a class or module of the project."""
        if isinstance(holder, Namespace):
            names = self._names(holder.module)
            known = names.get(name, ()) if self._conditional else ()
            names[name] = union(known, values)
        else:
            key = (holder.node, name)
            known = self._class_attributes.get(key, ()) if self._conditional else ()
            self._class_attributes[key] = union(known, values)

    def _store_name(self, name: str, values: Values, frame: Frame) -> None:
        if frame.function is not None and name not in frame.global_names:
            frame.variables[name] = values
            return
        known = (
            self._names(frame.module).get(name, ()) if self._conditional or self._guards else ()
        )
        if self._quiet:
            return
        self._names(frame.module)[name] = union(known, values)
        if name in frame.variables:
            frame.variables[name] = values

    def _lookup(self, name: str, frame: Frame) -> Values:
        scope: Frame | None = frame
        while scope is not None:
            if name in scope.variables and name not in scope.global_names:
                return scope.variables[name]
            scope = scope.parent
        return self._global(name, frame.module)

    def _global(self, name: str, module: Module) -> Values:
        known = self._names(module)
        if name in known:
            return known[name]
        bindings = module.bindings.get(name)
        if not bindings:
            if name in language.BUILTINS:
                return (Symbol(name),)
            return self._starred(name, module) or (unresolved(name),)
        key = (module, name)
        if key in self._evaluating:
            return (unresolved(name),)
        self._evaluating.add(key)
        try:
            with self._silently():
                values = union(*(self._bound(binding, module) for binding in bindings))
        except RecursionError:
            self._cut()
            values = NOTHING
        finally:
            self._evaluating.discard(key)
        known[name] = values
        return values

    def _starred(self, name: str, module: Module) -> Values:
        """Return what a name is that a module gets with all names of another module.

        What is not read has it where no other may: it is the only one, or known to have it.
        """
        key = (module, name)
        if name[:1] in ("", "_") or not module.stars or key in self._evaluating:
            return ()
        self._evaluating.add(key)
        try:
            outside: list[str] = []
            for source in module.stars:
                self.budget.spend()
                other = self._find(source)
                if other is None:
                    outside.append(f"{source}.{name}")
                if other is None or self._is_far(other):
                    continue
                if name in other.bindings:
                    return self._global(name, other)
                if found := self._starred(name, other):
                    return found
        finally:
            self._evaluating.discard(key)
        if len(outside) > 1:
            outside = [one for one in outside if leads_to_known(one)]
        return (symbol(outside[0]),) if outside else ()

    def _is_far(self, module: Module) -> bool:
        """Tell whether a module would be one too many to read."""
        if module in self._values or len(self._values) < MAX_MODULES:
            return False
        self._cut()
        return True

    def _names(self, module: Module) -> dict[str, Values]:
        """Return what the names of a module's top level have been found to be so far."""
        return self._values.setdefault(module, {})

    def _bound(self, binding: Binding, module: Module) -> Values:
        frame = Frame(module)
        match binding:
            case Imported():
                return self._imported(binding)
            case Defined():
                return self._defined(binding.node, frame) if binding.node else NOTHING
            case Assigned(value=value, path=path, iterated=iterated):
                values = self._value(value, frame, "assigned")
                if iterated:
                    values = self._elements(values)
                for index in path:
                    values = self._element(values, index)
                return values

    def _imported(self, binding: Imported) -> Values:
        module = self._find(binding.module)
        if binding.name is None:
            return (Namespace(module),) if module else (symbol(binding.module),)
        if module is None:
            inner = self._find(f"{binding.module}.{binding.name}")
            return (Namespace(inner),) if inner else (symbol(f"{binding.module}.{binding.name}"),)
        return self._attribute((Namespace(module),), binding.name)

    def _defined(
        self,
        node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
        frame: Frame,
        owner: Class | None = None,
    ) -> Values:
        """Return a function or class as its decorators leave it."""
        prefix = owner.qualified_name if owner else scope_name(frame)
        enclosing = frame if frame.function is not None else None
        name = dotted(prefix, node.name)
        if isinstance(node, ast.ClassDef):
            return (Class(node, frame.module, name, enclosing),)
        known = self._functions.get(node)
        function = Function(node, frame.module, name, enclosing, owner)
        if known is not None and enclosing is None and known.owner is owner:
            function = known
        elif enclosing is None:
            self._functions[node] = function
        values: Values = (function,)
        for decorator in reversed(node.decorator_list):
            values = self._decorated(values, decorator, function, frame)
        return values

    def _decorated(
        self, values: Values, decorator: ast.expr, function: Function, frame: Frame
    ) -> Values:
        with self._silently():
            decorators = self._value(decorator, frame)
            for value in decorators:
                name = qualified_name(value)
                if name in language.METHOD_KINDS:
                    function.kind = language.METHOD_KINDS[name]
                    continue
                if isinstance(value, Function | Method | Partial | Instance | Class):
                    made = self._invoke(value, Arguments((values,)), decorator)
                    if any(
                        isinstance(one, Function | Method | Partial | Instance) for one in made
                    ):
                        return made
                    continue
                if name not in function.decorators:
                    function.decorators += (name, *self._made_of(decorator, frame))
                if library := commands.made_by(name) or self._group_of(decorator, frame):
                    for one in values:
                        if isinstance(one, Function):
                            one.command = library
        return values

    def _group_of(self, decorator: ast.expr, frame: Frame) -> str:
        """Return the library of the group of commands that a decorator adds a function to."""
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(called, ast.Attribute) and called.attr in commands.MEMBERS:
            for one in self._value(called.value, frame):
                if isinstance(one, Function):
                    return one.command
        return ""

    def _made_of(self, decorator: ast.expr, frame: Frame) -> Iterator[str]:
        """Yield what a decorator that is given a class makes: ``@click.group(cls=FlaskGroup)``."""
        for keyword in decorator.keywords if isinstance(decorator, ast.Call) else ():
            if keyword.arg == "cls":
                for cls in self._value(keyword.value, frame):
                    yield f"{qualified_name(cls)}()"

    def _attribute(self, values: Values, name: str) -> Values:
        some = [value for value in values if value != _NONE] or values
        return union(*(self._attribute_of(value, name) for value in some)) or NOTHING

    def _attribute_of(self, value: Value, name: str) -> Values:
        match value:
            case Symbol(name=owner):
                if name in self._defaults and language.PARSED_ARGUMENTS.search(owner):
                    return self._defaults[name]
                return (attribute(value, name),)
            case Namespace(module=module) if self._is_far(module):
                return (symbol(dotted(module.name, name)),)
            case Namespace(module=module):
                bound = name in self._names(module) or name in module.bindings
                # a package that imports its own module by name is asked for the module
                if bound and (module, name) not in self._evaluating:
                    return self._global(name, module)
                inner = self._find(f"{module.name}.{name}")
                if inner is not None:
                    return (Namespace(inner),)
                return self._starred(name, module) or (symbol(f"{module.name}.{name}"),)
            case Instance(cls=cls, attributes=attributes):
                if name in attributes:
                    return attributes[name]
                return self._member(cls, name, value)
            case Super(receiver=receiver, above=above):
                classes, outside = self._ancestry(above)
                if isinstance(receiver, Instance) and is_started(classes[1:], outside, name):
                    classes, outside = self._ancestry(receiver.cls)
                    return self._found_in(classes, outside, "run", receiver) or NOTHING
                return self._found_in(classes[1:], outside, name, receiver) or NOTHING
            case Class():
                return self._member(value, name, value)
        return (symbol(dotted(qualified_name(value), name)),)

    def _member(self, cls: Class, name: str, receiver: Value) -> Values:
        """Return an attribute of a class, its own or inherited, as seen by the receiver."""
        classes, outside = self._ancestry(cls)
        if is_started(classes, outside, name):
            name = "run"
        found = self._found_in(classes, outside, name, receiver) or (
            symbol(dotted(qualified_name(receiver), name)),
        )
        if isinstance(receiver, Instance) and any(map(language.SETTINGS.fullmatch, outside)):
            if told := self._from_environment(classes, name):
                return union(tuple(one for one in found if not isinstance(one, Symbol)), told)
        return found

    def _from_environment(self, classes: Iterable[Class], name: str) -> Values:
        """Return what the environment may say of a field of settings, if that is a text."""
        for cls in classes:
            if cls.node not in self._texts_of:
                self._texts_of[cls.node] = _texts_of(cls.node)
            texts = self._texts_of[cls.node]
            if name in texts:
                return texts[name]
        return ()

    def _found_in(
        self, classes: Sequential[Class], outside: Sequential[str], name: str, receiver: Value
    ) -> Values:
        """Return an attribute from the first of some classes that has it."""
        for cls in classes:
            kept = self._class_attributes.get((cls.node, name), ())
            values = union(*(self._bind(value, receiver) for value in kept))
            values = values or self._own(cls, name, receiver)
            if values:
                return values
        if isinstance(receiver, Instance):
            for cls in classes:
                values = self._set_elsewhere(cls, name, receiver)
                if values:
                    return values
        if not isinstance(receiver, Class):
            return union(*((symbol(f"{base}().{name}"),) for base in outside))
        if outside and name in language.MAKES_INSTANCE:
            return (receiver,)
        inherited = union(*((symbol(f"{base}.{name}"),) for base in outside))
        instance = Instance(receiver)
        run = (self._found_in(classes, (), one, instance) for one in language.RUN_BY.get(name, ()))
        return union(inherited, *run) if inherited else ()

    def _own(self, cls: Class, name: str, receiver: Value) -> Values:
        """Return an attribute that a class's own body defines."""
        if cls.node in self._evaluating:
            return ()
        key = (cls.node, name, id(receiver))
        if key in self._looked_up:
            return self._looked_up[key][1]
        found: list[Values] = []
        for binding in modules.class_bindings(cls).get(name, ()):
            if isinstance(binding, Defined) and binding.node is not None:
                for value in self._defined(binding.node, self._class_frame(cls), cls):
                    found.append(self._bind(value, receiver))
            else:
                with self._silently():
                    found.append(self._bound(binding, cls.module))
        return self._keep(key, receiver, union(*found))

    def _keep(self, key: object, receiver: Value, values: Values) -> Values:
        """Keep an attribute while something is looked up, which may need it many times."""
        if self._quiet:
            self._looked_up[key] = receiver, values  # what is kept has an identity of its own
        return values

    def _class_frame(self, cls: Class) -> Frame:
        return cls.frame or Frame(cls.module)

    def _bind(self, value: Value, receiver: Value) -> Values:
        if not isinstance(value, Function) or value.kind == "staticmethod":
            return (value,)
        if value.kind == "classmethod" and isinstance(receiver, Instance):
            return (Method(value, receiver.cls),)
        if value.kind == "property" and isinstance(receiver, Instance):
            node, self._reads = self._reads, None
            if node is not None and not self._quiet:
                return self._invoke(Method(value, receiver), Arguments(), node)
            with self._silently():
                return self._invoke(Method(value, receiver), Arguments(), None)
        if isinstance(receiver, Class) and value.kind == "function":
            return (value,)
        return (Method(value, receiver),)

    def _set_elsewhere(self, cls: Class, name: str, receiver: Instance) -> Values:
        """Return what methods that have not run assign to an attribute of ``self``."""
        if cls.node in self._evaluating:
            return ()
        key = (cls.node, name, id(receiver), "set")
        if key in self._looked_up:
            return self._looked_up[key][1]
        found: list[Values] = []
        self._evaluating.add(cls.node)
        try:
            for function, value in modules.self_assignments(cls).get(name, ()):
                frame = Frame(cls.module, cls.frame, Function(function, cls.module, "?"))
                own = syntax.parameters(function)
                self.budget.spend(len(own))
                frame.variables = {parameter: (unresolved(parameter),) for parameter in own}
                if own:
                    frame.variables[own[0]] = (receiver,)
                with self._silently():
                    found.append(self._value(value, frame, "assigned"))
        finally:
            self._evaluating.discard(cls.node)
        return self._keep(key, receiver, union(*found))

    def _ancestry(self, cls: Class) -> tuple[tuple[Class, ...], tuple[str, ...]]:
        """Return a class and its bases that are read, and the names of those that are not.

        The order is depth first, which differs from Python's where bases form a diamond.
        """
        known = self._ancestries.get(cls.node)
        if known is not None:
            return known
        self._ancestries[cls.node] = ((cls,), ())
        classes = {cls.node: cls}
        outside: dict[str, None] = {}
        with self._silently():
            for expression in cls.node.bases:
                for base in self._value(expression, self._class_frame(cls)):
                    if isinstance(base, Class):
                        inner, names = self._ancestry(base)
                        self.budget.spend(len(inner) + len(names))
                        classes |= {one.node: one for one in inner if one.node not in classes}
                        outside |= dict.fromkeys(names)
                    elif isinstance(base, Symbol):
                        outside[base.name] = None
        found = (tuple(classes.values()), tuple(outside))
        self._ancestries[cls.node] = found
        return found

    def _element(self, values: Values, index: object) -> Values:
        found: list[Values] = []
        for value in values:
            if isinstance(value, Sequence) and isinstance(index, int):
                found.append(
                    value.items[index]
                    if -len(value.items) <= index < len(value.items)
                    else NOTHING
                )
            elif isinstance(value, Mapping):
                known = value.get(index) if index is not None else ()
                if not known:
                    self.budget.spend(len(value.items))
                found.append(known or value.all())
            elif index is None and _is_generic(value):
                found.append((value,))
            elif isinstance(value, Symbol) and value.name == "vars()" and index in self._defaults:
                found.append(self._defaults[str(index)])
            elif isinstance(value, Symbol):
                found.append((_item(value, index),))
        return union(*found) or NOTHING

    def _elements(self, values: Values) -> Values:
        found: list[Values] = []
        for value in values:
            if isinstance(value, Sequence):
                self.budget.spend(len(value.items))
                found.extend(value.items)
            elif isinstance(value, Mapping):
                found.append(tuple(map(_key, islice(value.items, MAX_CANDIDATES))))
            elif isinstance(value, Symbol):
                found.append((_item(value, None),))
        return union(*found) or NOTHING


def is_started(classes: Iterable[Class], outside: Iterable[str], name: str) -> bool:
    """Tell whether a method is the ``start`` of a thread or process, which runs its ``run``.

    :param classes: the classes of the project in which it is looked for.
    :param outside: the names of the bases behind them.
    """
    if name != "start" or language.RUNS_WHEN_STARTED.isdisjoint(outside):
        return False
    return not any(name in modules.class_bindings(cls) for cls in classes)


def _key(key: object) -> Value:
    return Constant(key) if key is not ... else UNKNOWN


def _item(holder: Symbol, key: object) -> Symbol:
    """Return what something holds under a key, or under any where the key is none."""
    name = f"{holder.name}[]"
    if isinstance(holder, Made) or (key is not None and sources.holds(holder.name)):
        return made(name, Arguments(((Constant(key),),) if key is not None else ()), (holder,))
    return symbol(name)


def _is_generic(value: Value) -> bool:
    """Tell whether something is a class that takes types: ``class Shop(Server[Context])``."""
    if isinstance(value, Symbol):
        last = value.name.rpartition(".")[2]
        return not isinstance(value, Made) and last[:1].isupper() and not last.isupper()
    return isinstance(value, Class)


def scope_name(frame: Frame) -> str:
    """Return the qualified name that what a frame defines begins with."""
    if frame.function is None:
        return frame.module.name
    return f"{frame.function.qualified_name}.<locals>"


def _texts_of(cls: ast.ClassDef) -> dict[str, Values]:
    """Return the fields of a class of settings, those that hold a text with the variable."""
    others = [one for one in cls.body if isinstance(one, ast.Assign | ast.ClassDef)]
    is_renamed = any(language.RENAMES.search(ast.unparse(one)) for one in others)
    found: dict[str, Values] = {}
    for one in cls.body:
        match one:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=note, value=value):
                found[name] = ()
                if not language.NAMES_CODE.search(name.lower()):
                    continue
                if language.TEXTS.fullmatch(ast.unparse(note)):
                    described = ast.unparse(value) if isinstance(value, ast.Call) else ""
                    is_other = is_renamed or language.RENAMES.search(described)
                    variable = "os.environ[]" if is_other else f"os.environ[{name.upper()!r}]"
                    found[name] = (symbol(variable),)
    return found


def key_of(values: Values) -> object:
    """Return the key that values are, ``...`` where that is not known."""
    one = values[0] if len(values) == 1 else None
    return one.value if isinstance(one, Constant) else ...

"""What calls give: followed where the callee can be read."""

from __future__ import annotations

import ast
import contextlib
import functools
from collections.abc import Callable, Iterator

from flake8_launcher.knowledge import (
    Role,
    callbacks,
    canonical,
    commands,
    known_roles_of,
    language,
    options,
    propagators,
)
from flake8_launcher.semantic import formats
from flake8_launcher.semantic.budget import MAX_ITEMS, STEP
from flake8_launcher.semantic.reading import modules, syntax
from flake8_launcher.semantic.reading.modules import Imported, Module
from flake8_launcher.semantic.running import inference, loops
from flake8_launcher.semantic.running.command_lines import CommandLines
from flake8_launcher.semantic.running.events import (
    UNREACHED,
    Called,
    CallSite,
    Read,
    Unreached,
    Weight,
)
from flake8_launcher.semantic.running.names import is_started, key_of
from flake8_launcher.semantic.running.state import (
    MAX_CHOICES,
    MAX_DEPTH,
    MAX_QUIET_DEPTH,
    Ends,
    FlowError,
    Returns,
)
from flake8_launcher.semantic.values import (
    NOTHING,
    Arguments,
    Class,
    Constant,
    Coroutine,
    Frame,
    Function,
    Instance,
    Made,
    Mapping,
    Method,
    Partial,
    Sequence,
    Super,
    Symbol,
    Value,
    Values,
    copied,
    filled,
    made,
    put_together,
    qualified_name,
    symbol,
    texts,
    union,
    words,
)

_MAX_GROWN = 64
_MAX_CALLS_PASSED = 16
"""How many arguments are followed as calls; who passes more collects a table."""


class Calls(CommandLines):
    """Follows calls."""

    def _call(self, node: ast.Call, frame: Frame, use: str) -> Values:
        self.budget.spend(STEP)
        owners: Values = ()
        if isinstance(node.func, ast.Attribute):
            owners = self._value(node.func.value, frame)
            callees = self._attribute_read(node.func, owners, "other", frame)
        else:
            callees = self._value(node.func, frame)
        if self._here and not self._quiet and isinstance(node.func, ast.Attribute):
            callees = self._inferred(node, node.func.attr, callees, frame) or callees
        name = qualified_name(callees[0])
        if name == "super":
            return self._super(node, frame)
        try:
            arguments = self._arguments(node, frame, name)
        except Ends as end:
            if end.how != "loop" or self._quiet or not callbacks.runs_later(name):
                raise
            # what follows is never reached, and was not meant to wait
            self._emit_call(node, callees, Arguments(complete=False), UNREACHED, frame)
            return (symbol(f"{name}()"),)
        if not self._quiet and all(map(_is_asynchronous, callees)):
            return (Coroutine(callees, arguments, node, use, frame),)
        self._emit_call(node, callees, arguments, use, frame)
        if isinstance(node.func, ast.Attribute):
            if node.func.attr in language.GROWS:
                self._grow(node.func.value, node.func.attr, arguments, frame)
            elif name in language.TEXT_METHODS:
                return self._text(owners, name, arguments)
            elif node.func.attr == "split" and _is_at_blanks(arguments):
                if several := words(owners):
                    return several
            elif node.func.attr == "setdefault":
                item = (key_of(arguments.get(0, "key")), arguments.get(1, "default"))
                self._fill(node.func.value, owners, (item,), frame, missing=True)
            elif node.func.attr == "update":
                self._fill(node.func.value, owners, _filled(arguments), frame)
            elif node.func.attr in callbacks.COMMANDS and not self._quiet:
                self._registered(node, callees, arguments)
            elif node.func.attr in language.LOOKS_UP and _are_tables(owners, 0):
                return union(self._element(owners, _key(arguments)), arguments.get(1, "default"))
            elif node.func.attr in language.LISTS_ALL and _are_tables(owners):
                return (Sequence((_listed(owners, node.func.attr),)),)
        elif name.endswith(callbacks.MAKES_COMMANDS) and not self._quiet:
            self._registered(node, callees, arguments)
        elif name == "getattr" and not self._quiet and len(arguments.positional) == 2:
            for attribute in texts(arguments.positional[1]):
                self._read(node, self._attribute(arguments.positional[0], attribute), use, frame)
        special = self._special(name, arguments)
        if special is not None:
            return special
        if name.endswith(language.SETS_DEFAULTS):
            for keyword, values in arguments.keywords:
                self._defaults[keyword] = union(self._defaults.get(keyword, ()), values)
        elif name.endswith(language.ADDS_ARGUMENT) and not self._quiet:
            self._add_choices(arguments)
        self._use = use
        results = self._invoke_each(callees, arguments, node)
        if not self._quiet and (group := self._group(node.func, callees, owners, frame)):
            self._run_group(*group, node)
        if not self._quiet and name in language.ENDS_PROCESS and use != UNREACHED:
            raise Ends("exit", arguments.get(0, "code") or (Constant(None),))
        return results or NOTHING

    def _add_choices(self, arguments: Arguments) -> None:
        """Note that an argument of the command line is one of some texts, if it is."""
        choices = arguments.keyword("choices")
        one = choices[0] if len(choices) == 1 else None
        several = one.items if isinstance(one, Sequence) else ()
        known = [text for values in several for text in texts(values)]
        named = [text for values in arguments.positional for text in texts(values)]
        if not known or len(known) < len(several) or len(known) > MAX_CHOICES or not named:
            return
        flag = next((text for text in named if text.startswith("--")), named[0])
        target = texts(arguments.keyword("dest")) or [flag.lstrip("-").replace("-", "_")]
        default = arguments.keyword("default") or (Constant(None),)
        self._defaults[target[0]] = union(tuple(map(Constant, known)), default)

    def _completed(self, values: Values, taker: ast.expr | None = None) -> Values:
        """Return some values, and of coroutines among them what they return, after they ran.

        :param taker: the call that they are handed to.
        """
        if not any(isinstance(value, Coroutine) for value in values):
            return values
        return union(
            *(
                self._run_coroutine(value, taker) if isinstance(value, Coroutine) else (value,)
                for value in values
            )
        )

    def _run_coroutine(self, coroutine: Coroutine, taker: ast.expr | None) -> Values:
        """Return what a coroutine returns, after following it where it runs."""
        frame, node = coroutine.frame, coroutine.node
        with self._inside(frame.module):
            self._emit_call(
                node, coroutine.callees, coroutine.arguments, coroutine.use, frame, taker
            )
            self._use, self._taker = coroutine.use, taker
            return self._invoke_each(coroutine.callees, coroutine.arguments, node)

    def _attribute_read(
        self, node: ast.Attribute, owners: Values, use: str, frame: Frame
    ) -> Values:
        """Return an attribute of what some expression may be, and tell of it."""
        values = self._attribute(owners, node.attr)
        # what an object or a module keeps of an option was read before
        if not self._quiet and isinstance(owners[0], Symbol):
            self._read(node, values, use, frame)
        return values

    def _read(self, node: ast.expr, values: Values, use: str, frame: Frame) -> None:
        """Tell the listener of what is read of an object of oslo.config."""
        value = values[0]
        if len(values) == 1 and isinstance(value, Symbol) and ".cfg.C" in value.name:
            if options.read(canonical(value.name)):
                self._listener(Read(node, value.name, use, self._context(frame)))

    def _runs_elsewhere(self, callee: Value, node: ast.Call) -> bool:
        """Tell whether a call starts a thread or process of the project's own class."""
        if not isinstance(callee, Method) or getattr(node.func, "attr", "") != "start":
            return False
        if callee.function.qualified_name.endswith(".run"):
            return True
        if not isinstance(callee.receiver, Instance):
            return False
        return is_started(*self._ancestry(callee.receiver.cls), "start")  # ``run`` is decorated

    def _invoke_each(self, callees: Values, arguments: Arguments, node: ast.Call) -> Values:
        """Return what a call of one of some callees gives; if all of them end, it ends."""
        if len(callees) == 1:
            if not self._runs_elsewhere(callees[0], node):
                return self._invoke(callees[0], arguments, node)
            with contextlib.suppress(FlowError):
                self._invoke(callees[0], arguments, node)
            return (Constant(None),)
        results: list[Values] = []
        end: FlowError | None = None
        fork = object()
        for number, callee in enumerate(callees):
            try:
                with self._perhaps(fork, "candidate", node, number):
                    results.append(self._invoke(callee, arguments, node))
            except FlowError as flow:
                end = flow.anew()
        if end is not None and not results:
            raise end.anew()
        return union(*results)

    def _text(self, owners: Values, method: str, arguments: Arguments) -> Values:
        """Return what a method of a literal text gives, where its arguments are known."""
        pattern = texts(owners)
        if len(pattern) != 1 or not arguments.complete:
            return NOTHING
        if method == "str().join":
            several = list(_items(arguments))
            self.budget.spend(sum(map(len, several)))
            return union(*(_put_between(pattern[0], items) for items in several))
        return _formatted(pattern[0], arguments)

    def _grow(self, target: ast.expr, method: str, arguments: Arguments, frame: Frame) -> None:
        """Put what a call appends into the list that a name or attribute stands for."""
        if self._quiet or not isinstance(target, ast.Name | ast.Attribute):
            return
        with self._silently():
            known = self._value(target, frame)
        lists = [one for one in known if isinstance(one, Sequence)]
        if not arguments.positional or not lists or len(lists) < len(known):
            return
        added = arguments.positional[-1]
        if method == "extend":
            added = self._elements(added)
        if all(len(one.items) < _MAX_GROWN for one in lists):
            self.budget.spend(sum(len(one.items) for one in lists[1:]))
            self._assign(target, tuple(Sequence((*one.items, added)) for one in lists), frame)

    def _inferred(self, node: ast.Call, method: str, callees: Values, frame: Frame) -> Values:
        """Return the methods that astroid finds for a call that the bindings leave open."""
        module = frame.module
        if not self._infers or module is not self._here[0] or method not in module.methods:
            return ()
        for callee in callees:
            if not isinstance(callee, Symbol) or not _is_open(callee.name, module):
                return ()
        found: list[Values] = []
        for path in inference.receiver_classes(module, node, self.budget):
            name, *inner = path.split(".")
            classes = self._global(name, module)
            for attribute in inner:
                classes = self._attribute(classes, attribute)
            for cls in classes:
                if isinstance(cls, Class):
                    found.append(self._attribute((Instance(cls),), method))
        return union(*found)

    def _super(self, node: ast.Call, frame: Frame) -> Values:
        function = frame.function
        owner = function.owner if function else None
        if function is None or owner is None:
            return NOTHING
        own = syntax.parameters(function.node)
        receivers = frame.variables.get(own[0], NOTHING) if own else NOTHING
        return tuple(Super(receiver, owner) for receiver in receivers)

    def _arguments(self, node: ast.Call, frame: Frame, callee: str) -> Arguments:
        positional: list[Values] = []
        keywords: list[tuple[str, Values]] = []
        complete = True
        rest: Values = ()
        for index, argument in enumerate(node.args):
            if index >= _MAX_CALLS_PASSED and isinstance(argument, ast.Call):
                positional.append(NOTHING)
                continue
            values = self._value(argument, frame, callee)
            if isinstance(argument, ast.Starred):
                added = _spread(values)
                if added is None or len(positional) + len(added) > MAX_ITEMS:
                    complete = False
                else:
                    self.budget.spend(len(added))
                    positional.extend(added)
            else:
                positional.append(values)
        for keyword in node.keywords:
            values = self._value(keyword.value, frame, callee)
            if keyword.arg is not None:
                keywords.append((keyword.arg, values))
            elif len(values) == 1 and isinstance(values[0], Mapping):
                items = values[0].items
                complete = complete and ... not in items
                self.budget.spend(len(items))
                keywords.extend(
                    (key, passed) for key, passed in items.items() if isinstance(key, str)
                )
            else:
                complete = False
                rest = union(rest, values)
        return Arguments(tuple(positional), tuple(keywords), complete, rest)

    def _special(self, name: str, arguments: Arguments) -> Values | None:
        """Return the result of a call whose meaning belongs to the language, or none."""
        first = arguments.positional[0] if arguments.positional else ()
        if name == "dict" and not arguments.positional and arguments.complete:
            return (Mapping(dict(arguments.keywords)),)
        if not first:
            return None
        if name == language.ASKS_SYSTEM and texts(first):
            return (Constant("linux".startswith(texts(first)[0])),)
        if name == "float":
            signless = (text.lstrip("+").lower() for text in texts(first))
            is_infinite = any(text in language.INFINITIES for text in signless)
            return (symbol(language.INFINITE),) if is_infinite else None
        if name in language.COPIES and len(first) == 1 and isinstance(first[0], Symbol):
            if len(arguments.positional) == 1 and not arguments.keywords:
                return (copied(first[0]),)
        if name == language.ENUMERATES:
            return (Sequence(((Sequence((NOTHING, self._elements(first))),),)),)
        if name in language.PARTIALS:
            rest = Arguments(arguments.positional[1:], arguments.keywords, arguments.complete)
            return (Partial(first, rest),)
        if name == language.FILTERS and len(arguments.positional) == 2 and _is_none(first):
            return arguments.positional[1]
        if name == "getattr" and len(arguments.positional) > 1:
            wanted = texts(arguments.positional[1])
            return union(*(self._attribute(first, one) for one in wanted)) if wanted else None
        if name in language.ITERATES and len(arguments.positional) == 1:
            return first
        if name == language.SPLITS:
            return words(first) or None
        if name in language.CASTS:
            return arguments.get(1, "val") or None
        if name in language.PARSED_MAPPING and texts(first):
            return self._defaults.get(texts(first)[0])
        if name in language.IMPORTERS and texts(first):
            package = "".join(texts(arguments.get(1, "package"))[:1])
            named = (modules.resolved(one, package) for one in texts(first))
            return union(*(self._imported(Imported(one)) for one in named if one))
        if name == "type" and len(arguments.positional) == 1:
            return tuple(value.cls for value in first if isinstance(value, Instance)) or None
        if (
            name in language.PASSES_THROUGH
            or (name in language.FINDS_PROGRAM and texts(first))
            or name in language.METHOD_KINDS
            or name.rpartition(".")[2] in language.ENTERS_CONTEXT
        ):
            return first
        return None

    def _emit_call(
        self,
        node: ast.expr,
        callees: Values,
        arguments: Arguments,
        use: str,
        frame: Frame,
        taker: ast.expr | None = None,
    ) -> None:
        if self._quiet or not isinstance(node, ast.Call):
            return
        self._waited += loops.is_wait(node) or self._advances(node, arguments)
        event = self._called(node, callees, arguments, use, frame, taker)
        self._weigh(node, event.names[0], self._listener(event))

    def _called(
        self,
        node: ast.Call,
        callees: Values,
        arguments: Arguments,
        use: str,
        frame: Frame,
        taker: ast.expr | None = None,
    ) -> Called:
        """Return what there is to tell of a call."""
        names: list[str] = []
        for callee in callees:
            names.append(qualified_name(callee))
            if isinstance(callee, Class):
                classes, outside = self._ancestry(callee)
                names.extend(outside or _plain(classes))
            elif isinstance(callee, Method) and isinstance(callee.receiver, Instance):
                method = callee.function.qualified_name.rpartition(".")[2]
                classes, outside = self._ancestry(callee.receiver.cls)
                names.extend(f"{cls.qualified_name}().{method}" for cls in classes)
                if self._runs_elsewhere(callee, node):
                    names.extend(f"{base}().start" for base in outside)
            elif isinstance(callee, Function):
                names.extend(filter(_serves_when_called, callee.decorators))
            elif isinstance(callee, Partial):
                arguments = arguments.after(callee.arguments)
            elif isinstance(callee, Symbol) and arguments.positional:
                names.extend(self._of_base(callee.name, arguments.positional[0]))
        targets = [
            target
            for callee in callees
            for target in (callee.targets if isinstance(callee, Partial) else (callee,))
        ]
        seen = any(isinstance(target, Function | Method) for target in targets)
        if isinstance(callees[0], Symbol) and names[0].rpartition(".")[2] in language.RUN_BY:
            seen = False  # only what it runs is read
        context = self._context(frame)
        self.budget.spend(len(names))
        unique = tuple(dict.fromkeys(names))
        evaluate = functools.partial(self._evaluated, frame=frame)
        command = _command(callees, arguments)
        return Called(node, unique, seen, arguments, use, context, evaluate, taker, command)

    def _tell_unreached(self, statements: list[ast.stmt], frame: Frame) -> None:
        """Tell of the calls of statements that stand behind a loop which nothing leaves."""
        for statement in statements:
            match statement:
                case ast.Expr(ast.Call() as node) | ast.Assign(value=ast.Call() as node):
                    self._current = statement
                    with self._silently():
                        callees = self._value(node.func, frame)
                        arguments = self._arguments(node, frame, qualified_name(callees[0]))
                    called = self._called(node, callees, arguments, UNREACHED, frame)
                    self._listener(Unreached(called))

    def _weigh(self, node: ast.expr, name: str, weight: Weight | None) -> None:
        """Count what tells something of the launch, and what of that is new."""
        if weight is None:
            return
        self._told += 1
        if weight is Weight.DECIDES or (node, name) not in self._heard:
            self._heard.add((node, name))
            self._news += 1

    def _of_base(self, name: str, receivers: Values) -> Iterator[str]:
        """Yield the name of a method of an outside base, called as ``Base.method(self)``."""
        base, _, method = name.rpartition(".")
        for receiver in receivers:
            if isinstance(receiver, Instance) and base in self._ancestry(receiver.cls)[1]:
                yield f"{base}().{method}"

    def _advances(self, node: ast.Call, arguments: Arguments) -> bool:
        """Tell whether a call waits for what a generator of the project gives next."""
        if not self._endless or syntax.called(node) not in language.ADVANCES:
            return False
        given = arguments.positional[0] if arguments.positional else ()
        return any(qualified_name(one) in self._endless for one in given)

    @property
    def _generates(self) -> bool:
        """Whether what is followed is a generator that somebody else goes through."""
        return bool(self._yields) and self._yields[-1] is _no_body

    def _evaluated(self, node: ast.expr, frame: Frame) -> Values:
        """Return what an expression may be, once it has run: nothing runs again."""
        with self._silently():
            return self._value(node, frame)

    def _invoke(
        self,
        callee: Value,
        arguments: Arguments,
        node: ast.expr | ast.stmt | None,
        at_yield: Callable[[Values], None] | None = None,
    ) -> Values:
        """Return what a call gives, after following the callee where it can be read."""
        self.budget.spend(1 + len(arguments.positional) + len(arguments.keywords))
        match callee:
            case Function():
                returned = self._follow(callee, arguments, node, at_yield)
                self._run_commands(callee.qualified_name, node)
                return returned
            case Method(function=function, receiver=receiver):
                own = Arguments(((receiver,),))
                return self._follow(function, arguments.after(own), node, at_yield)
            case Partial(targets=targets, arguments=first):
                both = arguments.after(first)
                return union(*(self._invoke(target, both, node) for target in targets))
            case Class():
                instance = Instance(callee)
                methods = self._attribute((instance,), "__init__")
                if not any(isinstance(method, Method) for method in methods):
                    self._set_fields(instance, arguments)
                for method in methods:
                    if isinstance(method, Method):
                        self._invoke(method, arguments, node)
                    elif isinstance(method, Symbol):  # that of a base which is not read
                        self._call_back(method.name, arguments, node)
                return (instance,)
            case Instance():
                return self._call_method(callee, ("__call__",), node, arguments)
            case Symbol(name=name) if name in language.FIELDS:
                factories = arguments.keyword("default_factory") or arguments.keyword("factory")
                made_by = (self._invoke(one, Arguments(), node) for one in factories)
                return union(arguments.keyword("default"), *made_by) or (symbol(f"{name}()"),)
            case Symbol(name=name):
                given = self._call_back(name, arguments, node)
                self._run_commands(name, node)
                if given and name in language.RUNS_COROUTINES:
                    return given
                if isinstance(callee, Made):
                    result = made(f"{name}()", arguments, callee.owner)
                elif propagators.keeps(name):
                    result = made(f"{name}()", arguments)
                else:
                    result = symbol(f"{name}()")
                # what a decorator of the outside makes of a function is that function to us
                decorated = name.endswith("()") and len(arguments.positional) == 1
                given = arguments.positional[0][:1] if decorated else ()
                if given and isinstance(given[0], Function | Method):
                    return (*given, result)
                return (result,)
        return NOTHING

    def _set_fields(self, instance: Instance, arguments: Arguments) -> None:
        """Set the fields that the ``__init__`` sets which a class is given, as of a dataclass."""
        if not (arguments.positional or arguments.keywords or arguments.rest):
            return
        classes, _ = self._ancestry(instance.cls)
        fields = [name for cls in reversed(classes) for name in modules.fields(cls)]
        self.budget.spend(len(fields))
        given = dict(zip(dict.fromkeys(fields), arguments.positional, strict=False))
        given |= {name: values for name, values in arguments.keywords if name in fields}
        for name in fields if arguments.rest else ():
            if name not in given:
                given[name] = self._element(arguments.rest, name)
        instance.attributes.update(given)

    def _call_method(
        self,
        instance: Instance,
        names: tuple[str, ...],
        node: ast.expr | ast.stmt | None,
        arguments: Arguments | None = None,
    ) -> Values:
        for name in names:
            methods = self._attribute((instance,), name)
            known = [method for method in methods if isinstance(method, Method)]
            if known:
                return union(*(self._invoke(one, arguments or Arguments(), node) for one in known))
        return (instance,)

    def _follow(
        self,
        function: Function,
        arguments: Arguments,
        node: ast.expr | ast.stmt | None,
        at_yield: Callable[[Values], None] | None,
    ) -> Values:
        if not self._running and not self._quiet and self._here:
            # ``__main__.py`` and scripts that only call the main function of another module
            if not self._here[0].defines or function.qualified_name.endswith(".main"):
                self._main = function.module
        if not self._here or function.module in (self._here[0], self._main):
            if self._here and self._here.count(function.module) == 1:
                with self._unbounded():  # what decorates it is of another module
                    return self._run(function, arguments, node, at_yield)
            return self._run(function, arguments, node, at_yield)
        if self.shallow:
            return (symbol(f"{function.qualified_name}()"),)
        result: Values = (symbol(f"{function.qualified_name}()"),)
        with self._bounded():
            result = self._run(function, arguments, node, at_yield)
        return result

    def _run(
        self,
        function: Function,
        arguments: Arguments,
        node: ast.expr | ast.stmt | None,
        at_yield: Callable[[Values], None] | None,
    ) -> Values:
        limit = self._quiet_from + MAX_QUIET_DEPTH if self._quiet else MAX_DEPTH
        name = f"{function.qualified_name}()"
        # what a decorator makes of one function may well call what it has made of another
        running = function.node if function.frame is None else (function.node, id(function.frame))
        if len(self._running) >= limit or running in self._running:
            return (symbol(name),)
        height, quiet = limit - len(self._running), self._quiet > 0
        key = self._repeats.key(function, arguments, height, quiet, self.budget)
        known = self._repeats.result(key) if at_yield is None else None
        if known is not None:
            return known
        if at_yield is None and self._repeats.is_futile(function, quiet):
            return (symbol(name),)
        told, news, spent = self._told, self._news, self.budget.spent
        frame = Frame(function.module, function.frame, function)
        self._bind_parameters(function, arguments, frame)
        if modules.is_generator(function) and at_yield is None:
            at_yield = _no_body
        site = self._site(function, node)
        to_come = self._to_come
        self._here.append(function.module)
        self._running.append(running)
        self._yields.append(at_yield)
        if site is not None:
            self._chain.append(site)
        try:
            if isinstance(function.node, ast.Lambda):
                frame.returned.append(self._value(function.node.body, frame, "returned"))
            else:
                self._body(function, frame)
        except Returns:
            pass
        except Ends as end:
            # a coroutine ends by itself, not its caller, and a generator goes on when asked to
            alone = isinstance(function.node, ast.AsyncFunctionDef) or (
                at_yield is _no_body and end.how == "loop"
            )
            if not (frame.returned or self._quiet or alone):
                self._news += 1
                raise
        finally:
            self._to_come = to_come
            if site is not None:
                self._chain.pop()
            self._yields.pop()
            self._running.pop()
            self._here.pop()
            cost = self.budget.spent - spent
            self._repeats.add_cost(function, quiet, cost, self._news != news)
        if at_yield is not None:
            return (symbol(name),)
        result = union(*frame.returned) if frame.returned else (Constant(None),)
        if self._told == told:
            self._repeats.add(key, function, arguments, result)
        return result

    def _site(self, function: Function, node: ast.expr | ast.stmt | None) -> CallSite | None:
        if node is None or not self._here:
            return None
        caller = self._chain[-1].callee if self._chain else ""
        use, self._use = self._use, "other"
        taker, self._taker = self._taker, None
        name = function.qualified_name
        return CallSite(caller, name, self._here[-1], node, use, taker, self._current)


def _plain(classes: tuple[Class, ...]) -> tuple[str, ...]:
    """Return what makes an object of some classes alone, where they have nothing to do then."""
    if any(not language.MAKES_OBJECTS.isdisjoint(modules.class_bindings(one)) for one in classes):
        return ()
    return ("object",)


def _command(callees: Values, arguments: Arguments) -> str:
    """Return the library of a command line that a call surely runs, which ends the process."""
    if len(callees) != 1 or not arguments.complete:
        return ""
    mode = arguments.keyword(commands.STANDALONE)
    if mode and mode != (Constant(True),):
        return ""
    callee = callees[0]
    if isinstance(callee, Function):
        return callee.command
    return commands.run_by(qualified_name(callee))


def _filled(arguments: Arguments) -> Iterator[tuple[object, Values]]:
    """Yield the items that ``update`` puts into a dictionary, ``...`` for a key not known."""
    yield from arguments.keywords
    for value in (value for values in arguments.positional for value in values):
        yield from value.items.items() if isinstance(value, Mapping) else ((..., NOTHING),)
    if not arguments.complete:
        yield ..., NOTHING


def _are_tables(values: Values, objects: int = 2) -> bool:
    """Tell whether values are mappings of what the project makes, of which one may be empty.

    Functions and classes, of which one is chosen, or objects, of which each is asked.

    :param objects: how many objects there may be: to ask many different ones costs much.
    """
    held = [value for one in values if isinstance(one, Mapping) for value in one.all()]
    if not held or not all(isinstance(one, Mapping) for one in values):
        return False
    if any(isinstance(one, Class | Function | Method | Partial) for one in held):
        return True
    made = sum(isinstance(one, Instance) for one in held)
    return 0 < made <= objects


def _is_none(values: Values) -> bool:
    return len(values) == 1 and isinstance(values[0], Constant) and values[0].value is None


def _listed(tables: Values, method: str) -> Values:
    """Return what each of the values of some tables is, or each of their items."""
    values = union(*(table.all() for table in tables if isinstance(table, Mapping)))
    return values if method == "values" else (Sequence((NOTHING, values)),)


def _key(arguments: Arguments) -> object:
    """Return the literal that is looked up, none where it is not known."""
    key = arguments.get(0, "key")
    return key[0].value if len(key) == 1 and isinstance(key[0], Constant) else None


def _is_asynchronous(callee: Value) -> bool:
    """Tell whether a call of a value surely gives a coroutine, and runs nothing yet."""
    if isinstance(callee, Partial):
        return all(map(_is_asynchronous, callee.targets))
    function = callee.function if isinstance(callee, Method) else callee
    if not isinstance(function, Function) or function.decorators:
        return False
    return isinstance(function.node, ast.AsyncFunctionDef) and not modules.is_generator(function)


def _spread(values: Values) -> tuple[Values, ...] | None:
    """Return the elements of what is passed with ``*``, or none when they are not known."""
    if len(values) == 1 and isinstance(values[0], Sequence):
        return values[0].items
    return None


def _items(arguments: Arguments) -> Iterator[tuple[Values, ...]]:
    """Yield the elements of each sequence that may be the first argument, or none."""
    first = arguments.positional[0] if arguments.positional else ()
    lists = [one for one in first if isinstance(one, Sequence)]
    if lists and len(lists) == len(first):
        yield from (one.items for one in lists)
    else:
        yield (tuple(value for value in first if isinstance(value, Symbol)),)


def _serves_when_called(decorator: str) -> bool:
    """Tell whether what a decorator makes of a function serves: the commands of a server."""
    return decorator.endswith("()") and Role.SERVE in known_roles_of(decorator)


def _is_at_blanks(arguments: Arguments) -> bool:
    """Tell whether a text is split into its words."""
    if arguments.keywords or not arguments.complete:
        return False
    return not arguments.positional or texts(arguments.positional[0]) == (" ",)


def _put_between(separator: str, items: tuple[Values, ...]) -> Values:
    """Return a text that a separator makes of others."""
    between: tuple[Values, ...] = ((Constant(separator),),) if separator else ()
    pieces = [piece for item in items[:MAX_ITEMS] for piece in (*between, item)]
    return put_together(pieces[len(between) :])


def _formatted(pattern: str, arguments: Arguments) -> Values:
    """Return a text that ``format`` fills."""

    def given(key: int | str) -> Values:
        found = arguments.keyword(key) if isinstance(key, str) else arguments.get(key, "")
        return found or NOTHING

    try:
        return filled(formats.brace_pieces(pattern), given)
    except ValueError:
        return NOTHING


def _is_open(name: str, module: Module) -> bool:
    """Tell whether a name stands for something that the module itself may define."""
    root = name.partition(".")[0].rstrip("()[]")
    return name[0] == "?" or root in language.BUILTINS or name.startswith(f"{module.name}.")


def _no_body(given: Values) -> None:
    """Stand for the caller of a generator that nothing resumes."""
